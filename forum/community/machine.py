"""How the machine does: whether work is being done, and how much room things take. Nothing here walks over all rows or
files."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Table, select, text

from forum.access import require
from forum.core import clock, queue
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.events import EVENTS
from forum.core.jobs import JOBS
from forum.core.settings import installed

LATE = timedelta(minutes=2)
"""So long something may be due before the worker is taken to stand still."""
MOST_FILES = 10_000
"""Of a folder, before its size is told as `at least`."""
FULL_BELOW_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Work:
    """How one queue does: what waits, what has failed for good, and since when the oldest row is due."""

    waiting: int
    dead: int
    due_since: datetime | None


@dataclass(frozen=True, slots=True)
class Room:
    """How much a folder holds; `is_all` is False where there was too much to look at all of it."""

    files: int
    size_bytes: int
    is_all: bool = True


@dataclass(frozen=True, slots=True)
class Machine:
    """How the machine does; sizes are bytes, `free` what is left on the disk of the data directory."""

    queues: Mapping[str, Work]
    database_kind: str
    database_bytes: int
    index: Room | None
    exports: Room | None
    free_bytes: int
    disk_bytes: int

    @property
    def due_since(self) -> datetime | None:
        """Since when the oldest row of all queues is due, if it has been for too long."""
        times = [work.due_since for work in self.queues.values() if work.due_since is not None]
        oldest = min(times, default=None)
        return oldest if oldest is not None and oldest < clock.now() - LATE else None

    @property
    def failed_queue(self) -> str:
        """A queue of which something has failed for good, jobs before events; empty if there is none."""
        return next((name for name in sorted(self.queues, reverse=True) if self.queues[name].dead), "")

    @property
    def is_nearly_full(self) -> bool:
        return self.free_bytes < FULL_BELOW_BYTES


def _work(table: Table) -> Work:
    waiting, dead = queue.figures(table)
    free = (table.c.lease.is_(None)) | (table.c.leased_until < clock.now())
    due = select(table.c.due_at).where(queue.is_in(table, queue.WAITING), table.c.due_at <= clock.now(), free)
    since = db.session.scalar(due.order_by(table.c.due_at, table.c.id).limit(1))
    return Work(waiting, dead, since)


def _database_bytes() -> int:
    if db.engine.dialect.name == "postgresql":
        return int(db.session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    pages = db.session.scalar(text("PRAGMA page_count")) or 0
    return int(pages * (db.session.scalar(text("PRAGMA page_size")) or 0))


def _room(folder: Path) -> Room | None:
    """What lies in a folder and those in it; None where there is no such folder."""
    if not folder.is_dir():
        return None
    size = seen = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            seen += 1
            if seen > MOST_FILES:
                return Room(seen - 1, size, is_all=False)
            try:
                size += (Path(place) / name).stat().st_size
            except FileNotFoundError:  # the index replaces its files
                continue
    return Room(seen, size)


def machine(actor: Actor) -> Machine:
    """How the machine does at this moment."""
    require(actor, "machine.see")
    settings = installed()
    disk = shutil.disk_usage(settings.data_dir if settings.data_dir.is_dir() else Path.cwd())
    return Machine(
        queues={"event": _work(EVENTS), "job": _work(JOBS)},
        database_kind="SQLite" if db.engine.dialect.name == "sqlite" else "PostgreSQL",
        database_bytes=_database_bytes(),
        index=_room(settings.data_dir / "search"),
        exports=_room(settings.data_dir / "exports"),
        free_bytes=disk.free,
        disk_bytes=disk.total,
    )
