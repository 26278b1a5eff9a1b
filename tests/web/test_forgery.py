"""A request that changes something and comes from another website is refused, whatever token it carries."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.accounts import PASSWORD, a_member, browser


def signed_in_with(client: FlaskClient, **headers: str) -> int:
    form = BeautifulSoup(client.get("/login").text, "html5lib").select_one("form#login")
    assert form is not None
    sent = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    sent |= {"username": "petra", "password": PASSWORD}
    return client.post("/login", data=sent, headers=headers).status_code


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://localhost.evil.example",
        "http://localhost:99",
        "localhost",
        "http://[",
        "",
    ],
)
def test_a_foreign_origin_is_refused(app: Flask, origin: str) -> None:
    a_member("petra")
    client = browser(app)
    assert signed_in_with(client, Origin=origin) == 400
    assert client.get("/settings").status_code == 303


def test_our_own_origin_and_none_at_all_are_taken(app: Flask) -> None:
    a_member("petra")
    assert signed_in_with(browser(app), Origin="http://localhost") == 303
    assert signed_in_with(browser(app), Origin=app.extensions["settings"].base_url) == 303
    assert signed_in_with(browser(app)) == 303


def test_reading_from_elsewhere_is_nobodys_harm(app: Flask) -> None:
    assert browser(app).get("/", headers={"Origin": "https://evil.example"}).status_code == 200


def test_a_program_is_told_why(app: Flask) -> None:
    answer = browser(app).post("/login", headers={"Origin": "https://evil.example", "Accept": "application/json"})
    assert answer.get_json()["code"] == "foreign-origin"
