"""Signed out at the provider: the sessions that began there end here (Back-Channel Logout 1.0)."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.members import queries
from tests.factories import provider as providers
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tests.factories.provider import StubProvider, go, new_key
from tests.factories.refusals import Lines, security_log

ADDRESS = "/login/with/company/logout"


@pytest.fixture(autouse=True)
def provider(app: Flask, stub: StubProvider) -> int:
    return providers.set_up(stub)


def signed_in(app: Flask, stub: StubProvider, sid: str | None = None) -> FlaskClient:
    client = browser(app)
    stub.person |= {"sid": sid}
    if go(client, stub).headers["Location"] == "/login/first":
        submit(client, "/login/first", "first")
    assert client.get("/settings").status_code == 200
    return client


def is_in(client: FlaskClient) -> bool:
    return client.get("/settings").status_code == 200


def say(app: Flask, token: str | None) -> TestResponse:
    return app.test_client().post(ADDRESS, data={"logout_token": token} if token else {})


def noted(lines: Lines) -> list[tuple[str, str]]:
    """What the security log says of the provider."""
    assert {line["provider"] for line in lines} == {"company"}
    return [(line["kind"], line["what"]) for line in lines]


def test_one_session_ends_or_all_of_the_subject(app: Flask, stub: StubProvider) -> None:
    phone, desk = signed_in(app, stub, "on-the-phone"), signed_in(app, stub, "at-the-desk")
    other = browser(app)
    a_member("paul")
    sign_in_by_form(other, "paul")
    answer = say(app, stub.logout_token(sid="on-the-phone"))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert (is_in(phone), is_in(desk)) == (False, True)
    assert say(app, stub.logout_token()).status_code == 200
    assert (is_in(desk), is_in(other)) == (False, True)


def test_a_session_by_its_name_alone(app: Flask, stub: StubProvider) -> None:
    desk = signed_in(app, stub, "at-the-desk")
    assert say(app, stub.logout_token(sub=None, sid="another")).status_code == 200
    assert is_in(desk)
    assert say(app, stub.logout_token(sub=None, sid="at-the-desk")).status_code == 200
    assert not is_in(desk)


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "x"},
        {"events": None},
        {"events": {}},
        {"events": {"http://schemas.openid.net/event/backchannel-logout": None}},
        {"events": "http://schemas.openid.net/event/backchannel-logout"},
        {"sub": None},
        {"jti": None},
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"iat": None},
        {"iat": 1_000_000_000},
        {"exp": 1_000_000_000},
    ],
)
def test_what_is_no_logout_token_ends_nothing(app: Flask, stub: StubProvider, lies: dict[str, Any]) -> None:
    client = signed_in(app, stub)
    with security_log() as lines:
        answer = say(app, stub.logout_token(**lies))
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")
    assert noted(lines) == [("provider-refused", f"logout {answer.json['error_description']}")]
    assert is_in(client)


def test_an_id_token_a_forged_one_and_none_end_nothing(app: Flask, stub: StubProvider) -> None:
    client = signed_in(app, stub)
    token = stub.logout_token()
    forged: list[Callable[[], str | None]] = [stub.logout_token, lambda: "nothing", lambda: None]
    with security_log() as lines:
        assert say(app, stub.id_token("x")).status_code == 400
        stub.signs_with, stub.published = new_key("first"), [stub.signs_with]
        for made in forged:
            assert say(app, made()).status_code == 400
    assert [kind for kind, _what in noted(lines)] == ["provider-refused"] * 4
    assert ("provider-refused", "logout signature") in noted(lines)
    assert is_in(client)
    assert say(app, token).status_code == 200
    assert not is_in(client)


def test_a_logout_token_counts_once(app: Flask, stub: StubProvider) -> None:
    signed_in(app, stub)
    token = stub.logout_token()
    with security_log() as lines:
        assert say(app, token).status_code == 200
    petra = queries.find_account("petra")
    assert petra is not None
    assert [(line["kind"], line["what"], line["member_id"]) for line in lines] == [
        ("sessions-ended", "provider", petra.id)
    ]
    client = signed_in(app, stub)
    with security_log() as lines:
        assert say(app, token).status_code == 400
    assert noted(lines) == [("provider-refused", "logout sign-in-used")]
    assert is_in(client)
