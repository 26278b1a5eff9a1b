"""One row for each thing that one member is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import NEVER_REUSED, Base, BigId, Json, UtcTime, key, partial_index, table_of

ABOUT_POSTS = ("mention", "quote", "reply", "thread")
"""Kinds that tell of a new post, the strongest first: a member hears of one post in one of them."""
ABOUT_IDEAS = ("idea_status", "idea_merged", "idea_made")
ABOUT_GROUPS = ("group_request", "group_answer", "group_invited", "group_invite_answer")
KINDS = (*ABOUT_POSTS, *ABOUT_IDEAS, *ABOUT_GROUPS, "reaction", "solution", "decision", "report_outcome", "reversal")


def is_statement(kind: str, data: Mapping[str, Any]) -> bool:
    """Whether it tells somebody of a decision about what is theirs, or that it was undone. Regulation (EU) 2022/2065,
    article 17, gives them its statement of reasons, and its mail isn't theirs to end. Who only reported has none."""
    return kind in {"decision", "reversal"} and not data.get("report_id")


class Notification(Base):
    """What one member is told, once for each kind and subject. `data` holds ids and frozen words of the telling.

    What has been neither seen nor hidden counts at the bell. It is hidden while its member may not read what it tells
    of.
    """

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("member_id", "kind", "subject"),
        Index("ix_notification_list", "member_id", "id"),
        partial_index("ix_notification_group", "group_id", where="group_id IS NOT NULL"),
        partial_index("ix_notification_unseen", "post_id", "id", where="seen_at IS NULL"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(60))
    post_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("post.id", ondelete="CASCADE"))
    group_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member_group.id", ondelete="CASCADE"))
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcTime)
    hidden_at: Mapped[datetime | None] = mapped_column(UtcTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcTime)


NOTIFICATIONS = table_of(Notification)
