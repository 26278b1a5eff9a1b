"""Counts what is said to the database: on the engine, everything included."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from forum.core.database import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that run inside, the worker's and the session's own included."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
