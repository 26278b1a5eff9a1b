"""The worker's rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, exists, select

from forum.access import require
from forum.core import queue
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.core.events import EVENTS
from forum.core.jobs import JOBS
from forum.core.paging import Page, cut, decode, encode

QUEUES: Mapping[str, Table] = {"event": EVENTS, "job": JOBS}
"""The two queues by the word that stands in addresses."""
LIST_PAGE = 50


@dataclass(frozen=True, slots=True)
class WorkRow:
    """An event or job that waits or has failed for good; `error` is the end of the last failure's trace."""

    id: int
    name: str
    payload: Mapping[str, Any]
    state: str
    created_at: datetime
    due_at: datetime
    attempts: int
    error: str | None

    @property
    def last_error(self) -> str:
        """The last line of the trace, cut to what fits on a line."""
        return (self.error or "").strip().rpartition("\n")[2][:160]


@dataclass(frozen=True, slots=True)
class Work:
    """One queue: how many rows wait and how many are dead, and one page of those in `state`."""

    waiting_count: int
    dead_count: int
    page: Page[WorkRow]


def work(actor: Actor, name: str, state: str, before: str | None = None) -> Work:
    """Rows of a queue (`event`, `job`) that are `waiting` or `dead`, the newest first. Raises NotFound."""
    require(actor, "jobs.manage")
    if name not in QUEUES or state not in {queue.WAITING, queue.DEAD}:
        raise NotFound
    table = QUEUES[name]
    waiting, dead = queue.figures(table)
    columns = [table.c[column] for column in WorkRow.__slots__]
    statement = select(*columns).where(queue.is_in(table, state)).order_by(table.c.id.desc()).limit(LIST_PAGE + 1)
    if (position := decode(before, int)) is not None:
        statement = statement.where(table.c.id < position[0])
    rows: Sequence[WorkRow] = [WorkRow(*row) for row in db.session.execute(statement)]
    page = cut(rows, LIST_PAGE, lambda row: encode(row.id))
    return Work(waiting, dead, page)


def dead_letter(actor: Actor, name: str, row_id: int) -> WorkRow:
    """One row of a queue that failed for good. Raises NotFound."""
    require(actor, "jobs.manage")
    if name not in QUEUES:
        raise NotFound
    table = QUEUES[name]
    columns = [table.c[column] for column in WorkRow.__slots__]
    row = db.session.execute(select(*columns).where(table.c.id == row_id, table.c.state == queue.DEAD)).first()
    if row is None:
        raise NotFound
    return WorkRow(*row)


def failed_queue(actor: Actor) -> str:
    """The queue in which something has failed for good, jobs before events; empty if nothing has."""
    require(actor, "jobs.manage")
    names = sorted(QUEUES, reverse=True)
    found = db.session.execute(select(*(exists().where(queue.is_in(QUEUES[name], queue.DEAD)) for name in names))).one()
    return next((name for name, has_failed in zip(names, found, strict=True) if has_failed), "")
