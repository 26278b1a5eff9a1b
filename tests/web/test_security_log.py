"""What the security log says, and that nothing typed stands in it."""

import logging
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, get_args

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from forum.core.actor import Actor
from forum.core.logging import SecurityKind, security
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit

Lines = list[dict[str, Any]]
NETWORK = "203.0.113.9"
OPERATIONS = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.fixture
def petra(app: Flask) -> Actor:
    return a_member("petra")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    client = browser(app)
    client.environ_base["REMOTE_ADDR"] = NETWORK
    return client


@pytest.fixture
def logged() -> Iterator[Lines]:
    usual = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with capture_logs() as lines:
        yield lines
    structlog.configure(wrapper_class=usual)


def said(lines: Lines, *keys: str) -> list[tuple[Any, ...]]:
    """The chosen parts of the security lines, each of which names the network."""
    found = [line for line in lines if line["event"] == "security"]
    assert {line["network"] for line in found} <= {NETWORK}
    assert {line["log_level"] for line in found} <= {"warning"}
    return [tuple(line[key] for key in keys) for line in found]


def test_a_refused_sign_in_names_the_account_if_there_is_one(petra: Actor, client: FlaskClient, logged: Lines) -> None:
    sign_in_by_form(client, "petra", "my other password")
    sign_in_by_form(client, "my password by mistake", "x")
    assert said(logged, "kind", "member_id") == [("sign-in-refused", petra.id), ("sign-in-refused", None)]
    assert "password" not in str([line for line in logged if line["event"] == "security"])
    logged.clear()
    sign_in_by_form(client, "petra")
    assert said(logged) == []


def test_too_many_tries(app: Flask, petra: Actor, client: FlaskClient, logged: Lines) -> None:
    app.config["RATE_LIMITS"] = True
    for number in range(11):
        other = browser(app)
        other.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}" if number < 10 else NETWORK
        logged.clear()
        sign_in_by_form(other, "petra", "wrong")
    assert said(logged, "kind", "member_id", "what") == [("too-many-tries", petra.id, "account")]
    for _time in range(11):
        logged.clear()
        sign_in_by_form(client, "nobody", "wrong")
    assert said(logged, "kind", "member_id", "what") == [("too-many-tries", None, "login")]


def test_ended_sessions_and_a_wrong_password_inside(petra: Actor, client: FlaskClient, logged: Lines) -> None:
    sign_in_by_form(client, "petra")
    page, form = "/settings/account", "change-password"
    submit(client, page, form, old_password="not this one", password="three happy hens")
    submit(client, page, form, old_password=PASSWORD, password="three happy hens")
    assert said(logged, "kind", "member_id") == [("proof-refused", petra.id), ("sessions-ended", petra.id)]
    assert "hens" not in str(logged)


def test_forged_forms(petra: Actor, client: FlaskClient, logged: Lines) -> None:
    client.post("/login", data={"username": "petra", "password": PASSWORD})
    client.post("/login", headers={"Origin": "https://evil.example"})
    client.post("/confirm/a-secret-token", headers={"Origin": "https://evil.example"})
    assert said(logged, "kind", "what", "path") == [
        ("forged-form", "token", "/login"),
        ("forged-form", "origin", "/login"),
        ("forged-form", "origin", "/confirm/…"),
    ]


# ---------------------------------------------------------------- for programs that read it


def test_each_kind_is_explained() -> None:
    rows = [line for line in OPERATIONS.splitlines() if line.startswith("| `")]
    explained = {kind for row in rows for kind in re.findall(r"`([a-z-]+)`", row.split("|")[1])}
    assert set(get_args(SecurityKind)) <= explained


@pytest.mark.parametrize("address", ["203.0.113.9", "2001:db8:1:2::"])
@pytest.mark.parametrize(("kind", "is_caught"), [("sign-in-refused", True), ("forged-form", True), ("left-out", False)])
def test_the_filter_for_fail2ban_reads_the_lines(
    app: Flask, kind: SecurityKind, address: str, *, is_caught: bool
) -> None:
    """As they come out, and by the expressions of the documents; fail2ban takes the date out of a line first."""
    usual, out = structlog.get_config(), StringIO()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(out),
    )
    try:
        security(kind, None, address, what="a word")
    finally:
        structlog.configure(**usual)
    line = out.getvalue()
    written = re.search(r"failregex = (.*?)\ndatepattern = (.*?)\n", OPERATIONS, re.DOTALL)
    assert written is not None
    expressions = [one.strip().replace("<ADDR>", r"(?P<ip>[\da-f.:]+)") for one in written[1].splitlines()]
    found = [match["ip"] for one in expressions if (match := re.search(one, line))]
    assert found == ([address] if is_caught else [])
    date = written[2].replace("%%Y-%%m-%%dT%%H:%%M:%%S", r"[\d-]+T[\d:]+").replace("%%f", r"\d+").replace("%%z", "Z")
    assert re.search(date, line)
