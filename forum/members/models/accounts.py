"""Accounts: their names, roles, requests to join, changes of address, and the notes of the team."""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    false,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import (
    NEVER_REUSED,
    Base,
    BigId,
    UtcTime,
    by_code_point,
    key,
    partial_index,
    table_of,
)

USERNAME_LENGTH = 40


DISPLAY_NAME_LENGTH = 60


EMAIL_LENGTH = 254


ABOUT_BYTES = 20_000


OWN, EVERYBODY = AUDIENCES = ("members", "everybody")
"""Who knows of a group and of who belongs to it: its own members, or everybody who is signed in."""


STAFF_ONLY = "staff"


PROFILE_AUDIENCES = (EVERYBODY, OWN, STAFF_ONLY)
"""Who sees a member's profile: everybody, whoever is signed in, or the team alone."""


LISTED = "banned_at IS NULL AND (confirmed_at IS NOT NULL OR is_imported)"
"""Who stands in the directory, word for word in its indexes and in its statements: so the engines see that they fit."""


UNCONFIRMED = "confirmed_at IS NULL AND NOT is_imported"


SILENCED = "silenced_until IS NOT NULL"


BANNED = "banned_at IS NOT NULL"


IMPORTED = "is_imported"
"""What the administration looks for and few are, word for word as well."""


NAME_IS_PUBLIC = "member_name.is_public"


class Member(Base):
    """A person with an account. `username_key` is the name folded (NFKC, case, look-alikes) so that no two resemble
    each other; `sort_key` orders names as German readers expect. `accepted_version` is the newest rulebook version
    this member accepted, `unread_count` the notifications not yet seen, `avatar` and `banner` names of uploads,
    `links_used` how often the link of a mail has signed in to the account. `profile_audience` is one of
    PROFILE_AUDIENCES; `is_indexed`: search engines may list the profile; `shows_presence` and the others of this kind:
    whoever sees it also sees when the member was last here, which ideas they support, and, gathered in one place, the
    threads they started, their posts, the ideas they proposed."""

    __tablename__ = "member"
    __table_args__ = (
        Index("ix_member_sort", "sort_key", "id"),
        partial_index("ix_member_listed_name", "sort_key", "id", where=LISTED),
        partial_index("ix_member_listed_joined", "joined_at", "id", where=LISTED),
        Index("ix_member_joined", "joined_at", "id"),
        Index("ix_member_standing", "standing", "joined_at", "id"),
        partial_index("ix_member_unconfirmed", "joined_at", "id", where=UNCONFIRMED),
        partial_index("ix_member_imported", "joined_at", "id", where=IMPORTED),
        partial_index("ix_member_silenced", "silenced_until", "id", where=SILENCED),
        partial_index("ix_member_banned", "banned_at", "id", where=BANNED),
        partial_index("ix_member_listed_standing_name", "standing", "sort_key", "id", where=LISTED),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    username: Mapped[str] = mapped_column(String(USERNAME_LENGTH))
    username_key: Mapped[str] = mapped_column(String(120), unique=True)
    display_name: Mapped[str] = mapped_column(String(DISPLAY_NAME_LENGTH))
    sort_key: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH))
    email_key: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    about_version: Mapped[int] = mapped_column(Integer, default=0)
    avatar: Mapped[str | None] = mapped_column(String(80), index=True)
    banner: Mapped[str | None] = mapped_column(String(80), index=True)
    language: Mapped[str] = mapped_column(String(10))
    time_zone: Mapped[str] = mapped_column(String(60))
    theme: Mapped[str] = mapped_column(String(10), default="community")
    dismissed_welcome: Mapped[str | None] = mapped_column(String(16))
    wants_mail: Mapped[bool] = mapped_column(Boolean, default=True)
    standing: Mapped[str] = mapped_column(String(12), default="new")
    joined_at: Mapped[datetime] = mapped_column(UtcTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    silenced_until: Mapped[datetime | None] = mapped_column(UtcTime)
    banned_at: Mapped[datetime | None] = mapped_column(UtcTime)
    accepted_version: Mapped[int] = mapped_column(Integer, default=0)
    unread_count: Mapped[int] = mapped_column(Integer, default=0)
    read_all_before: Mapped[datetime] = mapped_column(UtcTime)
    is_imported: Mapped[bool] = mapped_column(Boolean, default=False)
    links_used: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    profile_audience: Mapped[str] = mapped_column(String(12), default=EVERYBODY, server_default=EVERYBODY)
    is_indexed: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    shows_presence: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    shows_votes: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    shows_threads: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    shows_posts: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    shows_ideas: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())

    @property
    def is_public(self) -> bool:
        """Whether others may know of this member: the address is confirmed, and the team has approved where it must; or
        the account came by import."""
        return self.confirmed_at is not None or self.is_imported


class JoinRequest(Base):
    """That a new account waits for the team's approval, with the question as it was asked. `confirmed_at` says since
    when the address is confirmed: only from then on the team sees the request. The account's own `confirmed_at` is set
    when they approve, so that until then it is in everything like one whose address isn't confirmed. `is_unproved` says
    that nothing speaks against its being made by a program (`web.patience`)."""

    __tablename__ = "join_request"
    __table_args__ = (Index("ix_join_request_confirmed", "confirmed_at", "member_id"),)

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    is_unproved: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class MemberName(Base):
    """A beginning by which a member is found: one of their names, as names are sorted, from one of its words on. By
    those of whom others may not know yet (`is_public` says so) the administration alone finds."""

    __tablename__ = "member_name"
    __table_args__ = (
        Index("ix_member_name_member", "member_id", "key"),
        partial_index("ix_member_name_public", "key", "member_id", where="is_public"),
    )

    key: Mapped[str] = mapped_column(by_code_point(120), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    is_public: Mapped[bool] = mapped_column(Boolean, default=True)


class FormerName(Base):
    """A user name that a member had until then: it leads to them as before, and nobody else may take it or one that
    resembles it. `name` is it case folded, by which it is found."""

    __tablename__ = "former_name"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    username: Mapped[str] = mapped_column(String(USERNAME_LENGTH))
    username_key: Mapped[str] = mapped_column(String(120), index=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), index=True)
    until: Mapped[datetime] = mapped_column(UtcTime)


class MemberRole(Base):
    """One role of one member."""

    __tablename__ = "member_role"

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)


class EmailChange(Base):
    """The address that a confirmed member is to have as soon as it and the present one are confirmed; each member has
    at most one. A new wish is a new row, so no link of an earlier one fits."""

    __tablename__ = "email_change"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), unique=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    new_confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    old_confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class MemberNote(Base):
    """What somebody of the team has noted about a member, for the team alone; plain text. It goes with the account."""

    __tablename__ = "member_note"
    __table_args__ = (Index("ix_member_note_member", "member_id", "id"), NEVER_REUSED)

    id: Mapped[int] = key()
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"), index=True)
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcTime)


MEMBERS = table_of(Member)


JOIN_REQUESTS = table_of(JoinRequest)


NAMES = table_of(MemberName)


FORMER_NAMES = table_of(FormerName)


ROLES = table_of(MemberRole)


EMAIL_CHANGES = table_of(EmailChange)


NOTES = table_of(MemberNote)
