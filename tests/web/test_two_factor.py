"""Signing in in two steps in the browser: setting it up, the page of the code, and what doesn't get around it."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.core.actor import SYSTEM
from forum.core.database import db, transaction
from forum.members import actions, passwords, queries, tokens
from forum.threads.models import REACTION_ROWS
from forum.web import intents
from tests.factories import threads as make
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit, the_member
from tests.factories.two_factor import App, switched_on
from tests.factories.visitor import words

NOON = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
Time = time_machine.Traveller
PAGE = "/settings/two-factor"


@pytest.fixture(autouse=True)
def moment(app: Flask) -> Iterator[Time]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


def send_code(client: FlaskClient, code: str) -> TestResponse:
    return submit(client, "/login/code", "code-form", code=code)


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/settings").status_code == 200


def set_up(client: FlaskClient) -> tuple[App, list[str]]:
    """Goes through the page as a member does."""
    shown = BeautifulSoup(client.get(PAGE).text, "html5lib").select_one("#secret")
    assert shown is not None
    app = App(shown.text.replace(" ", ""))
    answer = submit(client, PAGE, "switch-on", code=app.code())
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    page = BeautifulSoup(answer.text, "html5lib")
    return app, [code.text for code in page.select("#recovery-codes code")]


def test_a_member_sets_it_up_and_signs_in_with_it(client: FlaskClient, moment: Time) -> None:
    a_member("petra")
    sign_in_by_form(client, "petra")
    app, codes = set_up(client)
    assert len(codes) == 10
    assert codes[0] not in client.get(PAGE).text
    fresh = browser(client.application)
    answer = sign_in_by_form(fresh, "petra", next="/rules/changes")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login/code?next=/rules/changes")
    assert not is_signed_in(fresh)
    moment.shift(30)
    answer = submit(fresh, answer.headers["Location"], "code-form", code=app.code())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/rules/changes")
    assert is_signed_in(fresh)


def test_the_page_shows_the_same_secret_until_it_is_switched_on(client: FlaskClient) -> None:
    petra = a_member("petra")
    sign_in_by_form(client, "petra")
    first = client.get(PAGE)
    refused = submit(client, PAGE, "switch-on", code="000000")
    pages = [BeautifulSoup(answer.text, "html5lib") for answer in (first, refused, client.get(PAGE))]
    assert refused.status_code == 400
    assert len({page.select_one("#secret").text for page in pages}) == 1  # type: ignore[union-attr]
    assert len({page.select_one("svg.qr path")["d"] for page in pages}) == 1  # type: ignore[index]
    assert "style=" not in str(pages[0].select_one("svg.qr"))
    assert not queries.has_two_factor(petra.member_id)


def test_a_wrong_code_signs_nobody_in_and_keeps_the_way_back(client: FlaskClient) -> None:
    switched_on(a_member("petra"))
    answer = sign_in_by_form(client, "petra", next="/rules/changes")
    answer = submit(client, answer.headers["Location"], "code-form", code="123 456")
    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 400
    assert page.select_one("[name=next]")["value"] == "/rules/changes"  # type: ignore[index]
    assert page.select_one("#code")["value"] == "123 456"  # type: ignore[index]
    assert not is_signed_in(client)


def test_a_recovery_code_signs_in_once(app: Flask, client: FlaskClient) -> None:
    _phone, codes = switched_on(a_member("petra"))
    sign_in_by_form(client, "petra")
    assert send_code(client, codes[3]).status_code == 303
    assert is_signed_in(client)
    other = browser(app)
    sign_in_by_form(other, "petra")
    assert send_code(other, codes[3]).status_code == 400


def test_without_the_first_step_there_is_no_second(client: FlaskClient) -> None:
    phone, _codes = switched_on(a_member("petra"))
    answer = client.get("/login/code?next=/rules")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login?next=/rules")
    client.get("/login")
    token = BeautifulSoup(client.get("/login").text, "html5lib").select_one("[name=csrf_token]")
    answer = client.post("/login/code", data={"csrf_token": token["value"], "code": phone.code()})  # type: ignore[index]
    assert answer.status_code == 400
    assert "sign in once more" in words(answer)
    assert not is_signed_in(client)


def test_the_first_step_is_good_for_ten_minutes(client: FlaskClient, moment: Time) -> None:
    phone, _codes = switched_on(a_member("petra"))
    answer = sign_in_by_form(client, "petra", next="/rules/changes")
    page = client.get(answer.headers["Location"])
    moment.shift(601)
    fields = BeautifulSoup(page.text, "html5lib").select("#code-form input[name]")
    sent = {str(field["name"]): str(field.get("value", "")) for field in fields} | {"code": phone.code()}
    answer = client.post("/login/code", data=sent)
    assert answer.status_code == 400
    again = BeautifulSoup(answer.text, "html5lib")
    assert again.select_one("#login [name=next]")["value"] == "/rules/changes"  # type: ignore[index]
    assert not is_signed_in(client)


def test_the_first_step_ends_with_the_password(client: FlaskClient, moment: Time) -> None:
    petra = a_member("petra")
    phone, _codes = switched_on(petra)
    sign_in_by_form(client, "petra")
    with transaction():
        actions.set_password(SYSTEM, the_member(petra), passwords.hashed("three happy hens"))
    moment.shift(30)
    assert client.get("/login/code").status_code == 303
    token = BeautifulSoup(client.get("/login").text, "html5lib").select_one("[name=csrf_token]")
    answer = client.post("/login/code", data={"csrf_token": token["value"], "code": phone.code()})  # type: ignore[index]
    assert answer.status_code == 400
    assert not is_signed_in(client)


def test_a_new_password_by_mail_does_not_get_around_it(client: FlaskClient, moment: Time) -> None:
    petra = a_member("petra")
    phone, _codes = switched_on(petra)
    link = f"/reset/{tokens.issue('reset', the_member(petra))}"
    answer = submit(client, link, "new-password", password="three happy hens")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login/code?next=/")
    assert not is_signed_in(client)
    moment.shift(30)
    assert send_code(client, phone.code()).status_code == 303
    assert is_signed_in(client)


def test_what_a_guest_meant_to_do_is_done_after_the_code(app: Flask, client: FlaskClient, moment: Time) -> None:
    petra, paul = a_member("petra"), a_member("paul")
    phone, _codes = switched_on(petra)
    posted = make.thread(paul, make.category(), "A question")
    with app.test_request_context():
        liking = intents.act("react", posted.post_id, "like")
    answer = submit(client, f"/login?intent={liking}", "login", username="petra", password=PASSWORD)
    moment.shift(30)
    asked = client.get(answer.headers["Location"])
    assert "Sign in and like" in words(asked)
    answer = submit(client, answer.headers["Location"], "code-form", code=phone.code())
    assert answer.status_code == 303
    reactions = db.session.execute(
        sa.select(REACTION_ROWS.c.post_id, REACTION_ROWS.c.member_id, REACTION_ROWS.c.kind)
    ).all()
    assert [tuple(row) for row in reactions] == [(posted.post_id, petra.id, "like")]


def test_a_long_text_typed_before_is_among_the_drafts_after_the_code(client: FlaskClient, moment: Time) -> None:
    petra, paul = a_member("petra"), a_member("paul")
    phone, _codes = switched_on(petra)
    posted = make.thread(paul, make.category(), "A question")
    token = BeautifulSoup(client.get("/login").text, "html5lib").select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    text = "A long thought: " + secrets.token_hex(2000)
    page = client.post(f"/t/{posted.thread_id}/reply", data={"csrf_token": token, "body": text})
    fields = BeautifulSoup(page.text, "html5lib").select("#login input[name]")
    sent = {str(one["name"]): str(one.get("value", "")) for one in fields}
    asked = client.post("/login", data=sent | {"username": "petra", "password": PASSWORD})
    assert asked.status_code == 200
    moment.shift(30)
    fields = BeautifulSoup(asked.text, "html5lib").select("#code-form input[name]")
    sent = {str(one["name"]): str(one.get("value", "")) for one in fields}
    answer = client.post("/login/code", data=sent | {"code": phone.code()})
    assert answer.status_code == 303
    assert "A long thought" in client.get("/drafts").text


def test_codes_are_not_guessed_from_many_networks(app: Flask, client: FlaskClient, moment: Time) -> None:
    phone, _codes = switched_on(a_member("petra"))
    home = browser(app)
    app.config["RATE_LIMITS"] = True
    home.environ_base["REMOTE_ADDR"] = "198.51.100.200"
    sign_in_by_form(home, "petra")
    moment.shift(30)
    assert send_code(home, phone.code()).status_code == 303

    answers = []
    for number in range(12):
        client.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
        if number % 6 == 0:
            sign_in_by_form(client, "petra")
        answers.append(send_code(client, "000000").status_code)
    assert answers == [400] * 10 + [429] * 2

    owner = browser(app)
    owner.environ_base["REMOTE_ADDR"] = "198.51.100.200"
    sign_in_by_form(owner, "petra")
    moment.shift(30)
    assert send_code(owner, phone.code()).status_code == 303, "a known network is not held up"


def test_a_guesser_does_not_make_their_network_a_known_one(app: Flask, client: FlaskClient) -> None:
    switched_on(a_member("petra"))
    app.config["RATE_LIMITS"] = True
    sign_in_by_form(client, "petra")
    assert [send_code(client, "000000").status_code for _ in range(11)] == [400] * 10 + [429]


def test_it_is_switched_off_with_a_code_alone(client: FlaskClient, moment: Time) -> None:
    petra = a_member("petra")
    sign_in_by_form(client, "petra")
    phone, _codes = set_up(client)

    def switch_off(code: str) -> TestResponse:
        page = BeautifulSoup(client.get(PAGE).text, "html5lib")
        token = page.select_one("#two-factor [name=csrf_token]")["value"]  # type: ignore[index]
        return client.post(f"{PAGE}/off", data={"csrf_token": token, "code": code})

    assert switch_off("000000").status_code == 400
    assert queries.has_two_factor(petra.member_id)
    moment.shift(30)
    assert switch_off(phone.code()).status_code == 303
    assert not queries.has_two_factor(petra.member_id)
    assert sign_in_by_form(browser(client.application), "petra").headers["Location"] == "/rules"


def test_new_recovery_codes_are_shown_once(client: FlaskClient, moment: Time) -> None:
    a_member("petra")
    sign_in_by_form(client, "petra")
    phone, former = set_up(client)
    moment.shift(30)
    answer = submit(client, PAGE, "two-factor", code=phone.code())
    fresh = [code.text for code in BeautifulSoup(answer.text, "html5lib").select("#recovery-codes code")]
    assert len(fresh) == 10
    assert not set(fresh) & set(former)


def test_setting_it_up_signs_all_other_devices_out(client: FlaskClient) -> None:
    """A session that began with the password alone must not become one of somebody who gave a code."""
    a_member("petra")
    other = browser(client.application)
    for one in (client, other):
        sign_in_by_form(one, "petra")
    set_up(client)
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_a_secret_that_was_shown_long_ago_is_another_one(client: FlaskClient, moment: Time) -> None:
    a_member("petra")
    sign_in_by_form(client, "petra")
    secrets_shown = []
    for minutes in (0, 14, 2):
        moment.shift(60 * minutes)
        shown = BeautifulSoup(client.get(PAGE).text, "html5lib").select_one("#secret")
        assert shown is not None
        secrets_shown.append(shown.text)
    assert secrets_shown[0] == secrets_shown[1] != secrets_shown[2]


def test_whoever_signs_in_as_another_with_a_code_leaves_the_former_account(client: FlaskClient) -> None:
    switched_on(a_member("petra"))
    a_member("ben")
    sign_in_by_form(client, "ben")
    form = BeautifulSoup(client.get("/settings/account").text, "html5lib").select_one("[name=csrf_token]")
    assert form is not None
    answer = client.post(
        "/login", data={"csrf_token": form["value"], "username": "petra", "password": PASSWORD, "days": "60"}
    )
    assert answer.headers["Location"].startswith("/login/code")
    assert not is_signed_in(client)
    assert client.get(answer.headers["Location"]).status_code == 200
