"""What is held while something is written: on PostgreSQL, where others write at the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Table, event, select
from sqlalchemy.exc import OperationalError

from forum.core.database import db


@contextmanager
def held_elsewhere(table: Table, id: int) -> Iterator[None]:
    """Somebody else is about to delete this row, and hasn't yet; on SQLite, where one alone writes, nobody."""
    if db.engine.dialect.name == "sqlite":
        yield
        return
    row = select(table.c.id).where(table.c.id == id).with_for_update()
    other = db.engine.connect().execution_options(isolation_level="READ COMMITTED")
    with other, other.begin():
        other.execute(row)
        yield


def is_free(table: Table, id: int) -> bool:
    """Whether somebody else could delete this row now; on SQLite nobody writes beside another."""
    if db.engine.dialect.name == "sqlite":
        return False
    row = select(table.c.id).where(table.c.id == id).with_for_update(nowait=True)
    other = db.engine.connect().execution_options(isolation_level="READ COMMITTED")
    with other, other.begin():
        try:
            other.execute(row)
        except OperationalError:
            return False
        return True


@contextmanager
def free_before(statement: str, table: Table, id: int) -> Iterator[list[bool]]:
    """For each statement that begins so, whether somebody else could have deleted the row just before it."""
    found: list[bool] = []

    def look(_connection: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        if text.startswith(statement):
            found.append(is_free(table, id))

    event.listen(db.engine, "before_cursor_execute", look)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", look)
