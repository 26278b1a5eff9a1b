"""The maker of actors: one row, one statement, for requests, worker, command line and tests alike."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, String, bindparam, cast, func, select

from forum.community.models import COMMUNITY
from forum.core import clock, locale
from forum.core.actor import EVERYONE, MEMBERS, Actor
from forum.core.database import BigId, read
from forum.core.errors import NotFound
from forum.members.models import GROUP_MEMBERS, ROLES, SIGN_INS
from forum.members.models import MEMBERS as ACCOUNTS

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ViewerRow:
    """What the frame of a page shows of the one who looks; falsy for a guest. `used_at` is when this sign-in session
    was last noted as used."""

    id: int | None = None
    username: str = ""
    display_name: str = ""
    avatar: str | None = None
    theme: str = "community"
    dismissed_welcome: str | None = None
    unread: int = 0
    used_at: datetime | None = None

    def __bool__(self) -> bool:
        return self.id is not None


NOBODY = ViewerRow()


def _joined(column: Any, condition: ColumnElement[bool]) -> Any:
    """All values of a column in one text, parted by commas."""
    return select(func.aggregate_strings(cast(column, String), ",")).where(condition).scalar_subquery()


_ROLES = _joined(ROLES.c.role, ROLES.c.member_id == ACCOUNTS.c.id)
_GROUPS = _joined(GROUP_MEMBERS.c.group_id, GROUP_MEMBERS.c.member_id == ACCOUNTS.c.id)
_BINDING = select(COMMUNITY.c.binding_version).where(COMMUNITY.c.id == 1).scalar_subquery()
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
    _ROLES.label("roles"),
    _GROUPS.label("group_ids"),
    _BINDING.label("binding_version"),
)
_ACTOR = select(*_FACTS)
_SIGNED_IN = select(
    *_FACTS,
    ACCOUNTS.c.avatar,
    ACCOUNTS.c.theme,
    ACCOUNTS.c.dismissed_welcome,
    ACCOUNTS.c.unread_count,
    SIGN_INS.c.used_at,
    SIGN_INS.c.expires_at,
).join_from(SIGN_INS, ACCOUNTS, SIGN_INS.c.member_id == ACCOUNTS.c.id)
# Built once, with parameters: building a statement and working out its key costs more than the database does.
_ACTOR_BY_ID = _ACTOR.where(ACCOUNTS.c.id == bindparam("id", type_=BigId))
_BY_TOKEN = _SIGNED_IN.where(SIGN_INS.c.token_hash == bindparam("hash", type_=String))


def _made(row: Row[Any]) -> Actor:
    groups = {int(part) for part in row.group_ids.split(",")} if row.group_ids else set()
    return Actor(
        id=row.id,
        username=row.username,
        display_name=row.display_name,
        roles=frozenset(row.roles.split(",")) if row.roles else frozenset(),
        group_ids=frozenset(groups | {EVERYONE, MEMBERS}),
        standing=row.standing,
        is_confirmed=row.confirmed_at is not None,
        silenced_until=row.silenced_until,
        is_banned=row.banned_at is not None,
        owes_acceptance=row.binding_version is not None and row.binding_version > row.accepted_version,
        language=locale.nearest(row.language),
        time_zone=row.time_zone,
    )


def actor_of(member_id: int) -> Actor:
    """The member as an actor, as of now. Raises NotFound."""
    row = read(_ACTOR_BY_ID, {"id": member_id}).first()
    if row is None:
        raise NotFound
    return _made(row)


def actors_of(member_ids: Iterable[int]) -> Mapping[int, Actor]:
    """Many members as actors, by id, five hundred a statement; ids of nobody are left out."""
    wanted = sorted(set(member_ids))
    found: dict[int, Actor] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = read(_ACTOR.where(ACCOUNTS.c.id.in_(wanted[start : start + _AT_ONCE])))
        found |= {row.id: _made(row) for row in rows}
    return found


def reload(actor: Actor) -> Actor:
    """The same member anew, for `transaction()`; guests and the system stay as they are."""
    return actor if actor.id is None else actor_of(actor.id)


def token_hash(token: str) -> str:
    """What is kept of a sign-in session's token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def signed_in_member(token: str) -> tuple[Actor, ViewerRow] | None:
    """Who holds this sign-in session, or None when it has ended; one statement."""
    row = read(_BY_TOKEN, {"hash": token_hash(token)}).first()
    if row is None or row.expires_at <= clock.now():
        return None
    return _made(row), ViewerRow(
        row.id,
        row.username,
        row.display_name,
        row.avatar,
        row.theme,
        row.dismissed_welcome,
        row.unread_count,
        row.used_at,
    )
