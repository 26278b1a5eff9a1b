"""The rules in the browser: reading, comparing, accepting with what was typed."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from forum.core.actor import guest
from forum.members import queries
from forum.threads.queries import categories
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tests.factories.rules import a_rulebook
from tests.factories.threads import category as a_category


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


def test_the_rules_their_history_and_their_changes_are_open_to_all(app: Flask, client: FlaskClient) -> None:
    assert "no rules yet" in client.get("/rules").text
    a_rulebook()
    a_rulebook(addition=" Always.", note="Stricter now.")
    page = client.get("/rules").text
    assert "Attack nobody. Always." in page
    assert "Stricter now." in page
    assert "Always" not in client.get("/rules/1").text
    changes = BeautifulSoup(client.get("/rules/changes?from=1&to=2").text, "html5lib")
    assert "Always" in changes.select_one(".diff-row.added").text  # type: ignore[union-attr]
    assert client.get("/rules/changes").headers["Location"] == "/rules/changes?from=1&to=2"
    for address in ("/rules/3", "/rules/0", "/rules/x", "/rules/changes?from=1&to=9", "/rules/changes?from=x&to=1"):
        assert client.get(address).status_code == 404, address


def test_a_guest_sees_a_new_version_at_once_although_pages_are_kept(app: Flask, client: FlaskClient) -> None:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    a_rulebook()
    first = client.get("/rules").text
    assert client.get("/rules").text == first
    a_rulebook(addition=" Immer.")
    assert "Immer." in client.get("/rules").text


def test_a_member_sees_the_difference_and_accepts(app: Flask, client: FlaskClient) -> None:
    a_rulebook()
    actor = a_member("petra", accepted=1)
    a_rulebook(addition=" Always.")
    sign_in_by_form(client, "petra")
    assert "/rules/accept" in client.get("/settings").text
    page = BeautifulSoup(client.get("/rules/accept").text, "html5lib")
    assert page.select(".diff-row.added")
    assert not page.select_one("#accept").has_attr("checked")  # type: ignore[union-attr]
    refused = submit(client, "/rules/accept", "accept-rules")
    assert refused.status_code == 400
    assert queries.actor_of(actor.member_id).owes_acceptance
    assert submit(client, "/rules/accept?next=/settings", "accept-rules", accept="y").headers["Location"] == "/settings"
    assert not queries.actor_of(actor.member_id).owes_acceptance
    assert "/rules/accept" not in client.get("/settings").text


def test_a_version_that_came_meanwhile_is_shown_before_it_is_accepted(app: Flask, client: FlaskClient) -> None:
    a_rulebook()
    actor = a_member("petra", accepted=0)
    sign_in_by_form(client, "petra")
    shown = BeautifulSoup(client.get("/rules/accept").text, "html5lib")
    values = {name: shown.select_one(f"[name={name}]")["value"] for name in ("rulebook", "sha256")}  # type: ignore[index]
    a_rulebook(addition=" Always.")
    answer = submit(client, "/rules/accept", "accept-rules", accept="y", **values)
    assert answer.status_code == 409
    assert "Always." in answer.text
    assert queries.actor_of(actor.member_id).owes_acceptance


def test_the_team_sees_who_has_not_accepted(app: Flask, client: FlaskClient) -> None:
    a_rulebook()
    a_member("petra", accepted=0)
    a_member("jakub", roles=("moderator",))
    sign_in_by_form(client, "jakub")
    assert "petra" in client.get("/rules/acceptances").text
    assert "/u/petra" not in client.get("/rules/acceptances?who=accepted").text
    assert client.get("/rules/acceptances?before=nonsense").status_code == 404


def test_what_was_typed_is_published_after_accepting(app: Flask, client: FlaskClient) -> None:
    a_rulebook()
    a_category("Help")
    a_member("petra", accepted=1)
    a_rulebook(addition=" Always.")
    sign_in_by_form(client, "petra")
    typed = {"category": categories(guest())[0].slug, "title": "A kept question", "body": "Does it stay?"}
    answer = submit(client, "/new", "new-thread", **typed)
    assert answer.status_code == 303
    place = answer.headers["Location"]
    assert place.startswith("/rules/accept?draft=")
    assert "Accept and publish" in client.get(place).text
    there = submit(client, place, "accept-rules", accept="y")
    assert (there.status_code, there.headers["Location"][:3]) == (303, "/t/")
    assert "Does it stay?" in client.get(there.headers["Location"]).text
