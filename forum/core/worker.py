"""The worker's loop: timetable, event log, jobs; then waiting for more.

It may be killed at any moment. What it held is a lease of its slot, and the next worker in that slot takes it over.
"""

import threading
import time
from collections.abc import Iterator
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


def _work_through(slot: str, stop: threading.Event) -> int:
    """Works until nothing is due or the worker is to stop; returns how much was done."""
    done = 0
    while not stop.is_set():
        taken = events.work(slot) + jobs.work(slot)
        done += taken
        if not taken:
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
