"""Which index is in use: generations in the database, the engine of each, and who may write.

A generation is built beside the live one and takes its place in one transaction. It is the newest live one that counts.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from sqlalchemy import delete, func, select, text, update

from forum.core import clock
from forum.core.database import db, in_transaction, read
from forum.core.settings import installed
from forum.search.engines import Engine, SearchAway
from forum.search.models import BUILDING, GENERATIONS, LIVE

FORMAT = 2
"""Grows when documents, analysis or engine change: then the worker makes the index anew."""

_NEWEST = select(GENERATIONS.c.id, GENERATIONS.c.state, GENERATIONS.c.format, GENERATIONS.c.started_at).order_by(
    GENERATIONS.c.id.desc()
)


class WritableEngine(Engine, Protocol):
    """What making an index needs besides."""

    def make_empty(self) -> None:
        """Makes an empty index, in place of whatever is there."""
        ...

    def drop(self) -> None:
        """Takes the index away."""
        ...

    def refresh(self) -> None:
        """Looks whether the index is there and what was written to it since. Raises SearchAway when it is missing,
        broken or another database's."""
        ...

    def last(self, kind: str) -> int:
        """The highest id of a kind that was ever put in, 0 without any."""
        ...


@dataclass(frozen=True, slots=True)
class Generation:
    """One building of the index."""

    id: int
    state: str
    format: int
    started_at: datetime


_engines: dict[tuple[str, int, datetime], WritableEngine] = {}
_MOST_ENGINES = 4


def folder() -> Path:
    """Where indexes lie that are files."""
    return installed().data_dir / "search"


def engine_of(generation: Generation) -> WritableEngine:
    """The engine on a generation; kept, since opening it takes longer than a search."""
    key = (installed().database_url, generation.id, generation.started_at)
    if key not in _engines:
        while len(_engines) >= _MOST_ENGINES:
            _engines.pop(next(iter(_engines)))
        _engines[key] = _make(generation)
    return _engines[key]


def _make(generation: Generation) -> WritableEngine:
    if db.engine.dialect.name == "postgresql":
        from forum.search.engines.postgresql import Postgresql

        return Postgresql(generation.id)
    from forum.search.engines.whoosh import Whoosh

    stamp = f"{generation.id} {generation.started_at.isoformat()} {generation.format}"
    return Whoosh(folder() / str(generation.id), stamp)


def generations() -> list[Generation]:
    """All generations in the database, the newest first."""
    return [Generation(*row) for row in read(_NEWEST)]


def _newest(state: str) -> Generation | None:
    return next((one for one in generations() if one.state == state and one.format == FORMAT), None)


def live() -> WritableEngine:
    """The engine of this database on the live generation. Raises SearchAway when there is none that can be read."""
    newest = _newest(LIVE)
    if newest is None:
        raise SearchAway
    engine = engine_of(newest)
    engine.refresh()
    return engine


def building() -> Generation | None:
    """The generation that is being built and can be gone on with."""
    newest = _newest(BUILDING)
    if newest is None:
        return None
    try:
        engine_of(newest).refresh()
    except SearchAway:
        return None
    return newest


# ---------------------------------------------------------------- changing generations, for who builds


def start() -> Generation:
    """Enters a new generation and makes its empty index; in the caller's transaction. Other unfinished ones end."""
    db.session.execute(delete(GENERATIONS).where(GENERATIONS.c.state == BUILDING))
    started_at = clock.now()
    row = db.session.execute(
        GENERATIONS.insert().values(state=BUILDING, format=FORMAT, started_at=started_at).returning(GENERATIONS.c.id)
    ).one()
    made = Generation(row.id, BUILDING, FORMAT, started_at)
    engine_of(made).make_empty()
    return made


def go_live(generation: Generation) -> list[Generation]:
    """Puts a generation in the place of the live one, in the caller's transaction; returns those that are over, to be
    dropped after it."""
    over = [one for one in generations() if one.id != generation.id]
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE search_document"))  # or searches would be planned as in an empty table
    db.session.execute(delete(GENERATIONS).where(GENERATIONS.c.id != generation.id))
    db.session.execute(
        update(GENERATIONS).where(GENERATIONS.c.id == generation.id).values(state=LIVE, finished_at=clock.now())
    )
    return over


def drop(over: list[Generation]) -> None:
    """Takes away indexes that nobody uses any more, and files that belong to none."""
    for generation in over:
        engine_of(generation).drop()
    if db.engine.dialect.name == "sqlite" and folder().is_dir():
        known = {str(one.id) for one in generations()}
        for path in folder().iterdir():
            if path.is_dir() and path.name not in known:
                shutil.rmtree(path, ignore_errors=True)


# ---------------------------------------------------------------- who may write


@contextmanager
def alone(what: Literal["write", "build"]) -> Iterator[bool]:
    """Whether nobody else does this to the index now; as long as the block runs, nobody else will. Ends with the
    process at the latest. Not inside a transaction."""
    if in_transaction():
        raise RuntimeError("the index is never written inside a transaction")
    if db.engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(f"tafelrunde search {what}".encode()).digest()[:8], signed=True)
        with db.engine.connect() as connection:
            if not connection.scalar(select(func.pg_try_advisory_lock(number))):
                yield False
                return
            try:
                yield True
            finally:
                connection.scalar(select(func.pg_advisory_unlock(number)))
        return
    folder().mkdir(parents=True, exist_ok=True)
    handle = os.open(folder() / f"{what}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)
