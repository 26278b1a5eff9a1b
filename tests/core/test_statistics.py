"""What the database knows of its own rows, by which it chooses its plans."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from forum.core import database, jobs, worker
from forum.core.database import db, read
from forum.interchange import head
from forum.search.queries import finding
from tests.factories.threads import category, member, thread

KNOWN = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'",
    "postgresql": "SELECT count(*) FROM pg_class WHERE relname = 'post' AND reltuples >= 0",
}


def has_statistics() -> bool:
    db.session.rollback()
    return bool(read(text(KNOWN[db.engine.dialect.name])).scalar())


ON_SQLITE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@ON_SQLITE
def test_the_worker_keeps_those_that_nobody_else_keeps(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_SMALL_PAGES", 0)
    jobs.keep_timetable()
    worker.drain(app.extensions["settings"])
    assert has_statistics()


def test_they_are_gathered_after_an_import(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_SMALL_PAGES", 0)
    head.finish(head.Head("elsewhere", "Elsewhere", "", ("en",), is_export=False))
    worker.drain(app.extensions["settings"])
    assert has_statistics()


@ON_SQLITE
def test_a_small_database_is_left_alone(app: Flask) -> None:
    database.gather_statistics()
    assert not has_statistics()


@ON_SQLITE
def test_posts_are_then_found_by_their_ids_and_not_by_looking_at_threads(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, place = member("anna"), category()
    for number in range(60):
        thread(anna, place, title=f"Thread {number}")
    monkeypatch.setattr(database, "_SMALL_PAGES", 0)
    database.gather_statistics()
    first = plan_of(finding._FACTS, {"ids": [*range(1, 42)], "categories": [place]})[0]
    assert first.split()[1] == "post"


def plan_of(statement: Any, values: dict[str, Any]) -> list[str]:
    """How SQLite goes about it."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_more: Any) -> None:
        sent.append((sql, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    read(statement, values)
    event.remove(db.engine, "before_cursor_execute", note)
    with db.engine.connect() as connection:
        return [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sent[0][0]}", sent[0][1])]
