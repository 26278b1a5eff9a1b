"""A mail tells a member of a sign-in on a device that isn't known; a known browser is held up by nobody."""

from email.message import EmailMessage
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from forum.core import clock
from forum.core.database import db, transaction
from forum.core.worker import drain
from forum.members import jobs
from forum.members.models import MEMBERS
from tests.factories import mail
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
JOINING = {"username": "kim", "email": "kim@example.org", "password": PASSWORD}
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@pytest.fixture(autouse=True)
def no_old_mail(app: Flask) -> None:
    mail.forget(app)


def device(app: Flask, agent: str = FIREFOX, address: str = "203.0.113.9") -> FlaskClient:
    client = browser(app)
    client.environ_base |= {"HTTP_USER_AGENT": agent, "REMOTE_ADDR": address}
    return client


def sign_out(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/settings").text, "html5lib")
    token = page.select_one("form[action='/logout'] [name=csrf_token]")["value"]  # type: ignore[index]
    assert client.post("/logout", data={"csrf_token": token}).status_code == 303


def marks(client: FlaskClient) -> list[Any]:
    """The cookies by which the browser is known."""
    kept = client._cookies or {}
    return [cookie for cookie in kept.values() if cookie.key.startswith("known-")]


def told(app: Flask) -> list[EmailMessage]:
    """The mails of new devices so far."""
    drain(app.extensions["settings"])
    return mail.kept(app, "device-*")


def test_the_member_is_told_when_on_what_and_from_where(app: Flask) -> None:
    actor = a_member("petra")
    with transaction():
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == actor.id).values(wants_mail=False))
    sign_in_by_form(device(app, IPHONE, "2001:db8:1:2:3:4:5:6"), "petra")
    (letter,) = told(app)
    mail.check(letter)
    text = mail.plain(letter)
    assert letter["To"].addresses[0].addr_spec == "petra@example.org"
    assert "Safari · iPhone" in text
    assert "2001:db8:1:2::" in text
    assert "/settings/devices" in text
    assert "/reset" in text
    assert str(clock.now().year) in text
    assert letter["List-Unsubscribe"] is None


def test_what_a_browser_calls_itself_is_only_text_in_the_mail(app: Flask) -> None:
    a_member("petra", language="de")
    sign_in_by_form(device(app, "<script>alert(1)</script>\u202e<b>"), "petra")
    (letter,) = told(app)
    html = mail.part(letter, "html")
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Neue Anmeldung" in str(letter["Subject"])


def test_a_known_browser_is_not_told_of_again_wherever_it_is(app: Flask) -> None:
    a_member("petra")
    client = device(app)
    sign_in_by_form(client, "petra")
    assert len(told(app)) == 1
    sign_out(client)
    client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    sign_in_by_form(client, "petra")
    assert len(told(app)) == 1
    sign_in_by_form(device(app, address="198.51.100.8"), "petra")
    assert len(told(app)) == 2


def test_two_members_of_one_browser_are_known_both(app: Flask) -> None:
    client = device(app)
    for name in ("petra", "anna", "petra", "anna"):
        if len(told(app)) < 2:
            a_member(name)
        assert sign_in_by_form(client, name).status_code == 303
        sign_out(client)
    assert len(told(app)) == 2


def test_who_becomes_known_elsewhere_takes_nobodys_mark_away(app: Flask) -> None:
    a_member("petra")
    a_member("anna")
    client = device(app)
    for name in ("anna", "petra"):
        sign_in_by_form(client, name)
        if name == "anna":
            sign_out(client)
    answer = submit(client, "/settings/account", "change-password", old_password=PASSWORD, password="three happy hens")
    assert answer.status_code == 303
    sign_out(client)
    assert submit(client, "/register", "register", **JOINING).status_code == 303
    sign_out(client)
    before = len(told(app))
    for name, password in (("anna", PASSWORD), ("petra", "three happy hens"), ("kim", PASSWORD)):
        client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        assert sign_in_by_form(client, name, password).status_code == 303
        sign_out(client)
    assert len(told(app)) == before


def test_a_browser_is_known_to_five_members_and_forgets_the_first(app: Flask) -> None:
    client = device(app)
    members = [a_member(f"member{number}") for number in range(7)]
    for member in members:
        sign_in_by_form(client, member.username)
        sign_out(client)
    assert {one.key for one in marks(client)} == {f"known-{member.id}" for member in members[2:]}


def test_a_private_window_beside_a_living_session_is_no_new_device(app: Flask) -> None:
    a_member("petra")
    home = device(app)
    sign_in_by_form(home, "petra")
    sign_in_by_form(device(app), "petra")
    assert len(told(app)) == 1
    sign_in_by_form(device(app, IPHONE), "petra")
    assert len(told(app)) == 2


def test_a_mark_of_somebody_else_or_a_forged_one_makes_nothing_known(app: Flask) -> None:
    petra = a_member("petra")
    a_member("anna")
    client = device(app)
    sign_in_by_form(client, "anna")
    sign_out(client)
    assert len(told(app)) == 1
    (cookie,) = marks(client)
    for value in (cookie.value, cookie.value + "x", "~~~", "\x00", "x" * 3000):
        client = device(app)
        client.set_cookie(f"known-{petra.id}", value, path="/login")
        before = len(told(app))
        assert sign_in_by_form(client, "petra").status_code == 303
        assert len(told(app)) == before + (1 if before == 1 else 0), "the first time; then a living session is like it"


def test_a_new_password_makes_all_other_browsers_new(app: Flask) -> None:
    a_member("petra")
    home, phone = device(app), device(app, IPHONE)
    for client in (home, phone):
        sign_in_by_form(client, "petra")
    assert len(told(app)) == 2
    answer = submit(home, "/settings/account", "change-password", old_password=PASSWORD, password="three happy hens")
    assert answer.status_code == 303
    sign_out(home)
    sign_in_by_form(home, "petra", "three happy hens")
    assert len(told(app)) == 2
    sign_in_by_form(phone, "petra", "three happy hens")
    assert len(told(app)) == 3


def test_a_mark_is_forgotten_after_a_year_and_shown_to_the_sign_in_page_alone(app: Flask) -> None:
    a_member("petra")
    client = device(app)
    sign_in_by_form(client, "petra")
    (cookie,) = marks(client)
    assert cookie.path == "/login"
    assert cookie.max_age == 365 * 24 * 3600
    assert cookie.http_only


@pytest.mark.parametrize("columns", [{"confirmed_at": None}, {"email": None, "email_key": None}])
def test_nothing_goes_to_an_address_that_nobody_has_confirmed(app: Flask, columns: dict[str, Any]) -> None:
    actor = a_member("petra")
    with transaction():
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == actor.id).values(**columns))
    assert sign_in_by_form(device(app), "petra").status_code == 303
    assert told(app) == []


def test_a_job_that_is_repeated_sends_the_same_mail(app: Flask) -> None:
    actor = a_member("petra")
    for _time in range(2):
        jobs.mail_new_device(actor.member_id, 7, int(clock.now().timestamp()), "Firefox", "203.0.113.9")
    assert len(mail.kept(app, "device-*")) == 1


# ---------------------------------------------------------------- nobody locks the owner out


def tried(client: FlaskClient, name: str, password: str = "wrong password") -> int:
    return sign_in_by_form(client, name, password).status_code


def test_the_owners_browser_is_not_held_up_by_others_in_its_network(app: Flask) -> None:
    a_member("petra")
    app.config["RATE_LIMITS"] = True
    home, neighbour = device(app), device(app, IPHONE)
    assert tried(home, "petra", PASSWORD) == 303
    sign_out(home)
    assert [tried(neighbour, "petra") for _ in range(10)][-1] == 429
    assert tried(neighbour, "petra", PASSWORD) == 429
    assert tried(home, "petra", PASSWORD) == 303


def test_the_owners_browser_is_not_held_up_on_the_road(app: Flask) -> None:
    a_member("petra")
    app.config["RATE_LIMITS"] = True
    home = device(app)
    assert tried(home, "petra", PASSWORD) == 303
    sign_out(home)
    for number in range(12):
        tried(device(app, address=f"198.51.100.{number}"), "petra")
    home.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    assert tried(home, "petra", PASSWORD) == 303


def test_guessing_in_a_known_browser_is_slowed_too(app: Flask) -> None:
    a_member("petra")
    app.config["RATE_LIMITS"] = True
    home = device(app)
    assert tried(home, "petra", PASSWORD) == 303
    sign_out(home)
    assert [tried(home, "petra") for _ in range(11)] == [400] * 10 + [429]
