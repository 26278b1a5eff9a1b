"""What keeps programs from registering, and asks nothing of people."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.community.actions import set_up
from forum.core import clock, jobs
from forum.core.database import transaction
from forum.members import queries
from forum.web import patience, proof_of_work
from tests.factories import mail
from tests.factories.accounts import PASSWORD, a_member, browser, submit
from tests.factories.refusals import security_log
from tests.factories.rules import a_rulebook
from tests.factories.visitor import Visitor, read, words

JOINING = {"username": "petra", "email": "petra@example.org", "password": PASSWORD, "accept": "y"}


@pytest.fixture
def client(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    a_rulebook()
    app.config["RATE_LIMITS"] = True
    monkeypatch.setattr(proof_of_work, "EASIEST", 4)
    return browser(app)


def form_of(answer: TestResponse) -> Any:
    """The form to join."""
    form = read(answer).select_one("#register")
    assert form is not None
    return form


def fields_of(answer: TestResponse) -> dict[str, str]:
    """What the form has in it."""
    form = form_of(answer)
    fields = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
    if form.select_one("[name=accept][checked]") is None:
        fields.pop("accept")
    return fields


def work(answer: TestResponse) -> str:
    """What a browser with scripts finds for the form."""
    form, found = form_of(answer), []
    for part in range(int(form["data-parts"])):
        number = 0
        while not proof_of_work.fits(f"{form['data-puzzle']}.{part}.{number}", int(form["data-bits"])):
            number += 1
        found.append(str(number))
    return ".".join(found)


def sent_again(client: FlaskClient, answer: TestResponse, /, **changes: Any) -> TestResponse:
    """The form of an answer as it stands there, with the work done, sent by its button."""
    fields = fields_of(answer)
    return client.post(str(form_of(answer)["action"]), data=fields | {"solution": work(answer)} | changes)


def told(app: Flask) -> Mapping[str, str]:
    """The mails that wait, by whom they are for; they are taken out of the box."""
    jobs.work("test")
    found = {one["To"].addresses[0].addr_spec: mail.plain(one) for one in mail.kept(app)}
    mail.forget(app)
    return found


def member(name: str) -> Any:
    """The account as an actor."""
    account = queries.find_account(name)
    assert account is not None
    return queries.actor_of(account.id)


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    then = clock.now() + timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "now", lambda: then)


def test_a_person_joins_without_noticing_anything(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.get("/register")
    unseen = read(page).select_one("[hidden] input")
    assert unseen is not None
    assert (unseen["tabindex"], unseen["autocomplete"]) == ("-1", "off")
    later(monkeypatch, 20)
    assert sent_again(client, page, **JOINING).status_code == 303
    assert queries.find_account("petra") is not None


def test_what_was_too_fast_is_sent_once_more_and_nothing_typed_is_lost(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get("/register")
    later(monkeypatch, 1)
    answer = sent_again(client, page, **JOINING)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
    assert "once more" in words(answer)
    assert queries.find_account("petra") is None
    later(monkeypatch, 2)
    assert sent_again(client, answer).status_code == 303, "as it stands there, with the password and the tick"
    assert queries.find_account("petra") is not None


def test_a_program_that_does_the_same_again_has_no_success(app: Flask, client: FlaskClient) -> None:
    for _try in range(3):
        assert submit(client, "/register", "register", **JOINING).status_code == 400
    assert queries.find_account("petra") is None


def test_what_is_held_up_stands_in_the_security_log(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.get("/register")
    fields = fields_of(page) | JOINING
    found = []
    for sent in ({}, {"solution": "0"}, {"solution": work(page)}, {"username": "paul", "email": "paul@example.org"}):
        with security_log() as lines:
            client.post("/register", data=fields | sent)
        found += [(line["kind"], line["what"]) for line in lines]
        later(monkeypatch, 10)
        client.delete_cookie("session")
        fields["csrf_token"] = fields_of(client.get("/register"))["csrf_token"]
    assert found == [("registration-held-up", what) for what in ("form", "proof", "used")]


def test_the_time_begins_when_the_form_was_first_shown(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.get("/register")
    later(monkeypatch, 10)
    answer = sent_again(client, page, **JOINING | {"username": "a b"})
    assert "once more" not in words(answer), "what is wrong comes first"
    assert sent_again(client, answer, **JOINING).status_code == 303, "putting it right may be quick"


@pytest.mark.parametrize("forged", ["", "0", "nonsense", "x" * 5000, None])
def test_a_time_that_is_not_ours_begins_anew(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, forged: str | None
) -> None:
    page = client.get("/register")
    later(monkeypatch, 10)
    fields = fields_of(page) | JOINING | {"shown": forged}
    answer = client.post("/register", data={name: value for name, value in fields.items() if value is not None})
    assert answer.status_code == 400
    later(monkeypatch, 10)
    assert sent_again(client, answer).status_code == 303


def test_who_fills_in_what_nobody_sees_is_asked_once_more_with_the_field_empty(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get("/register")
    later(monkeypatch, 10)
    answer = sent_again(client, page, **JOINING, second_name="Smith")
    assert answer.status_code == 400
    assert queries.find_account("petra") is None
    assert read(answer).select_one("#second_name")["value"] == ""  # type: ignore[index]
    assert sent_again(client, answer).status_code == 303


def test_a_form_of_a_time_that_is_yet_to_come_begins_anew(client: FlaskClient) -> None:
    """The server's clock has been put back, or another host's was ahead: nobody waits until it has caught up."""
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False) as moment:
        page = client.get("/register")
        moment.shift(-300)
        client.delete_cookie("session")  # its time is yet to come as well: the form came back for its token
        token = fields_of(client.get("/register"))["csrf_token"]
        answer = sent_again(client, page, **JOINING, csrf_token=token)
        assert answer.status_code == 400
        assert fields_of(answer)["shown"] != fields_of(page)["shown"]
        moment.shift(patience.SHORTEST)
        assert sent_again(client, answer).status_code == 303
    assert queries.find_account("petra") is not None


# ---------------------------------------------------------------- the work of the browser


def test_a_form_makes_one_account_however_often_it_is_sent(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get("/register")
    later(monkeypatch, 10)
    fields = fields_of(page) | JOINING | {"solution": work(page)}
    assert client.post("/register", data=fields).status_code == 303
    other = browser(client.application)
    own = {"csrf_token": fields_of(other.get("/register"))["csrf_token"], "username": "paul", "email": "p@example.org"}
    for solution in (fields["solution"], ""):
        answer = other.post("/register", data=fields | own | {"solution": solution})
        assert (answer.status_code, queries.find_account("paul")) == (400, None)
        assert fields_of(answer)["shown"] != fields["shown"], "the form that comes back is a new one"
    later(monkeypatch, 10)
    assert sent_again(other, answer).status_code == 303
    assert member("paul").is_confirmed is False


def test_what_is_refused_leaves_the_work_good(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    a_member("petra")
    page = client.get("/register")
    later(monkeypatch, 10)
    answer = sent_again(client, page, **JOINING | {"email": "another@example.org"})
    assert answer.status_code == 400
    assert "once more" not in words(answer), "the name is taken"
    assert form_of(answer)["data-solution"] == fields_of(answer)["solution"] == work(page)
    fields = fields_of(answer) | {"username": "anna", "password": PASSWORD}
    assert client.post("/register", data=fields).status_code == 303
    assert not queries.has_asked_to_join(member("anna").id)


@pytest.mark.parametrize("wrong", ["0", "1.2.3", ".".join("0" * 16), "x" * 5000, "²." * 16, "1" * 400, "\ud800"])
def test_work_that_was_not_done_does_not_count(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setattr(proof_of_work, "EASIEST", 10)
    page = client.get("/register")
    later(monkeypatch, 10)
    answer = client.post("/register", data=fields_of(page) | JOINING | {"solution": wrong.encode("utf-8", "replace")})
    assert (answer.status_code, queries.find_account("petra")) == (400, None)
    assert fields_of(answer)["solution"] == ""


def test_the_work_of_one_form_is_none_for_another(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_of_work, "EASIEST", 10)
    one, two = client.get("/register"), client.get("/register")
    later(monkeypatch, 10)
    assert sent_again(client, one, **JOINING, solution=work(two)).status_code == 400
    assert sent_again(client, two, **JOINING).status_code == 303


def test_a_form_that_is_a_day_old_begins_anew(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.get("/register")
    later(monkeypatch, patience.LONGEST.total_seconds() + 1)
    answer = sent_again(client, page, **JOINING)
    assert answer.status_code == 400
    later(monkeypatch, 10)
    assert sent_again(client, answer).status_code == 303


def test_a_network_that_sends_the_form_often_has_more_work(client: FlaskClient) -> None:
    def bits() -> int:
        return int(form_of(client.get("/register"))["data-bits"])

    first = bits()
    for _try in range(patience.EASY_TRIES):
        submit(client, "/register", "register", username="")
    assert bits() == first + 1
    assert int(form_of(browser(client.application).get("/register"))["data-bits"]) == first + 1, "whichever browser"
    elsewhere = client.application.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert int(form_of(elsewhere.get("/register"))["data-bits"]) == first


# ---------------------------------------------------------------- without scripts


def test_without_scripts_the_team_takes_a_look(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail.forget(app)
    manager = Visitor(app, a_member("manager", roles=("manager",)))
    page = client.get("/register")
    note = form_of(page).select_one("noscript")
    assert note is not None
    assert "the team takes a look" in note.text, "said in advance"
    later(monkeypatch, 20)
    assert sent_again(client, page, **JOINING, solution="").status_code == 303
    assert "then the team looks at your request" in words(client.get("/confirm"))
    assert "petra" not in words(manager.get("/admin/requests")), "the address comes first"
    [link] = re.findall(r"https?://[^/\s]+(/confirm\S*)", told(app)["petra@example.org"])
    assert submit(client, link, "confirm").status_code == 303
    petra = member("petra")
    assert (petra.is_confirmed, petra.is_waiting) == (False, True)
    asked = words(manager.get("/admin/requests"))
    assert "@petra" in asked
    assert "Joined without JavaScript" in asked
    assert manager.post(f"/admin/requests/{petra.id}/approve").status_code == 303
    assert member("petra").is_confirmed


def test_where_the_team_approves_everybody_nothing_is_said_of_scripts(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        set_up(registration={"mode": "approval", "question": {"en": "Why?", "de": "Warum?"}})
    page = client.get("/register")
    assert form_of(page).select("noscript") == []
    later(monkeypatch, 20)
    assert sent_again(client, page, **JOINING, solution="", answer="Because.").status_code == 303
    assert queries.has_asked_to_join(member("petra").id)
