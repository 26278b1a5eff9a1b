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

from forum.core.actor import SYSTEM, Actor
from forum.core.logging import SecurityKind, security
from forum.members import queries, tokens
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit
from tests.factories.two_factor import App
from tests.factories.visitor import Visitor, read

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


@pytest.mark.parametrize(
    ("act", "what"),
    [("sign-out-others", "others"), ("sign-out-everywhere", "all"), ("{id}/sign-out", "one")],
)
def test_ended_sessions_by_a_button(petra: Actor, client: FlaskClient, logged: Lines, act: str, what: str) -> None:
    sign_in_by_form(client, "petra")
    page, [this] = client.get("/settings/devices"), queries.sign_ins_of(petra, "")
    token = read(page).select_one("main [name=csrf_token]")["value"]  # type: ignore[index]
    address = f"/settings/devices/{act.format(id=this.id)}"
    assert client.post(address, data={"csrf_token": token}).status_code == 303
    assert said(logged, "kind", "member_id", "what") == [("sessions-ended", petra.id, what)]


def test_ended_sessions_by_an_administrator_name_both(
    app: Flask, petra: Actor, client: FlaskClient, logged: Lines
) -> None:
    sign_in_by_form(client, "petra")
    [session] = queries.sign_ins_of(petra, "")
    boss = a_member("boss", roles=("admin",))
    visitor = Visitor(app, boss)
    visitor.client.environ_base["REMOTE_ADDR"] = NETWORK
    for act, what in ((f"sessions/{session.id}/sign-out", "one"), ("sign-out", "all")):
        logged.clear()
        assert visitor.post(f"/admin/members/{petra.id}/{act}").status_code == 303
        line = ("sessions-ended", petra.id, what, str(boss.id))
        assert said(logged, "kind", "member_id", "what", "by") == [line]


def test_ended_sessions_where_a_second_step_begins(petra: Actor, client: FlaskClient, logged: Lines) -> None:
    """Some may have begun by the password alone."""
    sign_in_by_form(client, "petra")
    secret = read(client.get("/settings/two-factor")).select_one("#secret").text.replace(" ", "")  # type: ignore[union-attr]
    submit(client, "/settings/two-factor", "switch-on", code=App(secret).code())
    assert said(logged, "kind", "member_id", "what") == [("sessions-ended", petra.id, "others")]


def test_ended_sessions_by_a_link_for_a_new_password(petra: Actor, client: FlaskClient, logged: Lines) -> None:
    link = tokens.issue("reset", queries.get_member(SYSTEM, petra.member_id))
    submit(client, f"/reset/{link}", "new-password", password="three happy hens")
    assert said(logged, "kind", "member_id", "what") == [("sessions-ended", petra.id, "password")]


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
