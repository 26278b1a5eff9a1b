"""What members have settled with each other: blocking and following."""

from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    Index,
)
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import (
    Base,
    BigId,
    UtcTime,
    table_of,
)

MOST_BLOCKED = 200
"""How many members one can block: their ids are read with who asks, on each page."""


MOST_FOLLOWED = 200
"""How many members one can follow: they stand in one list."""


WATCHING, NORMAL = FOLLOWING = ("watching", "normal")
"""How closely one can follow a member: of the levels there are for threads."""


class Block(Base):
    """That a member has blocked another one: neither is notified of what the other does, and the posts of the blocked
    one are folded for them. What somebody of the team does is exempt (`queries.ties.at_odds`)."""

    __tablename__ = "member_block"

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    blocked_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime] = mapped_column(UtcTime)


class MemberSubscription(Base):
    """That a member follows another one, and so hears of each thread they start: what the level `watching` is for a
    thread. Who is followed doesn't learn of it."""

    __tablename__ = "member_subscription"
    __table_args__ = (Index("ix_member_subscription_followed", "followed_id", "member_id"),)

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    followed_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcTime)


BLOCKS = table_of(Block)


SUBSCRIPTIONS = table_of(MemberSubscription)
