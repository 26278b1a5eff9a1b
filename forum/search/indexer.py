"""Writing the index: the worker's round, and building a new one beside it. Done by one process at a time.

What is written is marked as done after the index has it for good. A kill in between writes it once more, which changes
nothing.
"""

import time
from collections.abc import Collection, Sequence

import structlog
from sqlalchemy import Select, func, select
from sqlalchemy.exc import OperationalError

from forum.core.database import read, transaction
from forum.members.models import MEMBERS
from forum.search import documents, index, pending
from forum.search.documents import Document
from forum.search.engines import SearchAway
from forum.search.index import Generation, WritableEngine
from forum.search.models import MEMBER, POST
from forum.search.pending import Waiting
from forum.threads.models import POSTS

BATCH = 200
STEP = 1_000
STEP_ALONE = 4_000
"""Of a command that does nothing else: larger segments, fewer of them."""
_REST_SECONDS = 0.2

log = structlog.get_logger(__name__)


def work() -> int:
    """One round of the worker: writes a batch of what waits, or a step of an index that has to be made. Returns how
    much was done; 0 when there is nothing to do, or another process does it."""
    done = pending.spread_threads()
    try:
        index.live()
        if pending.is_any():
            done += _write()
    except SearchAway:
        return done + _build(is_wanted=True)
    return done + _build(is_wanted=False)


def _write() -> int:
    with index.alone("write") as mine:
        if not mine:
            return 0
        rows = pending.next_ones(BATCH)
        _apply(index.live(), rows)
        with transaction():
            pending.are_written([row.id for row in rows], keep=index.building() is not None)
        return len(rows)


def _apply(engine: WritableEngine, rows: Sequence[Waiting]) -> None:
    """Makes the documents of these rows true in the index. One that the engine can't take is left out."""
    posts = {row.ref_id for row in rows if row.kind == POST}
    members = {row.ref_id for row in rows if row.kind == MEMBER}
    made = [*documents.of_posts(posts), *documents.of_members(members)]
    there = {(one.kind, one.ref_id) for one in made}
    gone = ({(POST, id) for id in posts} | {(MEMBER, id) for id in members}) - there
    _put(engine, made, gone)


def _put(engine: WritableEngine, made: Sequence[Document], gone: Collection[tuple[str, int]]) -> int:
    """Writes documents and takes others out; returns how many were written, which are all that the engine can take."""
    if not made and not gone:
        return 0
    try:
        engine.write(made, gone)
        return len(made)
    except (SearchAway, OperationalError, OSError):  # no document's fault: what waits goes on waiting
        raise
    except Exception:  # whatever it is, it must not stop all others
        if len(made) <= 1:
            log.exception("a document can't be written to the index", documents=[one.ref_id for one in made])
            return 0
        _put(engine, (), gone)
        return sum(_put(engine, [document], ()) for document in made)


# ---------------------------------------------------------------- building beside the live one


def _build(*, is_wanted: bool) -> int:
    """A step of the index that is being built, by whoever may; begins one if none is there and one `is_wanted`."""
    generation = index.building()
    if generation is None and not is_wanted:
        return 0
    with index.alone("build") as mine:
        if not mine:
            return 0
        if generation is None:
            generation = start()
            log.info("the search index is made anew", generation=generation.id)
        done = step(generation, STEP)
        return done or int(finish(generation))


def start() -> Generation:
    """A new generation, empty."""
    with transaction():
        return index.start()


def step(generation: Generation, limit: int) -> int:
    """Writes the next documents into a generation that is being built; 0 when all are there. Where it stands is
    asked of the index itself, so that it goes on after a kill."""
    engine = index.engine_of(generation)
    for table, kind, load in (
        (POSTS, POST, documents.of_posts),
        (MEMBERS, MEMBER, documents.of_members),
    ):
        last = engine.last(kind)
        while True:
            ids = list(read(select(table.c.id).where(table.c.id > last).order_by(table.c.id).limit(limit)).scalars())
            if not ids:
                break
            if _put(engine, load(ids), ()):
                return len(ids)
            last = ids[-1]  # all of them hidden, or such as the engine can't take
    return 0


def finish(generation: Generation) -> bool:
    """Puts a generation that has all documents in the place of the live one, together with what was written meanwhile.
    False while another process writes."""
    engine = index.engine_of(generation)
    with index.alone("write") as mine:
        if not mine:
            return False
        done: list[int] = []
        while rows := pending.next_ones(STEP, after=done[-1] if done else 0, is_all=True):
            _apply(engine, rows)
            done += [row.id for row in rows]
        with transaction():
            over = index.go_live(generation)
            pending.begin_anew(done)
        index.drop(over)
    log.info("the search index is live", generation=generation.id)
    return True


def rest() -> None:
    """Waits a moment for the process that writes."""
    time.sleep(_REST_SECONDS)


def size() -> int:
    """About how many documents there are to be written."""
    return sum(int(read(count).scalar_one()) for count in (_count(POSTS), _count(MEMBERS)))


def _count(table: object) -> Select[tuple[int]]:
    return select(func.count()).select_from(table)  # type: ignore[arg-type]
