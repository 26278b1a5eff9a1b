"""Suspensions come in and go out: one that still runs holds here, too, and ends by itself."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from forum.core import clock
from forum.core.database import db
from forum.core.worker import drain
from forum.interchange.shapes import check
from forum.members.models import MEMBERS
from forum.moderation import checks
from forum.moderation.models import DECISIONS, SANCTION_ROWS
from tests.interchange.conftest import Archive, Record
from tests.interchange.sample import start
from tests.interchange.test_schema import VALIDATOR


def decision(act: str = "suspend", *, days_ago: float = 1, days: float | None = 7, **more: Any) -> Record:
    """A decision about Ben, made so many days ago, for so many days."""
    at = (clock.now() - timedelta(days=days_ago)).replace(microsecond=0)
    until = {} if days is None else {"until": (at + timedelta(days=days)).isoformat()}
    said = {"by": "m1", "about": "m2", "act": act, "reason": "Spams.", "at": at.isoformat(), **until, **more}
    return {"kind": "decision", "id": f"d-{act}-{days_ago}", **said}


def banned_at() -> datetime | None:
    return db.session.scalar(select(MEMBERS.c.banned_at).where(MEMBERS.c.username == "ben"))


def work(app: Flask) -> None:
    drain(app.extensions["settings"])
    db.session.rollback()


def test_one_that_runs_holds_and_ends_by_itself(app: Flask, archive: Archive) -> None:
    summary = archive.bring_in([*start(), decision()])
    assert (archive.told, summary.bad_lines) == ([], 0)
    assert banned_at() is not None
    assert db.session.execute(select(DECISIONS.c.act, DECISIONS.c.days)).all() == [("suspend", 7)]
    assert db.session.scalars(select(SANCTION_ROWS.c.kind)).all() == ["suspension"]
    work(app)
    assert banned_at() is not None
    with time_machine.travel(clock.now() + timedelta(days=6, minutes=1)):
        work(app)
        assert banned_at() is None


@pytest.mark.parametrize("more", [{"days_ago": 10}, {"reversed_at": "2026-01-01T00:00:00Z"}])
def test_one_that_is_over_or_undone_is_history(app: Flask, archive: Archive, more: dict[str, Any]) -> None:
    archive.bring_in([*start(), decision(**more)])
    assert banned_at() is None
    assert list(checks.compare(False)) == []
    assert db.session.scalar(select(SANCTION_ROWS.c.lifted_at)) is not None


def test_one_under_a_ban_ends_and_the_ban_stays(app: Flask, archive: Archive) -> None:
    archive.bring_in([*start(), decision("ban", days_ago=2, days=None), decision()])
    with time_machine.travel(clock.now() + timedelta(days=7)):
        work(app)
        assert banned_at() is not None


def test_it_goes_out_as_it_came_in(app: Flask, archive: Archive) -> None:
    archive.bring_in([*start(), decision(), decision(days_ago=20)])
    first = archive.take_out("first.jsonl")
    lines = [json.loads(line) for line in first.read_text(encoding="utf-8").splitlines()]
    assert [line["act"] for line in lines if line["kind"] == "decision" and line["until"]] == ["suspend", "suspend"]
    for line in lines:
        VALIDATOR.validate(line)
    archive.empty()
    assert archive.bring_in(first).bad_lines == 0
    assert archive.take_out("second.jsonl").read_bytes() == first.read_bytes()
    assert banned_at() is not None


@pytest.mark.parametrize("end", [{}, {"until": None}])
def test_one_without_an_end_is_none(end: dict[str, Any]) -> None:
    record = decision(days=None, **end)
    with pytest.raises(ValueError, match="no until"):
        check("decision", record)
    assert not VALIDATOR.is_valid(record)
    assert VALIDATOR.is_valid(decision())
    assert VALIDATOR.is_valid(decision("silence", days=None))
    check("decision", decision("silence", days=None))
