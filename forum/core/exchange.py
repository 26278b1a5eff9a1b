"""What import and export need of every room: a batch's context, ids in bulk, times as the format writes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select, Table, func, select, text, tuple_

from forum.core.database import db, in_transaction

T = TypeVar("T")
Record = dict[str, Any]
CHUNK = 500
LEFT_OUT = 0
"""The local id of what was left out on purpose (a post without a text): a reference to it refers to nothing."""


@dataclass(slots=True)
class Line:
    """One checked record; references are ids of ours when a room gets it, and `id` is the one it shall have."""

    number: int
    kind: str
    source_id: str
    record: Record
    id: int = 0
    rendered: Any = None


@dataclass(slots=True)
class Notes:
    """What was noticed on the way: counts by sentence, and lines that were left out with the reason."""

    counts: dict[str, int] = field(default_factory=dict)
    bad: list[tuple[int, str]] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        if number:
            self.counts[what] = self.counts.get(what, 0) + number

    def refuse(self, line: int, reason: str) -> None:
        self.bad.append((line, reason))


@dataclass(frozen=True, slots=True)
class Intake:
    """Where a batch comes from; `is_own` when its ids are our own, because an export of this community is read;
    `with_roles` when its members become staff as it says."""

    source: str
    is_own: bool
    default_language: str
    time_zone: str
    notes: Notes
    with_roles: bool = False


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of up to `size` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def reserve(table: Table, count: int) -> list[int]:
    """Fresh ids of a table, inside the caller's transaction; none of them was ever used."""
    if not count:
        return []
    if db.engine.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        statement = select(func.nextval(sequence)).select_from(func.generate_series(1, count).alias("n"))
        return sorted(db.session.scalars(statement))
    highest = db.session.scalar(select(func.max(table.c.id))) or 0
    noted = db.session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}) or 0
    first = max(highest, noted) + 1
    return list(range(first, first + count))


def keep_sequence(table: Table) -> None:
    """Moves PostgreSQL's sequence past the ids that were written with their number; SQLite does so by itself."""
    if db.engine.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        highest = select(func.max(table.c.id)).scalar_subquery()
        db.session.execute(select(func.setval(sequence, func.greatest(highest, func.nextval(sequence) - 1))))


def existing(table: Table, ids: Iterable[int]) -> set[int]:
    """Those of the ids that the table has."""
    found: set[int] = set()
    for chunk in batched(ids, CHUNK):
        found.update(db.session.scalars(select(table.c.id).where(table.c.id.in_(chunk))))
    return found


def rows_of(table: Table, ids: Iterable[int], *columns: Any) -> dict[int, Any]:
    """Rows by id, read in chunks; `columns` follow the id."""
    found: dict[int, Any] = {}
    for chunk in batched(sorted(set(ids)), CHUNK):
        for row in db.session.execute(select(table.c.id, *columns).where(table.c.id.in_(chunk))):
            found[row.id] = row
    return found


def in_order(statement: Select[Any], *keys: Any, size: int = 1000) -> Iterator[Sequence[Any]]:
    """Batches of rows by ascending keys, however many there are; the keys are the statement's first columns."""
    ordered = statement.order_by(*keys).limit(size)
    after: tuple[Any, ...] | None = None
    while True:
        part = ordered if after is None else ordered.where(tuple_(*keys) > after)
        rows = db.session.execute(part).all()
        if rows:
            yield rows
        if len(rows) < size:
            return
        after = tuple(rows[-1][: len(keys)])


@contextmanager
def snapshot() -> Iterator[None]:
    """One picture of the database for a long read, whatever others write meanwhile."""
    if in_transaction():
        raise RuntimeError("a snapshot can't be taken inside a transaction")
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        db.session.execute(text("SET LOCAL statement_timeout = 0"))
    else:
        db.session.execute(text("BEGIN"))
    try:
        yield
    finally:
        db.session.rollback()


def lock_import() -> None:
    """Lets one importer write at a time; inside the caller's transaction."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(7260002)"))


def iso(at: datetime) -> str:
    """A time as the format writes it: UTC with a Z, fractions of a second only where there are some."""
    at = at.astimezone(UTC)
    text_of = at.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
    return f"{text_of}.{at.microsecond:06d}Z" if at.microsecond else f"{text_of}Z"


def slim(record: Mapping[str, Any]) -> Record:
    """The record without fields that say nothing."""
    return {name: value for name, value in record.items() if value is not None}
