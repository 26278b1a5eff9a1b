"""The ideas board for programs: who may read it, page by page, and what has changed since."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from forum.api.openapi import document
from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.ideas import actions
from forum.ideas.actions import AreaDraft, StatusDraft
from forum.members import actions as members
from forum.members.models import API_TOKENS
from forum.threads import actions as threads
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.visitor import Visitor


@pytest.fixture
def team(app: Flask) -> Actor:
    return make.member("pia", "product")


def token_of(member: Actor, days: int | None = None) -> str:
    with transaction(member) as fresh:
        return members.make_token(fresh, "test", ["ideas:read"], days)


class Program:
    """A client that sends a token."""

    def __init__(self, app: Flask, token: str) -> None:
        self._client, self._token = app.test_client(), token

    def get(self, path: str, **headers: str) -> TestResponse:
        sent = {"Authorization": f"Bearer {self._token}", "Accept-Language": "en", **headers}
        return self._client.get(f"/api/v1{path}", headers=sent)

    def ideas(self, query: str = "") -> list[dict[str, Any]]:
        answer = self.get(f"/ideas{query}")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.get_json()["ideas"]
        return found


@pytest.fixture
def program(app: Flask, team: Actor) -> Program:
    return Program(app, token_of(team))


def is_problem(answer: TestResponse, status: int, code: str) -> None:
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    problem = answer.get_json()
    assert (problem["status"], problem.get("code", "")) == (status, code)
    assert {"type", "title", "detail"} <= problem.keys()


def checker(name: str) -> jsonschema.Draft202012Validator:
    schema = document() | {"$ref": f"#/components/schemas/{name}"}
    return jsonschema.Draft202012Validator(schema)


def test_a_row_is_that_of_the_export(program: Program, team: Actor) -> None:
    posted = ideas.idea(make.member("anna"), title="A lamp that dims")
    ideas.vote(make.member("ben"), posted.thread_id, importance="nice", reason="At night.")
    answer = program.get("/ideas")
    page = answer.get_json()
    checker("IdeasPage").validate(page)
    (row,) = page["ideas"]
    assert (row["id"], row["votes"], row["reasons"], row["gone"]) == (posted.thread_id, 2, ["At night."], False)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    one = program.get(f"/ideas/{posted.thread_id}").get_json()
    assert one == {"schema_version": 1, **row}


def test_pages_follow_each_other_by_last_change(program: Program) -> None:
    anna, area = make.member("anna"), ideas.area()
    made = [ideas.idea(anna, area, f"Idea {number}").thread_id for number in range(5)]
    ideas.vote(make.member("ben"), made[0])
    seen, cursor = [], ""
    while True:
        page = program.get(f"/ideas?limit=2{cursor}").get_json()
        seen += [row["id"] for row in page["ideas"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == [*made[1:], made[0]]


def test_another_key_of_a_status_or_an_area_is_a_change(program: Program, team: Actor) -> None:
    category_id = make.category()
    area_id = ideas.area(category_id, "Lamps")
    posted = ideas.idea(make.member("anna"), area_id)
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False) as time:
        renames: list[Callable[[Actor], None]] = [
            lambda system: actions.update_area(system, area_id, AreaDraft({"en": "Lights"}, category_id)),
            lambda system: actions.update_status(system, 1, StatusDraft({"en": "Fresh"}, "new")),
            lambda system: actions.delete_area(system, area_id),
        ]
        for rename in renames:
            time.shift(60)
            since = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
            assert program.ideas(f"?updated_since={since}") == []
            with transaction(SYSTEM) as system:
                rename(system)
            assert [row["id"] for row in program.ideas(f"?updated_since={since}")] == [posted.thread_id]


def test_filters_and_what_changed_since(program: Program, team: Actor) -> None:
    anna, area = make.member("anna"), ideas.area(name="Lamps")
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False) as time:
        first, second, third = (ideas.idea(anna, area, f"Idea {number}") for number in range(3))
        time.shift(60)
        since = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        assert program.ideas(f"?updated_since={since}") == []
        with transaction(team) as fresh:
            actions.merge(fresh, second.thread_id, first.thread_id)
        make.on_post(threads.delete_post, anna, third.post_id)
        from forum.core.worker import drain

        drain(program._client.application.extensions["settings"])
        told = {row["id"]: row for row in program.ideas(f"?updated_since={since}")}
    assert told[second.thread_id] == {
        "id": second.thread_id,
        "gone": True,
        "merged_into": first.thread_id,
        "updated_at": told[second.thread_id]["updated_at"],
    }
    assert (told[third.thread_id]["gone"], told[third.thread_id]["merged_into"]) == (True, None)
    assert told[first.thread_id]["merged_ids"] == [second.thread_id]
    assert [row["id"] for row in program.ideas()] == [first.thread_id]
    assert [row["id"] for row in program.ideas("?area=lamps&status=new&status=shipped")] == [first.thread_id]
    assert program.ideas("?status=shipped") == []
    assert program.get(f"/ideas/{second.thread_id}").get_json()["merged_into"] == first.thread_id


def test_an_answer_that_is_known_is_not_sent_again(program: Program) -> None:
    posted = ideas.idea(make.member("anna"))
    for path in ("/ideas", f"/ideas/{posted.thread_id}", "/openapi.json"):
        etag = program.get(path).headers["ETag"]
        again = program.get(path, **{"If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")
    ideas.vote(make.member("ben"), posted.thread_id)
    assert program.get("/ideas", **{"If-None-Match": etag}).status_code == 200


WRONG = {
    "parameter": [
        *("limit=0", "limit=101", "limit=x", "limit=", "limit=1&limit=2", "updated_since=2026-11-21", "updated_since="),
        *("updated_since=2026-11-21T09:00:00", "updated_since=2026-02-30T09:00:00Z", "updated_since=x"),
    ],
    "parameter-unknown": ["nope=1"],
    "cursor": ["cursor=x", "cursor=", "cursor=WzEsMl0x"],
    "no-such-status": ["status=nope", "status=%00"],
    "no-such-area": ["area=nope"],
}


@pytest.mark.parametrize(("code", "query"), [(code, query) for code, queries in WRONG.items() for query in queries])
def test_a_parameter_that_is_wrong_is_named(program: Program, code: str, query: str) -> None:
    is_problem(program.get(f"/ideas?{query}"), 400 if code.startswith("parameter") else 404, code)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59", "2026-11-21t09:00:00z"])
def test_any_moment_can_be_asked_for(program: Program, moment: str) -> None:
    assert program.ideas(f"?updated_since={moment}") == []


def test_a_token_is_asked_for_and_must_be_valid(app: Flask, team: Actor) -> None:
    client = app.test_client()
    for sent in ({}, {"Authorization": "Basic eA=="}, {"Authorization": "Bearer "}):
        answer = client.get("/api/v1/ideas", headers=sent)
        is_problem(answer, 401, "token-required")
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    revoked, expired = token_of(team), token_of(team, 1)
    with transaction(team) as fresh:
        members.revoke_token(fresh, 1 if db.engine.dialect.name == "sqlite" else _first_token())
    is_problem(Program(app, revoked).get("/ideas"), 401, "token-unknown")
    assert Program(app, expired).get("/ideas").status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=1, seconds=1)):
        is_problem(Program(app, expired).get("/ideas"), 401, "token-unknown")
    is_problem(Program(app, "tafelrunde_x").get("/ideas"), 401, "token-unknown")
    is_problem(Program(app, "\u00e4").get("/ideas"), 401, "token-unknown")


def _first_token() -> int:
    return int(db.session.scalar(API_TOKENS.select().order_by(API_TOKENS.c.id)) or 0)


def test_a_cookie_opens_nothing(app: Flask, team: Actor) -> None:
    is_problem(Visitor(app, team).get("/api/v1/ideas"), 401, "token-required")


def test_a_token_does_what_its_member_may_do_now(app: Flask, team: Actor, program: Program) -> None:
    hidden = make.category("Secret", frozenset())
    secret = ideas.idea(make.member("mia", "moderator"), ideas.area(hidden), "Hidden lamp")
    assert program.ideas() == []
    is_problem(program.get(f"/ideas/{secret.thread_id}"), 404, "not-found")
    manager = make.member("max", "manager")
    assert [row["id"] for row in Program(app, token_of(manager)).ideas()] == [secret.thread_id]
    with transaction(SYSTEM):
        from forum.members.queries import get_member

        members.set_roles(SYSTEM, get_member(SYSTEM, team.member_id), ())
    is_problem(program.get("/ideas"), 403, "staff-only")
    with transaction():
        members.ban(SYSTEM, team.member_id)
    is_problem(program.get("/ideas"), 403, "banned")


def test_a_scope_that_is_missing_is_named(app: Flask, team: Actor, program: Program) -> None:
    with transaction():
        db.session.execute(API_TOKENS.update().values(scopes=["other"]))
    is_problem(program.get("/ideas"), 403, "token-scope")


def test_too_often_is_said_with_how_long_to_wait(app: Flask, program: Program) -> None:
    app.config["RATE_LIMITS"] = True
    for _time in range(120):
        assert program.get("/ideas").status_code == 200
    answer = program.get("/ideas")
    is_problem(answer, 429, "too-many")
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_every_error_is_a_problem_document(app: Flask, program: Program) -> None:
    is_problem(program.get("/ideas/0"), 404, "not-found")
    is_problem(program.get("/ideas/999999999999999999"), 404, "not-found")
    is_problem(program.get("/ideas/1?x=1"), 400, "parameter-unknown")
    for path in ("/ideas/x", "/ideas/9999999999999999999", "/nothing", ""):
        is_problem(program.get(path), 404, "")
    answer = app.test_client().post("/api/v1/ideas")
    is_problem(answer, 405, "")
    assert "GET" in answer.headers["Allow"]


def test_use_is_noted_after_the_answer(app: Flask, program: Program) -> None:
    answer = program.get("/ideas")
    answer.close()
    assert db.session.scalar(API_TOKENS.select().with_only_columns(API_TOKENS.c.used_at)) is not None


def test_the_description_is_public_and_of_all_addresses(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.get_json() == document()
    served = {
        rule.rule.replace("<int:idea_id>", "{id}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }
    assert served == set(document()["paths"])
