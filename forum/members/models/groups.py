"""Groups, who belongs to them, and invitations."""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock
from forum.core.database import (
    NEVER_REUSED,
    Base,
    BigId,
    UtcTime,
    key,
    table_of,
)
from forum.members.models.accounts import EMAIL_LENGTH, OWN, USERNAME_LENGTH
from forum.members.models.profiles import CHOICE_KEY_LENGTH

GROUP_NAME_LENGTH = 60


GROUP_DESCRIPTION_LENGTH = 1_000


REQUEST_LENGTH = 300


MOST_CALLED = 500
"""How many members a group may have for its members to be notified when it is mentioned."""


STAFF, OPEN, REQUEST = WAYS_IN = ("staff", "open", "request")
"""How one gets into a group: the team and its owners ask members in or put them in, everybody may join, or ask to."""


class Group(Base):
    """A named set of members; 1 (everyone, guests too) and 2 (all members) are built in and have no rows of members.
    `way_in` is one of WAYS_IN, `audience` one of AUDIENCES; `description` is plain text. `handle` is by what it is
    mentioned (@partners), of the same kind as a user name; `handle_key` is it folded as `username_key` is, and no
    member has or had a name with this key. The built-in ones have none."""

    __tablename__ = "member_group"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(String(GROUP_NAME_LENGTH), unique=True)
    is_builtin: Mapped[bool] = mapped_column(Boolean, default=False)
    way_in: Mapped[str] = mapped_column(String(12), default=STAFF)
    audience: Mapped[str] = mapped_column(String(12), default=OWN)
    description: Mapped[str] = mapped_column(Text, default="")
    handle: Mapped[str | None] = mapped_column(String(USERNAME_LENGTH))
    handle_key: Mapped[str | None] = mapped_column(String(120), unique=True)


class GroupMember(Base):
    """That a member belongs to a group, since when, whether as one of its owners, and whether because the group fills
    itself with members like this one (`is_automatic`): then they leave it when that is no longer so, not before."""

    __tablename__ = "group_member"
    __table_args__ = (Index("ix_group_member_since", "group_id", "since", "member_id"),)

    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("member_group.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime] = mapped_column(UtcTime, default=clock.now)
    is_owner: Mapped[bool] = mapped_column(Boolean, default=False)
    is_automatic: Mapped[bool] = mapped_column(Boolean, default=False)


class GroupDomain(Base):
    """That whoever has a confirmed e-mail address of this very domain belongs to the group."""

    __tablename__ = "group_domain"

    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("member_group.id", ondelete="CASCADE"), primary_key=True)
    domain: Mapped[str] = mapped_column(String(EMAIL_LENGTH), primary_key=True, index=True)


class GroupChoice(Base):
    """That whoever has this option of this field of profiles, and a confirmed account, belongs to the group."""

    __tablename__ = "group_choice"

    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("member_group.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("profile_field.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    choice: Mapped[str] = mapped_column(String(CHOICE_KEY_LENGTH), primary_key=True)


class ClaimedGroup(Base):
    """That somebody else's word leads the member into a group that fills itself: `source` is whose, such as that of an
    OpenID provider (`oidc/3`)."""

    __tablename__ = "claimed_group"

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member_group.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    source: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)


class GroupRequest(Base):
    """That a member asks to join a group, with a sentence or without; answered or taken back, it is gone."""

    __tablename__ = "group_request"
    __table_args__ = (UniqueConstraint("group_id", "member_id"), NEVER_REUSED)

    id: Mapped[int] = key()
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("member_group.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(String(REQUEST_LENGTH), default="")
    asked_at: Mapped[datetime] = mapped_column(UtcTime)


class GroupInvite(Base):
    """That a group's owner or the team asks this member in, who hasn't answered yet; answered or taken back, it is
    gone. Nobody belongs to a group by it alone."""

    __tablename__ = "group_invite"
    __table_args__ = (UniqueConstraint("group_id", "member_id"), NEVER_REUSED)

    id: Mapped[int] = key()
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("member_group.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), index=True)
    invited_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    invited_at: Mapped[datetime] = mapped_column(UtcTime)


class Invitation(Base):
    """A link by which so many people may join; only the hash of its token is kept."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("used_count <= most_uses", name="not_overused"), NEVER_REUSED)

    id: Mapped[int] = key()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    group_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member_group.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(String(200), default="")
    most_uses: Mapped[int] = mapped_column(Integer)
    used_count: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)


GROUPS = table_of(Group)


GROUP_MEMBERS = table_of(GroupMember)


GROUP_DOMAINS = table_of(GroupDomain)


GROUP_CHOICES = table_of(GroupChoice)


CLAIMED_GROUPS = table_of(ClaimedGroup)


GROUP_REQUESTS = table_of(GroupRequest)


GROUP_INVITES = table_of(GroupInvite)


INVITATIONS = table_of(Invitation)
