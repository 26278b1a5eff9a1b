"""Registering, confirming and resetting in the browser."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forum.core import jobs
from forum.core.database import db
from forum.http import request_log
from forum.members import passwords, queries
from forum.members.models import MEMBERS
from forum.rules.models import ACCEPTANCES
from tests.factories import mail
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit
from tests.factories.rules import a_rulebook


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


def register(client: FlaskClient, **changes: Any) -> TestResponse:
    given = {"username": "petra", "email": "petra@example.org", "password": PASSWORD, "accept": "y"} | changes
    return submit(client, "/register", "register", **given)


def links(app: Flask) -> list[str]:
    """Addresses in the mails that wait, which are taken out of the box."""
    jobs.work("test")
    found = []
    for one in mail.kept(app):
        found += re.findall(r"https?://[^/\s]+(/(?:confirm|reset)\S*)", mail.plain(one))
    mail.forget(app)
    return found


def errors(answer: TestResponse) -> dict[str, str]:
    """What stands beside each field."""
    page = BeautifulSoup(answer.text, "html5lib")
    return {str(found["id"]).removesuffix("-error"): found.text for found in page.select(".field-error[id]")}


def test_the_whole_way_from_the_form_to_a_confirmed_account(app: Flask, client: FlaskClient) -> None:
    a_rulebook()
    links(app)
    answer = register(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/confirm?next=/")
    assert "petra@example.org" in client.get("/confirm").text
    account = queries.find_account("petra")
    assert account is not None
    member_id = account.id
    actor = queries.actor_of(member_id)
    assert (actor.is_confirmed, actor.owes_acceptance) == (False, False)
    [address] = links(app)
    page = client.get(address)
    assert page.status_code == 200
    assert not queries.actor_of(member_id).is_confirmed, "opening the link confirms nothing"
    assert submit(client, address, "confirm").status_code == 303
    assert queries.actor_of(member_id).is_confirmed


def test_the_rules_stand_there_in_full_and_the_box_is_empty(app: Flask, client: FlaskClient) -> None:
    a_rulebook()
    page = BeautifulSoup(client.get("/register").text, "html5lib")
    assert "Attack nobody." in page.select_one(".rules-box").text  # type: ignore[union-attr]
    assert not page.select_one("#accept").has_attr("checked")  # type: ignore[union-attr]


def test_nobody_joins_without_accepting(app: Flask, client: FlaskClient) -> None:
    a_rulebook()
    answer = register(client, accept=None)
    assert answer.status_code == 400
    assert set(errors(answer)) == {"accept"}
    assert db.session.scalar(select(func.count()).select_from(MEMBERS)) == 0


def test_rules_that_changed_meanwhile_are_shown_anew(app: Flask, client: FlaskClient) -> None:
    a_rulebook()
    shown = BeautifulSoup(client.get("/register").text, "html5lib").select_one("[name=rulebook]")
    a_rulebook(addition=" Always.")
    answer = register(client, rulebook=shown["value"])  # type: ignore[index]
    assert answer.status_code == 400
    assert set(errors(answer)) == {"accept"}
    assert "Attack nobody. Always." in answer.text
    assert db.session.scalar(select(func.count()).select_from(MEMBERS)) == 0
    assert db.session.scalar(select(func.count()).select_from(ACCEPTANCES)) == 0


def test_without_any_rules_there_is_no_box(app: Flask, client: FlaskClient) -> None:
    assert BeautifulSoup(client.get("/register").text, "html5lib").select_one("#accept") is None
    assert register(client).status_code == 303


def test_everything_wrong_is_told_at_once_and_nothing_typed_is_lost(app: Flask, client: FlaskClient) -> None:
    a_rulebook()
    answer = register(client, username="a b", email="nonsense", password="short", accept=None)
    assert answer.status_code == 400
    assert set(errors(answer)) == {"username", "email", "password", "accept"}
    page = BeautifulSoup(answer.text, "html5lib")
    assert page.select_one("#username")["value"] == "a b"  # type: ignore[index]
    assert page.select_one("#email")["value"] == "nonsense"  # type: ignore[index]


@pytest.mark.parametrize("name", ["petra", "PETRA", "реtrа", "admin", "x" * 41, "ab\u202ecd"])
def test_a_name_that_will_not_do_is_refused_beside_its_field(app: Flask, client: FlaskClient, name: str) -> None:
    a_member("petra")
    answer = register(client, username=name, email="other@example.org")
    assert (answer.status_code, set(errors(answer))) == (400, {"username"})


def test_nobody_learns_who_is_a_member(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    a_member("petra")
    links(app)
    work: list[str] = []
    hashed = passwords.hashed
    monkeypatch.setattr(passwords, "hashed", lambda password: work.append("hash") or hashed(password))
    other = browser(app)
    free, taken = register(client, username="anna", email="anna@example.org"), register(other, username="paul")
    assert work == ["hash", "hash"]
    assert (free.status_code, free.headers["Location"]) == (taken.status_code, taken.headers["Location"])
    one, two = client.get("/confirm").text, other.get("/confirm").text
    alike = re.sub("anna@example.org", "petra@example.org", one).replace("anna", "paul")
    shape = re.compile(r'value="[^"]*"|hue-\d+|>[AP]<')
    assert shape.sub("", alike) == shape.sub("", two)
    guest = browser(app)
    assert guest.get("/u/anna").status_code == guest.get("/u/paul").status_code == 404
    assert register(guest, username="paul", email="x@example.org").status_code == 400
    assert register(guest, username="anna", email="x@example.org").status_code == 400


def test_a_forgotten_password_gets_the_same_answer_for_everybody(app: Flask, client: FlaskClient) -> None:
    a_member("petra")
    links(app)
    known, unknown = (submit(client, "/reset", "reset", username=name) for name in ("petra", "nobod"))
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text.replace("nobod", "petra")
    [address] = links(app)
    assert address.startswith("/reset/")
    answer = submit(client, address, "new-password", password="short")
    assert (answer.status_code, set(errors(answer))) == (400, {"password"})
    assert submit(client, address, "new-password", password="three happy hens").status_code == 303
    assert client.get("/settings").status_code == 200
    assert client.get(address).status_code == 410
    assert sign_in_by_form(browser(app), "petra", "three happy hens").status_code == 303


def test_the_token_of_a_link_is_not_logged(app: Flask) -> None:
    with app.test_request_context("/reset/a-secret"):
        assert request_log.place() == "/reset/…"
    with app.test_request_context("/login?next=/"):
        assert request_log.place() == "/login"


def test_the_mail_can_be_asked_for_again(app: Flask, client: FlaskClient) -> None:
    register(client)
    first = links(app)
    page = BeautifulSoup(client.get("/confirm").text, "html5lib")
    form = page.select_one("form[action='/confirm/resend']")
    assert form is not None
    token = form.select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    assert client.post("/confirm/resend", data={"csrf_token": token}).status_code == 303
    assert len(first) == len(links(app)) == 1
    app.config["RATE_LIMITS"] = True
    answers = [client.post("/confirm/resend", data={"csrf_token": token}).status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]


@pytest.mark.parametrize("address", ["/confirm/nonsense", "/reset/nonsense", "/confirm/" + "x" * 2000])
def test_a_wrong_link_says_what_to_do(app: Flask, client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 410
    assert "no longer works" in answer.text


def test_forms_for_guests_are_never_kept(app: Flask, client: FlaskClient) -> None:
    for address in ("/login", "/register", "/reset", "/language"):
        assert client.get(address).headers["Cache-Control"] == "no-store", address
