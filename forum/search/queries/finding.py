"""What fits a query: the engine's candidates, asked of the database again, put in order, with their passages.

Newest first shows every post that fits; by relevance a thread appears once, with its best post among a bounded set of
candidates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, select

from forum.core import clock, paging
from forum.core.actor import Actor
from forum.core.database import BigId, read
from forum.core.errors import NotFound
from forum.ideas.models import IDEAS
from forum.ideas.queries import StatusRow, statuses
from forum.members.models import MEMBERS
from forum.search import filters, index, snippets
from forum.search.engines import Engine, Hit, Key, Order
from forum.search.queries.alike import MOST, similar_to
from forum.search.queries.beside import people, tags
from forum.search.queries.rows import Found, FoundRow, SimilarRow
from forum.search.query import Query, parse
from forum.search.ranking import Facts, worth
from forum.text import plain_text
from forum.threads.models import POSTS, PUBLISHED, REACTIONS, THREADS
from forum.threads.queries import CategoryRow, catalogue
from forum.threads.queries.categories import STAMP
from forum.threads.queries.people import PERSON_WIDTH, person, person_columns

SIZE = 20
FEW = 2
"""Beside so few posts that fit, threads that nearly do are shown."""
CANDIDATES = 200
_NEWEST = 2 * SIZE + 1
_WIDER = 10
_MOST_ROUNDS = 5
"""Where the engine knows of the filters only in part, so many times more is asked of it, and so many times over."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FINE = 1_000_000
"""A worth in a cursor is a whole number of millionths."""

_IDS = bindparam("ids", expanding=True, type_=BigId)
_CATEGORIES = bindparam("categories", expanding=True, type_=BigId)
_REACTIONS = sum((POSTS.c[f"{kind}_count"] for kind in REACTIONS[1:]), POSTS.c[f"{REACTIONS[0]}_count"])
_SOURCE = POSTS.join(THREADS, THREADS.c.id == POSTS.c.thread_id).outerjoin(IDEAS, IDEAS.c.thread_id == THREADS.c.id)
_MAY_READ = (
    POSTS.c.id.in_(_IDS),
    POSTS.c.state == PUBLISHED,
    THREADS.c.state == PUBLISHED,
    THREADS.c.category_id.in_(_CATEGORIES),
)
_FACTS = (
    select(
        POSTS.c.id,
        POSTS.c.thread_id,
        POSTS.c.number,
        POSTS.c.created_at,
        THREADS.c.title,
        THREADS.c.language,
        THREADS.c.solution_number,
        _REACTIONS.label("reactions"),
        IDEAS.c.vote_count,
    )
    .select_from(_SOURCE)
    .where(*_MAY_READ)
)
_SHOWN = (
    select(
        POSTS.c.id,
        POSTS.c.html,
        POSTS.c.language,
        THREADS.c.slug,
        THREADS.c.kind,
        THREADS.c.tags,
        THREADS.c.category_id,
        THREADS.c.post_count,
        THREADS.c.closed_at,
        IDEAS.c.status_id,
        *person_columns(MEMBERS),
    )
    .select_from(_SOURCE.outerjoin(MEMBERS, MEMBERS.c.id == POSTS.c.author_id))
    .where(*_MAY_READ)
)
_STAMP_NOW = select(STAMP)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who searches, in which index, what they may see now, and where they look for what."""

    actor: Actor
    engine: Engine
    stamp: str
    categories: tuple[CategoryRow, ...]
    query: Query
    place: filters.Place

    def look(
        self, order: Order, limit: int, enough: int, before: Key | None = None
    ) -> tuple[Sequence[Hit], dict[int, Any], bool]:
        """Hits, what is known now of those that the reader may read and that fit, by id, and whether there may be more.
        Where the engine knows all filters, it is asked once; elsewhere until there are `enough`."""
        place = self.place
        if place.where is None:
            return (), {}, False
        if not place.is_known:
            limit *= _WIDER
        hits: list[Hit] = []
        facts: dict[int, Any] = {}
        for _ in range(1 if place.is_known else _MOST_ROUNDS):
            more = self.engine.candidates(self.query, place.where, order, limit, before)
            hits += more
            facts |= self.rows(_FACTS if place.condition is None else _FACTS.where(place.condition), more)
            if len(more) < limit:
                return hits, facts, False
            if len(facts) >= enough:
                break
            last = min(more, key=lambda hit: (hit.created_at, hit.ref_id))
            before = Key(last.created_at, last.ref_id)
        return hits, facts, True

    def rows(self, statement: Select[Any], found: Iterable[Hit | int]) -> dict[int, Any]:
        """The rows of these posts that the reader may read, by id."""
        ids = [one.ref_id if isinstance(one, Hit) else one for one in found]
        if not ids or not self.categories:
            return {}
        return {row.id: row for row in read(statement, {"ids": ids, "categories": [one.id for one in self.categories]})}


def search(actor: Actor, raw: str, order: str | None = None, before: str | None = None) -> Found:
    """One stretch of what fits; by relevance unless told otherwise, and newest first where no words are asked for.

    Raises NotFound for an unknown order or a cursor that is not ours, SearchAway while there is no index.
    """
    if order not in (None, "newest", "relevance"):
        raise NotFound
    query = parse(raw)
    has_words = any(not one.is_excluded for one in query.clauses)
    chosen: Order = "relevance" if has_words and order != "newest" else "newest"
    if query.is_empty:
        return Found(query, chosen, (), None, query.notices)
    engine = index.live()
    stamp = str(read(_STAMP_NOW).scalar_one())
    reader = _Reader(actor, engine, stamp, catalogue(stamp).visible(actor), query, filters.place(actor, query, stamp))
    found = (_newest if chosen == "newest" else _best)(reader, before)
    is_first = not before
    if chosen == "relevance" and is_first and not found.rows and not reader.place.is_known:
        chosen, found = "newest", _newest(reader, None)  # which leads on to what is further back
    return Found(
        query,
        chosen,
        found.rows,
        found.older,
        query.notices,
        people(actor, engine, query) if is_first and has_words else (),
        tags(query, [one.id for one in reader.categories]) if is_first and has_words else (),
        _alike(reader, found) if is_first and has_words else (),
    )


def _alike(reader: _Reader, found: paging.Page[FoundRow]) -> Sequence[SimilarRow]:
    """Where hardly anything has all the words: threads that have pieces of them, in their titles or first sentences,
    as other forms of the words and typing errors do."""
    query = reader.query
    is_narrowed = query.filters or query.after or query.before or any(one.is_excluded for one in query.clauses)
    if is_narrowed or found.older or len(found.rows) > FEW:
        return ()
    shown = {row.thread_id for row in found.rows}
    alike = similar_to(reader.actor, " ".join(one.text for one in query.clauses), limit=MOST + FEW)
    return [row for row in alike if row.id not in shown][:MOST]


# ---------------------------------------------------------------- in order


def _newest(reader: _Reader, before: str | None) -> paging.Page[FoundRow]:
    """Newest first: a key is the moment and id of the last post."""
    values = paging.decode(before, int, int)
    try:
        key = None if values is None else Key(_EPOCH + values[0] * _MICROSECOND, values[1])
    except OverflowError as error:
        raise NotFound("cursor") from error
    hits, facts, has_more = reader.look("newest", _NEWEST, SIZE, key)
    ids = [hit.ref_id for hit in hits if hit.ref_id in facts][:SIZE]
    at = {hit.ref_id: hit.created_at for hit in hits}
    last = None
    if len(ids) == SIZE and hits[-1].ref_id != ids[-1]:
        last = ids[-1]
    elif has_more:  # what is hidden from this reader or doesn't fit has used the stretch up
        last = hits[-1].ref_id
    older = None if last is None else paging.encode((at[last] - _EPOCH) // _MICROSECOND, last)
    return paging.Page(_rows(reader, ids, facts), older)


def _best(reader: _Reader, before: str | None) -> paging.Page[FoundRow]:
    """By relevance: a key is the worth and id of the last post, and the moment at which all pages are worked out."""
    values = paging.decode(before, int, int, int)
    try:
        now = clock.now() if values is None else _EPOCH + timedelta(seconds=values[0])
    except OverflowError as error:
        raise NotFound("cursor") from error
    hits, facts, _has_more = reader.look("relevance", CANDIDATES, CANDIDATES)
    best_text = max((hit.score for hit in hits if hit.ref_id in facts), default=0.0)
    second = (now - _EPOCH) // timedelta(seconds=1)
    now = _EPOCH + timedelta(seconds=second)
    words = reader.query.clauses
    ranked = sorted(
        (
            (-round(_FINE * worth(_facts_of(facts[hit.ref_id], hit), best_text, words, now)), -hit.ref_id)
            for hit in hits
            if hit.ref_id in facts
        ),
    )
    places: dict[int, tuple[int, int]] = {}
    for place in ranked:
        places.setdefault(facts[-place[1]].thread_id, place)
    kept = [place for place in places.values() if values is None or place > (-values[1], -values[2])]
    page = paging.cut(kept, SIZE, lambda place: paging.encode(second, -place[0], -place[1]))
    return paging.Page(_rows(reader, [-place[1] for place in page.rows], facts), page.older)


def _facts_of(row: Any, hit: Hit) -> Facts:
    return Facts(
        text=hit.score,
        title=row.title,
        title_language=row.language,
        is_first=row.number == 1,
        is_solution=row.number == row.solution_number,
        is_solved=row.solution_number is not None,
        reactions=row.reactions + (row.vote_count or 0 if row.number == 1 else 0),
        created_at=row.created_at,
    )


# ---------------------------------------------------------------- what is shown


def _rows(reader: _Reader, ids: Sequence[int], facts: dict[int, Any]) -> list[FoundRow]:
    shown = reader.rows(_SHOWN, ids)
    categories = {one.id: one for one in reader.categories}
    known = {one.id: one for one in statuses(reader.actor, reader.stamp)}
    return [
        _row(facts[id], shown[id], reader.query, categories[shown[id].category_id], known.get(shown[id].status_id))
        for id in ids
        if id in shown
    ]


def _row(fact: Any, shown: Any, query: Query, category: CategoryRow, status: StatusRow | None) -> FoundRow:
    is_idea = shown.kind == "idea"
    address = f"/{'ideas' if is_idea else 't'}/{fact.thread_id}/{shown.slug}"
    return FoundRow(
        post_id=fact.id,
        thread_id=fact.thread_id,
        number=fact.number,
        address=address if fact.number == 1 else f"{address}/{fact.number}",
        kind=shown.kind,
        title=snippets.marked(fact.title, fact.language, query.clauses),
        passage=snippets.passage(plain_text(shown.html), shown.language, query.clauses),
        language=shown.language,
        title_language=fact.language,
        category=category,
        author=person(shown[-PERSON_WIDTH:]),
        created_at=fact.created_at,
        tags=shown.tags,
        reply_count=max(0, shown.post_count - 1),
        is_solved=fact.solution_number is not None,
        is_solution=fact.number == fact.solution_number,
        is_closed=shown.closed_at is not None,
        status_name=status.name if status else "",
        stage=status.stage if status else "",
        vote_count=fact.vote_count or 0,
    )
