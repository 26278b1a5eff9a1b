"""What an act on many members would do to each of them, asked before it is done and once more while it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from forum.access import YES, Decision, conflict, decide, require
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Invalid
from forum.members.models import GROUP_MEMBERS, Group
from forum.members.queries.admin import AccountRow, accounts
from forum.members.queries.groups import find_group

MOST_AT_ONCE = 200
Act = Literal["add", "remove", "remind", "sign_out"]
ACTS: tuple[Act, ...] = ("add", "remove", "remind", "sign_out")
"""Putting into a group, taking out of one, sending the mail that confirms an address once more, signing out everywhere.
Nothing that needs a reason for each: a sanction rests on a decision about one member."""
OF_GROUPS = frozenset({"add", "remove"})


@dataclass(frozen=True, slots=True)
class Effect:
    """A member whom an act is about, and whether it does something to them; if not, why."""

    account: AccountRow
    decision: Decision


def effects(
    actor: Actor, act: str, member_ids: Collection[int], group_id: int | None = None, *, lock: bool = False
) -> tuple[Sequence[Effect], Group | None]:
    """For each of these members what the act would do, by name, and the group that it is about, which with `lock` stays
    until the transaction ends; three statements.

    Raises Invalid beside `act`, `group` or `members`, Denied.
    """
    require(actor, "member.list")
    if act not in ACTS:
        raise Invalid("choose-act", field="act")
    group = _group(actor, group_id, lock=lock) if act in OF_GROUPS else None
    if not member_ids:
        raise Invalid("choose-members", field="members")
    if len(member_ids) > MOST_AT_ONCE:
        raise Invalid("too-many-members", field="members", limit=MOST_AT_ONCE)
    found = accounts(actor, member_ids)
    if group is None:
        verb = "member.remind" if act == "remind" else "member.sign_out"
        return [Effect(one, decide(actor, verb, one)) for one in found], None
    held = _held(group.id, member_ids)
    return [
        Effect(one, decide(actor, "member.groups", one) and _of_group(act, held.get(one.id))) for one in found
    ], group


def _group(actor: Actor, group_id: int | None, *, lock: bool) -> Group:
    require(actor, "group.manage")
    group = find_group(group_id, lock=lock) if group_id is not None else None
    if group is None or group.is_builtin:
        raise Invalid("choose-group", field="group")
    return group


def _held(group_id: int, member_ids: Collection[int]) -> Mapping[int, bool]:
    """Who of these belongs to the group, and whether because it fills itself."""
    rows = db.session.execute(
        select(GROUP_MEMBERS.c.member_id, GROUP_MEMBERS.c.is_automatic).where(
            GROUP_MEMBERS.c.group_id == group_id, GROUP_MEMBERS.c.member_id.in_(member_ids)
        )
    )
    return {row.member_id: row.is_automatic for row in rows}


def _of_group(act: str, is_automatic: bool | None) -> Decision:
    """`is_automatic` is None for who doesn't belong."""
    if act == "add":
        return YES if is_automatic is None else conflict("in-group-already")
    if is_automatic is None:
        return conflict("not-in-group")
    return conflict("group-automatic-member") if is_automatic else YES
