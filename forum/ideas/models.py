"""Tables of the ideas board. An idea is a thread: it has the thread's id, its first post is the idea."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import NEVER_REUSED, Base, BigId, Json, UtcTime, key, partial_index, table_of

NEW, UNDER_REVIEW, PLANNED, IN_PROGRESS, SHIPPED, DECLINED = STAGES = (
    "new",
    "under review",
    "planned",
    "in progress",
    "shipped",
    "declined",
)
SETTLED = (SHIPPED, DECLINED)
"""Stages in which nobody votes any more."""
IMPORTANCES = ("nice", "important", "essential")
REASON_LENGTH = 280
NAME_LENGTH = 60
EXPORT_STATES = ("waiting", "running", "ready", "failed")


class Status(Base):
    """A status an idea can have. The operator names it; `stage` says what it means, to the program and to others."""

    __tablename__ = "idea_status"
    __table_args__ = (
        CheckConstraint(f"stage IN ({', '.join(repr(stage) for stage in STAGES)})", name="stage"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Any] = mapped_column(Json)
    stage: Mapped[str] = mapped_column(String(16))
    position: Mapped[int] = mapped_column(Integer)


class Area(Base):
    """A product area; it belongs to one category, whose groups decide who sees its ideas."""

    __tablename__ = "product_area"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Any] = mapped_column(Json)
    category_id: Mapped[int] = mapped_column(BigId, ForeignKey("category.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)


class Idea(Base):
    """What an idea has beyond its thread.

    `root_id` is the idea whose votes these count for: itself, or what it was merged into, at the end of the chain.
    `vote_count`, `staff_vote_count` and `trend` count the valid voters of all ideas with this root
    (`actions.counting`); of a merged idea they keep what it had. `status_id` and the answer repeat the newest status
    change for lists. `extra` keeps what an imported idea had besides.
    """

    __tablename__ = "idea"
    __table_args__ = (
        Index("ix_idea_votes", "vote_count", "thread_id"),
        Index("ix_idea_trend", "trend", "thread_id"),
        Index("ix_idea_created", "created_at", "thread_id"),
        Index("ix_idea_updated", "updated_at", "thread_id"),
        *(
            Index(f"ix_idea_{filter}_{order}", f"{filter}_id", column, "thread_id")
            for filter in ("status", "area")
            for order, column in (("votes", "vote_count"), ("trend", "trend"), ("created", "created_at"))
        ),
        Index("ix_idea_root", "root_id"),
        Index("ix_idea_from_post", "from_post_id"),
    )

    thread_id: Mapped[int] = mapped_column(BigId, ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)
    root_id: Mapped[int] = mapped_column(BigId, ForeignKey("idea.thread_id"))
    status_id: Mapped[int] = mapped_column(BigId, ForeignKey("idea_status.id"))
    status_change_id: Mapped[int | None] = mapped_column(BigId)
    area_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("product_area.id"))
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    target_month: Mapped[str | None] = mapped_column(String(7))
    vote_count: Mapped[int] = mapped_column(Integer, default=0)
    staff_vote_count: Mapped[int] = mapped_column(Integer, default=0)
    trend: Mapped[float] = mapped_column(Float, default=0.0)
    answer_body: Mapped[str] = mapped_column(Text, default="")
    answer_html: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)
    from_post_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("post.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
    extra: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class StatusChange(Base):
    """A status given to an idea, with the official answer as it stood from then on: the history of both."""

    __tablename__ = "idea_status_change"
    __table_args__ = (Index("ix_idea_status_change_idea", "idea_id", "at", "id"), NEVER_REUSED)

    id: Mapped[int] = key()
    idea_id: Mapped[int] = mapped_column(BigId, ForeignKey("idea.thread_id", ondelete="CASCADE"))
    status_id: Mapped[int] = mapped_column(BigId, ForeignKey("idea_status.id"))
    answer_body: Mapped[str] = mapped_column(Text, default="")
    answer_html: Mapped[str] = mapped_column(Text, default="")
    html_version: Mapped[int] = mapped_column(Integer, default=0)
    is_new_answer: Mapped[bool] = mapped_column(Boolean, default=False)
    is_small_step: Mapped[bool] = mapped_column(Boolean, default=False)
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcTime)


class Vote(Base):
    """One member's support of one idea from `created_at` (none: from ever) until `withdrawn_at` (none: still).

    It stays with the idea it was given to; a merge counts it for the root. `weight` is what it adds to the trend.
    """

    __tablename__ = "vote"
    __table_args__ = (
        partial_index("uq_vote_idea_id_member_id", "idea_id", "member_id", unique=True, where="withdrawn_at IS NULL"),
        Index("ix_vote_idea", "idea_id", "id"),
        Index("ix_vote_member", "member_id", "id"),
        CheckConstraint(f"importance IN ({', '.join(repr(one) for one in IMPORTANCES)})", name="importance"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    idea_id: Mapped[int] = mapped_column(BigId, ForeignKey("idea.thread_id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    created_at: Mapped[datetime | None] = mapped_column(UtcTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)
    importance: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")
    weight: Mapped[float] = mapped_column(Float, default=0.0)


class Merge(Base):
    """One idea merged into another, with what an unmerge needs to put everything back: the posts that moved as
    `[post id, old number, new number]` and the members who began to follow the target by it."""

    __tablename__ = "idea_merge"
    __table_args__ = (
        Index("ix_idea_merge_source", "source_id"),
        Index("ix_idea_merge_target", "target_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    source_id: Mapped[int] = mapped_column(BigId, ForeignKey("idea.thread_id", ondelete="CASCADE"))
    target_id: Mapped[int] = mapped_column(BigId, ForeignKey("idea.thread_id", ondelete="CASCADE"))
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcTime)
    undone_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcTime)
    votes_moved: Mapped[int] = mapped_column(Integer)
    votes_overlapping: Mapped[int] = mapped_column(Integer)
    moved_posts: Mapped[list[list[int]]] = mapped_column(Json, default=list)
    new_followers: Mapped[list[int]] = mapped_column(Json, default=list)


class Note(Base):
    """What the product team writes down about an idea for itself; plain text."""

    __tablename__ = "idea_note"
    __table_args__ = (Index("ix_idea_note_idea", "idea_id", "id"), NEVER_REUSED)

    id: Mapped[int] = key()
    idea_id: Mapped[int] = mapped_column(BigId, ForeignKey("idea.thread_id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)


class Export(Base):
    """One export, which is a numbered snapshot: who asked when for what, and the sum of its rows, which are kept as
    a file in the data directory. `since_id` names the snapshot whose differences it holds."""

    __tablename__ = "idea_export"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(one) for one in EXPORT_STATES)})", name="state"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    as_of: Mapped[datetime] = mapped_column(UtcTime)
    filter: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    since_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("idea_export.id"))
    state: Mapped[str] = mapped_column(String(10))
    rows_expected: Mapped[int] = mapped_column(Integer, default=0)
    rows_done: Mapped[int] = mapped_column(Integer, default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    error: Mapped[str] = mapped_column(String(200), default="")


STATUSES = table_of(Status)
AREAS = table_of(Area)
IDEAS = table_of(Idea)
STATUS_CHANGES = table_of(StatusChange)
VOTES = table_of(Vote)
MERGES = table_of(Merge)
NOTES = table_of(Note)
EXPORTS = table_of(Export)
