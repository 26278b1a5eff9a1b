"""A provider that lies, hangs or sends too much: each answer is refused, nobody is signed in, nothing changes."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import structlog
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from structlog.testing import capture_logs

from forum.core import clock, outside
from forum.core.actor import SYSTEM
from forum.core.database import db, transaction
from forum.members.models import MEMBERS
from forum.oidc import protocol, queries
from forum.oidc.models import IDENTITIES
from tests.factories import provider as providers
from tests.factories.accounts import a_member, browser
from tests.factories.provider import StubProvider, go, new_key
from tests.factories.visitor import words

Lines = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def provider(app: Flask, stub: StubProvider) -> int:
    return providers.set_up(stub)


@pytest.fixture
def logged() -> Iterator[Lines]:
    usual = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with capture_logs() as lines:
        yield lines
    structlog.configure(wrapper_class=usual)


def what(lines: Lines) -> list[str]:
    return [line["what"] for line in lines if line["event"] == "security"]


def nobody(client: FlaskClient) -> None:
    assert client.get("/settings").status_code == 303
    assert client.get("/login/first").headers["Location"] == "/login"
    assert db.session.scalar(select(func.count()).select_from(MEMBERS)) == 0
    assert db.session.scalar(select(func.count()).select_from(IDENTITIES)) == 0


NOW = int(clock.now().timestamp())


@pytest.mark.parametrize(
    ("lies", "said"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another-client"}, "audience"),
        ({"aud": ["tafelrunde", "another-client"]}, "audience"),
        ({"aud": ["tafelrunde", "another-client"], "azp": "another-client"}, "audience"),
        ({"azp": "another-client"}, "audience"),
        ({"aud": None}, "audience"),
        ({"iss": "https://evil.example"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"sub": None}, "subject"),
        ({"sub": ""}, "subject"),
        ({"sub": 7}, "subject"),
        ({"sub": "x" * 256}, "subject"),
        ({"sub": "p\x001"}, "subject"),
        ({"exp": None}, "exp"),
        ({"exp": "soon"}, "exp"),
        ({"exp": True}, "exp"),
        ({"iat": None}, "iat"),
    ],
)
def test_a_claim_that_does_not_hold(
    client: FlaskClient, stub: StubProvider, logged: Lines, lies: dict[str, Any], said: str
) -> None:
    stub.lies = lies
    answer = go(client, stub)
    assert answer.status_code == 400
    assert "can't be trusted" in words(answer)
    assert what(logged) == [said]
    nobody(client)


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_clock_that_differs_by_five_minutes_is_told(
    client: FlaskClient, stub: StubProvider, logged: Lines, minutes: int
) -> None:
    moment = int((clock.now() + timedelta(minutes=minutes)).timestamp())
    stub.lies = {"iat": moment, "exp": moment + 3600}
    answer = go(client, stub)
    assert answer.status_code == 400
    assert "The clocks of this server and of Velomark account differ" in words(answer)
    assert what(logged) == ["clock"]
    nobody(client)


def test_a_clock_that_differs_by_two_minutes_is_none_to_worry_about(client: FlaskClient, stub: StubProvider) -> None:
    for minutes in (-2, 2):
        moment = int((clock.now() + timedelta(minutes=minutes)).timestamp())
        stub.lies = {"iat": moment, "exp": moment + 60}
        assert go(client, stub).status_code == 303


def test_an_expired_token(client: FlaskClient, stub: StubProvider, logged: Lines) -> None:
    moment = int(clock.now().timestamp())
    stub.lies = {"iat": moment - 100, "exp": moment - 200}
    assert go(client, stub).status_code == 400
    assert what(logged) == ["expired"]
    nobody(client)


def unsigned(stub: StubProvider) -> None:
    stub.sign = lambda claims, **head: "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."  # type: ignore[method-assign]


def by_a_stranger(stub: StubProvider) -> None:
    stub.published = [new_key("first")]


def by_a_key_of_another_name(stub: StubProvider) -> None:
    stub.head = {"kid": "unknown"}


def by_a_key_for_something_else(stub: StubProvider) -> None:
    stub.raw["/keys"] = (200, b'{"keys": [{"kty": "EC", "use": "enc", "crv": "P-256", "x": "AA", "y": "AA"}]}')


def without_keys(stub: StubProvider) -> None:
    stub.raw["/keys"] = (200, b'{"keys": []}')


def by_a_shared_secret(stub: StubProvider) -> None:
    """The public key, taken for a secret that both sides know."""
    stub.sign = lambda claims, **head: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA"  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (unsigned, "algorithm"),
        (by_a_shared_secret, "algorithm"),
        (by_a_stranger, "signature"),
        (by_a_key_of_another_name, "signature"),
        (by_a_key_for_something_else, "keys"),
        (without_keys, "keys"),
    ],
)
def test_a_signature_that_does_not_hold(
    client: FlaskClient, stub: StubProvider, logged: Lines, lie: Callable[[StubProvider], None], said: str
) -> None:
    lie(stub)
    assert go(client, stub).status_code == 400
    assert what(logged) == [said]
    nobody(client)


def test_a_new_key_is_looked_for_once_and_one_that_was_withdrawn_opens_nothing(
    app: Flask, stub: StubProvider, logged: Lines
) -> None:
    former = stub.signs_with
    assert go(browser(app), stub).status_code == 303
    stub.signs_with = new_key("second")
    assert go(browser(app), stub).status_code == 303, "looked for at once"
    fetched = stub.asked.count("/keys")
    stub.head = {"kid": "third"}
    for _ in range(3):
        assert go(browser(app), stub).status_code == 400
    assert stub.asked.count("/keys") == fetched, "not more than once a minute"
    stub.head = {}
    with time_machine.travel(clock.now() + timedelta(minutes=20)):
        stub.published, stub.signs_with = [stub.signs_with], former
        logged.clear()
        assert go(browser(app), stub).status_code == 400
        assert what(logged) == ["signature"]


def test_an_answer_counts_once_and_in_the_browser_that_asked(
    app: Flask, client: FlaskClient, stub: StubProvider, logged: Lines
) -> None:
    back = stub.back_from(client.get("/login/with/company").headers["Location"])
    stranger = browser(app)
    assert stranger.get(back).status_code == 400
    nobody(stranger)
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 400
    client.set_cookie("session", cookie.value)  # as a thief would who has the cookie of before
    assert client.get(back).status_code == 409
    assert what(logged) == ["state", "state", "sign-in-used"]


def test_a_code_of_somebody_else_opens_nothing(app: Flask, client: FlaskClient, stub: StubProvider) -> None:
    """Put into one's own way back: the verifier doesn't fit the challenge with which it was asked for."""
    theirs = stub.back_from(browser(app).get("/login/with/company").headers["Location"])
    mine = stub.back_from(client.get("/login/with/company").headers["Location"])
    code, state = theirs.partition("code=")[2].partition("&")[0], mine.partition("state=")[2]
    assert client.get(f"/login/with/company/back?code={code}&state={state}").status_code == 400
    nobody(client)


def test_it_takes_a_quarter_of_an_hour_at_most(client: FlaskClient, stub: StubProvider) -> None:
    there = client.get("/login/with/company").headers["Location"]
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert client.get(stub.back_from(there)).status_code == 400
        nobody(client)


def test_an_answer_that_names_another_sender(client: FlaskClient, stub: StubProvider, logged: Lines) -> None:
    assert go(client, stub, iss="https://evil.example").status_code == 400
    stub.metadata = {"authorization_response_iss_parameter_supported": True}
    protocol.forget()
    assert go(client, stub).status_code == 400
    assert what(logged) == ["issuer", "issuer"]
    assert go(client, stub, iss=stub.issuer).status_code == 303


def test_a_provider_that_declines(client: FlaskClient, stub: StubProvider) -> None:
    there = client.get("/login/with/company").headers["Location"]
    state = stub.back_from(there).partition("state=")[2]
    answer = client.get(f"/login/with/company/back?error=access_denied&error_description=<b>no</b>&state={state}")
    assert answer.status_code == 400
    assert "Velomark account hasn't signed you in." in words(answer)
    assert "<b>no" not in answer.text


def test_a_user_info_of_somebody_else(client: FlaskClient, stub: StubProvider, logged: Lines) -> None:
    stub.person, stub.told = {"sub": "p-1"}, {"sub": "p-2", "email": "boss@example.org", "email_verified": True}
    assert go(client, stub).status_code == 400
    assert what(logged) == ["userinfo-subject"]
    nobody(client)


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ({"issuer": "https://evil.example"}, "metadata-issuer"),
        ({"token_endpoint": "http://evil.example/token"}, "metadata"),
        ({"token_endpoint": "file:///etc/passwd"}, "metadata"),
        ({"jwks_uri": None}, "metadata"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "metadata"),
    ],
)
def test_metadata_that_do_not_hold(
    client: FlaskClient, stub: StubProvider, logged: Lines, metadata: dict[str, Any], said: str
) -> None:
    stub.metadata = metadata
    assert client.get("/login/with/company").status_code == 400
    assert what(logged) == [said]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, b"x" * (outside.MOST_BYTES + 1)), "too-large"),
        ((200, b"<html>"), "unreadable"),
        ((200, b"[" * 200_000), "unreadable"),
        ((302, b"{}"), "redirect"),
        ((500, b"{}"), "metadata 500"),
        ((404, b"<html>"), "metadata 404"),
        ((200, b"[]"), "metadata 200"),
    ],
)
def test_answers_that_are_none(
    client: FlaskClient, stub: StubProvider, logged: Lines, answer: tuple[int, bytes], said: str
) -> None:
    stub.raw["/.well-known/openid-configuration"] = answer
    page = client.get("/login/with/company?next=/rules")
    assert page.status_code == 502
    assert "Velomark account doesn't answer at present" in words(page)
    assert "/elsewhere" not in stub.asked
    assert what(logged) == [said]


def test_a_provider_that_hangs_costs_a_message_and_then_nothing(
    client: FlaskClient, stub: StubProvider, logged: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "SECONDS", 0.3)
    stub.hold.clear()
    began = time.monotonic()
    assert client.get("/login/with/company").status_code == 502
    assert time.monotonic() - began < 2
    assert client.get("/login/with/company").status_code == 502
    assert what(logged) == ["slow", "resting"]
    stub.hold.set()
    with time_machine.travel(clock.now() + timedelta(seconds=30)):
        assert client.get("/login/with/company").status_code == 303


def test_a_provider_that_is_not_there(client: FlaskClient, stub: StubProvider, logged: Lines) -> None:
    providers.set_up(stub, key="gone", issuer="http://127.0.0.1:9")
    assert client.get("/login/with/gone").status_code == 502
    [line] = [line for line in logged if line["event"] == "security"]
    assert (line["kind"], line["what"], line["provider"]) == ("provider-silent", "unreachable", "gone")


def test_nobody_else_is_asked_inside_a_transaction(app: Flask, stub: StubProvider) -> None:
    with transaction(), pytest.raises(RuntimeError):
        outside.ask("GET", stub.issuer, outside.Deadline.within(1))


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://login.example.com/realms/x", True),
        ("http://127.0.0.1:9", True),
        ("http://localhost:9/x", True),
        ("http://login.example.com", False),
        ("https://user:secret@login.example.com", False),
        ("https://", False),
        ("ftp://login.example.com", False),
        ("https://löschen.example", False),
        ("https://login.example.com:x", False),
        ("//login.example.com", False),
    ],
)
def test_which_addresses_are_asked(address: str, is_safe: bool) -> None:
    assert outside.is_safe(address) is is_safe


def test_an_unknown_provider_and_one_that_is_off_are_not_there(client: FlaskClient, stub: StubProvider) -> None:
    providers.set_up(stub, key="off", is_on=False)
    for key in ("unknown", "off"):
        assert client.get(f"/login/with/{key}").status_code == 404
        assert client.get(f"/login/with/{key}/back").status_code == 404
    assert "/login/with/off" not in client.get("/login").text


def test_texts_of_the_provider_are_shown_as_texts(client: FlaskClient, stub: StubProvider) -> None:
    stub.person |= {"name": "\u202eadmin", "preferred_username": "<script>alert(1)</script>", "email": "no address"}
    go(client, stub)
    page = client.get("/login/first")
    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text


def test_an_unverified_address_of_an_account_opens_nothing_of_it(client: FlaskClient, stub: StubProvider) -> None:
    a_member("owner")
    for verified in (False, None, "false", 1, "yes"):
        stub.person |= {"email": "owner@example.org", "email_verified": verified}
        go(client, stub)
        assert "account with this address" not in words(client.get("/login/first"))


REFUSED = b'{"error": "invalid_client"}'


@pytest.mark.parametrize("answer", [(401, REFUSED), (400, REFUSED), (401, b"<html>no</html>")])
def test_a_secret_that_is_refused_is_the_operator_s_to_mend(
    client: FlaskClient, stub: StubProvider, logged: Lines, answer: tuple[int, bytes]
) -> None:
    stub.raw["/token"] = answer
    page = go(client, stub)
    assert page.status_code == 502
    assert "an administrator has to look at it" in words(page)
    assert "can't be trusted" not in words(page)
    assert "FORUM_OIDC_SECRETS" not in page.text
    assert what(logged) == [f"code {answer[0]}"]
    assert queries.providers(SYSTEM)[0].trouble == f"code {answer[0]}"
    nobody(client)
    del stub.raw["/token"]
    assert go(client, stub).status_code == 303
    assert queries.providers(SYSTEM)[0].trouble is None


def test_what_a_browser_brings_about_is_no_trouble_of_the_provider(client: FlaskClient, stub: StubProvider) -> None:
    assert go(client, stub, iss="https://evil.example").status_code == 400
    there = client.get("/login/with/company").headers["Location"]
    state = stub.back_from(there).partition("state=")[2]
    assert client.get(f"/login/with/company/back?code=made-up&state={state}").status_code == 400
    assert queries.providers(SYSTEM)[0].trouble is None
