"""Who signs in in two steps, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, exists, func, or_, select

from forum.access import require
from forum.core.actor import ROLES as ALL_ROLES
from forum.core.actor import Actor
from forum.core.database import BigId, read
from forum.members.models import MEMBERS, PASSKEYS, RECOVERY_CODES, ROLES, TWO_FACTORS
from forum.members.queries.actors import ASKING_ROLES, HAS_APP, HAS_PASSKEY, ROLES_HELD, asks_for_two_steps


@dataclass(frozen=True, slots=True)
class TwoFactorRow:
    """A member's own second step: since when, and how many recovery codes aren't used yet."""

    since: datetime
    codes_left: int


_LEFT = (
    select(func.count()).where(RECOVERY_CODES.c.member_id == TWO_FACTORS.c.member_id).correlate(TWO_FACTORS)
).scalar_subquery()
_OF_MEMBER = select(TWO_FACTORS.c.since, _LEFT).where(TWO_FACTORS.c.member_id == bindparam("id", type_=BigId))


def two_factor_of(actor: Actor) -> TwoFactorRow | None:
    """The actor's own, or None where the password alone opens the account."""
    row = read(_OF_MEMBER, {"id": actor.member_id}).first()
    return TwoFactorRow(*row) if row is not None else None


@dataclass(frozen=True, slots=True)
class RoleCount:
    """How many have a role, and how many of them sign in in two steps, or have a passkey, which is both."""

    role: str
    holders: int
    with_two_factor: int


_IS_SET_UP = or_(
    exists().where(TWO_FACTORS.c.member_id == ROLES.c.member_id),
    exists().where(PASSKEYS.c.member_id == ROLES.c.member_id),
)
_COUNTS = select(ROLES.c.role, func.count(), func.sum(case((_IS_SET_UP, 1), else_=0))).group_by(ROLES.c.role)


def two_factor_counts(actor: Actor) -> Sequence[RoleCount]:
    """For each role how far the team is."""
    require(actor, "member.list")
    found = {row[0]: RoleCount(*row) for row in read(_COUNTS)}
    return [found.get(role, RoleCount(role, 0, 0)) for role in ALL_ROLES]


def has_two_factor(member_id: int) -> bool:
    """Whether the member has an app that makes codes."""
    return read(_OF_MEMBER, {"id": member_id}).first() is not None


@dataclass(frozen=True, slots=True)
class SecondStep:
    """By what a member takes the second step: an app's codes, a passkey, or either."""

    has_app: bool
    has_passkey: bool


_STEPS = (
    select(
        HAS_APP.label("has_app"),
        HAS_PASSKEY.label("has_passkey"),
        ROLES_HELD.label("roles"),
        ASKING_ROLES.label("asking_roles"),
    )
    .select_from(MEMBERS)
    .where(MEMBERS.c.id == bindparam("id", type_=BigId))
)


def rests_on_passkeys(member_id: int) -> bool:
    """Whether a role asks the member for two steps, and passkeys are what they have for it."""
    row = read(_STEPS, {"id": member_id}).first()
    return row is not None and row.has_passkey and not row.has_app and asks_for_two_steps(row)


def second_step_of(member_id: int) -> SecondStep | None:
    """What is asked for besides the password, or a link by mail, or None where that opens the account.

    An app's codes always are. A passkey is where it is what a role's demand for two steps rests on; for everybody else
    it is a way in beside the password, which they still have on a device that the passkey isn't on.
    """
    row = read(_STEPS, {"id": member_id}).first()
    if row is None or not (row.has_app or (row.has_passkey and asks_for_two_steps(row))):
        return None
    return SecondStep(row.has_app, row.has_passkey)
