"""Pages and problem documents for what goes wrong, in both languages."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from forum.core.errors import Conflict, Denied, Gone, Invalid, NotFound, TooMany
from forum.core.limits import DatabaseStorage
from tests.factories.visitor import JSON, Visitor, read, words
from tests.system.conftest import Stage

ERRORS: dict[int, Any] = {
    400: Invalid("required"),
    403: Denied("not-allowed"),
    404: NotFound(),
    409: Conflict("thread-closed"),
    410: Gone("post-removed"),
    429: TooMany("too-many", seconds=30),
    500: RuntimeError("broken"),
}


def _fail(stage: Stage, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Makes the page of the rules fail."""

    def view(**_arguments: object) -> str:
        raise error

    monkeypatch.setitem(stage.app.view_functions, "rules.show", view)


def _asked(stage: Stage, status: int, monkeypatch: pytest.MonkeyPatch, language: str, **headers: str) -> TestResponse:
    visitor = Visitor(stage.app, language=language)
    if status == 413:
        data = {"csrf_token": visitor.token(), "username": "x" * 3_000_000}
        return visitor.client.post("/register", data=data, headers=headers)
    _fail(stage, monkeypatch, ERRORS[status])
    return visitor.get("/rules/1", headers=headers)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("status", [*ERRORS, 413])
def test_the_page_says_what_happened_and_what_to_do(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, status: int, language: str
) -> None:
    answer = _asked(stage, status, monkeypatch, language)
    page = read(answer)
    assert answer.status_code == status
    assert page.html["lang"] == language
    assert answer.headers["Cache-Control"] == "no-store"
    assert page.find("h1").get_text(strip=True)
    assert len(page.find("main").find_all("p")) >= 3
    assert page.find("main").find("a", href=True) is not None
    other = _asked(stage, status, monkeypatch, "en" if language == "de" else "de")
    assert read(other).find("h1").get_text() != page.find("h1").get_text()
    assert "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("status", [*ERRORS, 413])
def test_a_script_gets_a_problem_document(stage: Stage, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    answer = _asked(stage, status, monkeypatch, "en", **JSON)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["type"] == "about:blank"
    assert problem["instance"].startswith("/")
    assert "broken" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://localhost/t/1?page=2", "/t/1?page=2"),
        ("http://localhost", "/"),
        ("http://localhost/logout", "/"),
        ("http://localhost//t/1", "/t/1"),
        ("https://evil.example/t/1", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_a_refused_form_leads_back_to_its_page(stage: Stage, referrer: str, back: str) -> None:
    member, address = Visitor(stage.app, stage.world.members["new"]), stage.world.address("/t/{closed}/reply")
    refused = member.post(address, body="A long thought", headers={"Referer": referrer})
    assert refused.status_code == 409
    assert read(refused).select_one("main .actions a")["href"] == back


def test_only_a_guest_is_told_that_signing_in_may_help(stage: Stage) -> None:
    for member, is_told in ((None, True), (stage.world.members["new"], False)):
        assert ("Signing in may help." in words(Visitor(stage.app, member).get("/none"))) is is_told


def test_a_script_hears_why_its_token_was_refused(stage: Stage) -> None:
    visitor = Visitor(stage.app, stage.world.members["new"])
    answer = visitor.post_without_token(stage.world.address("/p/{post}/react"), headers=JSON, on="like")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "csrf")


def test_the_api_answers_in_json_always(stage: Stage) -> None:
    answer = Visitor(stage.app).get("/api/v1/none")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_wrong_method_names_the_right_ones(stage: Stage) -> None:
    answer = Visitor(stage.app).get("/logout")
    assert answer.status_code in {404, 405}
    if answer.status_code == 405:
        assert "POST" in answer.headers["Allow"]


def test_too_often_says_when_again(stage: Stage) -> None:
    stage.app.config["RATE_LIMITS"] = True
    visitor = Visitor(stage.app)
    answers = [visitor.post("/login", username="newcomer", password="wrong") for _ in range(12)]
    stage.app.config["RATE_LIMITS"] = False
    assert answers[0].status_code == 400
    refused = answers[-1]
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert words(refused)
    assert DatabaseStorage().check()


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_a_database_there_is_still_a_page(stage: Stage, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    from forum.community import queries

    def away() -> None:
        raise ConnectionError("no database")

    monkeypatch.setattr(queries, "current", away)
    answer = Visitor(stage.app, language=language).get("/rules")
    assert answer.status_code == 500
    page = read(answer)
    assert page.html["lang"] == language
    assert page.find(class_="reference").get_text(strip=True)
