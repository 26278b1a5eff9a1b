"""What was decided, as those are told whom it concerns."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.moderation.models import BANNING, CASES, DECISIONS, EVIDENCE, REMOVED_PICTURES, REPORTS, SANCTION_ROWS
from forum.moderation.queries.rows import CaseFile, Statement, reference
from forum.rules.queries import NamedRule, named_rules
from forum.text import shortened

EXCERPT = 600

_first_evidence = (
    select(func.min(EVIDENCE.c.id)).where(EVIDENCE.c.case_id == CASES.c.id).correlate(CASES).scalar_subquery()
)
PICTURES_REMOVED = (
    select(func.aggregate_strings(REMOVED_PICTURES.c.kind, ","))
    .where(REMOVED_PICTURES.c.decision_id == DECISIONS.c.id)
    .correlate(DECISIONS)
    .scalar_subquery()
    .label("pictures")
)
"""Which pictures of a profile a decision took away, with commas between them; None for none."""
_STATEMENT = (
    select(
        DECISIONS,
        CASES.c.post_id,
        CASES.c.about_id,
        CASES.c.opened_at,
        CASES.c.reporter_count,
        EVIDENCE.c.content,
        PICTURES_REMOVED,
    )
    .join_from(DECISIONS, CASES, CASES.c.id == DECISIONS.c.case_id)
    .outerjoin(EVIDENCE, EVIDENCE.c.id == _first_evidence)
)


def _time(value: Any) -> datetime | None:
    """A time out of a piece of evidence, which an import may have brought."""
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def kinds_of(said: str | None) -> tuple[str, ...]:
    """What PICTURES_REMOVED says."""
    return tuple(sorted(said.split(","))) if said else ()


def _statement(row: Any) -> Statement:
    content = row.content or {}
    rule = named_rules([row.rule_id]).get(row.rule_id) if row.rule_id is not None else None
    return Statement(
        act=row.act,
        is_about_post=row.post_id is not None,
        title=str(content.get("title", "")),
        written_at=_time(content.get("created_at")) if row.post_id is not None else None,
        rule=rule,
        reason=row.reason,
        days=row.days,
        until=row.until,
        removed_post=row.removed_post or (row.post_id is not None and row.act in {"remove", "remove_warn"}),
        removed_pictures=kinds_of(row.pictures),
        at=row.at,
        was_reported=row.reporter_count > 0,
        excerpt=shortened(str(content.get("body", "")), EXCERPT) if row.post_id is not None else "",
        reversed_at=row.reversed_at,
        reversal_reason=row.reversal_reason,
        decision_id=row.id,
        case_id=row.case_id,
        about_id=row.about_id,
        number=reference(row.opened_at, row.case_id),
    )


def statement(decision_id: int) -> Statement:
    """What the one concerned is told of a decision; asks nobody's permission. Raises NotFound."""
    if not 0 < decision_id < 2**63:
        raise NotFound
    row = db.session.execute(_STATEMENT.where(DECISIONS.c.id == decision_id)).first()
    if row is None:
        raise NotFound
    return _statement(row)


def draft_statement(
    file: CaseFile,
    act: str,
    rule: NamedRule | None,
    reason: str,
    until: datetime | None,
    removes_post: bool,
    *,
    pictures: Collection[str] = (),
) -> Statement:
    """The same for a decision that is not made yet, so that it can be read before it is sent."""
    first = file.evidence[0].content if file.evidence else {}
    title = str(first.get("title", "")) or (file.post.title if file.post else "")
    return Statement(
        act=act,
        is_about_post=file.case.post_id is not None,
        title=title,
        written_at=file.post.created_at if file.post else None,
        rule=rule,
        reason=reason,
        days=None,
        until=until,
        removed_post=removes_post,
        removed_pictures=tuple(sorted(pictures)),
        at=None,
        was_reported=bool(file.reports),
        number=file.case.number,
    )


def statement_for(actor: Actor, decision_id: int) -> Statement:
    """A decision for whom it concerns or the team. Raises NotFound for everybody else."""
    found = statement(decision_id)
    require(actor, "decision.see", found)
    return found


def decision_for(member_id: int) -> Statement | None:
    """The decision that bans a member for longest, for the one page that a banned member sees; None when none of ours
    does."""
    sanction = SANCTION_ROWS.c
    bans = (sanction.member_id == member_id, sanction.kind.in_(BANNING), sanction.lifted_at.is_(None))
    row = db.session.execute(
        _STATEMENT.join(SANCTION_ROWS, sanction.decision_id == DECISIONS.c.id)
        .where(*bans)
        .order_by(sanction.until.is_not(None), sanction.until.desc(), DECISIONS.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else _statement(row)


def reporters(case_id: int) -> Collection[tuple[int, int]]:
    """Who reported in this case: (report id, member id)."""
    rows = db.session.execute(select(REPORTS.c.id, REPORTS.c.reporter_id).where(REPORTS.c.case_id == case_id))
    return [(row.id, row.reporter_id) for row in rows]
