"""Exports from the page, and personal tokens."""

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select, update

from forum.core import clock
from forum.core.actor import Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.jobs import JOBS
from forum.core.worker import drain
from forum.ideas.export import files, selection, snapshots
from forum.ideas.models import EXPORTS
from forum.members.models import API_TOKENS
from tests.factories import exports, ideas
from tests.factories import threads as make
from tests.factories.accounts import submit
from tests.factories.visitor import Visitor, read, words


@pytest.fixture
def team(app: Flask) -> Actor:
    return make.member("pia", "product")


def test_an_export_is_made_from_the_page_and_had_in_every_format(app: Flask, team: Actor) -> None:
    first, second = (ideas.idea(make.member(), title=f"Größere Lampe {number}") for number in range(2))
    ideas.vote(make.member(), second.thread_id)
    visitor = Visitor(app, team)
    done = submit(visitor.client, "/ideas/exports", "new-export", top="1", status="new")
    made = snapshots.snapshots(team).rows[0]
    assert (done.status_code, done.location) == (303, f"/ideas/exports#export-{made.id}")
    said = words(visitor.get("/ideas/exports"))
    assert f"Snapshot {made.id}" in said
    assert "1 idea" in said
    assert "the first 1" in said
    for form in files.FORMATS:
        answer = visitor.get(f"/ideas/exports/{made.id}/{form}")
        assert answer.status_code == 200
        assert answer.mimetype in files.KINDS_OF_FILES[form]
        assert f"ideas-{made.id}-" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "private, no-store"
        if form == "json":
            assert [row["id"] for row in answer.get_json()["ideas"]] == [second.thread_id]
        answer.close()
    assert first.thread_id != second.thread_id


def test_a_snapshot_says_as_of_when_and_of_what_in_words(app: Flask, team: Actor) -> None:
    ideas.idea(make.member(), title="Lamp")
    made = exports.export(team, statuses=("in progress",))
    entry = read(Visitor(app, team).get("/ideas/exports")).select_one(f"#export-{made.id}")
    assert entry is not None
    assert "In progress" in entry.get_text()
    time = entry.select_one("time")
    assert time is not None
    assert "data-relative" not in time.attrs
    assert str(made.as_of.year) in time.get_text()


def test_changes_since_a_snapshot(app: Flask, team: Actor) -> None:
    visitor = Visitor(app, team)
    ideas.idea(make.member(), title="Lamp")
    before = exports.export(team)
    fresh = ideas.idea(make.member(), title="Bell")
    assert submit(visitor.client, "/ideas/exports", "new-export", since=str(before.id)).status_code == 303
    made = snapshots.snapshots(team).rows[0]
    assert made.since_id == before.id
    link = f"/ideas/exports/{made.id}/jsonl?since={before.id}"
    page = read(visitor.get("/ideas/exports"))
    assert page.find("a", href=link) is not None
    answer = visitor.get(link)
    (row,) = [json.loads(line) for line in answer.get_data().splitlines()]
    assert (row["change"], row["id"]) == ("new", fresh.thread_id)
    answer.close()
    assert visitor.get(f"/ideas/exports/{made.id}/jsonl?since=999").status_code == 404
    assert visitor.get(f"/ideas/exports/{made.id}/jsonl?since=x").status_code == 404


def test_many_ideas_are_the_workers_business(app: Flask, team: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_now(*_anything: object) -> None:
        pytest.fail("somebody waits for it")

    write = snapshots.write
    monkeypatch.setattr(snapshots, "AT_ONCE", 1)
    for number in range(2):
        ideas.idea(make.member(), title=f"Lamp {number}")
    visitor = Visitor(app, team)
    submit(visitor.client, "/ideas/exports", "new-export")
    made = snapshots.snapshots(team).rows[0]
    assert "in preparation" in words(visitor.get("/ideas/exports"))
    assert visitor.get(f"/ideas/exports/{made.id}/csv").status_code == 409
    drain(app.extensions["settings"])
    monkeypatch.setattr(snapshots, "write", not_now)
    assert visitor.get(f"/ideas/exports/{made.id}/csv").status_code == 200
    submit(visitor.client, "/ideas/exports", "new-export", since=str(made.id))
    with monkeypatch.context() as by_worker:
        by_worker.setattr(snapshots, "write", write)
        drain(app.extensions["settings"])
    later = snapshots.snapshots(team).rows[0]
    assert visitor.get(f"/ideas/exports/{later.id}/xlsx?since={made.id}").status_code == 200


def _broken_off(team: Actor) -> int:
    """An export from the page whose process was killed in the middle; returns its number."""
    ideas.idea(make.member())
    with transaction(team) as fresh:
        number = snapshots.ask(fresh, selection.select_ideas(team), selection.present_minute(), 1)
    with transaction():
        db.session.execute(update(EXPORTS).where(EXPORTS.c.id == number).values(state="running"))
    return number


def test_an_export_whose_process_was_killed_is_made_by_the_worker(app: Flask, team: Actor) -> None:
    number = _broken_off(team)
    drain(app.extensions["settings"])
    assert snapshots.get_snapshot(team, number).is_under_way
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        drain(app.extensions["settings"])
    assert snapshots.get_snapshot(team, number).is_ready


@pytest.mark.parametrize("gone", [True, False], ids=["gone", "dead"])
def test_an_export_that_nobody_works_at_has_failed_and_can_be_made_again(app: Flask, team: Actor, gone: bool) -> None:
    number = _broken_off(team)
    with transaction():
        db.session.execute(delete(JOBS) if gone else update(JOBS).values(state="dead", attempts=10))
    visitor = Visitor(app, team)
    entry = read(visitor.get("/ideas/exports")).select_one(f"#export-{number}")
    assert entry is not None
    assert "broke off" in entry.get_text()
    assert "in preparation" not in entry.get_text()
    answer = submit(visitor.client, "/ideas/exports", f"again-{number}")
    assert (answer.status_code, answer.location) == (303, f"/ideas/exports#export-{number}")
    assert snapshots.get_snapshot(team, number).is_under_way
    assert visitor.post(f"/ideas/exports/{number}/again").status_code == 303
    drain(app.extensions["settings"])
    made = snapshots.get_snapshot(team, number)
    assert (made.state, made.rows_done) == ("ready", 1)
    assert read(visitor.get("/ideas/exports")).find(id=f"again-{number}") is None
    acts = db.session.scalars(
        select(AuditEntry.act).where(AuditEntry.target_kind == "idea_export").order_by(AuditEntry.id)
    )
    assert list(acts) == ["idea.export", "idea.export-again"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("top", "0"), ("top", "x"), ("top", "²"), ("top", "99999999"), ("status", "nope"), ("area", "nope")),
        *(
            ("as_of", "x"),
            ("as_of", "2999-01-01T00:00"),
            ("as_of", "0001-01-01T00:00"),
            ("since", "99"),
            ("since", "x"),
        ),
    ],
)
def test_what_cannot_be_exported_is_said_beside_its_field(app: Flask, team: Actor, field: str, value: str) -> None:
    answer = submit(Visitor(app, team).client, "/ideas/exports", "new-export", **{field: value})
    assert answer.status_code == 400
    page = read(answer)
    assert page.find(id=f"{field}-error") is not None
    assert list(snapshots.snapshots(team).rows) == []


def test_a_moment_is_in_the_readers_zone(app: Flask, team: Actor) -> None:
    submit(Visitor(app, team).client, "/ideas/exports", "new-export", as_of="2026-07-01T12:00")
    assert snapshots.snapshots(team).rows[0].as_of.isoformat() == "2026-07-01T10:00:00+00:00"


def test_a_full_disk_is_said_on_the_page(app: Flask, team: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "kept", full)
    visitor = Visitor(app, team)
    assert submit(visitor.client, "/ideas/exports", "new-export").status_code == 303
    assert "The disk is full" in words(visitor.get("/ideas/exports"))


def test_a_disk_that_is_full_when_the_file_is_made_is_said(
    app: Flask, team: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = exports.export(team)

    def full(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write", full)
    answer = Visitor(app, team).get(f"/ideas/exports/{made.id}/csv")
    assert (answer.status_code, "The disk is full" in words(answer)) == (409, True)


def test_a_token_is_shown_once_and_revoked(app: Flask, team: Actor) -> None:
    visitor = Visitor(app, team)
    answer = submit(visitor.client, "/settings/tokens", "new-token-form", name="Weekly report", days="30")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "private, no-store")
    token = read(answer).find(id="new-token").text
    assert token.startswith("tafelrunde_")
    assert read(answer).select_one("input[name=scopes]").has_attr("checked")
    assert token not in visitor.get("/settings/tokens").text
    row = db.session.execute(select(API_TOKENS)).one()
    assert token not in str(row)
    assert (row.name, row.scopes) == ("Weekly report", ["ideas:read"])
    assert timedelta(days=29) < row.expires_at - clock.now() <= timedelta(days=30)
    program = app.test_client()
    sent = {"Authorization": f"Bearer {token}"}
    assert program.get("/api/v1/ideas", headers=sent).status_code == 200
    assert "Weekly report" in words(visitor.get("/settings/tokens"))
    assert visitor.post(f"/settings/tokens/{row.id}/revoke").status_code == 303
    assert visitor.post(f"/settings/tokens/{row.id}/revoke").status_code == 303
    assert program.get("/api/v1/ideas", headers=sent).status_code == 401
    assert "Weekly report" not in words(visitor.get("/settings/tokens"))
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert program.get("/api/v1/ideas", headers=sent).status_code == 401


def test_a_token_needs_a_name_a_scope_and_a_right(app: Flask, team: Actor) -> None:
    visitor = Visitor(app, team)
    for wrong in ({"name": ""}, {"name": "x" * 81}, {"name": "x", "scopes": None}, {"name": "x", "days": "7"}):
        answer = submit(visitor.client, "/settings/tokens", "new-token-form", **wrong)
        assert answer.status_code == 400, wrong
    assert visitor.post("/settings/tokens", name="x", scopes="everything", days="").status_code == 400
    member = Visitor(app, make.member("anna"))
    assert read(member.get("/settings/tokens")).find("form", id="new-token-form") is None
    assert member.post("/settings/tokens", name="x", scopes="ideas:read", days="").status_code == 403
    assert db.session.execute(select(API_TOKENS)).all() == []
    for _number in range(20):
        submit(visitor.client, "/settings/tokens", "new-token-form", name="x")
    answer = submit(visitor.client, "/settings/tokens", "new-token-form", name="x")
    assert answer.status_code == 400
    assert "which is the most" in words(answer)
