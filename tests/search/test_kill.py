"""A worker that is killed while posts are written leaves an index without a difference."""

import os
import random
import signal
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from forum.core.database import db
from forum.core.settings import Settings
from forum.search import pending
from tests.factories import threads as make
from tests.processes import Place, until


@pytest.fixture
def place(app: Flask, tmp_path: Path) -> Iterator[Place]:
    """Processes that work on the database of the tests."""
    settings: Settings = app.extensions["settings"]
    place = Place(tmp_path, FORUM_DATABASE_URL=settings.database_url)
    place.settings["FORUM_DATA_DIR"] = str(settings.data_dir)
    yield place
    place.close()


def _storm(place: Place, *, posts: int, kills: int, pause: float) -> None:
    """Writes posts while the worker is killed and started again, then lets it come to an end."""
    choice = random.Random(7)
    anna, category = make.member("anna"), make.category()
    thread = make.thread(anna, category, "Storm", "It begins.")
    written, killed = 0, 0
    worker = place.start("worker")
    next_kill = time.monotonic() + choice.uniform(0.2, 1.0) * pause
    while written < posts or killed < kills:
        if written < posts:
            make.reply(anna, thread.thread_id, f"Gust {written} of {uuid.uuid4().hex}")
            written += 1
        if killed < kills and time.monotonic() > next_kill:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
            killed += 1
            worker = place.start("worker")
            next_kill = time.monotonic() + choice.uniform(0.2, 1.0) * pause
    worker.send_signal(signal.SIGTERM)
    worker.wait(60)
    assert place.run("worker", "--drain").returncode == 0


def _check(place: Place) -> None:
    db.session.rollback()
    assert pending.count() == 0
    dead = db.session.execute(sa.text("SELECT name, error FROM event WHERE state = 'dead'")).all()
    assert dead == []
    done = place.run("search", "check")
    assert (done.stdout, done.returncode) == ("The index has what it should have.\n", 0), done.stderr


def test_a_few_kills_while_posts_are_written(place: Place) -> None:
    _storm(place, posts=60, kills=3, pause=3.0)
    _check(place)


@pytest.mark.full
def test_fifty_kills_while_two_thousand_posts_are_written(place: Place) -> None:
    _storm(place, posts=2_000, kills=50, pause=3.0)
    _check(place)


def test_a_rebuild_that_is_killed_is_finished_by_the_worker(place: Place) -> None:
    anna, category = make.member("anna"), make.category()
    for number in range(20):
        make.thread(anna, category, f"Thread {number}", "Text.")
    assert place.run("worker", "--drain").returncode == 0
    rebuild = place.start("search", "rebuild")
    begun = sa.text("SELECT count(*) FROM search_generation WHERE state = 'building'")
    until(lambda: rebuild.poll() is not None or _one(begun), 60, "the rebuild")
    rebuild.kill()
    rebuild.wait()
    assert place.run("worker", "--drain").returncode == 0
    _check(place)
    assert _one(sa.text("SELECT count(*) FROM search_generation")) == 1
    assert place.run("search", "rebuild").returncode == 0
    _check(place)


def _one(statement: sa.TextClause) -> int:
    db.session.rollback()
    return int(db.session.execute(statement).scalar_one())
