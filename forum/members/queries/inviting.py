"""Who is asked into a group, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Gone, NotFound
from forum.members.models import GROUP_INVITES, MEMBERS, Group
from forum.members.policy import standing_invites
from forum.members.queries.groups import find_group
from forum.members.queries.people import Face, face_columns

MOST_INVITES = 50
"""So many may be asked into a group at a time: whoever looks after it sees them all."""


@dataclass(frozen=True, slots=True)
class InviteRow:
    """That a member is asked into a group; `by` is who asks them, None in lists."""

    id: int
    group_id: int
    member_id: int
    invited_at: datetime
    face: Face
    by: Face | None = None


_FACE = face_columns()
_INVITE = select(
    GROUP_INVITES.c.id,
    GROUP_INVITES.c.group_id,
    GROUP_INVITES.c.member_id,
    GROUP_INVITES.c.invited_at,
    *_FACE,
).join_from(GROUP_INVITES, MEMBERS, MEMBERS.c.id == GROUP_INVITES.c.member_id)
_inviter = MEMBERS.alias("inviter")
_WITH_INVITER = _INVITE.outerjoin(_inviter, _inviter.c.id == GROUP_INVITES.c.invited_by_id).add_columns(
    *(column.label(f"by_{number}") for number, column in enumerate(face_columns(_inviter)))
)


def _row(row: Row[Any]) -> InviteRow:
    id, group_id, member_id, invited_at, *faces = row
    face, by = faces[: len(_FACE)], faces[len(_FACE) :]
    return InviteRow(id, group_id, member_id, invited_at, Face(*face), Face(*by) if by and by[0] is not None else None)


def open_invite(invite_id: int) -> InviteRow | None:
    """One that nobody has answered yet."""
    row = db.session.execute(_WITH_INVITER.where(GROUP_INVITES.c.id == invite_id)).first()
    return _row(row) if row else None


def own_invite(actor: Actor, group_id: int) -> InviteRow | None:
    """That the actor is asked into this group, and may still accept."""
    mine = GROUP_INVITES.c.group_id == group_id, GROUP_INVITES.c.member_id == actor.member_id, standing_invites()
    row = db.session.execute(_WITH_INVITER.where(*mine)).first()
    return _row(row) if row else None


def invites_into(actor: Actor, group: Group) -> Sequence[InviteRow]:
    """All who are asked in, may still accept and haven't answered, the oldest first; whoever was banned since, too."""
    require(actor, "group.tend", group)
    waiting = _INVITE.where(GROUP_INVITES.c.group_id == group.id, standing_invites()).order_by(GROUP_INVITES.c.id)
    return [_row(row) for row in db.session.execute(waiting.limit(MOST_INVITES))]


def count_invites(group_id: int) -> int:
    """How many `invites_into` lists."""
    return db.session.scalar(select(func.count()).where(GROUP_INVITES.c.group_id == group_id, standing_invites())) or 0


def invited_to(actor: Actor, group_id: int, *, lock: bool = False) -> Group:
    """The group into which the actor is asked, who may know of it by that; with `lock` it stays until the transaction
    ends. Raises NotFound, Gone where the invitation no longer holds."""
    asked = select(GROUP_INVITES.c.id).where(
        GROUP_INVITES.c.group_id == Group.id, GROUP_INVITES.c.member_id == actor.member_id
    )
    group = find_group(group_id, asked.exists(), lock=lock)
    if group is None:
        raise NotFound
    if own_invite(actor, group_id) is None:
        raise Gone("group-invite-over")
    return group
