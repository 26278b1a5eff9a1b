"""Signing in by the link of a mail, without the password."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from forum.core import clock, jobs
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.jobs import JOBS
from forum.members import actions, passwords, queries
from forum.web import intents
from tests.factories import mail
from tests.factories import threads as make
from tests.factories.accounts import a_member, browser, submit, the_member
from tests.factories.two_factor import switched_on
from tests.factories.visitor import Visitor


@pytest.fixture
def petra(app: Flask) -> Actor:
    made = a_member("petra")
    links(app)
    return made


@pytest.fixture
def client(app: Flask, petra: Actor) -> FlaskClient:
    return browser(app)


def links(app: Flask) -> list[str]:
    """The links of the mails that wait; the box is emptied."""
    jobs.work("test")
    found = []
    for one in mail.kept(app):
        mail.check(one)
        found += re.findall(r"https?://[^/\s]+(/login/link/\S*)", mail.plain(one))
    mail.forget(app)
    return found


def ask(client: FlaskClient, name: str = "petra", page: str = "/login") -> str:
    """What is answered to the button beside the form of the sign-in page."""
    form = BeautifulSoup(client.get(page).text, "html5lib").find("form", id="login")
    assert form is not None
    assert form.find("button", attrs={"formaction": "/login/link"}) is not None
    sent = {field["name"]: field.get("value", "") for field in form.find_all("input") if field.get("name")}
    answer = client.post("/login/link", data=sent | {"username": name})
    return f"{answer.status_code} {answer.text}"


def test_the_link_signs_in_at_the_press_of_a_button_and_once(app: Flask, client: FlaskClient) -> None:
    ask(client, page="/login?next=/rules")
    [address] = links(app)
    for _ in range(2):
        assert client.get(address).status_code == 200
    assert client.get("/settings").status_code == 303, "opening the link signs nobody in"
    answer = submit(client, address, "sign-in-link")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/rules")
    assert client.get("/settings").status_code == 200
    other = browser(app)
    assert other.get(address).status_code == 410
    assert Visitor(app).post(address).status_code == 410


def test_the_answer_and_the_work_are_the_same_for_everybody(app: Flask, client: FlaskClient) -> None:
    token = re.compile(r'value="[^"]*"')
    known, unknown = ask(client, "petra"), ask(browser(app), "nobod")
    assert known[:3] == "200"
    assert token.sub("", known) == token.sub("", unknown.replace("nobod", "petra"))
    asked = select(func.count()).where(JOBS.c.name == "members.mail_sign_in")
    assert db.session.scalar(asked) == 2
    assert len(links(app)) == 1
    assert ask(client, "")[:3] == "400"


def test_it_works_for_a_quarter_of_an_hour(app: Flask, client: FlaskClient) -> None:
    ask(client)
    [address] = links(app)
    for minutes, status in ((14, 200), (16, 410)):
        with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
            assert browser(app).get(address).status_code == status


def test_a_link_that_was_used_voids_the_others_and_a_new_password_does(
    app: Flask, petra: Actor, client: FlaskClient
) -> None:
    ask(client)
    [one] = links(app)
    ask(client)
    [two] = links(app)
    assert submit(client, one, "sign-in-link").status_code == 303
    assert browser(app).get(two).status_code == 410
    ask(browser(app))
    [three] = links(app)
    with transaction(SYSTEM) as system:
        actions.set_password(system, queries.get_member(system, petra.member_id), passwords.hashed("x" * 12))
    assert browser(app).get(three).status_code == 410


def test_it_proves_the_address_too(app: Flask) -> None:
    paul = a_member("paul", is_confirmed=False)
    links(app)
    client = browser(app)
    ask(client, "paul@example.org")
    [address] = links(app)
    assert submit(client, address, "sign-in-link").status_code == 303
    assert the_member(paul).confirmed_at is not None


def test_what_a_guest_meant_to_do_is_named_on_the_button_and_done(
    app: Flask, petra: Actor, client: FlaskClient
) -> None:
    posted = make.thread(a_member("ben"), make.category(), title="The range in winter")
    ask(client, page=f"/login?next={posted.address}&intent={intents.act('follow', posted.thread_id)}")
    [address] = links(app)
    assert "Sign in and follow" in client.get(address).text
    assert submit(client, address, "sign-in-link").headers["Location"].startswith(posted.address)


@pytest.mark.parametrize("way", ["//evil.example", "https://evil.example/", "/\\evil.example", "/" + "x" * 3000])
def test_it_leads_nowhere_else(app: Flask, client: FlaskClient, way: str) -> None:
    ask(client)
    [address] = links(app)
    answer = submit(client, address, "sign-in-link", next=way)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_the_link_stands_for_the_password_alone_and_the_stay_chosen_with_it_holds(
    app: Flask, client: FlaskClient, petra: Actor
) -> None:
    _phone, codes = switched_on(petra)
    ask(client)
    [address] = links(app)
    answer = submit(client, address, "sign-in-link", days="1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login/code?next=/")
    assert client.get("/settings").status_code == 303, "nobody is signed in yet"
    submit(client, "/login/code", "code-form", code=codes[0])
    assert client.get("/settings").status_code == 200
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.expires is None, "the browser forgets it when it is closed"
