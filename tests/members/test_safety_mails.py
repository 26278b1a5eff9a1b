"""Mails that tell members what was changed about signing in to their account."""

from collections.abc import Sequence
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import update

from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.worker import drain
from forum.members import actions, passwords, queries
from forum.members.models import MEMBERS
from tests.factories import mail
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit
from tests.factories.two_factor import switched_on


@pytest.fixture
def petra(app: Flask) -> Actor:
    made = a_member("petra", language="de")
    mail.forget(app)
    return made


def told(app: Flask, kind: str) -> Sequence[EmailMessage]:
    """The mails of this kind, checked."""
    drain(app.extensions["settings"])
    found = mail.kept(app, f"{kind}-*")
    for one in found:
        mail.check(one)
        assert one["To"].addresses[0].addr_spec == "petra@example.org"
        assert "/reset" in mail.plain(one)
    return found


def test_of_a_new_password_its_member_is_told(app: Flask, petra: Actor) -> None:
    client = browser(app)
    sign_in_by_form(client, "petra")
    given = {"old_password": "wrong", "password": "three happy hens"}
    assert submit(client, "/settings/account", "change-password", **given).status_code == 400
    assert told(app, "password_changed") == []
    given["old_password"] = PASSWORD
    assert submit(client, "/settings/account", "change-password", **given).status_code == 303
    (letter,) = told(app, "password_changed")
    assert "Passwort" in str(letter["Subject"])
    assert "three happy hens" not in letter.as_string()
    assert "petra" in mail.plain(letter)
    assert letter["List-Unsubscribe"] is None


def test_they_are_told_whatever_they_want_to_hear_of(app: Flask, petra: Actor) -> None:
    with transaction(petra) as actor:
        actions.update_mail(actor, queries.get_member(actor, petra.member_id), wants_mail=False)
    with transaction(SYSTEM) as system:
        actions.set_password(system, queries.get_member(system, petra.member_id), passwords.hashed("three happy hens"))
    assert len(told(app, "password_changed")) == 1


@pytest.mark.parametrize("columns", [{"confirmed_at": None}, {"password_hash": None}])
def test_nothing_goes_to_an_unconfirmed_address_nor_of_a_first_password(
    app: Flask, petra: Actor, columns: dict[str, None]
) -> None:
    with transaction():
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == petra.id).values(**columns))
    with transaction(SYSTEM) as system:
        actions.set_password(system, queries.get_member(system, petra.member_id), passwords.hashed("three happy hens"))
    assert told(app, "password_changed") == []


def test_of_two_step_sign_in_they_are_told_when_it_begins_and_when_it_ends(app: Flask, petra: Actor) -> None:
    _app, codes = switched_on(petra)
    (letter,) = told(app, "two_factor_on")
    assert "zwei Schritten" in mail.plain(letter)
    assert told(app, "two_factor_off") == []
    with transaction(petra) as actor:
        actions.switch_off(actor, queries.get_member(actor, petra.member_id), codes[0])
    assert len(told(app, "two_factor_off")) == 1


def test_they_are_told_when_somebody_else_takes_the_second_step_away(app: Flask, petra: Actor) -> None:
    switched_on(petra)
    for _time in range(2):
        with transaction(SYSTEM) as system:
            actions.reset_two_factor(system, queries.get_member(system, petra.member_id))
    assert len(told(app, "two_factor_off")) == 1
