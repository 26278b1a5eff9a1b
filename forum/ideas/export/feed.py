"""The same rows as in an export, for programs that keep up: by last change, with what is gone since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, select, tuple_

from forum import access
from forum.core import paging
from forum.core.actor import Actor
from forum.core.database import read
from forum.core.errors import Invalid, NotFound
from forum.core.exchange import iso
from forum.core.paging import Page
from forum.ideas.export.columns import COLUMNS, Column, Row
from forum.ideas.export.rows import rows_for
from forum.ideas.export.selection import area_ids, readable_category_ids, select_ideas, status_ids
from forum.ideas.models import IDEAS
from forum.threads.models import HELD, MERGED, PUBLISHED, THREADS

USUAL_AT_ONCE, MOST_AT_ONCE = 50, 100
_OF_A_FILE = frozenset({"schema_version", "as_of", "rank"})
FEED_COLUMNS: tuple[Column, ...] = tuple(column for column in COLUMNS if column.name not in _OF_A_FILE)
"""What of an export's columns a row of the feed has: a single idea is of no file and has no place in it."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_target = THREADS.alias("target")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a program asks for; with `updated_since` it also hears of ideas that are gone."""

    limit: int = USUAL_AT_ONCE
    cursor: str | None = None
    updated_since: datetime | None = None
    statuses: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


def _entries(categories: Sequence[int]) -> Select[Any]:
    """Ideas that are or were public; the one that an idea was merged into only where it may be known of."""
    return (
        select(
            IDEAS.c.thread_id,
            IDEAS.c.updated_at,
            case((THREADS.c.state == PUBLISHED, 0), else_=1).label("is_gone"),
            case((THREADS.c.state == MERGED, _target.c.id)).label("merged_into"),
        )
        .select_from(
            IDEAS.join(THREADS, THREADS.c.id == IDEAS.c.thread_id).outerjoin(
                _target, (_target.c.id == IDEAS.c.root_id) & _target.c.category_id.in_(categories)
            )
        )
        .where(THREADS.c.category_id.in_(categories), THREADS.c.state != HELD)
    )


def feed(actor: Actor, asked: Asked) -> Page[Row]:
    """One stretch of the ideas that the actor may read, the longest unchanged first; `older` is the way on.

    An idea that changes meanwhile comes again further on, so that nothing is missed. Raises NotFound for what is no
    status, area or cursor.
    """
    access.require(actor, "idea.export")
    try:
        chosen = select_ideas(actor, statuses=asked.statuses, areas=asked.areas)
    except Invalid as error:
        raise NotFound(error.code, **error.parameters) from None
    statement = _entries(chosen.categories).order_by(IDEAS.c.updated_at, IDEAS.c.thread_id).limit(asked.limit + 1)
    if asked.updated_since is None:
        statement = statement.where(THREADS.c.state == PUBLISHED)
    else:
        statement = statement.where(IDEAS.c.updated_at >= asked.updated_since)
    if asked.statuses:
        statement = statement.where(IDEAS.c.status_id.in_(status_ids(asked.statuses)))
    if asked.areas:
        statement = statement.where(IDEAS.c.area_id.in_(area_ids(asked.areas)))
    if (after := _decoded(asked.cursor)) is not None:
        statement = statement.where(tuple_(IDEAS.c.updated_at, IDEAS.c.thread_id) > after)
    page = paging.cut(read(statement).all(), asked.limit, _cursor)
    return Page(_rows(actor, page.rows), page.older)


def entry(actor: Actor, id: int) -> Row:
    """One idea, or that it is gone. Raises NotFound for one that the actor may not know of."""
    access.require(actor, "idea.export")
    found = read(_entries(readable_category_ids(actor)).where(IDEAS.c.thread_id == id)).all()
    if not found:
        raise NotFound
    return _rows(actor, found)[0]


def _cursor(row: Any) -> str:
    return paging.encode((row.updated_at - _BEGINNING) // timedelta(microseconds=1), row.thread_id)


def _decoded(cursor: str | None) -> tuple[datetime, int] | None:
    try:
        values = paging.decode(cursor, int, int)
        return None if values is None else (_BEGINNING + timedelta(microseconds=values[0]), values[1])
    except OverflowError:
        raise NotFound("cursor") from None


def _rows(actor: Actor, entries: Sequence[Any]) -> list[Row]:
    made = rows_for(actor, [one.thread_id for one in entries if not one.is_gone])
    return [
        {"id": one.thread_id, "gone": True, "merged_into": one.merged_into, "updated_at": iso(one.updated_at)}
        if one.is_gone
        else {
            **{column.name: made[one.thread_id][column.name] for column in FEED_COLUMNS},
            "gone": False,
            "merged_into": None,
        }
        for one in entries
    ]
