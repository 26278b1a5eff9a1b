"""How fresh a provider's word is: it counts from when it last asked who somebody is, not from when they came by."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.core import clock
from forum.members import queries
from tests.factories import provider as providers
from tests.factories.accounts import a_member, submit
from tests.factories.provider import StubProvider, go, link
from tests.factories.two_factor import switched_on
from tests.factories.visitor import words
from tests.oidc.test_passkeys import device_of, use


@pytest.fixture(autouse=True)
def identity(app: Flask, stub: StubProvider) -> int:
    return link(a_member("petra"), providers.set_up(stub))


def unlinking(client: FlaskClient, identity: int) -> TestResponse:
    """A dangerous act."""
    token = BeautifulSoup(client.get("/settings/account").text, "html5lib").find("input", attrs={"name": "csrf_token"})
    assert token is not None
    return client.post(f"/settings/providers/{identity}/unlink", data={"csrf_token": token["value"]})


@pytest.mark.parametrize(
    ("minutes", "status"), [(0, 303), (-10, 303), (-20, 403), (-60 * 24, 403), (2, 303), (5, 403), (None, 403)]
)
def test_a_dangerous_act_is_done_while_the_provider_has_asked_of_late(
    client: FlaskClient, stub: StubProvider, identity: int, minutes: int | None, status: int
) -> None:
    at = None if minutes is None else int((clock.now() + timedelta(minutes=minutes)).timestamp())
    stub.lies = {"auth_time": at}
    assert go(client, stub).status_code == 303
    assert client.get("/settings").status_code == 200, "signing in takes no fresh proof"
    assert unlinking(client, identity).status_code == status


@pytest.mark.parametrize("said", [True, "soon", -1, 0, 1e400, [1], {}])
def test_what_is_no_time_is_no_proof(client: FlaskClient, stub: StubProvider, identity: int, said: Any) -> None:
    stub.lies = {"auth_time": said}
    assert go(client, stub).status_code == 303
    assert unlinking(client, identity).status_code == 403


def test_what_the_id_token_doesn_t_say_the_user_info_can_t(
    client: FlaskClient, stub: StubProvider, identity: int
) -> None:
    stub.lies, stub.told = {"auth_time": None}, {"auth_time": int(clock.now().timestamp())}
    stub.person = {"sub": "p-1"}
    assert go(client, stub).status_code == 303
    assert "/me" in stub.asked
    assert unlinking(client, identity).status_code == 403


def test_asked_anew_a_provider_must_say_that_it_has(client: FlaskClient, stub: StubProvider, identity: int) -> None:
    stub.lies = {"auth_time": None}
    go(client, stub)
    assert "It is you" not in words(go(client, stub, "/login/with/company?for=proof"))
    assert unlinking(client, identity).status_code == 403
    stub.lies = {}
    assert "It is you" in words(go(client, stub, "/login/with/company?for=proof"))
    assert unlinking(client, identity).status_code == 303


def behind_it(client: FlaskClient, stub: StubProvider) -> list[str]:
    """Comes back from a provider that has asked long ago, to where a code is asked for; the recovery codes."""
    petra = queries.find_account("petra")
    assert petra is not None
    _phone, codes = switched_on(queries.actor_of(petra.id))
    stub.lies = {"auth_time": 1_000_000_000}
    assert go(client, stub).headers["Location"].startswith("/login/code")
    return list(codes)


def test_a_code_behind_it_doesn_t_make_it_fresh(client: FlaskClient, stub: StubProvider, identity: int) -> None:
    codes = behind_it(client, stub)
    assert "besides the password" not in words(client.get("/login/code")), "there was none"
    assert submit(client, "/login/code", "code-form", code=codes[0]).status_code == 303
    assert unlinking(client, identity).status_code == 403


def test_a_passkey_behind_it_does(app: Flask, client: FlaskClient, stub: StubProvider, identity: int) -> None:
    petra = queries.find_account("petra")
    assert petra is not None
    device = device_of(app, queries.actor_of(petra.id))
    behind_it(client, stub)
    assert use(client, device) == 303
    assert unlinking(client, identity).status_code == 303
