"""Invitations, as the team lists them and as somebody holds one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from forum.access import require
from forum.core import clock, paging
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.paging import Page, cut, encode
from forum.members.models import GROUPS, INVITATIONS, MEMBERS, Group
from forum.members.queries.actors import token_hash

_PAGE = 50


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation; without a maker where that account is gone."""

    id: int
    note: str
    most_uses: int
    used_count: int
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    group_name: str | None
    maker: str | None

    @property
    def state(self) -> str:
        """Whether one can join by it: `open`, or why not: `revoked`, `used`, `expired`."""
        if self.revoked_at is not None:
            return "revoked"
        if self.used_count >= self.most_uses:
            return "used"
        return "expired" if self.expires_at <= clock.now() else "open"


_INVITATIONS = (
    select(
        INVITATIONS.c.id,
        INVITATIONS.c.note,
        INVITATIONS.c.most_uses,
        INVITATIONS.c.used_count,
        INVITATIONS.c.created_at,
        INVITATIONS.c.expires_at,
        INVITATIONS.c.revoked_at,
        GROUPS.c.name,
        MEMBERS.c.display_name,
    )
    .join_from(INVITATIONS, GROUPS, INVITATIONS.c.group_id == GROUPS.c.id, isouter=True)
    .join(MEMBERS, INVITATIONS.c.made_by_id == MEMBERS.c.id, isouter=True)
)


def is_open(now: datetime) -> Sequence[ColumnElement[bool]]:
    """The same as the state `open`, as a filter of INVITATIONS."""
    return (
        INVITATIONS.c.revoked_at.is_(None),
        INVITATIONS.c.used_count < INVITATIONS.c.most_uses,
        INVITATIONS.c.expires_at > now,
    )


def invitations(actor: Actor, before: str | None = None) -> Page[InvitationRow]:
    """All invitations, the newest first."""
    require(actor, "invitation.manage")
    statement = _INVITATIONS.order_by(INVITATIONS.c.id.desc()).limit(_PAGE + 1)
    if (position := paging.decode(before, int)) is not None:
        statement = statement.where(INVITATIONS.c.id < position[0])
    rows: Sequence[Any] = db.session.execute(statement).all()
    return cut([InvitationRow(*row) for row in rows], _PAGE, lambda row: encode(row.id))


def invited_group(token: str) -> Group | None:
    """The group into which an open invitation leads: whoever holds it may know of that group."""
    held = INVITATIONS.c.token_hash == token_hash(token)
    return db.session.scalar(
        select(Group).join(INVITATIONS, INVITATIONS.c.group_id == Group.id).where(held, *is_open(clock.now()))
    )


def invitation_state(token: str) -> str:
    """The state of the invitation with this token; `unknown` where there is none."""
    row = db.session.execute(_INVITATIONS.where(INVITATIONS.c.token_hash == token_hash(token))).first()
    return InvitationRow(*row).state if row is not None else "unknown"
