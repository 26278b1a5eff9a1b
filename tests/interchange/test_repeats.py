"""A second run changes nothing; a run that was killed goes on where it stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.core.database import db, transaction
from forum.core.events import EVENTS
from forum.core.jobs import JOBS
from forum.ideas.models import IDEAS, VOTES
from forum.interchange import read
from forum.members.models import MEMBERS
from forum.moderation.models import CASES, DECISIONS, REPORTS
from forum.rules.models import ACCEPTANCES, RULEBOOKS
from forum.threads import checks
from forum.threads.models import ACTIVITIES, CATEGORIES, POSTS, REACTION_ROWS, THREADS
from tests.interchange.conftest import Archive
from tests.interchange.sample import HEAD, post, start, thread, whole

TABLES = (
    MEMBERS,
    CATEGORIES,
    THREADS,
    POSTS,
    REACTION_ROWS,
    VOTES,
    IDEAS,
    RULEBOOKS,
    ACCEPTANCES,
    REPORTS,
    DECISIONS,
    CASES,
)
PLACE = {"FORUM_SECRET_KEY": "only-for-the-tests-0123456789", "FORUM_LOG_LEVEL": "error"}


def contents() -> dict[str, Any]:
    return {table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in (*TABLES, ACTIVITIES)}


def test_a_second_import_changes_nothing(archive: Archive) -> None:
    archive.bring_in(whole())
    before = contents()
    summary = archive.bring_in(whole())
    assert sum(summary.new.values()) == 0
    assert summary.known["post"] == 4
    assert contents() == before


def test_the_same_ids_of_another_source_are_other_things(archive: Archive) -> None:
    archive.bring_in([*start(), thread("t1"), post("p1", "t1")])
    archive.bring_in([HEAD | {"source": "other"}, *start()[1:], thread("t1"), post("p1", "t1")])
    assert db.session.scalar(select(func.count()).select_from(POSTS)) == 2
    assert len(set(db.session.scalars(select(MEMBERS.c.username_key)))) == 6


def test_a_later_archive_of_the_same_source_adds_what_is_new(archive: Archive) -> None:
    archive.bring_in([*start(), thread("t1"), post("p1", "t1")])
    summary = archive.bring_in([*start(), thread("t1"), post("p1", "t1"), post("p2", "t1", reply_to="p1")])
    assert dict(summary.new) == {"post": 1}
    row = db.session.execute(select(POSTS.c.number, POSTS.c.reply_to_number).order_by(POSTS.c.id.desc())).first()
    assert tuple(row or ()) == (2, 1)


def test_what_was_changed_here_since_stays_changed(archive: Archive) -> None:
    archive.bring_in(whole())
    db.session.execute(THREADS.update().values(solution_post_id=None, solution_number=None))
    archive.bring_in(whole())
    assert db.session.scalars(select(THREADS.c.solution_post_id)).all() == [None] * 3


def test_a_run_that_breaks_off_between_batches_is_completed_by_the_next(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "BATCH_RECORDS", 5)
    archive.bring_in(whole())
    expected = {name: len(rows) for name, rows in contents().items()}
    archive.empty()
    original: Callable[..., None] = read._Import._end
    ended = 0

    def end_thrice(self: Any, batch: Any) -> None:
        nonlocal ended
        ended += 1
        if ended > 3:
            raise KeyboardInterrupt
        original(self, batch)

    monkeypatch.setattr(read._Import, "_end", end_thrice)
    with pytest.raises(KeyboardInterrupt):
        archive.bring_in(whole())
    monkeypatch.setattr(read._Import, "_end", original)
    archive.bring_in(whole())
    assert {name: len(rows) for name, rows in contents().items()} == expected
    assert not list(checks.compare(False))


def test_an_import_that_is_killed_doubles_nothing_when_it_runs_again(
    app: Flask, archive: Archive, tmp_path: Path
) -> None:
    records = [*start(), *(thread(f"t{number}") for number in range(40))]
    records += [post(f"p{number}", f"t{number % 40}", f"Text **{number}**") for number in range(1200)]
    path = archive.write(records)
    settings = app.extensions["settings"]
    environment = os.environ | PLACE | {
        "FORUM_DATABASE_URL": settings.database_url,
        "FORUM_DATA_DIR": str(settings.data_dir),
    }  # fmt: skip
    code = "from forum.interchange import read; read.BATCH_RECORDS = 60; from forum.cli import main; main()"
    command = [sys.executable, "-c", code, "import", str(path)]

    def count() -> int:
        db.session.rollback()
        return db.session.scalar(select(func.count()).select_from(POSTS)) or 0

    for goal in (60, 500):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while count() < goal and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert count() == 1200
    numbers = db.session.execute(select(POSTS.c.thread_id, POSTS.c.number)).all()
    assert len(set(numbers)) == 1200
    assert {row.number for row in numbers} == set(range(1, 31))
    assert not list(checks.compare(False))


def test_nobody_gets_mail_for_what_is_imported(archive: Archive) -> None:
    archive.bring_in(whole())
    names = set(db.session.scalars(select(EVENTS.c.name)))
    assert names == {"ThreadsImported", "MembersImported", "PostsMoved"}
    assert set(db.session.scalars(select(JOBS.c.name))) <= {"core.gather_statistics"}


def test_writing_goes_on_after_an_import_of_an_export(archive: Archive) -> None:
    archive.bring_in(whole())
    exported = archive.take_out()
    archive.empty()
    archive.bring_in(exported)
    highest = db.session.scalar(select(func.max(MEMBERS.c.id))) or 0
    with transaction():
        from forum.core.exchange import reserve

        assert reserve(MEMBERS, 1) == [highest + 1]
