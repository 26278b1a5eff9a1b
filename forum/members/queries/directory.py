"""The directory of members: who is here, by name or by when they joined, some of them alone, and finding somebody by a
name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Select, String, bindparam, select, text, tuple_

from forum.access import require
from forum.core import clock, paging
from forum.core.actor import Actor
from forum.core.database import LAST_SIGN, BigId, UtcTime, by_code_point, db, read
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.members.models import GROUP_MEMBERS, MEMBERS, NAME_IS_PUBLIC, NAMES, PROFILE_VALUES, ROLES
from forum.members.names import sort_key
from forum.members.policy import findable
from forum.members.queries.fields import seen_choices
from forum.members.queries.groups import get_group
from forum.members.queries.names import found_earlier
from forum.members.queries.people import face_columns

Sort = Literal["name", "newest"]
SORTS: tuple[Sort, ...] = ("name", "newest")
SIZE = 30
TEAM, LATELY = "team", "lately"
SHOWN_STANDINGS = ("ambassador", "trusted", "regular")
"""Those that a profile tells others of."""
SHOWN = (TEAM, *SHOWN_STANDINGS, LATELY)
LATELY_DAYS = 30
_MOST_STAFF = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a reader asks for: everybody, one of SHOWN, a group, or who has an option of a profile field (the field's id
    and the option's key). `name` begins a name or a word in it.

    Each has an order with an index of its own, so that no filter looks at more members than it shows. Who is found by a
    name stands in the order of what was found, among everybody; who joined lately with the newest first; a group with
    the one first who has joined it last; who has an option with the newest account first. `sort` is for all others.
    """

    sort: Sort = "name"
    name: str = ""
    shown: str = ""
    group_id: int | None = None
    choice: tuple[int, str] | None = None

    @property
    def has_choice_of_order(self) -> bool:
        return not self.name and self.group_id is None and self.choice is None and self.shown != LATELY


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """A member as the directory names them: nothing that their profile doesn't say to everybody."""

    id: int
    username: str
    display_name: str
    avatar: str | None
    is_staff: bool
    standing: str
    joined_at: datetime


_COLUMNS = (*face_columns(), MEMBERS.c.standing, MEMBERS.c.joined_at)
_WIDTH = len(_COLUMNS)
_LAST_ID = bindparam("last_id", type_=BigId)
_FROM, _UPTO = (bindparam(name, type_=by_code_point(120)) for name in ("from", "upto"))


@lru_cache(maxsize=40)
def _listed(sort: Sort, shown: str, is_first: bool, by_team: bool) -> Select[Any]:
    statement = select(*_COLUMNS).where(findable(by_team=by_team)).limit(SIZE + 1)
    id, joined_at, name = MEMBERS.c.id, MEMBERS.c.joined_at, MEMBERS.c.sort_key
    if shown == TEAM:
        statement = statement.where(id.in_(bindparam("team", expanding=True, type_=BigId)))
    elif shown == LATELY:
        statement = statement.where(joined_at > bindparam("since", type_=UtcTime))
    elif shown:
        statement = statement.where(MEMBERS.c.standing == bindparam("standing", type_=String))
    if sort == "newest":
        after = tuple_(joined_at, id) < tuple_(bindparam("last", type_=UtcTime), _LAST_ID)
        statement = statement.add_columns(joined_at).order_by(joined_at.desc(), id.desc())
    else:
        after = tuple_(name, id) > tuple_(bindparam("last", type_=String), _LAST_ID)
        statement = statement.add_columns(name).order_by(name, id)
    return statement if is_first else statement.where(after)


@lru_cache(maxsize=4)
def _of_group(is_first: bool, by_team: bool) -> Select[Any]:
    since, member_id = GROUP_MEMBERS.c.since, GROUP_MEMBERS.c.member_id
    statement = (
        select(*_COLUMNS, since)
        .join_from(GROUP_MEMBERS, MEMBERS, MEMBERS.c.id == member_id)
        .where(GROUP_MEMBERS.c.group_id == bindparam("group", type_=BigId), findable(by_team=by_team))
        .order_by(since.desc(), member_id.desc())
        .limit(SIZE + 1)
    )
    after = tuple_(since, member_id) < tuple_(bindparam("last", type_=UtcTime), _LAST_ID)
    return statement if is_first else statement.where(after)


@lru_cache(maxsize=4)
def _of_choice(is_first: bool, by_team: bool) -> Select[Any]:
    member_id = PROFILE_VALUES.c.member_id
    statement = (
        select(*_COLUMNS, member_id)
        .join_from(PROFILE_VALUES, MEMBERS, MEMBERS.c.id == member_id)
        .where(
            PROFILE_VALUES.c.field_id == bindparam("field", type_=BigId),
            PROFILE_VALUES.c.value == bindparam("option", type_=String),
            findable(by_team=by_team),
        )
        .order_by(member_id.desc())
        .limit(SIZE + 1)
    )
    return statement if is_first else statement.where(member_id < _LAST_ID)


@lru_cache(maxsize=4)
def _named(is_first: bool, by_team: bool) -> Select[Any]:
    """Of several beginnings of one member that fit, the first counts."""
    has_earlier = found_earlier(_FROM)
    statement = (
        select(*_COLUMNS, NAMES.c.key)
        .join_from(NAMES, MEMBERS, MEMBERS.c.id == NAMES.c.member_id)
        .where(
            text(NAME_IS_PUBLIC),
            NAMES.c.key >= _FROM,
            NAMES.c.key < _UPTO,
            findable(by_team=by_team),
            ~has_earlier,
        )
        .order_by(NAMES.c.key, NAMES.c.member_id)
        .limit(SIZE + 1)
    )
    last = bindparam("last", type_=by_code_point(120))
    after = tuple_(NAMES.c.key, NAMES.c.member_id) > tuple_(last, _LAST_ID)
    return statement if is_first else statement.where(after)


def _team() -> Sequence[int]:
    """Who has a role: few, and so their order needs no index."""
    return db.session.scalars(select(ROLES.c.member_id).distinct().limit(_MOST_STAFF)).all()


def _check(actor: Actor, wanted: Wanted) -> None:
    """Raises NotFound as `directory` does."""
    if wanted.sort not in SORTS or (wanted.shown and wanted.shown not in SHOWN):
        raise NotFound
    if wanted.group_id is not None:
        get_group(actor, wanted.group_id)
    if wanted.choice is not None:
        offered = {(field.id, key) for field in seen_choices(actor) for key, _words in field.options}
        if wanted.choice not in offered:
            raise NotFound


def _of(actor: Actor, choice: tuple[int, str], before: str | None) -> Page[DirectoryRow]:
    """Who has this option."""
    parameters: dict[str, Any] = {"field": choice[0], "option": choice[1]}
    if (position := paging.decode(before, int)) is not None:
        parameters["last_id"] = position[0]
    rows = read(_of_choice(position is None, actor.is_staff), parameters).all()
    page = paging.cut(rows, SIZE, lambda row: paging.encode(row.id))
    return Page([DirectoryRow(*row[:_WIDTH]) for row in page.rows], page.older)


def directory(actor: Actor, wanted: Wanted, before: str | None = None) -> Page[DirectoryRow]:
    """A stretch of the directory; nobody where nobody is called so. Raises Denied for guests and the banned, NotFound
    for an order or a filter that there isn't, for a group that the actor may not know of, for an option of a field that
    isn't for them, and for a cursor that is not ours."""
    require(actor, "member.browse")
    _check(actor, wanted)
    if wanted.choice is not None:
        return _of(actor, wanted.choice, before)
    by_time = wanted.sort == "newest" if wanted.has_choice_of_order else not wanted.name
    position = paging.decode(before, int if by_time else str, int)
    parameters: dict[str, Any] = {}
    if position is not None:
        last, last_id = position
        parameters = {"last": paging.moment(last) if by_time else last, "last_id": last_id}
    if wanted.name:
        begins = sort_key(wanted.name)
        if not begins:
            return Page(())
        parameters |= {"from": begins, "upto": begins + LAST_SIGN}
        statement = _named(position is None, actor.is_staff)
    elif wanted.group_id is not None:
        parameters["group"] = wanted.group_id
        statement = _of_group(position is None, actor.is_staff)
    else:
        if wanted.shown == TEAM:
            parameters["team"] = _team()
        elif wanted.shown == LATELY:
            parameters["since"] = clock.now() - timedelta(days=LATELY_DAYS)
        elif wanted.shown:
            parameters["standing"] = wanted.shown
        statement = _listed("newest" if by_time else "name", wanted.shown, position is None, actor.is_staff)
    rows = read(statement, parameters).all()
    page = paging.cut(rows, SIZE, lambda row: paging.encode(paging.micros(row[-1]) if by_time else row[-1], row.id))
    return Page([DirectoryRow(*row[:_WIDTH]) for row in page.rows], page.older)
