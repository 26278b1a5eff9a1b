"""Jobs: slow or outside work, asked for in a transaction and done after it by the worker.

A job runs at least once and must be safe to repeat; what it sends out carries a stable id.
"""

import traceback
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock, queue
from forum.core.database import NEVER_REUSED, Base, db, in_transaction, insert, table_of, transaction
from forum.core.events import wake

Job = Callable[..., None]
Period = timedelta
KEPT_DAYS = 7
_AT_ONCE = 500

log = structlog.get_logger(__name__)


class JobRow(queue.Queued, Base):
    """One job; a `unique_key` keeps the same work from being asked for twice while the row is kept."""

    __tablename__ = "job"
    __table_args__ = (*queue.indexes("job"), NEVER_REUSED)

    unique_key: Mapped[str | None] = mapped_column(String(200), unique=True)


JOBS = table_of(JobRow)
_jobs: dict[str, Job] = {}
_timetable: dict[str, Period] = {}


def install(jobs: Mapping[str, Job], timetable: Mapping[str, Period]) -> None:
    """Takes the table of jobs and how often some of them run."""
    _jobs.clear()
    _jobs.update(jobs)
    _timetable.clear()
    _timetable.update(timetable)


def enqueue(
    name: str, *, at: datetime | None = None, unique_key: str | None = None, anew: bool = False, **payload: Any
) -> None:
    """Asks for a job in the caller's transaction; with a key that is known already, nothing is added. Asked for `anew`,
    it takes the place of one with its key that nobody is at work on.

    Raises LookupError for a job that `wiring` doesn't list.
    """
    if name not in _jobs:
        raise LookupError(f"{name} is not listed in wiring.JOBS")
    if not in_transaction():
        raise RuntimeError(f"{name} was asked for outside a transaction")
    if anew:
        db.session.execute(delete(JOBS).where(JOBS.c.unique_key == unique_key, JOBS.c.lease.is_(None)))
    now = clock.now()
    row = {"name": name, "payload": payload, "state": queue.WAITING, "created_at": now, "due_at": at or now}
    db.session.execute(insert(JOBS).values(**row, attempts=0, unique_key=unique_key).on_conflict_do_nothing())
    wake()


def enqueue_all(name: str, asked: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Asks for the same job many times, as pairs of a unique key and a payload; as `enqueue`, in few statements."""
    if name not in _jobs:
        raise LookupError(f"{name} is not listed in wiring.JOBS")
    if not in_transaction():
        raise RuntimeError(f"{name} was asked for outside a transaction")
    now = clock.now()
    same = {"name": name, "state": queue.WAITING, "created_at": now, "due_at": now, "attempts": 0}
    rows = [{**same, "unique_key": unique_key, "payload": dict(payload)} for unique_key, payload in asked]
    for start in range(0, len(rows), _AT_ONCE):
        db.session.execute(insert(JOBS).values(rows[start : start + _AT_ONCE]).on_conflict_do_nothing())
    if rows:
        wake()


def work(slot: str, limit: int = queue.BATCH) -> int:
    """Does one batch of due jobs; returns how many were taken."""
    rows = queue.claim(JOBS, slot, limit)
    claimed_at = clock.now()
    for row in rows:
        is_late = clock.now() - claimed_at > timedelta(seconds=queue.LEASE_SECONDS / 4)
        if is_late and not queue.hold(JOBS, row):
            continue
        try:
            _jobs[row.name](**row.payload)
        except Exception:  # a job's failure is put back for later, whatever it was
            db.session.rollback()
            log.exception("job failed", job=row.name, job_id=row.id, attempts=row.attempts)
            with transaction():
                queue.postpone(JOBS, row, traceback.format_exc())
        else:
            with transaction():
                queue.finish(JOBS, row.id)
    return len(rows)


def keep_timetable() -> None:
    """Asks for each timetabled job once in its period, however many workers do the same."""
    now = clock.now()
    with transaction():
        for name, period in _timetable.items():
            number = int(now.timestamp() // period.total_seconds())
            enqueue(name, unique_key=f"{name}@{number}")


def forget_old() -> None:
    """Removes jobs that were done a week ago."""
    with transaction():
        db.session.execute(
            delete(JOBS).where(JOBS.c.state == queue.DONE, JOBS.c.due_at < clock.now() - timedelta(days=KEPT_DAYS))
        )
