"""Passwords beside OpenID providers: a first one for whoever has none, and what a new one leaves of the session."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.community.actions import set_up as set_community
from forum.core import clock
from forum.core.database import db, transaction
from forum.members.models import SIGN_INS
from forum.oidc.models import SESSIONS
from tests.factories import provider as providers
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit, the_member
from tests.factories.provider import StubProvider, go, link
from tests.factories.visitor import words
from tests.oidc.test_sign_in import join, member

NEW = "three happy hens"


@pytest.fixture(autouse=True)
def provider(app: Flask, stub: StubProvider) -> int:
    return providers.set_up(stub, second_step="mfa")


def test_the_overview_of_the_settings_leads_to_the_providers(app: Flask, client: FlaskClient) -> None:
    a_member("petra")
    sign_in_by_form(client, "petra")
    assert BeautifulSoup(client.get("/settings").text, "html5lib").select_one("a[href='/settings/providers']")


def test_who_has_no_password_sets_one_without_a_current_one(client: FlaskClient, stub: StubProvider) -> None:
    join(client, stub)
    page = BeautifulSoup(client.get("/settings/account").text, "html5lib")
    assert page.select_one("#change-password [name=old_password]") is None
    assert submit(client, "/settings/account", "change-password", password="short").status_code == 400
    assert submit(client, "/settings/account", "change-password", password=NEW).status_code == 303
    assert client.get("/settings").status_code == 200
    page = BeautifulSoup(client.get("/settings/account").text, "html5lib")
    assert page.select_one("#change-password [name=old_password]") is not None
    assert sign_in_by_form(browser(client.application), "petra", NEW).status_code == 303


def test_but_only_after_a_fresh_proof(client: FlaskClient, stub: StubProvider) -> None:
    join(client, stub)
    stale = BeautifulSoup(client.get("/settings/account").text, "html5lib").select_one("#change-password")
    assert stale is not None
    token = stale.select_one("[name=csrf_token]")
    assert token is not None
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        page = client.get("/settings/account")
        assert BeautifulSoup(page.text, "html5lib").select_one("#change-password") is None
        assert "please confirm that it is you" in words(page)
        for sent in ({"password": NEW}, {}):
            asked = client.post("/settings/account/password", data={"csrf_token": token["value"], **sent})
            assert asked.status_code == 403
            assert "Confirm with Velomark account" in words(asked)
        assert member("petra").password_hash is None
        go(client, stub, "/login/with/company?for=proof")
        again = client.post("/settings/account/password", data={"csrf_token": token["value"]})
        assert again.headers["Location"] == "/settings/account#password-title"
        assert submit(client, "/settings/account", "change-password", password=NEW).status_code == 303
    assert member("petra").password_hash is not None


def test_after_a_new_password_the_provider_still_ends_the_session(
    client: FlaskClient, stub: StubProvider, provider: int
) -> None:
    petra = a_member("petra")
    link(petra, provider)
    stub.person |= {"sid": "there"}
    go(client, stub)
    before = client.get_cookie("session")
    changed = submit(client, "/settings/account", "change-password", old_password=PASSWORD, password=NEW)
    assert changed.status_code == 303
    assert the_member(petra).password_hash is not None
    assert client.get("/settings").status_code == 200
    thief = browser(client.application)
    assert before is not None
    thief.set_cookie("session", before.value)
    assert thief.get("/settings").status_code == 303, "the former token opens nothing"
    assert db.session.scalar(select(SESSIONS.c.sid)) == "there"
    gone = client.post("/login/with/company/logout", data={"logout_token": stub.logout_token(sid="there")})
    assert gone.status_code == 200
    assert client.get("/settings").status_code == 303


def test_after_a_new_password_the_provider_s_second_step_still_counts(
    client: FlaskClient, stub: StubProvider, provider: int
) -> None:
    boss = a_member("boss", roles=("admin",))
    with transaction():
        set_community(two_factor_roles=["admin"])
    link(boss, provider)
    stub.person |= {"amr": ["mfa"]}
    go(client, stub)
    assert client.get("/admin").status_code == 200
    submit(client, "/settings/account", "change-password", old_password=PASSWORD, password=NEW)
    assert client.get("/admin").status_code == 200
    assert db.session.scalar(select(SIGN_INS.c.vouched_at)) is not None
