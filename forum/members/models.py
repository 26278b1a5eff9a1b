"""Accounts, roles, groups and sign-in sessions."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import (
    NEVER_REUSED,
    Base,
    BigId,
    Json,
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
LISTED = "banned_at IS NULL AND (confirmed_at IS NOT NULL OR is_imported)"
"""Who stands in the directory, word for word in its indexes and in its statements: so the engines see that they fit."""


class Member(Base):
    """A person with an account. `username_key` is the name folded (NFKC, case, look-alikes) so that no two resemble
    each other; `sort_key` orders names as German readers expect. `accepted_version` is the newest rulebook version
    this member accepted, `unread_count` the notifications not yet seen, `avatar` the name of an upload."""

    __tablename__ = "member"
    __table_args__ = (
        Index("ix_member_sort", "sort_key", "id"),
        partial_index("ix_member_listed_name", "sort_key", "id", where=LISTED),
        partial_index("ix_member_listed_joined", "joined_at", "id", where=LISTED),
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

    @property
    def is_public(self) -> bool:
        """Whether others may know of this member: the address is confirmed, or the account came by import."""
        return self.confirmed_at is not None or self.is_imported


class MemberName(Base):
    """A beginning by which the directory finds a member: one of both names, as names are sorted, from one of its words
    on. Whom others may not know of yet has none."""

    __tablename__ = "member_name"
    __table_args__ = (Index("ix_member_name_member", "member_id", "key"),)

    key: Mapped[str] = mapped_column(by_code_point(120), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)


class MemberRole(Base):
    """One role of one member."""

    __tablename__ = "member_role"

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)


class Group(Base):
    """A named set of members; 1 (everyone, guests too) and 2 (all members) are built in and have no rows of members."""

    __tablename__ = "member_group"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(String(60), unique=True)
    is_builtin: Mapped[bool] = mapped_column(Boolean, default=False)


class GroupMember(Base):
    """That a member belongs to a group."""

    __tablename__ = "group_member"

    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("member_group.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class SignIn(Base):
    """A sign-in session; the cookie carries a token of which only the hash is kept."""

    __tablename__ = "sign_in"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    device: Mapped[str] = mapped_column(String(200), default="")


class ApiToken(Base):
    """A personal token for programs, with what it may be used for; only its hash is kept."""

    __tablename__ = "api_token"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(Json, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)


MEMBERS = table_of(Member)
NAMES = table_of(MemberName)
ROLES = table_of(MemberRole)
GROUPS = table_of(Group)
GROUP_MEMBERS = table_of(GroupMember)
SIGN_INS = table_of(SignIn)
API_TOKENS = table_of(ApiToken)
