"""Members as the administration lists them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, String, cast, func, select

from forum.access import require
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.members.models import MEMBERS, ROLES, SIGN_INS
from forum.members.queries.actors import HAS_SECOND_STEP, IS_WAITING

MOST_HOLDERS = 50


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as the administration sees it; `is_waiting`: its address is confirmed, the team has yet to approve;
    `seen_at`: when one of its living sign-in sessions was last noted as used."""

    id: int
    username: str
    display_name: str
    avatar: str | None
    email: str | None
    joined_at: datetime
    confirmed_at: datetime | None
    silenced_until: datetime | None
    banned_at: datetime | None
    accepted_version: int
    is_imported: bool
    is_waiting: bool
    standing: str
    seen_at: datetime | None
    has_second_step: bool
    language: str
    roles: Sequence[str]

    @property
    def is_public(self) -> bool:
        """Whether others may know of this member, as `Member.is_public`."""
        return self.confirmed_at is not None or self.is_imported

    @property
    def is_staff(self) -> bool:
        return bool(self.roles)

    @property
    def is_silenced(self) -> bool:
        return self.silenced_until is not None and self.silenced_until > clock.now()


@dataclass(frozen=True, slots=True)
class HeldRoles:
    """Whose roles these are; all of them, also while they rest."""

    id: int
    roles: Collection[str]


def held_roles(member_id: int) -> HeldRoles:
    """The roles of this member."""
    held = db.session.scalars(select(ROLES.c.role).where(ROLES.c.member_id == member_id))
    return HeldRoles(member_id, frozenset(held))


_ROLE_NAMES = (
    select(func.aggregate_strings(cast(ROLES.c.role, String), ","))
    .where(ROLES.c.member_id == MEMBERS.c.id)
    .scalar_subquery()
)
ACCOUNT = select(
    MEMBERS.c.id,
    MEMBERS.c.username,
    MEMBERS.c.display_name,
    MEMBERS.c.avatar,
    MEMBERS.c.email,
    MEMBERS.c.joined_at,
    MEMBERS.c.confirmed_at,
    MEMBERS.c.silenced_until,
    MEMBERS.c.banned_at,
    MEMBERS.c.accepted_version,
    MEMBERS.c.is_imported,
    IS_WAITING.label("is_waiting"),
    MEMBERS.c.standing,
    select(func.max(SIGN_INS.c.used_at)).where(SIGN_INS.c.member_id == MEMBERS.c.id).scalar_subquery().label("seen_at"),
    HAS_SECOND_STEP.label("has_second_step"),
    MEMBERS.c.language,
    _ROLE_NAMES.label("roles"),
)


def account_row(row: Row[Any]) -> AccountRow:
    """An account from a row that begins with the columns of ACCOUNT."""
    roles = tuple(sorted(row.roles.split(","))) if row.roles else ()
    return AccountRow(*(*row[:16], roles))


def role_holders(actor: Actor, role: str) -> Sequence[AccountRow]:
    """Who has this role, by name; at most fifty."""
    require(actor, "member.list")
    holds = select(ROLES.c.member_id).where(ROLES.c.role == role)
    statement = ACCOUNT.where(MEMBERS.c.id.in_(holds)).order_by(MEMBERS.c.sort_key, MEMBERS.c.id)
    return [account_row(row) for row in db.session.execute(statement.limit(MOST_HOLDERS))]


def accounts(actor: Actor, member_ids: Collection[int]) -> Sequence[AccountRow]:
    """These accounts, by name; ids of nobody are left out."""
    require(actor, "member.list")
    statement = ACCOUNT.where(MEMBERS.c.id.in_(member_ids)).order_by(MEMBERS.c.sort_key, MEMBERS.c.id)
    return [account_row(row) for row in db.session.execute(statement)] if member_ids else []


def account(actor: Actor, member_id: int) -> AccountRow:
    """One account. Raises NotFound."""
    require(actor, "member.list")
    row = db.session.execute(ACCOUNT.where(MEMBERS.c.id == member_id)).first()
    if row is None:
        raise NotFound
    return account_row(row)


def other_admins(member_id: int) -> int:
    """How many administrators there are, beside this member, who can sign in and act; held until the transaction ends,
    so that two of them can't dismiss each other at once."""
    return len(_admins() - {member_id})


def is_last_admin(member_id: int) -> bool:
    """Whether this member is the only administrator who can sign in and act; held likewise."""
    return _admins() == {member_id}


def _admins() -> set[int]:
    statement = (
        select(ROLES.c.member_id)
        .join(MEMBERS, ROLES.c.member_id == MEMBERS.c.id)
        .where(ROLES.c.role == "admin", MEMBERS.c.banned_at.is_(None))
        .order_by(ROLES.c.member_id)
        .with_for_update(of=ROLES)
    )
    return set(db.session.scalars(statement))
