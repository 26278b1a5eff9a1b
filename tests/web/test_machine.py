"""How the machine does, as an administrator sees it."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from forum.core import clock, jobs
from forum.core.database import db, transaction
from forum.core.formats import of_bytes
from forum.core.jobs import JOBS
from tests.factories.members import a_member
from tests.factories.visitor import Visitor, words


@pytest.fixture
def boss(app: Flask) -> Visitor:
    return Visitor(app, a_member("boss", roles=("admin",)))


def test_nobody_works_on_what_has_been_due_for_long(boss: Visitor) -> None:
    assert "What is due is being done." in words(boss.get("/admin/machine"))
    with transaction():
        jobs.enqueue("core.forget_old")
        long_ago = clock.now() - timedelta(minutes=10)
        db.session.execute(update(JOBS).where(JOBS.c.name == "core.forget_old").values(due_at=long_ago))
    assert "The worker stands still" in words(boss.get("/admin/machine"))


def test_the_sizes_are_told(boss: Visitor) -> None:
    shown = words(boss.get("/admin/machine"))
    assert "SQLite," in shown or "PostgreSQL," in shown
    assert " of " in shown


def test_a_disk_that_is_nearly_full_is_said(boss: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.disk_usage

    def nearly_full(path: Path) -> Any:
        found = real(path)
        return type(found)(found.total, found.total, 5_000_000)

    monkeypatch.setattr("forum.community.machine.shutil.disk_usage", nearly_full)
    assert "The disk is nearly full" in words(boss.get("/admin/machine"))


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_500, "1.5 KB"),
        (23_400_000, "23 MB"),
        (9_990_000_000, "10 GB"),
        (10**15, "1,000 TB"),
    ],
)
def test_a_size_is_read_at_a_glance(size: int, said: str) -> None:
    assert of_bytes(size, "en").replace("\u00a0", " ") == said
