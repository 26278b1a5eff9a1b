"""The worker's rows and the audit log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, not_, select

from forum.access import require
from forum.core import queue
from forum.core.actor import Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, table_of
from forum.core.errors import NotFound
from forum.core.events import EVENTS
from forum.core.jobs import JOBS
from forum.core.paging import Page, cut, decode, encode

QUEUES: Mapping[str, Table] = {"event": EVENTS, "job": JOBS}
"""The two queues by the word that stands in addresses."""
AUDIT = table_of(AuditEntry)
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


@dataclass(frozen=True, slots=True)
class Work:
    """One queue: how many rows wait and how many are dead, and one page of those in `state`."""

    waiting_count: int
    dead_count: int
    page: Page[WorkRow]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the audit log."""

    id: int
    at: datetime
    actor_name: str
    act: str
    target_kind: str
    target_id: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str


def work(actor: Actor, name: str, state: str, before: str | None = None) -> Work:
    """Rows of a queue (`event`, `job`) that are `waiting` or `dead`, the newest first. Raises NotFound."""
    require(actor, "jobs.manage")
    if name not in QUEUES or state not in {queue.WAITING, queue.DEAD}:
        raise NotFound
    table = QUEUES[name]
    figures = db.session.execute(
        select(table.c.state, func.count()).where(table.c.state != queue.DONE).group_by(table.c.state)
    )
    counts = {row[0]: row[1] for row in figures}
    columns = [table.c[column] for column in WorkRow.__slots__]
    statement = select(*columns).where(table.c.state == state).order_by(table.c.id.desc()).limit(LIST_PAGE + 1)
    if (position := decode(before, int)) is not None:
        statement = statement.where(table.c.id < position[0])
    rows: Sequence[WorkRow] = [WorkRow(*row) for row in db.session.execute(statement)]
    page = cut(rows, LIST_PAGE, lambda row: encode(row.id))
    return Work(counts.get(queue.WAITING, 0), counts.get(queue.DEAD, 0), page)


def _not_noted_about(actor: Actor) -> ColumnElement[bool]:
    """Whom a note of the team is about finds no trace of it."""
    own = and_(AUDIT.c.target_kind == "member", AUDIT.c.target_id == (actor.id or 0))
    return not_(and_(own, AUDIT.c.act.like("note.%")))


def audit_of(actor: Actor, kind: str, target_id: int) -> Sequence[AuditRow]:
    """The newest entries about one thing, at most fifty."""
    require(actor, "audit.read")
    columns = [AUDIT.c[column] for column in AuditRow.__slots__]
    about = (AUDIT.c.target_kind == kind, AUDIT.c.target_id == target_id)
    rows = db.session.execute(
        select(*columns).where(*about, _not_noted_about(actor)).order_by(AUDIT.c.id.desc()).limit(LIST_PAGE)
    )
    return [AuditRow(*row) for row in rows]


def audit_log(actor: Actor, before: str | None = None) -> Page[AuditRow]:
    """Every act of staff, the newest first."""
    require(actor, "audit.read")
    columns = [AUDIT.c[column] for column in AuditRow.__slots__]
    statement = select(*columns).where(_not_noted_about(actor)).order_by(AUDIT.c.id.desc()).limit(LIST_PAGE + 1)
    if (position := decode(before, int)) is not None:
        statement = statement.where(AUDIT.c.id < position[0])
    rows = [AuditRow(*row) for row in db.session.execute(statement)]
    return cut(rows, LIST_PAGE, lambda row: encode(row.id))
