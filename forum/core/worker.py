"""The worker's loop: timetable, event log, jobs, the rounds that rooms entered; then waiting for more.

It may be killed at any moment. What it held is a lease of its slot, and the next worker in that slot takes it over.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import structlog
from sqlalchemy.exc import DBAPIError

from forum.core import events, jobs
from forum.core.database import db
from forum.core.queue import Slot
from forum.core.settings import Settings

POLL_SECONDS = 0.5
LISTEN_SECONDS = 2.0
TIMETABLE_SECONDS = 30.0
TROUBLE_SECONDS = 2.0
REST_SECONDS = 10.0

log = structlog.get_logger(__name__)


class Waiter(Protocol):
    """Returns when there may be work again, at the latest after a while."""

    def __call__(self, stop: threading.Event) -> None: ...


def _poll(stop: threading.Event) -> None:
    stop.wait(POLL_SECONDS)


class _Listener:
    """Waits for PostgreSQL's NOTIFY on a connection of its own; polls when that connection breaks."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.database_url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._connection: Any = None

    def __call__(self, stop: threading.Event) -> None:
        import psycopg

        try:
            if self._connection is None:
                self._connection = psycopg.connect(self._url, autocommit=True)
                self._connection.execute(f"LISTEN {events.CHANNEL}")
                return  # what came before LISTEN was not heard: look once more before waiting
            for _ in self._connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                pass
        except psycopg.Error:
            self.close()
            stop.wait(POLL_SECONDS)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@contextmanager
def _waiter(settings: Settings) -> Iterator[Waiter]:
    if settings.is_sqlite:
        yield _poll
        return
    listener = _Listener(settings)
    try:
        yield listener
    finally:
        listener.close()


Round = Callable[[], int]
_rounds: list[Round] = []
_resting: dict[Round, float] = {}


def install(rounds: Iterable[Round]) -> None:
    """Takes what a worker does in each of its rounds besides events and jobs: functions that do a small piece of work
    and return how much that was, 0 when there is none."""
    _rounds[:] = rounds
    _resting.clear()


def _rest_of_round() -> int:
    """One that fails must not keep the others from their work, and is tried again after a while."""
    done = 0
    for work in _rounds:
        if time.monotonic() < _resting.get(work, 0.0):
            continue
        try:
            done += work()
        except DBAPIError:
            raise
        except Exception:  # whatever it was, events and jobs go on
            db.session.rollback()
            log.exception("round failed", what=work.__module__)
            _resting[work] = time.monotonic() + REST_SECONDS
    return done


def _work_through(slot: str, stop: threading.Event) -> int:
    """Works until nothing is due or the worker is to stop; returns how many events and jobs that were."""
    done = 0
    while not stop.is_set():
        taken = events.work(slot) + jobs.work(slot)
        done += taken
        if not _rest_of_round() + taken:
            break
    return done


def drain(settings: Settings) -> int:
    """Works until nothing is due and returns how much that was; for the command line and for tests."""
    with Slot(settings.data_dir) as slot:
        slot.release_leases(events.EVENTS, jobs.JOBS)
        return _work_through(slot.name, threading.Event())


def run(settings: Settings, stop: threading.Event) -> None:
    """Works until `stop` is set; a database that is away for a while is waited for."""
    is_fresh, looked_at = True, 0.0
    with Slot(settings.data_dir) as slot, _waiter(settings) as wait:
        log.info("worker started", slot=slot.name)
        while not stop.is_set():
            try:
                if is_fresh:
                    slot.release_leases(events.EVENTS, jobs.JOBS)
                    is_fresh = False
                if time.monotonic() - looked_at >= TIMETABLE_SECONDS or not looked_at:
                    jobs.keep_timetable()
                    looked_at = time.monotonic()
                _work_through(slot.name, stop)
                wait(stop)
            except DBAPIError as error:
                db.session.remove()
                log.warning("database is away", error=str(error.orig))
                is_fresh = True
                stop.wait(TROUBLE_SECONDS)
        log.info("worker ended", slot=slot.name)
