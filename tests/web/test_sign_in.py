"""Signing in and out in the browser, and what a banned member still sees."""

from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.core import clock
from forum.core.database import db
from forum.members import passwords
from forum.members.models import SIGN_INS
from forum.web.sign_in import safe_next
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


@pytest.mark.parametrize("name", ["petra", "PETRA", "petra@example.org", " Petra@Example.ORG "])
def test_a_member_signs_in_by_name_or_address_and_goes_on(client: FlaskClient, name: str) -> None:
    a_member("petra")
    answer = sign_in_by_form(client, name, next="/rules/changes")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/rules/changes")
    assert client.get("/settings").status_code == 200


@pytest.mark.parametrize(("name", "password"), [("petra", "wrong password"), ("nobody", PASSWORD), ("реtrа", PASSWORD)])
def test_what_does_not_fit_gets_one_answer_with_the_name_kept(client: FlaskClient, name: str, password: str) -> None:
    a_member("petra")
    answer = sign_in_by_form(client, name, password)
    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 400
    assert page.select_one("#username")["value"] == name  # type: ignore[index]
    assert not page.select_one("#password").get("value")  # type: ignore[union-attr]
    assert "fit together" in page.select_one("[role=alert]").text  # type: ignore[union-attr]


def test_the_same_work_is_done_whether_or_not_there_is_an_account(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_member("petra")
    done: list[bool] = []
    verify = passwords.verify
    monkeypatch.setattr(passwords, "verify", lambda kept, given: done.append(kept is None) or verify(kept, given))
    sign_in_by_form(client, "petra", "wrong password")
    sign_in_by_form(client, "nobody", "wrong password")
    assert done == [False, True]


@pytest.mark.parametrize(
    "raw",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "", None, "rules"],
)
def test_the_way_back_never_leaves_the_house(raw: str | None) -> None:
    assert safe_next(raw) == "/"
    assert safe_next("/t/1/x?page=2") == "/t/1/x?page=2"


def test_signing_out_ends_the_session_itself(app: Flask, client: FlaskClient) -> None:
    a_member("petra")
    sign_in_by_form(client, "petra")
    with client.session_transaction() as kept:
        before = dict(kept)
    assert submit_sign_out(client).status_code == 303
    with client.session_transaction() as session:
        session.update(before)
    assert client.get("/settings").status_code == 303


def submit_sign_out(client: FlaskClient) -> object:
    page = BeautifulSoup(client.get("/settings").text, "html5lib")
    form = page.select_one("form[action='/logout']")
    assert form is not None
    return client.post("/logout", data={field["name"]: field["value"] for field in form.select("input")})


def test_the_token_against_forged_requests_changes_at_sign_in(client: FlaskClient) -> None:
    a_member("petra")
    client.get("/login")
    with client.session_transaction() as session:
        before = session["csrf_token"]
    sign_in_by_form(client, "petra")
    client.get("/settings/profile")
    with client.session_transaction() as session:
        assert session["csrf_token"] != before


def test_a_post_without_the_token_signs_nobody_in(client: FlaskClient) -> None:
    a_member("petra")
    answer = client.post("/login", data={"username": "petra", "password": PASSWORD})
    assert answer.status_code == 400
    assert PASSWORD not in answer.text
    assert client.get("/settings").status_code == 303


def test_too_many_attempts_have_to_wait(app: Flask, client: FlaskClient) -> None:
    app.config["RATE_LIMITS"] = True
    answers = [sign_in_by_form(client, "petra", "wrong password").status_code for _ in range(11)]
    assert answers == [400] * 10 + [429]


def tried_from(client: FlaskClient, network: int, name: str, password: str = "wrong password") -> int:
    client.environ_base["REMOTE_ADDR"] = f"198.51.100.{network}"
    return sign_in_by_form(client, name, password).status_code


@pytest.mark.parametrize("name", ["petra", "PETRA", "nobody"])
def test_an_account_is_not_guessed_at_from_many_networks(app: Flask, client: FlaskClient, name: str) -> None:
    a_member("petra")
    app.config["RATE_LIMITS"] = True
    assert [tried_from(client, number, name) for number in range(12)] == [400] * 10 + [429] * 2
    client.environ_base["REMOTE_ADDR"] = "198.51.100.99"
    answer = sign_in_by_form(client, name)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    page = BeautifulSoup(answer.text, "html5lib")
    assert page.select_one("#username")["value"] == name  # type: ignore[index]
    assert "a link by e-mail signs you in right now" in page.text
    sent = {field["name"]: field.get("value", "") for field in page.select("#login input")}
    assert client.post("/login/link", data=sent).status_code == 200


def test_the_owner_signs_in_from_a_known_network_however_often_others_try(app: Flask, client: FlaskClient) -> None:
    a_member("petra")
    app.config["RATE_LIMITS"] = True
    home = browser(app)
    assert tried_from(home, 200, "petra", PASSWORD) == 303
    for number in range(12):
        tried_from(client, number, "petra")
    home = browser(app)
    assert tried_from(home, 200, "petra", PASSWORD) == 303
    assert tried_from(browser(app), 1, "petra") == 400, "a sign-in begins the count anew"


def test_use_is_noted_after_the_answer_and_at_most_every_ten_minutes(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_member("petra")
    sign_in_by_form(client, "petra")
    first = db.session.scalar(select(SIGN_INS.c.used_at))
    client.get("/settings").close()
    assert db.session.scalar(select(SIGN_INS.c.used_at)) == first
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    client.get("/settings").close()
    assert db.session.scalar(select(SIGN_INS.c.used_at)) == later


def expiry(client: FlaskClient) -> datetime | None:
    """When this browser forgets its session."""
    cookie = client.get_cookie("session")
    assert cookie is not None
    return cookie.expires


def shortly_after(then: datetime, found: datetime | None) -> bool:
    return found is not None and timedelta(seconds=-1) <= found - then < timedelta(minutes=1)


@pytest.mark.parametrize(("chosen", "days"), [(None, 60), ("60", 60), ("30", 30), ("1", 1)])
def test_a_session_ends_after_the_chosen_days_without_use(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, chosen: str | None, days: int
) -> None:
    a_member("petra")
    began = clock.now()
    submit(client, "/login", "login", username="petra", password=PASSWORD, days=chosen)
    if days == 1:
        assert expiry(client) is None, "the browser forgets it when it is closed"
    else:
        assert shortly_after(began + timedelta(days=days), expiry(client))
    client.get("/settings").close()  # its forms put their token into the cookie, once
    used = began + timedelta(days=days, minutes=-1)
    monkeypatch.setattr(clock, "now", lambda: used)
    client.get("/settings").close()
    if days > 1:
        assert shortly_after(used + timedelta(days=days), expiry(client)), "a use prolongs cookie and row"
    monkeypatch.setattr(clock, "now", lambda: used + timedelta(days=days, minutes=-1))
    answer = client.get("/settings")
    assert answer.status_code == 200
    answer.close()
    monkeypatch.setattr(clock, "now", lambda: used + timedelta(days=2 * days, minutes=1))
    assert client.get("/settings").status_code == 303


@pytest.mark.parametrize("days", ["0", "-1", "61", "99999999999999999999", "sixty", "1e9", "٣٠"])
def test_a_length_that_is_not_offered_signs_nobody_in(client: FlaskClient, days: str) -> None:
    a_member("petra")
    answer = submit(client, "/login", "login", username="petra", password=PASSWORD, days=days)
    assert answer.status_code == 400
    assert BeautifulSoup(answer.text, "html5lib").select_one("#days[aria-invalid=true]") is not None
    assert client.get("/settings").status_code == 303


def test_a_new_password_leaves_the_chosen_length(client: FlaskClient) -> None:
    a_member("petra")
    submit(client, "/login", "login", username="petra", password=PASSWORD, days="1")
    page, form = "/settings/account", "change-password"
    assert submit(client, page, form, old_password=PASSWORD, password="three happy hens").status_code == 303
    assert expiry(client) is None
    assert db.session.scalars(select(SIGN_INS.c.days)).all() == [1]


def test_a_banned_member_signs_in_and_sees_the_decision_alone(client: FlaskClient) -> None:
    a_member("petra", is_banned=True)
    assert sign_in_by_form(client, "petra").status_code == 303
    for address in ("/", "/rules", "/settings", "/u/petra"):
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert "Your account is banned" in answer.text
    assert submit(client, "/", "sign-out").status_code == 303
    assert client.get("/rules").status_code == 200


def test_the_demo_mails_are_shown_in_a_demo_to_this_machine_only(app: Flask, client: FlaskClient) -> None:
    from forum.community.actions import set_up
    from forum.core.database import transaction

    assert client.get("/demo/mail").status_code == 404
    with transaction():
        set_up(is_demo=True)
    assert client.get("/demo/mail").status_code == 200
    assert "/demo/mail" in client.get("/login").text
    for address in ("/demo/mail/../secret_key", "/demo/mail/%2e%2e%2fsecret_key", "/demo/mail/nothing"):
        assert client.get(address).status_code == 404
    assert client.get("/demo/mail", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
