"""Similar threads: for somebody who is about to write, and under a thread as the worker found them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select

from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import BigId, read
from forum.ideas.models import IDEAS, SETTLED
from forum.ideas.queries import statuses
from forum.search import index, similar
from forum.search.engines import SearchAway, Where
from forum.search.models import SIMILAR
from forum.search.queries.rows import Alike, SimilarRow
from forum.search.similar import Candidate
from forum.threads.models import PUBLISHED, THREADS
from forum.threads.queries import ThreadRow, catalogue
from forum.threads.queries.categories import STAMP

CANDIDATES = 50
MOST = 5
REMEMBERED = 20
"""So many are kept of each thread, since not everybody may read all of them."""
STALE_AFTER = timedelta(days=7)

_IDS = bindparam("ids", expanding=True, type_=BigId)
_CATEGORIES = bindparam("categories", expanding=True, type_=BigId)
_THREADS = (
    select(
        THREADS.c.id,
        THREADS.c.slug,
        THREADS.c.title,
        THREADS.c.excerpt,
        THREADS.c.kind,
        THREADS.c.language,
        THREADS.c.post_count,
        THREADS.c.solution_number,
        IDEAS.c.status_id,
        IDEAS.c.vote_count,
    )
    .select_from(THREADS.outerjoin(IDEAS, IDEAS.c.thread_id == THREADS.c.id))
    .where(THREADS.c.id.in_(_IDS), THREADS.c.state == PUBLISHED, THREADS.c.category_id.in_(_CATEGORIES))
)
_REMEMBERED = (
    select(STAMP.label("stamp"), SIMILAR.c.others, SIMILAR.c.found_at)
    .select_from(THREADS.outerjoin(SIMILAR, SIMILAR.c.thread_id == THREADS.c.id))
    .where(THREADS.c.id == bindparam("id", type_=BigId))
)


def similar_to(
    actor: Actor, title: str, body: str = "", *, limit: int = MOST, but: int | None = None
) -> Sequence[SimilarRow]:
    """Threads and ideas that the actor may read and that are about the same as this title and text, the most similar
    first; without the thread `but`. Empty while there is no index."""
    stamp, rows = _alike(actor, title, body, but)
    order = [
        id for id, _ in similar.rank(title, body, [Candidate(row.id, row.title, row.excerpt) for row in rows.values()])
    ]
    return [_row(rows[id], actor, stamp) for id in order[:limit]]


def _alike(actor: Actor, title: str, body: str, but: int | None) -> tuple[str, dict[int, Any]]:
    """What the engine thinks similar, as far as the actor may read it."""
    stamp = str(read(select(STAMP)).scalar_one())
    visible = frozenset(row.id for row in catalogue(stamp).visible(actor))
    pieces = similar.pieces(title, body)
    if not pieces or not visible:
        return stamp, {}
    try:
        hits = index.live().similar(pieces, Where(categories=visible), CANDIDATES)
    except SearchAway:
        return stamp, {}
    return stamp, _readable([hit.thread_id for hit in hits if hit.thread_id not in (None, but)], visible)


def _readable(ids: Sequence[int | None], visible: frozenset[int]) -> dict[int, Any]:
    """The threads among these that the reader of these categories may read now, by id."""
    if not ids or not visible:
        return {}
    return {row.id: row for row in read(_THREADS, {"ids": list(ids), "categories": sorted(visible)})}


def _row(row: Any, actor: Actor, stamp: str) -> SimilarRow:
    status = next((one for one in statuses(actor, stamp) if one.id == row.status_id), None) if row.status_id else None
    return SimilarRow(
        id=row.id,
        address=f"/{'ideas' if row.kind == 'idea' else 't'}/{row.id}/{row.slug}",
        title=row.title,
        kind=row.kind,
        status_name=status.name if status else "",
        vote_count=row.vote_count or 0,
        is_settled=status is not None and status.stage in SETTLED,
        language=row.language,
        is_solved=row.solution_number is not None,
        reply_count=max(0, row.post_count - 1),
    )


def similar_ids(thread: ThreadRow) -> list[int]:
    """The threads that are similar to one, the most similar first, whoever may read them. Raises SearchAway."""
    pieces = similar.pieces(thread.title, thread.excerpt)
    hits = index.live().similar(pieces, Where(), CANDIDATES) if pieces else ()
    ids = [hit.thread_id for hit in hits if hit.thread_id not in (None, thread.id)]
    rows = _readable(ids, frozenset(one.id for one in catalogue().settings))
    candidates = [Candidate(row.id, row.title, row.excerpt) for row in rows.values()]
    return [id for id, _ in similar.rank(thread.title, thread.excerpt, candidates)][:REMEMBERED]


def similar_threads(actor: Actor, thread: ThreadRow) -> Alike:
    """What the worker found similar to a thread, as far as the actor may read it now."""
    row = read(_REMEMBERED, {"id": thread.id}).first()
    if row is None or row.others is None:
        return Alike((), has_been_looked_for=False, is_due=True)
    rows = _readable(row.others, frozenset(one.id for one in catalogue(row.stamp).visible(actor)))
    shown = [_row(rows[id], actor, row.stamp) for id in row.others if id in rows]
    return Alike(shown[:MOST], has_been_looked_for=True, is_due=clock.now() - row.found_at > STALE_AFTER)
