"""Ending mails by the link in one of them: by a person with a browser, and by a mail program."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.members import actions, tokens
from tests.factories.accounts import a_member, browser, submit, the_member
from tests.factories.visitor import Visitor, read

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def petra(app: Flask) -> Actor:
    return a_member("petra", language="de")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


def link(member: Actor) -> str:
    return f"/unsubscribe/{tokens.issue('unsubscribe', the_member(member))}"


def test_a_person_presses_a_button_and_reads_it_in_their_own_language(petra: Actor, client: FlaskClient) -> None:
    address = link(petra)
    asked = client.get(address)
    assert asked.status_code == 200
    assert "Keine E-Mails mehr?" in asked.text
    assert the_member(petra).wants_mail
    answer = submit(client, address, "unsubscribe")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "Ab jetzt keine E-Mails mehr" in answer.text
    assert not the_member(petra).wants_mail
    again = client.get(address)
    assert read(again).find("form", id="unsubscribe") is None
    assert "Set-Cookie" not in answer.headers


def test_a_mail_program_does_it_without_a_page_cookie_or_token(petra: Actor, client: FlaskClient) -> None:
    address = link(petra)
    for _ in range(2):
        answer = client.post(address, data=ONE_CLICK, headers={"Origin": "https://mail.example"})
        assert answer.status_code == 200
    assert not the_member(petra).wants_mail


def test_another_member_who_is_signed_in_ends_the_mails_of_the_link_only(app: Flask, petra: Actor) -> None:
    ben = a_member("ben")
    answer = Visitor(app, ben).post_without_token(link(petra))
    assert "No more e-mails from now on" in answer.text
    assert not the_member(petra).wants_mail
    assert the_member(ben).wants_mail


def test_it_works_while_banned(app: Flask) -> None:
    paul = a_member("paul", is_banned=True)
    visitor = Visitor(app, paul)
    assert visitor.get(link(paul)).status_code == 200
    assert visitor.post_without_token(link(paul)).status_code == 200
    assert not the_member(paul).wants_mail


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_or_one_for_another_purpose_ends_nothing(petra: Actor, client: FlaskClient, method: str) -> None:
    reset = tokens.issue("reset", the_member(petra))
    for token in ("x", reset, f"{link(petra).rpartition('/')[2]}x"):
        answer = getattr(client, method)(f"/unsubscribe/{token}")
        assert answer.status_code == 410
        assert "/settings/mail" in answer.text
    assert the_member(petra).wants_mail


def test_the_link_works_for_years_but_not_after_the_address_has_changed(
    petra: Actor, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as long_ago:
        long_ago.setattr("itsdangerous.timed.time.time", lambda: 1_000_000_000)
        address = link(petra)
    assert client.get(address).status_code == 200
    with transaction():
        the_member(petra).email_key = "other@example.org"
    assert client.post(address, data=ONE_CLICK).status_code == 410
    assert the_member(petra).wants_mail


def test_mails_can_be_switched_on_again_in_the_settings(app: Flask, petra: Actor) -> None:
    visitor = Visitor(app, petra)
    visitor.post_without_token(link(petra))
    visitor.post("/settings/mail", wants_mail="y")
    assert the_member(petra).wants_mail
    with transaction():
        actions.update_mail(SYSTEM, the_member(petra), wants_mail=False)
    assert not the_member(petra).wants_mail
