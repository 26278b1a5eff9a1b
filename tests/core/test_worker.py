"""The worker's loop: drains what is due, survives a database that is away, ends when it is told to."""

import threading
import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from forum.core import clock, events, jobs, worker
from forum.core.database import db, transaction
from forum.core.events import EVENTS
from forum.core.jobs import JOBS
from forum.core.queue import DONE, WAITING
from forum.core.settings import Settings
from forum.threads.events import CategoriesChanged, ThreadsImported


def settings_of(app: Flask) -> Settings:
    settings: Settings = app.extensions["settings"]
    return settings


def states(table: Any) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(table.c.state)))


def test_drain_works_until_nothing_is_due(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []

    def on_threads_imported(event: ThreadsImported) -> None:
        heard.append(event.thread_ids)
        jobs.enqueue("core.forget_old", unique_key="once")

    monkeypatch.setitem(events._reactions, ThreadsImported, (on_threads_imported,))
    with transaction():
        for number in range(120):
            events.publish(ThreadsImported([number]))
    assert worker.drain(settings_of(app)) == 121
    assert heard == [[number] for number in range(120)]
    assert states(EVENTS) == states(JOBS) == {DONE}
    assert worker.drain(settings_of(app)) == 0


def test_what_is_due_later_is_left_for_later(app: Flask) -> None:
    with transaction():
        jobs.enqueue("core.forget_old", at=clock.now().replace(year=2999))
    assert worker.drain(settings_of(app)) == 0
    assert states(JOBS) == {WAITING}


def test_a_worker_hears_of_new_work_goes_on_after_trouble_and_ends(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.01)
    heard = threading.Event()
    trouble = [OperationalError("SELECT", {}, Exception("away"))] * 2
    original = events.work

    def work(slot: str) -> int:
        if trouble:
            raise trouble.pop()
        return original(slot)

    monkeypatch.setattr(events, "work", work)
    monkeypatch.setitem(events._reactions, CategoriesChanged, (lambda _event: heard.set(),))
    stop = threading.Event()

    def run() -> None:
        with app.app_context():
            worker.run(settings_of(app), stop)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        deadline = time.monotonic() + 30
        while trouble and time.monotonic() < deadline:
            stop.wait(0.01)
        assert not trouble
        with transaction():
            events.publish(CategoriesChanged(None))
        assert heard.wait(10)
    finally:
        stop.set()
        thread.join(15)
    assert not thread.is_alive()
