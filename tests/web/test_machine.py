"""How the machine does, as an administrator sees it."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text, update

from forum.core import clock, jobs
from forum.core.actor import SYSTEM
from forum.core.database import db, transaction
from forum.core.formats import of_bytes
from forum.core.jobs import JOBS
from forum.media import actions as media
from forum.media import pictures
from forum.media import queries as uploads
from tests.factories.members import a_member
from tests.factories.visitor import Visitor, read, words
from tests.media.samples import a_picture
from tests.system.statements import counted


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


def test_files_are_counted_by_kind(app: Flask, boss: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as system:
        for colour in ("teal", "red", "navy"):
            picture = pictures.picture(a_picture(colour=colour))
            media.keep(system, picture)
        media.keep(system, pictures.banner(a_picture(colour="olive")), kind="banner")
    rows = {row.th.text: row.text for row in read(boss.get("/admin/machine")).select("div:has(> #files) tbody tr")}
    assert "3" in rows["Pictures in posts and drafts"]
    assert "1" in rows["Banners of members"]
    assert "KB" in rows["Banners of members"] or " B" in rows["Banners of members"].replace("\u00a0", " ")
    assert "0" in rows["Logos"]
    monkeypatch.setattr("forum.media.queries.MOST_COUNTED", 2)
    rows = {row.th.text: row.text for row in read(boss.get("/admin/machine")).select("div:has(> #files) tbody tr")}
    assert "at least 3" in rows["Pictures in posts and drafts"]
    assert "at least" not in rows["Banners of members"]


def test_files_are_counted_by_one_statement_from_an_index_alone(app: Flask) -> None:
    with counted() as said:
        uploads.totals(SYSTEM)
    assert len(said) == 1
    if db.engine.dialect.name == "sqlite":
        one = "SELECT count(*), sum(size_bytes) FROM (SELECT size_bytes FROM upload WHERE kind = 'logo' LIMIT 5)"
        plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {one}")).all()
        assert "COVERING INDEX ix_upload_kind" in " ".join(str(row) for row in plan)
