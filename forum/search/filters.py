"""Filters of a query, made into ids: where the engine shall look for this reader.

What changes often (tags, solutions, statuses) is asked of the database at each search, so the index can't be behind.
Few threads are named to the engine; where a filter leaves many, the engine finds more than is wanted, and `fitting` is
what the database is asked of them.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_, select

from forum.core.actor import Actor
from forum.core.database import read
from forum.ideas.models import IDEAS, STATUSES
from forum.members.models import MEMBERS
from forum.members.names import username_key
from forum.search.analysis import fold
from forum.search.documents import IS_PUBLIC
from forum.search.engines import Where
from forum.search.query import Filter, Query
from forum.threads.actions.drafting import fold_tag
from forum.threads.models import KINDS, PUBLISHED, THREAD_TAGS, THREADS
from forum.threads.queries import categories

MOST_THREADS = 5_000
"""So many threads are named to an engine at most."""

_STATES: Mapping[str, ColumnElement[bool]] = {
    "solved": THREADS.c.solution_number.is_not(None),
    "closed": THREADS.c.closed_at.is_not(None),
    **{kind: THREADS.c.kind == kind for kind in KINDS},
}


def where(actor: Actor, query: Query, stamp: str | None = None) -> Where | None:
    """Where the engine looks for posts: in categories that the reader may see now, and what the filters leave of them.
    None when nothing can fit; a category that they may not see and one that isn't there are the same. `stamp` is
    that of the categories, if it was just read."""
    visible = categories(actor, stamp)
    places = {row.id for row in visible}
    for one in query.filters:
        if one.name == "in":
            named = {row.id for row in visible if fold(one.value) in {fold(row.slug), fold(row.name)}}
            places = places - named if one.is_excluded else places & named
    threads, not_threads = _few_threads(_wanted(query)), _few_threads(_unwanted(query))
    authors, not_authors = _authors(query, is_excluded=False), _authors(query, is_excluded=True)
    if not places or threads == frozenset() or authors == frozenset():
        return None
    return Where(
        categories=frozenset(places),
        threads=threads,
        not_threads=not_threads,
        authors=authors,
        not_authors=not_authors,
        after=query.after,
        before=query.before,
    )


def fitting(query: Query) -> ColumnElement[bool] | None:
    """What the filters ask of a thread; None where they ask nothing."""
    wanted, unwanted = _wanted(query), _unwanted(query)
    conditions = [one for one in (wanted, None if unwanted is None else not_(unwanted)) if one is not None]
    return and_(*conditions) if conditions else None


def leaves_many(query: Query, where: Where) -> bool:
    """Whether the engine knows of these filters only in part."""
    return (where.threads is None and _wanted(query) is not None) or (
        where.not_threads is None and _unwanted(query) is not None
    )


def _authors(query: Query, *, is_excluded: bool) -> frozenset[int] | None:
    """The members who are named; a post has one author, so of several any may be it."""
    keys = {username_key(one.value) for one in query.filters if one.name == "by" and one.is_excluded == is_excluded}
    if not keys:
        return None
    return frozenset(read(select(MEMBERS.c.id).where(MEMBERS.c.username_key.in_(keys), IS_PUBLIC)).scalars())


def _wanted(query: Query) -> ColumnElement[bool] | None:
    """That all filters of threads fit."""
    conditions = _conditions(query, is_excluded=False)
    return and_(*conditions) if conditions else None


def _unwanted(query: Query) -> ColumnElement[bool] | None:
    """That any of the excluded ones fits."""
    conditions = _conditions(query, is_excluded=True)
    return or_(*conditions) if conditions else None


def _conditions(query: Query, *, is_excluded: bool) -> list[ColumnElement[bool]]:
    return [
        _condition(one)
        for one in map(_shorter, query.filters)
        if one.name in {"tag", "is", "status"} and one.is_excluded == is_excluded
    ]


def _few_threads(condition: ColumnElement[bool] | None) -> frozenset[int] | None:
    """The threads that a condition fits; None where there is none, and where they are too many to be named."""
    if condition is None:
        return None
    statement = select(THREADS.c.id).where(THREADS.c.state == PUBLISHED, condition).limit(MOST_THREADS + 1)
    found = frozenset(read(statement).scalars())
    return found if len(found) <= MOST_THREADS else None


def _shorter(one: Filter) -> Filter:
    """The same filter by fewer threads: nearly all are open, so the closed ones are left out instead."""
    return Filter("is", "closed", not one.is_excluded) if (one.name, one.value) == ("is", "open") else one


def _condition(one: Filter) -> ColumnElement[bool]:
    if one.name == "is":
        return _STATES[one.value]
    if one.name == "tag":
        return THREADS.c.id.in_(select(THREAD_TAGS.c.thread_id).where(THREAD_TAGS.c.tag == fold_tag(one.value)))
    return THREADS.c.id.in_(select(IDEAS.c.thread_id).where(IDEAS.c.status_id.in_(_statuses(one.value))))


def _statuses(wanted: str) -> list[int]:
    """The statuses with this slug, stage or name in any language; `in-progress` and `in progress` are the same."""
    name = _spaced(wanted)
    rows = read(select(STATUSES.c.id, STATUSES.c.slug, STATUSES.c.stage, STATUSES.c.name))
    return [row.id for row in rows if name in {_spaced(row.slug), row.stage, *map(_spaced, _names(row.name))}]


def _names(name: Any) -> list[str]:
    return list(name.values()) if isinstance(name, dict) else [str(name)]


def _spaced(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").replace("_", " ").split())
