"""How the machine does, as an administrator sees it."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import insert, text, update

from forum.community.queries import QUEUES
from forum.core import clock, jobs, queue
from forum.core.actor import SYSTEM
from forum.core.database import db, transaction
from forum.core.events import EVENTS
from forum.core.formats import of_bytes
from forum.core.jobs import JOBS
from forum.core.settings import installed
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


def _fails(name: str) -> None:
    """A row of this queue fails for good."""
    row = {"name": "members.mail_reset", "payload": {}, "state": queue.DEAD, "attempts": queue.MAX_ATTEMPTS}
    with transaction():
        db.session.execute(insert(QUEUES[name]).values(**row, created_at=clock.now(), due_at=clock.now(), error="x"))


def _figures(page: BeautifulSoup, label: str) -> dict[str, str]:
    """A column of the table of the queues."""
    rows = page.select("div:has(> #queues) tbody tr")
    return {row.th.text: row.select_one(f"[data-label='{label}']").text for row in rows}  # type: ignore[union-attr]


def test_an_event_is_missed_as_a_job_is(boss: Visitor) -> None:
    before = words(boss.get("/admin/machine"))
    with transaction():
        long_ago = clock.now() - timedelta(minutes=10)
        row = {"name": "ProfileChanged", "payload": {"member_id": 1}, "state": queue.WAITING}
        db.session.execute(insert(EVENTS).values(**row, created_at=long_ago, due_at=long_ago, attempts=0))
    assert "The worker stands still" not in before
    assert "The worker stands still" in words(boss.get("/admin/machine"))


@pytest.mark.parametrize("address", ["/admin", "/admin/machine"])
@pytest.mark.parametrize("name", ["job", "event"])
def test_what_failed_for_good_is_said_with_the_way_there(boss: Visitor, address: str, name: str) -> None:
    before = read(boss.get(address))
    assert before.select("main .banner.warn a") == []
    _fails(name)
    page = read(boss.get(address))
    [banner] = page.select("main .banner.warn:has(a)")
    assert "Something has failed for good" in banner.text
    assert banner.a is not None
    assert banner.a["href"] == f"/admin/jobs?queue={name}&state=dead"
    assert "members.mail_reset" in words(boss.get(str(banner.a["href"])))
    assert page.select("main .banner.good") == [], "all is not well"


def test_what_failed_is_counted_for_each_queue(boss: Visitor) -> None:
    for name in ("job", "job", "event"):
        _fails(name)
    figures = _figures(read(boss.get("/admin/machine")), "Failed for good")
    assert figures == {"Events": "1", "Jobs": "2"}


def test_a_manager_who_may_not_mend_it_is_not_told(app: Flask) -> None:
    _fails("job")
    overview = Visitor(app, a_member("sara", roles=("manager",))).get("/admin")
    assert overview.status_code == 200
    assert "has failed for good" not in words(overview)


def test_the_overview_finds_what_failed_behind_all_that_was_done(boss: Visitor) -> None:
    """In one statement, by an index of what failed alone."""
    _fails("event")
    with transaction():
        row = {"name": "ProfileChanged", "payload": {"member_id": 1}, "state": queue.DONE, "attempts": 1}
        db.session.execute(insert(EVENTS).values(**row, created_at=clock.now(), due_at=clock.now()))
    with counted() as said:
        assert "has failed for good" in words(boss.get("/admin"))
    asked = [statement for statement in said if "FROM event" in statement]
    assert len(asked) == 1
    assert "state = 'dead'" in asked[0], "as the index says it"


def test_whether_mails_leave_the_house_is_said(app: Flask, boss: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    for is_set in (False, True):
        settings = replace(installed(), mail_url="smtp://localhost" if is_set else "")
        monkeypatch.setattr("forum.web.admin.frame.installed", lambda settings=settings: settings)
        for address in ("/admin", "/admin/machine"):
            assert ("No mail server is set" in words(boss.get(address))) is not is_set


def test_the_index_and_the_exports_have_their_rows(app: Flask, boss: Visitor) -> None:
    folder = app.extensions["settings"].data_dir
    shutil.rmtree(folder / "search", ignore_errors=True)
    shutil.rmtree(folder / "exports", ignore_errors=True)
    assert "within the database" in words(boss.get("/admin/machine"))
    assert "Exports of ideas" not in words(boss.get("/admin/machine"))
    for name in ("search", "exports"):
        (folder / name).mkdir()
        (folder / name / "one").write_bytes(b"x" * 2_000)
    try:
        page = read(boss.get("/admin/machine"))
        assert "within the database" not in page.text
        [row] = [row for row in page.select("div:has(> #files) tbody tr") if "Exports of ideas" in row.text]
        assert [cell.text.replace("\u00a0", " ") for cell in row.select("td")] == ["1", "2 KB"]
    finally:
        for name in ("search", "exports"):
            shutil.rmtree(folder / name)


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
