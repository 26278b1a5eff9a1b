"""An act on many members at once; each of them stands in the audit log."""

from collections.abc import Collection

from forum.core.actor import Actor
from forum.members.actions.accounts import remind
from forum.members.actions.belonging import add_to_group, remove_from_group
from forum.members.actions.sessions import sign_out_member
from forum.members.queries.bulk import effects
from forum.members.queries.people import get_member


def act_on_many(actor: Actor, act: str, member_ids: Collection[int], group_id: int | None = None) -> int:
    """Does it to those of these members to whom it does something; returns how many they are. Raises like `effects`."""
    done, group = effects(actor, act, member_ids, group_id)
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
