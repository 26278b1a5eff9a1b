"""Filters of a query, made into ids: where the engine shall look for this reader.

What changes often (tags, solutions, statuses) is asked of the database at each search, so the index can't be behind.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

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
    threads, not_threads = _threads(query, is_excluded=False), _threads(query, is_excluded=True)
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


def _authors(query: Query, *, is_excluded: bool) -> frozenset[int] | None:
    """The members who are named; a post has one author, so of several any may be it."""
    keys = {username_key(one.value) for one in query.filters if one.name == "by" and one.is_excluded == is_excluded}
    if not keys:
        return None
    return frozenset(read(select(MEMBERS.c.id).where(MEMBERS.c.username_key.in_(keys), IS_PUBLIC)).scalars())


def _threads(query: Query, *, is_excluded: bool) -> frozenset[int] | None:
    """The threads that all filters of threads fit; the excluded ones: that any of them fits."""
    conditions = [
        _condition(one)
        for one in map(_shorter, query.filters)
        if one.name in {"tag", "is", "status"} and one.is_excluded == is_excluded
    ]
    if not conditions:
        return None
    joined = (or_ if is_excluded else and_)(*conditions)
    return frozenset(read(select(THREADS.c.id).where(THREADS.c.state == PUBLISHED, joined)).scalars())


def _shorter(one: Filter) -> Filter:
    """The same filter by fewer threads: nearly all are open, so the closed ones are left out instead."""
    return Filter("is", "closed", not one.is_excluded) if (one.name, one.value) == ("is", "open") else one


def _condition(one: Filter) -> ColumnElement[bool]:
    if one.name == "is":
        return _STATES[one.value]
    if one.name == "tag":
        return exists().where(THREAD_TAGS.c.thread_id == THREADS.c.id, THREAD_TAGS.c.tag == fold_tag(one.value))
    return exists().where(IDEAS.c.thread_id == THREADS.c.id, IDEAS.c.status_id.in_(_statuses(one.value)))


def _statuses(wanted: str) -> list[int]:
    """The statuses with this slug, stage or name in any language; `in-progress` and `in progress` are the same."""
    name = _spaced(wanted)
    rows = read(select(STATUSES.c.id, STATUSES.c.slug, STATUSES.c.stage, STATUSES.c.name))
    return [row.id for row in rows if name in {_spaced(row.slug), row.stage, *map(_spaced, _names(row.name))}]


def _names(name: Any) -> list[str]:
    return list(name.values()) if isinstance(name, dict) else [str(name)]


def _spaced(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").replace("_", " ").split())
