"""The maker of actors: one row, one statement, for requests, worker, command line and tests alike."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, bindparam, case, cast, exists, func, literal, or_, select

from forum.community.models import COMMUNITY
from forum.core import clock, locale
from forum.core.actor import EVERYONE, MEMBERS, Actor
from forum.core.database import BigId, read
from forum.core.errors import NotFound
from forum.members.models import BLOCKS, GROUP_MEMBERS, JOIN_REQUESTS, PASSKEYS, ROLES, SIGN_INS, TWO_FACTORS
from forum.members.models import MEMBERS as ACCOUNTS

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ViewerRow:
    """What the frame of a page shows of the one who looks; falsy for a guest. `used_at` is when this sign-in session
    was last noted as used, `days` how long it lasts without use, `proved_at` when
    whoever uses it last proved to be the member."""

    id: int | None = None
    username: str = ""
    display_name: str = ""
    avatar: str | None = None
    theme: str = "community"
    dismissed_welcome: str | None = None
    unread: int = 0
    used_at: datetime | None = None
    days: int = 0
    proved_at: datetime | None = None

    def __bool__(self) -> bool:
        return self.id is not None


NOBODY = ViewerRow()


def _joined(column: Any, condition: ColumnElement[bool]) -> Any:
    """All values of a column in one text, parted by commas."""
    return select(func.aggregate_strings(cast(column, String), ",")).where(condition).scalar_subquery()


ROLES_HELD = _joined(ROLES.c.role, ROLES.c.member_id == ACCOUNTS.c.id)
_OWNED = "*"
"""Behind the id of a group that the member owns."""
_GROUPS = _joined(
    cast(GROUP_MEMBERS.c.group_id, String).concat(case((GROUP_MEMBERS.c.is_owner, literal(_OWNED)), else_="")),
    GROUP_MEMBERS.c.member_id == ACCOUNTS.c.id,
)
_BLOCKED = _joined(BLOCKS.c.blocked_id, BLOCKS.c.member_id == ACCOUNTS.c.id)
BINDING = select(COMMUNITY.c.binding_version).where(COMMUNITY.c.id == 1).scalar_subquery()
ASKING_ROLES = select(COMMUNITY.c.two_factor_roles).where(COMMUNITY.c.id == 1).scalar_subquery()
HAS_APP = exists().where(TWO_FACTORS.c.member_id == ACCOUNTS.c.id)
HAS_PASSKEY = exists().where(PASSKEYS.c.member_id == ACCOUNTS.c.id)
HAS_SECOND_STEP = or_(HAS_APP, HAS_PASSKEY)
IS_WAITING = exists().where(JOIN_REQUESTS.c.member_id == ACCOUNTS.c.id, JOIN_REQUESTS.c.confirmed_at.is_not(None))
_FACTS = (
    ACCOUNTS.c.id,
    ACCOUNTS.c.username,
    ACCOUNTS.c.display_name,
    ACCOUNTS.c.standing,
    ACCOUNTS.c.confirmed_at,
    ACCOUNTS.c.silenced_until,
    ACCOUNTS.c.banned_at,
    ACCOUNTS.c.accepted_version,
    ACCOUNTS.c.language,
    ACCOUNTS.c.time_zone,
    ACCOUNTS.c.is_imported,
    ROLES_HELD.label("roles"),
    _GROUPS.label("group_ids"),
    _BLOCKED.label("blocked_ids"),
    BINDING.label("binding_version"),
    ASKING_ROLES.label("asking_roles"),
    HAS_SECOND_STEP.label("has_second_step"),
    IS_WAITING.label("is_waiting"),
)
_ACTOR = select(*_FACTS)
_SIGNED_IN = select(
    *_FACTS,
    ACCOUNTS.c.avatar,
    ACCOUNTS.c.theme,
    ACCOUNTS.c.dismissed_welcome,
    ACCOUNTS.c.unread_count,
    SIGN_INS.c.used_at,
    SIGN_INS.c.days,
    SIGN_INS.c.proved_at,
    SIGN_INS.c.expires_at,
    SIGN_INS.c.vouched_at,
).join_from(SIGN_INS, ACCOUNTS, SIGN_INS.c.member_id == ACCOUNTS.c.id)
# Built once, with parameters: building a statement and working out its key costs more than the database does.
_ACTOR_BY_ID = _ACTOR.where(ACCOUNTS.c.id == bindparam("id", type_=BigId))
_BY_TOKEN = _SIGNED_IN.where(SIGN_INS.c.token_hash == bindparam("hash", type_=String))


def asks_for_two_steps(row: Row[Any]) -> bool:
    """Whether one of a member's `roles` is among the `asking_roles`."""
    return bool(row.roles) and not set(row.roles.split(",")).isdisjoint(row.asking_roles or ())


def _made(row: Row[Any], *, is_vouched_for: bool = False) -> Actor:
    is_member = row.confirmed_at is not None or row.is_imported
    groups = row.group_ids.split(",") if is_member and row.group_ids else ()
    held = frozenset(row.roles.split(",")) if row.roles else frozenset()
    owes = not (row.has_second_step or is_vouched_for) and asks_for_two_steps(row)
    return Actor(
        id=row.id,
        username=row.username,
        display_name=row.display_name,
        roles=frozenset() if owes else held,
        group_ids=frozenset((EVERYONE, *((MEMBERS,) if is_member else ()), *(int(id.rstrip(_OWNED)) for id in groups))),
        owned_group_ids=frozenset(int(id.rstrip(_OWNED)) for id in groups if id.endswith(_OWNED)),
        blocked_ids=frozenset(map(int, row.blocked_ids.split(","))) if row.blocked_ids else frozenset(),
        standing=row.standing,
        is_confirmed=row.confirmed_at is not None,
        is_waiting=row.is_waiting,
        silenced_until=row.silenced_until,
        is_banned=row.banned_at is not None,
        owes_acceptance=row.binding_version is not None and row.binding_version > row.accepted_version,
        owes_second_step=owes,
        is_vouched_for=is_vouched_for,
        language=locale.nearest(row.language),
        time_zone=row.time_zone,
    )


def actor_of(member_id: int, *, is_vouched_for: bool = False) -> Actor:
    """The member as an actor, as of now; for `is_vouched_for` see Actor. Raises NotFound."""
    row = read(_ACTOR_BY_ID, {"id": member_id}).first()
    if row is None:
        raise NotFound
    return _made(row, is_vouched_for=is_vouched_for)


def _with_vouched() -> Select[Any]:
    """With whether some living session of theirs began where a provider has asked for a second step."""
    living = (SIGN_INS.c.member_id == ACCOUNTS.c.id, SIGN_INS.c.expires_at > clock.now())
    return _ACTOR.add_columns(exists().where(*living, SIGN_INS.c.vouched_at.is_not(None)).label("is_vouched_for"))


def actors_of(member_ids: Iterable[int]) -> Mapping[int, Actor]:
    """Many members as actors, by id, five hundred a statement, while they aren't here themselves: what they may be told
    and what was asked for in their name. So the roles are open of whoever has a living session that a provider vouches
    for; a request of theirs goes by its own session. Ids of nobody are left out."""
    wanted = sorted(set(member_ids))
    found: dict[int, Actor] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = read(_with_vouched().where(ACCOUNTS.c.id.in_(wanted[start : start + _AT_ONCE])))
        found |= {row.id: _made(row, is_vouched_for=row.is_vouched_for) for row in rows}
    return found


def absent_actor(member_id: int) -> Actor:
    """One member as `actors_of` has them. Raises NotFound."""
    found = actors_of([member_id]).get(member_id)
    if found is None:
        raise NotFound
    return found


def reload(actor: Actor) -> Actor:
    """The same member anew, for `transaction()`; guests and the system stay as they are."""
    return actor if actor.id is None else actor_of(actor.id, is_vouched_for=actor.is_vouched_for)


def token_hash(token: str) -> str:
    """What is kept of a sign-in session's token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def signed_in_member(token: str) -> tuple[Actor, ViewerRow] | None:
    """Who holds this sign-in session, or None when it has ended; one statement."""
    row = read(_BY_TOKEN, {"hash": token_hash(token)}).first()
    if row is None or row.expires_at <= clock.now():
        return None
    return _made(row, is_vouched_for=row.vouched_at is not None), ViewerRow(
        row.id,
        row.username,
        row.display_name,
        row.avatar,
        row.theme,
        row.dismissed_welcome,
        row.unread_count,
        row.used_at,
        row.days,
        row.proved_at,
    )
