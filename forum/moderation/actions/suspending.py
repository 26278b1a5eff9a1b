"""Suspending or banning a member without a report before it, and letting them take part again: by decisions like any
other."""

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
from forum.moderation.queries import banned_until, bans_on, case_of_decision, get_case, member_target


def suspend(actor: Actor, member_id: int, rule_id: int | None, reason: str, days: int | None = None) -> int:
    """Suspends the member for so many days, or bans them until somebody undoes it: by a decision on the open case about
    them, or on one of its own; they are told the reason. Returns the id of the decision.

    Raises like `decide`, and Conflict (`suspended-already`, with when that ends) for who is banned, or suspended unless
    it is to become a ban.
    """
    require(actor, "member.suspend", held_roles(member_id))
    case_id = open_case(member_target(actor, member_id), rule_id)
    # Asked behind the lock of the case: of two who do this at once, the second finds what the first has done.
    if db.session.scalar(select(MEMBERS.c.banned_at).where(MEMBERS.c.id == member_id)) is not None:
        until = banned_until(bans_on(member_id))
        if until is None or days is not None:
            raise Conflict("suspended-already", until=until)
    draft = DecisionDraft("ban" if days is None else "suspend", rule_id, reason, days)
    return decide(actor, get_case(actor, case_id, lock=True), draft)


def unsuspend(actor: Actor, member_id: int, reason: str) -> int:
    """Undoes every decision that bans the member, for a time or until it is undone; they are told so. Returns how many.
    Raises like `reverse`."""
    require(actor, "member.suspend", held_roles(member_id))
    decisions = [ban.decision_id for ban in bans_on(member_id)]
    for decision_id in decisions:
        reverse(actor, case_of_decision(actor, decision_id, lock=True), decision_id, reason)
    return len(decisions)
