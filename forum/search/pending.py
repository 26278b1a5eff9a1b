"""What waits to be written to the index: noted in the transaction of the event, so that nothing is forgotten."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, literal, select, update

from forum.core.database import db, read, transaction
from forum.core.events import wake
from forum.search.models import MEMBER, PENDING, POST, THREAD
from forum.threads.models import POSTS

_AT_ONCE = 1_000

_ROWS = select(PENDING.c.id, PENDING.c.kind, PENDING.c.ref_id).order_by(PENDING.c.id)
_NEXT = _ROWS.where(PENDING.c.kind != THREAD)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row that waits."""

    id: int
    kind: str
    ref_id: int


def note_posts(ids: Collection[int]) -> None:
    """Posts whose documents are to be made anew, or to go; in the caller's transaction."""
    _note(POST, ids)


def note_thread(thread_id: int) -> None:
    """The same of all posts of a thread."""
    _note(THREAD, [thread_id])


def note_members(ids: Collection[int]) -> None:
    """The same of members."""
    _note(MEMBER, ids)


def _note(kind: str, ids: Collection[int]) -> None:
    rows = [{"kind": kind, "ref_id": id, "is_written": False} for id in ids]
    for start in range(0, len(rows), _AT_ONCE):
        db.session.execute(insert(PENDING), rows[start : start + _AT_ONCE])
    if rows:
        wake()


def first_post(thread_id: int) -> list[int]:
    """The post that has the thread's title and tags among its words."""
    return list(db.session.scalars(select(POSTS.c.id).where(POSTS.c.thread_id == thread_id, POSTS.c.number == 1)))


# ---------------------------------------------------------------- for who writes the index


def is_any() -> bool:
    """Whether anything waits for the live index."""
    return read(_NEXT.where(~PENDING.c.is_written).limit(1)).first() is not None


def count() -> int:
    """How many changes wait."""
    return int(read(select(func.count()).select_from(PENDING).where(~PENDING.c.is_written)).scalar_one())


def waiting_ids(kind: str) -> set[int]:
    """The posts or members that wait; those of a thread that waits are among them."""
    found = set(read(select(PENDING.c.ref_id).where(PENDING.c.kind == kind, ~PENDING.c.is_written)).scalars())
    if kind == POST:
        threads = select(PENDING.c.ref_id).where(PENDING.c.kind == THREAD)
        found.update(read(select(POSTS.c.id).where(POSTS.c.thread_id.in_(threads))).scalars())
    return found


def spread_threads() -> int:
    """Makes rows for the posts out of each row for a thread: a thread may have more posts than are written at once."""
    spread = 0
    threads = read(_ROWS.where(PENDING.c.kind == THREAD).limit(_AT_ONCE)).all()
    for row in threads:
        with transaction():
            gone = db.session.execute(delete(PENDING).where(PENDING.c.id == row.id).returning(PENDING.c.id)).first()
            if gone is None:
                continue
            posts = select(literal(POST), POSTS.c.id, literal(value=False)).where(POSTS.c.thread_id == row.ref_id)
            db.session.execute(insert(PENDING).from_select(["kind", "ref_id", "is_written"], posts))
        spread += 1
    return spread


def next_ones(limit: int, *, after: int = 0, is_all: bool = False) -> Sequence[Waiting]:
    """The rows that wait longest; `is_all` takes those along that are written to the live index already."""
    wanted = _NEXT.where(PENDING.c.id > after).limit(limit)
    return [Waiting(*row) for row in read(wanted if is_all else wanted.where(~PENDING.c.is_written))]


def are_written(ids: Collection[int], *, keep: bool) -> None:
    """The live index has these. They go, or are kept for the one that is being built beside it."""
    for start in range(0, len(ids := sorted(ids)), _AT_ONCE):
        chosen = PENDING.c.id.in_(ids[start : start + _AT_ONCE])
        statement = update(PENDING).where(chosen).values(is_written=True) if keep else delete(PENDING).where(chosen)
        db.session.execute(statement)


def begin_anew(done: Collection[int]) -> None:
    """Another index is live: it has `done` already, and must be given all others."""
    are_written(done, keep=False)
    db.session.execute(update(PENDING).where(PENDING.c.is_written).values(is_written=False))
