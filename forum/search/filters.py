"""Filters of a query, made into ids: where the engine shall look for this reader.

What changes often (tags, solutions, statuses) is asked of the database at each search, so the index can't be behind.
Few threads are named to the engine. Where a filter leaves many, the engine finds more than is wanted; what it has found
is asked of the database anyway, and there all filters hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select

from forum.core.actor import Actor
from forum.core.database import read
from forum.ideas.models import IDEAS, STATUSES
from forum.members.models import FORMER_NAMES, MEMBERS
from forum.members.names import username_key
from forum.search.analysis import fold
from forum.search.documents import IS_PUBLIC
from forum.search.engines import Where
from forum.search.query import Filter, Query
from forum.threads.actions.drafting import fold_tag
from forum.threads.models import KINDS, THREAD_TAGS, THREADS
from forum.threads.queries import categories

MOST_THREADS = 20_000
"""So many threads are named to an engine at most."""

_STATES: Mapping[str, ColumnElement[bool]] = {
    "solved": THREADS.c.solution_number.is_not(None),
    "closed": THREADS.c.closed_at.is_not(None),
    **{kind: THREADS.c.kind == kind for kind in KINDS},
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader looks. `where` is for the engine, None when nothing can fit; `condition` is for the database, None
    when nothing is asked of threads; `is_known` says that the engine need not find more than is wanted."""

    where: Where | None
    condition: ColumnElement[bool] | None
    is_known: bool


@dataclass(frozen=True, slots=True)
class _OfThreads:
    """One filter of threads: which ones fit, and whether one does."""

    ids: Select[tuple[int]]
    fits: ColumnElement[bool]
    is_excluded: bool

    def few(self) -> frozenset[int] | None:
        """The threads that fit; None where they are too many to be named."""
        found = frozenset(read(self.ids.limit(MOST_THREADS + 1)).scalars())
        return found if len(found) <= MOST_THREADS else None


def place(actor: Actor, query: Query, stamp: str | None = None) -> Place:
    """Where the engine looks for posts: in categories that the reader may see now, and what the filters leave of them.
    A category that they may not see and one that isn't there are the same. `stamp` is that of the categories, if it was
    just read."""
    visible = categories(actor, stamp)
    places = {row.id for row in visible}
    for one in query.filters:
        if one.name == "in":
            named = {row.id for row in visible if fold(one.value) in {fold(row.slug), fold(row.name)}}
            places = places - named if one.is_excluded else places & named
    asked = [_of_threads(_shorter(one)) for one in query.filters if one.name in {"tag", "is", "status"}]
    found = [(one.is_excluded, one.few()) for one in asked]
    wanted = [ids for is_excluded, ids in found if not is_excluded and ids is not None]
    unwanted = [ids for is_excluded, ids in found if is_excluded and ids is not None]
    threads = frozenset.intersection(*wanted) if wanted else None
    authors, not_authors = _authors(query, is_excluded=False), _authors(query, is_excluded=True)
    where = Where(
        categories=frozenset(places),
        threads=threads,
        not_threads=frozenset().union(*unwanted) if unwanted else None,
        authors=authors,
        not_authors=not_authors,
        after=query.after,
        before=query.before,
    )
    can_fit = bool(places) and threads != frozenset() and authors != frozenset()
    conditions = [not_(one.fits) if one.is_excluded else one.fits for one in asked]
    return Place(
        where if can_fit else None,
        and_(*conditions) if conditions else None,
        is_known=all(ids is not None for _is_excluded, ids in found),
    )


def _authors(query: Query, *, is_excluded: bool) -> frozenset[int] | None:
    """The members who have or had these names; a post has one author, so of several any may be it."""
    keys = {username_key(one.value) for one in query.filters if one.name == "by" and one.is_excluded == is_excluded}
    if not keys:
        return None
    former = select(FORMER_NAMES.c.member_id).where(FORMER_NAMES.c.username_key.in_(keys))
    named = or_(MEMBERS.c.username_key.in_(keys), MEMBERS.c.id.in_(former))
    return frozenset(read(select(MEMBERS.c.id).where(named, IS_PUBLIC)).scalars())


def _shorter(one: Filter) -> Filter:
    """The same filter by fewer threads: nearly all are open, so the closed ones are left out instead."""
    return Filter("is", "closed", not one.is_excluded) if (one.name, one.value) == ("is", "open") else one


def _of_threads(one: Filter) -> _OfThreads:
    """Each way is by an index of the filter's own. Threads that aren't public are among them: who may read what was
    found is asked later."""
    if one.name == "is":
        return _OfThreads(select(THREADS.c.id).where(_STATES[one.value]), _STATES[one.value], one.is_excluded)
    if one.name == "tag":
        return _listed(THREAD_TAGS.c.thread_id, THREAD_TAGS.c.tag == fold_tag(one.value), one.is_excluded)
    return _listed(IDEAS.c.thread_id, IDEAS.c.status_id.in_(_statuses(one.value)), one.is_excluded)


def _listed(column: ColumnElement[int], has_it: ColumnElement[bool], is_excluded: bool) -> _OfThreads:
    fits = exists().where(column == THREADS.c.id, has_it).correlate(THREADS)
    return _OfThreads(select(column).where(has_it), fits, is_excluded)


def _statuses(wanted: str) -> list[int]:
    """The statuses with this slug, stage or name in any language; `in-progress` and `in progress` are the same."""
    name = _spaced(wanted)
    rows = read(select(STATUSES.c.id, STATUSES.c.slug, STATUSES.c.stage, STATUSES.c.name))
    return [row.id for row in rows if name in {_spaced(row.slug), row.stage, *map(_spaced, _names(row.name))}]


def _names(name: Any) -> list[str]:
    return list(name.values()) if isinstance(name, dict) else [str(name)]


def _spaced(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").replace("_", " ").split())
