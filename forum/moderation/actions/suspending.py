"""Suspending a member without a report before it, and letting them take part again: by a decision like any other."""

from sqlalchemy import select

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict
from forum.members.models import MEMBERS
from forum.members.queries import held_roles
from forum.moderation.actions.decide import DecisionDraft, decide
from forum.moderation.actions.reporting import open_case
from forum.moderation.actions.reverse import reverse
from forum.moderation.queries import bans_on, case_of_decision, get_case, member_target


def suspend(actor: Actor, member_id: int, rule_id: int | None, reason: str) -> int:
    """Bans the member by a decision on the open case about them, or on one of its own; they are told the reason.
    Returns the id of the decision. Raises Conflict for who is banned (`suspended-already`), and like `decide`."""
    require(actor, "member.suspend", held_roles(member_id))
    case_id = open_case(member_target(actor, member_id), rule_id)
    # Asked behind the lock of the case: of two who do this at once, the second finds what the first has done.
    if db.session.scalar(select(MEMBERS.c.banned_at).where(MEMBERS.c.id == member_id)) is not None:
        raise Conflict("suspended-already")
    return decide(actor, get_case(actor, case_id, lock=True), DecisionDraft("ban", rule_id, reason))


def unsuspend(actor: Actor, member_id: int, reason: str) -> int:
    """Undoes every decision that bans the member; they are told so. Returns how many. Raises like `reverse`."""
    require(actor, "member.suspend", held_roles(member_id))
    decisions = bans_on(member_id)
    for decision_id in decisions:
        reverse(actor, case_of_decision(actor, decision_id, lock=True), decision_id, reason)
    return len(decisions)
