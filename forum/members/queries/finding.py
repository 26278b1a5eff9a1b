"""Finding accounts by any of their facts, for the administration: each page looks at a bounded stretch of one index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, func, literal, not_, or_, select, text, tuple_

from forum.access import require
from forum.core import clock, paging
from forum.core.actor import ROLES as ALL_ROLES
from forum.core.actor import Actor
from forum.core.database import LAST_SIGN, UtcTime, by_code_point, db
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.members.models import (
    BANNED,
    GROUP_MEMBERS,
    IMPORTED,
    JOIN_REQUESTS,
    MEMBERS,
    NAMES,
    PROFILE_VALUES,
    ROLES,
    SIGN_INS,
    SILENCED,
    UNCONFIRMED,
)
from forum.members.names import sort_key
from forum.members.queries.actors import BINDING, HAS_PASSKEY, HAS_SECOND_STEP, IS_WAITING
from forum.members.queries.admin import ACCOUNT, AccountRow, account_row
from forum.members.queries.directory import TEAM
from forum.members.queries.names import found_earlier

PAGE = 50
MOST_LOOKED_AT = 10_000
"""Accounts of the stretch that one page looks at, whether they fit or not."""
STATES = ("active", "unconfirmed", "waiting", "silenced", "banned", "imported")
STANDINGS = ("new", "regular", "trusted", "ambassador")
STEPS = ("with", "without")
RULES = ("accepted", "owed")
PASSWORD, PASSKEY = WAYS = ("password", "passkey")
SEEN: Mapping[str, tuple[bool, int | None]] = {
    "in-1": (True, 1),
    "in-7": (True, 7),
    "in-30": (True, 30),
    "not-7": (False, 7),
    "not-30": (False, 30),
    "never": (False, None),
}
"""Whether somebody was here within so many days, or at all."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom the administration looks for; what is empty is left open.

    `name` is the beginning of a name or of a word in it, or a whole e-mail address; `role` one of the roles or TEAM;
    `state` one of STATES, `standing` of STANDINGS, `step` of STEPS (with or without a second step of signing in),
    `seen` of SEEN, and `seen_from` and `seen_before` when somebody was here last, all told by the living sign-in
    sessions: who has signed out everywhere was not here. `rules` is one of RULES: whether the version that binds is
    accepted. `domain` is what stands behind the @ of the address, `way` one of WAYS by which somebody can sign in,
    `language` that of their pages and mails, `choices` what stands in fields of profiles: the option's key by the
    field's id. `also` is what higher rooms ask of rows of MEMBERS besides.
    """

    name: str = ""
    role: str = ""
    group_id: int | None = None
    standing: str = ""
    state: str = ""
    joined_from: datetime | None = None
    joined_before: datetime | None = None
    seen: str = ""
    step: str = ""
    rules: str = ""
    domain: str = ""
    way: str = ""
    language: str = ""
    seen_from: datetime | None = None
    seen_before: datetime | None = None
    choices: Mapping[int, str] = field(default_factory=dict)
    also: Sequence[ColumnElement[bool]] = ()


@dataclass(frozen=True, slots=True)
class _Walk:
    """The index in whose order accounts are looked at: its columns, of which the last is the member's id, and what
    holds for all of its stretch."""

    columns: Sequence[Any]
    conditions: Sequence[Any]
    descends: bool = True

    @property
    def order(self) -> Sequence[Any]:
        return [column.desc() for column in self.columns] if self.descends else self.columns

    def after(self, position: Sequence[Any]) -> ColumnElement[bool]:
        last = tuple_(*(literal(value, column.type) for value, column in zip(position, self.columns, strict=True)))
        return tuple_(*self.columns) < last if self.descends else tuple_(*self.columns) > last

    def decoded(self, cursor: str | None) -> Sequence[Any] | None:
        """The position that a cursor names. Raises NotFound for one that isn't of this order."""
        types = [column.type for column in self.columns]
        found = paging.decode(cursor, *(str if isinstance(one, String) else int for one in types))
        if found is None:
            return None
        times = [isinstance(one, UtcTime) for one in types]
        return [paging.moment(value) if is_time else value for value, is_time in zip(found, times, strict=True)]


def _encoded(position: Sequence[Any]) -> str:
    return paging.encode(*(paging.micros(value) if isinstance(value, datetime) else value for value in position))


def _walk(sought: Sought) -> _Walk:
    """The index of the fewest: a name before a role, a role before a group, and so on; else by when they joined."""
    if "@" in sought.name.removeprefix("@"):
        return _Walk((MEMBERS.c.id,), [MEMBERS.c.email_key == sought.name.casefold()])
    if sought.name:
        begins = sort_key(sought.name.removeprefix("@"))
        first = literal(begins, by_code_point(120))
        fits = [NAMES.c.key >= first, NAMES.c.key < literal(begins + LAST_SIGN, by_code_point(121))]
        return _Walk((NAMES.c.key, NAMES.c.member_id), [*fits, ~found_earlier(first)], descends=False)
    if sought.role:
        holds = select(ROLES.c.member_id).where(*_role(sought.role))
        return _Walk((MEMBERS.c.id,), [MEMBERS.c.id.in_(holds)])
    if sought.group_id is not None:
        columns = (GROUP_MEMBERS.c.since, GROUP_MEMBERS.c.member_id)
        return _Walk(columns, [GROUP_MEMBERS.c.group_id == sought.group_id])
    if sought.state == "waiting":
        columns = (JOIN_REQUESTS.c.confirmed_at, JOIN_REQUESTS.c.member_id)
        return _Walk(columns, [JOIN_REQUESTS.c.confirmed_at.is_not(None)])
    if sought.state == "silenced":
        is_so = [text(SILENCED), MEMBERS.c.silenced_until > clock.now()]
        return _Walk((MEMBERS.c.silenced_until, MEMBERS.c.id), is_so)
    if sought.state == "banned":
        return _Walk((MEMBERS.c.banned_at, MEMBERS.c.id), [text(BANNED)])
    few: list[Any] = []
    if sought.state in {"unconfirmed", "imported"}:
        few = [text(UNCONFIRMED if sought.state == "unconfirmed" else IMPORTED)]
    elif sought.standing:
        few = [MEMBERS.c.standing == sought.standing]
    return _Walk((MEMBERS.c.joined_at, MEMBERS.c.id), [*few, *_joined(sought)])


def _role(role: str) -> list[ColumnElement[bool]]:
    return [] if role == TEAM else [ROLES.c.role == role]


def _joined(sought: Sought) -> list[ColumnElement[bool]]:
    found = []
    if sought.joined_from is not None:
        found.append(MEMBERS.c.joined_at >= sought.joined_from)
    if sought.joined_before is not None:
        found.append(MEMBERS.c.joined_at < sought.joined_before)
    return found


def _in_state(state: str) -> ColumnElement[bool]:
    is_public = or_(MEMBERS.c.confirmed_at.is_not(None), MEMBERS.c.is_imported)
    is_silenced = and_(MEMBERS.c.silenced_until.is_not(None), MEMBERS.c.silenced_until > clock.now())
    is_banned = MEMBERS.c.banned_at.is_not(None)
    states: dict[str, ColumnElement[bool]] = {
        "active": and_(is_public, ~is_banned, ~is_silenced),
        "unconfirmed": and_(~is_public, ~IS_WAITING),
        "waiting": IS_WAITING,
        "silenced": is_silenced,
        "banned": is_banned,
        "imported": MEMBERS.c.is_imported,
    }
    return states[state]


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    """All that is asked of an account but the name."""
    found = _joined(sought)
    if sought.role:
        found.append(select(ROLES).where(ROLES.c.member_id == MEMBERS.c.id, *_role(sought.role)).exists())
    if sought.group_id is not None:
        belongs = (GROUP_MEMBERS.c.member_id == MEMBERS.c.id, GROUP_MEMBERS.c.group_id == sought.group_id)
        found.append(select(GROUP_MEMBERS).where(*belongs).exists())
    if sought.standing:
        found.append(MEMBERS.c.standing == sought.standing)
    if sought.state:
        found.append(_in_state(sought.state))
    if sought.language:
        found.append(MEMBERS.c.language == sought.language)
    if sought.domain:
        found.append(func.lower(MEMBERS.c.email).endswith(f"@{sought.domain.lower()}", autoescape=True))
    return [*found, *_ways_in(sought), *_said(sought), *_seen(sought), *sought.also]


def _ways_in(sought: Sought) -> list[ColumnElement[bool]]:
    """How they sign in."""
    found: list[ColumnElement[bool]] = []
    if sought.step:
        found.append(HAS_SECOND_STEP if sought.step == "with" else not_(HAS_SECOND_STEP))
    if sought.way:
        found.append(HAS_PASSKEY if sought.way == PASSKEY else MEMBERS.c.password_hash.is_not(None))
    return found


def _said(sought: Sought) -> list[ColumnElement[bool]]:
    """What they have accepted and filled in."""
    found: list[ColumnElement[bool]] = []
    if sought.rules:
        owes = func.coalesce(BINDING, 0) > MEMBERS.c.accepted_version
        found.append(owes if sought.rules == "owed" else not_(owes))
    for field_id, choice in sought.choices.items():
        says = (PROFILE_VALUES.c.member_id == MEMBERS.c.id, PROFILE_VALUES.c.field_id == field_id)
        found.append(select(PROFILE_VALUES).where(*says, PROFILE_VALUES.c.value == choice).exists())
    return found


def _seen(sought: Sought) -> list[ColumnElement[bool]]:
    """Who was last here then, by their sign-in sessions."""

    def since(moment: datetime | None) -> ColumnElement[bool]:
        used = select(SIGN_INS).where(SIGN_INS.c.member_id == MEMBERS.c.id)
        return (used.where(SIGN_INS.c.used_at >= moment) if moment is not None else used).exists()

    found: list[ColumnElement[bool]] = []
    if sought.seen:
        was_here, days = SEEN[sought.seen]
        here = since(clock.now() - timedelta(days=days) if days is not None else None)
        found.append(here if was_here else ~here)
    if sought.seen_from is not None:
        found.append(since(sought.seen_from))
    if sought.seen_before is not None:
        found += [since(None), ~since(sought.seen_before)]
    return found


def _check(sought: Sought) -> None:
    """Raises NotFound for a choice that there isn't."""
    chosen = (
        (sought.role, (*ALL_ROLES, TEAM)),
        (sought.state, STATES),
        (sought.standing, STANDINGS),
        (sought.step, STEPS),
        (sought.seen, SEEN),
        (sought.rules, RULES),
        (sought.way, WAYS),
    )
    if any(value and value not in among for value, among in chosen):
        raise NotFound


def find_accounts(actor: Actor, sought: Sought, before: str | None = None, size: int = PAGE) -> Page[AccountRow]:
    """A stretch of the accounts that fit, at most `size`: by name where one is asked for, else the latest first.

    Two statements, each of at most MOST_LOOKED_AT accounts. So a page may hold fewer than there are, even none, and
    still lead on: then nobody else fitted among those looked at. Raises NotFound for a choice that there isn't.
    """
    require(actor, "member.list")
    _check(sought)
    if sought.name and not sort_key(sought.name.removeprefix("@")):
        return Page(())
    walk = _walk(sought)
    position = walk.decoded(before)
    columns = [column.label(f"p{number}") for number, column in enumerate(walk.columns)]
    stretch = select(*columns).where(*walk.conditions).order_by(*walk.order)
    if position is not None:
        stretch = stretch.where(walk.after(position))
    part = stretch.limit(MOST_LOOKED_AT).subquery("part")
    order = [column.desc() for column in part.c] if walk.descends else part.c
    statement = (
        ACCOUNT.add_columns(*part.c)
        .select_from(part.join(MEMBERS, MEMBERS.c.id == list(part.c)[-1]))
        .where(*_conditions(sought))
        .order_by(*order)
        .limit(size + 1)
    )
    width = len(columns)
    rows = db.session.execute(statement).all()
    found = [account_row(row) for row in rows[:size]]
    if len(rows) > size:
        return Page(found, _encoded(rows[size - 1][-width:]))
    beyond = db.session.execute(stretch.offset(MOST_LOOKED_AT - 1).limit(2)).all()
    return Page(found, _encoded(beyond[0]) if len(beyond) == 2 else None)
