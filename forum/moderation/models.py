"""Tables of the moderators' desk. What was reported is kept as it was at that moment."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import NEVER_REUSED, Base, BigId, Json, UtcTime, key, partial_index, table_of
from forum.media.models import AVATAR, BANNER

OPEN, DECIDED = "open", "decided"
ACTS = ("no_action", "remove", "remove_warn", "silence", "suspend", "ban")
FOR_DAYS = ("silence", "suspend")
"""The acts that hold for a number of days and then end by themselves."""
SANCTION_OF = {"remove_warn": "warning", "silence": "silence", "suspend": "suspension", "ban": "ban"}
"""What an act lays on a member; the others lay nothing on anybody."""
BANNING = ("suspension", "ban")
"""The sanctions while which a member is banned: for a time, or until somebody undoes it."""
PICTURES = (AVATAR, BANNER)
"""What a decision can take away from a profile."""
HOURS_BY_SEVERITY = {1: 48, 2: 24, 3: 4}
"""Within how many hours a case wants a decision, by the gravest rule that its reports name."""


def due_at(opened_at: datetime, severity: int, reporter_count: int) -> datetime:
    """When a case is due, which is what the queue is ordered by: the hours of its severity after it was opened, divided
    by the number of people who reported. A case that nobody decides comes to the top by growing old."""
    hours = HOURS_BY_SEVERITY[min(3, max(1, severity))]
    return opened_at + timedelta(hours=hours / max(1, reporter_count))


def _due_by_columns(context: Any) -> datetime:
    row = context.get_current_parameters()
    return due_at(row["opened_at"], row.get("severity") or 1, row.get("reporter_count") or 1)


class Case(Base):
    """All open reports about one target, or the target of a decision. `about_id` is the member whose conduct is judged,
    `severity` that of the gravest rule named, `reporter_count` the people, `due_at` follows from both (`due_at()`)."""

    __tablename__ = "moderation_case"
    __table_args__ = (
        CheckConstraint("(post_id IS NULL) <> (member_id IS NULL)", name="one_target"),
        partial_index("uq_moderation_case_open_post", "post_id", unique=True, where="state = 'open'"),
        partial_index("uq_moderation_case_open_member", "member_id", unique=True, where="state = 'open'"),
        Index("ix_moderation_case_due", "state", "due_at", "id"),
        Index("ix_moderation_case_decided", "state", "decided_at", "id"),
        Index("ix_moderation_case_about", "about_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    post_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("post.id"))
    member_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    about_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    state: Mapped[str] = mapped_column(String(10), default=OPEN)
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    severity: Mapped[int] = mapped_column(Integer, default=1)
    reporter_count: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime] = mapped_column(UtcTime, default=_due_by_columns)
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Evidence(Base):
    """A frozen copy of what was reported: text, title, context, hashes of attachments; one for each wording."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("case_id", "sha256"), NEVER_REUSED)

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("moderation_case.id"))
    taken_at: Mapped[datetime] = mapped_column(UtcTime)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]] = mapped_column(Json)


class Report(Base):
    """One person's complaint, naming the rule (of a version) it rests on."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("case_id", "reporter_id"),
        Index("ix_report_reporter", "reporter_id", "created_at"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("moderation_case.id"))
    evidence_id: Mapped[int] = mapped_column(BigId, ForeignKey("evidence.id"))
    reporter_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id"))
    rule_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("rule.id"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class Decision(Base):
    """What was decided on a case, with the rule it rests on and the reason that was sent. `reversed_at` marks an
    undone one. `days` is the length of a silence or suspension; `removed_post` says that this decision took the post
    away, so that undoing it brings the post back."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_case", "case_id"), NEVER_REUSED)

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("moderation_case.id"))
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    act: Mapped[str] = mapped_column(String(12))
    rule_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("rule.id"))
    reason: Mapped[str] = mapped_column(Text)
    days: Mapped[int | None] = mapped_column(Integer)
    until: Mapped[datetime | None] = mapped_column(UtcTime)
    removed_post: Mapped[bool] = mapped_column(Boolean, default=False)
    at: Mapped[datetime] = mapped_column(UtcTime)
    reversed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    reversed_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    reversal_reason: Mapped[str] = mapped_column(Text, default="")


class Sanction(Base):
    """A warning, silence, suspension or ban that a decision laid on a member. `lifted_at` is when it was undone; of a
    suspension also when it ended by itself, at `until` or as soon after it as the worker came to it."""

    __tablename__ = "sanction"
    __table_args__ = (Index("ix_sanction_member", "member_id", "starts_at"), NEVER_REUSED)

    id: Mapped[int] = key()
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id"))
    decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decision.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    starts_at: Mapped[datetime] = mapped_column(UtcTime)
    until: Mapped[datetime | None] = mapped_column(UtcTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcTime)


class RemovedPicture(Base):
    """A picture of a profile that a decision took away: its kind is one of PICTURES, `name` that of the upload, so that
    undoing the decision brings it back."""

    __tablename__ = "removed_picture"

    decision_id: Mapped[int] = mapped_column(BigId, ForeignKey("decision.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), index=True)


CASES = table_of(Case)
EVIDENCE = table_of(Evidence)
REPORTS = table_of(Report)
DECISIONS = table_of(Decision)
SANCTION_ROWS = table_of(Sanction)
REMOVED_PICTURES = table_of(RemovedPicture)
