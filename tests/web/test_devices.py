"""Where a member is signed in, and signing out there."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from forum.core import clock
from forum.core.database import db
from forum.members import jobs
from forum.members.models import SIGN_INS
from forum.members.queries import token_hash
from tests.factories.accounts import a_member, browser, sign_in_by_form

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HOSTILE = '<b>Mozilla</b> "quoted" & \u202eturned'


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    a_member("petra")
    return signed_in(app)


def signed_in(app: Flask, name: str = "petra", agent: str = FIREFOX, address: str = "203.0.113.9") -> FlaskClient:
    client = browser(app)
    client.environ_base |= {"HTTP_USER_AGENT": agent, "REMOTE_ADDR": address}
    assert sign_in_by_form(client, name).status_code == 303
    return client


def rows(client: FlaskClient) -> list[Tag]:
    return BeautifulSoup(client.get("/settings/devices").text, "html5lib").select("#devices > li")


def pressed(client: FlaskClient, act: str) -> int:
    """Presses the button that does this act; returns the status."""
    page = BeautifulSoup(client.get("/settings/devices").text, "html5lib")
    form = page.select_one(f"form[action$='{act}']")
    assert form is not None, act
    return client.post(
        str(form["action"]), data={"csrf_token": form.select_one("[name=csrf_token]")["value"]}
    ).status_code  # type: ignore[index]


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/settings").status_code == 200


def test_each_device_is_listed_with_its_network_and_this_one_is_marked(app: Flask, client: FlaskClient) -> None:
    signed_in(app, agent=HOSTILE, address="2001:db8:1:2:3:4:5:6")
    other, this = rows(client)
    assert "Firefox · Linux" in this.text
    assert "203.0.113.9" in this.text
    assert "This device" in this.text
    assert "This device" not in other.text
    assert "2001:db8:1:2::" in other.text
    assert "3:4:5:6" not in other.text, "of IPv6, only what one customer gets"
    assert '<b>Mozilla</b> "quoted" & turned' in other.text


def test_one_device_is_signed_out_and_the_others_stay(app: Flask, client: FlaskClient) -> None:
    other, third = signed_in(app), signed_in(app)
    with other.session_transaction() as session:
        token = session["_user_id"]
    ended = db.session.scalar(select(SIGN_INS.c.id).where(SIGN_INS.c.token_hash == token_hash(token)))
    assert pressed(client, f"/{ended}/sign-out") == 303
    assert [is_signed_in(one) for one in (client, other, third)] == [True, False, True]
    assert len(rows(client)) == 2


def test_signing_out_this_device_leads_to_the_front_page(client: FlaskClient) -> None:
    this = BeautifulSoup(client.get("/settings/devices").text, "html5lib").select_one("#devices form")
    assert this is not None
    answer = client.post(str(this["action"]), data={"csrf_token": this.select_one("[name=csrf_token]")["value"]})  # type: ignore[index]
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert not is_signed_in(client)


def test_all_others_are_signed_out(app: Flask, client: FlaskClient) -> None:
    a_member("anna")
    other, anna = signed_in(app), signed_in(app, "anna")
    assert pressed(client, "/sign-out-others") == 303
    assert [is_signed_in(one) for one in (client, other, anna)] == [True, False, True]


def test_everywhere_means_here_too(app: Flask, client: FlaskClient) -> None:
    a_member("anna")
    other, anna = signed_in(app), signed_in(app, "anna")
    assert pressed(client, "/sign-out-everywhere") == 303
    assert [is_signed_in(one) for one in (client, other, anna)] == [False, False, True]


def test_a_session_of_somebody_else_is_not_found(app: Flask, client: FlaskClient) -> None:
    a_member("anna")
    anna = signed_in(app, "anna")
    theirs = db.session.scalar(select(func.max(SIGN_INS.c.id)))
    token = BeautifulSoup(client.get("/settings/devices").text, "html5lib").select_one("[name=csrf_token]")
    for wrong in (theirs, 999_999):
        answer = client.post(f"/settings/devices/{wrong}/sign-out", data={"csrf_token": token["value"]})  # type: ignore[index]
        assert answer.status_code == 404
    assert is_signed_in(anna)


def test_nothing_is_kept_of_a_session_that_is_over(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(days=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    signed_in(app)
    jobs.forget_sessions()
    assert db.session.scalar(select(func.count()).select_from(SIGN_INS)) == 1
