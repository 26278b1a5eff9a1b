"""The database as a queue: rows that wait, are claimed under a lease, and end as done or dead.

Events (`core.events`) and jobs (`core.jobs`) are such rows. A lease carries the name of the worker's slot; the slot is
held by a file lock, so a worker that starts anew in the slot of a killed one takes that one's leases over at once.
"""

import fcntl
import hashlib
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import (
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock
from forum.core.database import Json, UtcTime, db, key, partial_index, transaction

WAITING, DONE, DEAD = "waiting", "done", "dead"
LEASE_SECONDS = 120
MAX_ATTEMPTS = 8
MOST_CLAIMS = MAX_ATTEMPTS + 2
ALONE_FROM = 4
BATCH = 50


class Queued:
    """Columns of a row that waits to be worked on."""

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    lease: Mapped[str | None] = mapped_column(String(120))
    leased_until: Mapped[datetime | None] = mapped_column(UtcTime)
    error: Mapped[str | None] = mapped_column(Text)


def indexes(name: str) -> tuple[Index, Index]:
    """Of the few rows that aren't done: those by which a worker finds what is due, and those that failed for good."""
    waiting = partial_index(f"ix_{name}_waiting", "due_at", "id", where=f"state = '{WAITING}'")
    return waiting, partial_index(f"ix_{name}_dead", "id", where=f"state = '{DEAD}'")


def is_in(table: Table, state: str) -> ColumnElement[bool]:
    """Rows in a state, written out: an index of some rows alone isn't taken for a value that comes later."""
    return table.c.state == literal_column(f"'{state}'")


def figures(table: Table) -> tuple[int, int]:
    """How many rows wait, and how many have failed for good."""
    waiting, dead = (
        select(func.count()).select_from(table).where(is_in(table, state)).scalar_subquery()
        for state in (WAITING, DEAD)
    )
    row = db.session.execute(select(waiting, dead)).one()
    return int(row[0]), int(row[1])


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that this worker holds; `attempts` counts the present one."""

    id: int
    name: str
    payload: Mapping[str, Any]
    attempts: int


def back_off(attempts: int) -> timedelta:
    """How long a row waits after its n-th failure: 2, 8, 32 … seconds, at most an hour."""
    return timedelta(seconds=min(3600, 2 * 4 ** max(0, attempts - 1)))


def claim(table: Table, slot: str, limit: int = BATCH) -> Sequence[Claimed]:
    """Leases up to `limit` due rows, oldest first, to this slot; no row is handed to two workers.

    A row that was claimed often is handed out alone, and one that was claimed `MOST_CLAIMS` times without ever coming
    to an end goes to the dead letters: it may be what kills its worker, and must take neither its neighbours in the
    batch nor everything behind it along.
    """
    now = clock.now()
    free = or_(table.c.lease.is_(None), table.c.leased_until < now)
    is_due = and_(table.c.state == WAITING, table.c.due_at <= now, free)
    in_order = select(table.c.id).where(is_due).order_by(table.c.due_at, table.c.id)
    first = db.session.execute(in_order.add_columns(table.c.attempts).limit(1)).first()
    if first is None:  # an idle worker takes no write lock
        return []
    if first.attempts >= MOST_CLAIMS:
        _give_up(table, is_due)
        return claim(table, slot, limit)
    due = (
        in_order.limit(1)
        if first.attempts >= ALONE_FROM
        else in_order.where(table.c.attempts < ALONE_FROM).limit(limit)
    )
    with transaction():
        rows = db.session.execute(
            update(table)
            .where(table.c.id.in_(due.with_for_update(skip_locked=True).scalar_subquery()))
            .values(lease=slot, leased_until=now + timedelta(seconds=LEASE_SECONDS), attempts=table.c.attempts + 1)
            .returning(table.c.id, table.c.name, table.c.payload, table.c.attempts)
        ).all()
    return [Claimed(row.id, row.name, row.payload, row.attempts) for row in sorted(rows)]


def _give_up(table: Table, is_due: ColumnElement[bool]) -> None:
    error = f"taken {MOST_CLAIMS} times, and no worker came to an end with it: it may be what killed them"
    with transaction():
        db.session.execute(
            update(table)
            .where(is_due, table.c.attempts >= MOST_CLAIMS)
            .values(state=DEAD, lease=None, leased_until=None, error=error)
        )


def still_held(table: Table, row: Claimed) -> ColumnElement[bool]:
    """Whether nobody else has taken the row since: each claim counts an attempt."""
    return and_(table.c.id == row.id, table.c.state == WAITING, table.c.attempts == row.attempts)


def hold(table: Table, row: Claimed) -> bool:
    """Begins the lease of a row anew when its turn comes, since those before it in the batch may have been slow.

    False if the lease was over and somebody else has taken the row.
    """
    with transaction():
        renewed = db.session.execute(
            update(table)
            .where(still_held(table, row))
            .values(leased_until=clock.now() + timedelta(seconds=LEASE_SECONDS))
            .returning(table.c.id)
        )
        return renewed.first() is not None


def finish(table: Table, row_id: int) -> None:
    """Marks a row as done, inside the caller's transaction."""
    db.session.execute(
        update(table).where(table.c.id == row_id).values(state=DONE, lease=None, leased_until=None, error=None)
    )


def postpone(table: Table, row: Claimed, error: str, **values: Any) -> None:
    """Puts a failed row back for later, after its last attempt to the dead letters; in the caller's transaction.

    A row that somebody else has taken meanwhile stays theirs.
    """
    state = DEAD if row.attempts >= MAX_ATTEMPTS else WAITING
    due_at = clock.now() + back_off(row.attempts)
    db.session.execute(
        update(table)
        .where(still_held(table, row))
        .values(state=state, due_at=due_at, lease=None, leased_until=None, error=error[-4000:], **values)
    )


def revive(table: Table, row_id: int) -> bool:
    """Gives a dead letter a new set of attempts; inside the caller's transaction. False if it is not dead."""
    revived = db.session.execute(
        update(table)
        .where(table.c.id == row_id, table.c.state == DEAD)
        .values(state=WAITING, attempts=0, due_at=clock.now())
        .returning(table.c.id)
    )
    return revived.first() is not None


def dismiss(table: Table, row_id: int) -> bool:
    """Ends a dead letter without anything being done; inside the caller's transaction. False if it is not dead."""
    dismissed = db.session.execute(
        update(table).where(table.c.id == row_id, table.c.state == DEAD).values(state=DONE).returning(table.c.id)
    )
    return dismissed.first() is not None


class Slot:
    """This worker's name, held by a lock on a file until it is closed or the process ends, however it ends.

    The name tells host, data directory and number: two installations may share a host and a database server.
    """

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            self._file = os.open(data_dir / f"worker-{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                os.close(self._file)
                number += 1
        place = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:8]
        self.name = f"{socket.gethostname()[:64]}/{place}/{number}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets another worker have the slot; closing twice is harmless."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def release_leases(self, *tables: Table) -> None:
        """Frees what a killed worker of this slot held."""
        with transaction():
            for table in tables:
                db.session.execute(
                    update(table).where(table.c.lease == self.name).values(lease=None, leased_until=None)
                )
