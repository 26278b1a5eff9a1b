"""Undoing a decision: what it removed is back, the sanctions are lifted, everybody who was told is told again."""

from sqlalchemy import select, update

from forum.access import require
from forum.core import audit, clock, events
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid, NotFound
from forum.media.models import UPLOADS
from forum.members import actions as members
from forum.moderation.actions.lifting import lift
from forum.moderation.events import DecisionReversed
from forum.moderation.models import DECISIONS, REMOVED_PICTURES
from forum.moderation.queries.rows import CaseRow
from forum.text import clean_body
from forum.threads import actions as threads

LONGEST_REASON = 4000


def reverse(actor: Actor, case: CaseRow, decision_id: int, reason: str) -> None:
    """Undoes a decision of this case, which comes locked; the record of it stays.

    Post and pictures come back only if this decision took them away, a picture only where no other one is by now; a
    sanction that another decision laid still holds. Raises Invalid beside the field, NotFound, Conflict
    (`decision-reversed`).
    """
    require(actor, "decision.reverse", case)
    reason = clean_body(reason).text.strip()
    if not reason:
        raise Invalid("reason-required", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid("too-long", field="reason", limit=LONGEST_REASON)
    row = db.session.execute(
        select(DECISIONS).where(DECISIONS.c.id == decision_id, DECISIONS.c.case_id == case.id)
    ).first()
    if row is None:
        raise NotFound
    undone = db.session.execute(
        update(DECISIONS)
        .where(DECISIONS.c.id == decision_id, DECISIONS.c.reversed_at.is_(None))
        .values(reversed_at=clock.now(), reversed_by_id=actor.id, reversal_reason=reason)
        .returning(DECISIONS.c.id)
    ).first()
    if undone is None:
        raise Conflict("decision-reversed")
    if row.removed_post and case.post_id is not None:
        threads.unremove_post(actor, case.post_id)
    if case.member_id is not None:
        members.give_pictures_back(actor, case.member_id, _pictures_of(decision_id))
    lift(actor, decision_id)
    audit.record(
        actor,
        "decision.reverse",
        ("case", case.id),
        before={"decision": decision_id, "act": row.act, "by": row.by_id, "reversed": False},
        after={"decision": decision_id, "act": row.act, "by": row.by_id, "reversed": True},
        reason=reason,
    )
    events.publish(DecisionReversed(decision_id))


def _pictures_of(decision_id: int) -> dict[str, str]:
    """What the decision took away from a profile, as far as the files are there still."""
    taken = select(REMOVED_PICTURES.c.kind, REMOVED_PICTURES.c.name).join(
        UPLOADS, UPLOADS.c.name == REMOVED_PICTURES.c.name
    )
    rows = db.session.execute(taken.where(REMOVED_PICTURES.c.decision_id == decision_id))
    return {row.kind: row.name for row in rows}
