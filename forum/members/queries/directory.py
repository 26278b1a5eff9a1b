"""The directory of members: who is here, by name or by when they joined, and finding somebody by a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Select, String, bindparam, exists, select, tuple_

from forum.access import require
from forum.core import paging
from forum.core.actor import Actor
from forum.core.database import LAST_SIGN, BigId, UtcTime, by_code_point, read
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.members.models import MEMBERS, NAMES
from forum.members.names import sort_key
from forum.members.policy import FINDABLE
from forum.members.queries.people import face_columns

Sort = Literal["name", "newest"]
SORTS: tuple[Sort, ...] = ("name", "newest")
SIZE = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a reader asks for. `name` is the beginning of a name or of a word in it; then they stand in the order of
    what was found, whatever `sort` says: no other order has an index that knows names."""

    sort: Sort = "name"
    name: str = ""


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


@lru_cache(maxsize=10)
def _listed(sort: Sort, is_first: bool) -> Select[Any]:
    statement = select(*_COLUMNS).where(FINDABLE).limit(SIZE + 1)
    id, joined_at, name = MEMBERS.c.id, MEMBERS.c.joined_at, MEMBERS.c.sort_key
    if sort == "newest":
        after = tuple_(joined_at, id) < tuple_(bindparam("last", type_=UtcTime), _LAST_ID)
        statement = statement.add_columns(joined_at).order_by(joined_at.desc(), id.desc())
    else:
        after = tuple_(name, id) > tuple_(bindparam("last", type_=String), _LAST_ID)
        statement = statement.add_columns(name).order_by(name, id)
    return statement if is_first else statement.where(after)


@lru_cache(maxsize=2)
def _named(is_first: bool) -> Select[Any]:
    """Of several beginnings of one member that fit, the first counts."""
    earlier = NAMES.alias("earlier")
    has_earlier = exists().where(
        earlier.c.member_id == NAMES.c.member_id, earlier.c.key >= _FROM, earlier.c.key < NAMES.c.key
    )
    statement = (
        select(*_COLUMNS, NAMES.c.key)
        .join_from(NAMES, MEMBERS, MEMBERS.c.id == NAMES.c.member_id)
        .where(NAMES.c.key >= _FROM, NAMES.c.key < _UPTO, FINDABLE, ~has_earlier)
        .order_by(NAMES.c.key, NAMES.c.member_id)
        .limit(SIZE + 1)
    )
    last = bindparam("last", type_=by_code_point(120))
    after = tuple_(NAMES.c.key, NAMES.c.member_id) > tuple_(last, _LAST_ID)
    return statement if is_first else statement.where(after)


def directory(actor: Actor, wanted: Wanted, before: str | None = None) -> Page[DirectoryRow]:
    """A stretch of the directory; nobody where nobody is called so. Raises Denied for guests and the banned, NotFound
    for an order that there isn't and for a cursor that is not ours."""
    require(actor, "member.browse")
    if wanted.sort not in SORTS:
        raise NotFound
    is_newest = wanted.sort == "newest" and not wanted.name
    position = paging.decode(before, int if is_newest else str, int)
    parameters: dict[str, Any] = {}
    if position is not None:
        last, last_id = position
        parameters = {"last": paging.moment(last) if is_newest else last, "last_id": last_id}
    if wanted.name:
        begins = sort_key(wanted.name)
        if not begins:
            return Page(())
        parameters |= {"from": begins, "upto": begins + LAST_SIGN}
        rows: Sequence[Any] = read(_named(position is None), parameters).all()
    else:
        rows = read(_listed(wanted.sort, position is None), parameters).all()
    page = paging.cut(rows, SIZE, lambda row: paging.encode(paging.micros(row[-1]) if is_newest else row[-1], row.id))
    return Page([DirectoryRow(*row[:_WIDTH]) for row in page.rows], page.older)
