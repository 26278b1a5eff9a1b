"""Suspending a member without a report before it, and letting them take part again: by a decision like any other."""

from sqlalchemy import select

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import db
from forum.moderation.actions.decide import DecisionDraft, decide
from forum.moderation.actions.reporting import open_case
from forum.moderation.actions.reverse import reverse
from forum.moderation.models import SANCTION_ROWS
from forum.moderation.queries import case_of_decision, get_case, member_target


def suspend(actor: Actor, member_id: int, rule_id: int | None, reason: str) -> int:
    """Bans the member by a decision on the open case about them, or on one of its own; they are told the reason.
    Returns the id of the decision. Raises like `decide`."""
    require(actor, "member.judge")
    case_id = open_case(member_target(actor, member_id), rule_id)
    return decide(actor, get_case(actor, case_id, lock=True), DecisionDraft("ban", rule_id, reason))


def unsuspend(actor: Actor, member_id: int, reason: str) -> int:
    """Undoes every decision that bans the member; they are told so. Returns how many. Raises like `reverse`."""
    require(actor, "member.judge")
    bans = select(SANCTION_ROWS.c.decision_id).where(
        SANCTION_ROWS.c.member_id == member_id, SANCTION_ROWS.c.kind == "ban", SANCTION_ROWS.c.lifted_at.is_(None)
    )
    decisions = db.session.scalars(bans.order_by(SANCTION_ROWS.c.decision_id)).all()
    for decision_id in decisions:
        reverse(actor, case_of_decision(actor, decision_id, lock=True), decision_id, reason)
    return len(decisions)
