"""An act on many members at once; each of them stands in the audit log."""

from collections.abc import Collection, Sequence

from forum.access import require
from forum.core.actor import Actor
from forum.core.errors import Conflict, Invalid
from forum.members.actions.accounts import remind
from forum.members.actions.admission import approve, refuse
from forum.members.actions.belonging import add_to_group, remove_from_group
from forum.members.actions.sessions import sign_out_member
from forum.members.queries.admission import waiting_requests
from forum.members.queries.bulk import effects
from forum.members.queries.people import get_member

APPROVE, REFUSE = ANSWERS = ("approve", "refuse")
"""What can be said to requests to join."""


def act_on_many(actor: Actor, act: str, member_ids: Collection[int], group_id: int | None = None) -> int:
    """Does it to those of these members to whom it does something; returns how many they are. Raises like `effects`."""
    done, group = effects(actor, act, member_ids, group_id, lock=True)
    concerned = [effect.account for effect in done if effect.decision]
    for account in concerned:
        if group is not None:
            member = get_member(actor, account.id)
            (add_to_group if act == "add" else remove_from_group)(actor, group, member)
        elif act == "remind":
            remind(actor, account)
        else:
            sign_out_member(actor, account)
    return len(concerned)


def answer_many(actor: Actor, answer: str, member_ids: Collection[int], reason: str = "") -> Sequence[int]:
    """Approves or refuses the requests to join of all these members who wait still, the latter with one reason; returns
    whom that concerned. Raises Invalid beside `act`, `members` or `reason`."""
    require(actor, "member.admit")
    if answer not in ANSWERS:
        raise Invalid("choose-act", field="act")
    waiting = [request.id for request in waiting_requests(actor, member_ids)]
    answered = []
    for member_id in waiting:
        try:
            if answer == APPROVE:
                approve(actor, member_id)
            else:
                refuse(actor, member_id, reason)
        except Conflict as error:  # somebody has decided it since it was read
            if error.code != "request-decided":
                raise
        else:
            answered.append(member_id)
    return answered
