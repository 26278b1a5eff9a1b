"""Legal texts in all versions: nothing is overwritten, each can be compared and brought back, and some can be looked up."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.community import actions, queries
from forum.community.legal import DEMANDED, LEGAL_TEXTS, LOOKED_UP, NOTE_LENGTH, written
from forum.community.marks import mark_of
from forum.community.queries.legal import LIST_PAGE
from forum.core.actor import SYSTEM
from forum.core.database import db, transaction
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tests.system.statements import counted


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def write(client: FlaskClient, name: str = "terms", **values: Any) -> TestResponse:
    return submit(client, f"/admin/legal/{name}", "legal", **({"body_de": "", "body_en": ""} | values))


def page_of(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.text, "html5lib")


def history(client: FlaskClient, name: str = "terms", language: str = "en") -> list[tuple[str, ...]]:
    """(version with its signs, who, what has changed) of each, as the page lists them."""
    rows = page_of(client, f"/admin/legal/{name}/{language}").select("tbody tr")
    return [
        tuple(" ".join(cell.text.split()) for place, cell in enumerate(row.select("th, td")) if place != 1)
        for row in rows
    ]


def bodies(name: str = "terms") -> dict[str, str]:
    db.session.rollback()
    return queries.legal_bodies(SYSTEM, name)


def test_every_saving_is_a_version_that_says_who_and_what_has_changed(app: Flask, client: FlaskClient) -> None:
    write(client, body_en="One.")
    a_member("deputy", roles=("admin",))
    other = browser(app)
    sign_in_by_form(other, "deputy")
    write(other, body_en="Two.", note="Another number")
    assert history(client) == [
        ("Version 2 in force", "deputy", "Another number"),
        ("Version 1", "boss", "–"),
    ]
    first = page_of(client, "/admin/legal/terms/en/1")
    assert first.select_one(".prose").text.strip() == "One."  # type: ignore[union-attr]
    assert first.select(".diff") == []


def test_a_language_that_stays_as_it_is_gets_no_version(client: FlaskClient) -> None:
    write(client, body_de="Eins.", body_en="One.")
    write(client, body_de="Zwei.", body_en="One.")
    write(client, body_de="Zwei.", body_en="One.", note="Nothing at all")
    assert "Nothing is different." in client.get("/admin/legal").text
    assert [row[0] for row in history(client, language="de")] == ["Version 2 in force", "Version 1"]
    assert [row[0] for row in history(client)] == ["Version 1 in force"]


def test_each_version_is_compared_with_the_one_before(client: FlaskClient) -> None:
    write(client, body_en="Write to us.\n\nOur street is Main Street 1, in the old town.\n\nRing twice.")
    write(client, body_en="Write to us.\n\nOur street is Main Street 2, in the old town.\n\nRing twice.")
    write(client, body_en="Write to us.\n\nRing twice.")
    second = page_of(client, "/admin/legal/terms/en/2")
    assert [mark.text for mark in second.select(".diff mark")] == ["1", "2"]
    third = page_of(client, "/admin/legal/terms/en/3")
    assert "Our street is Main Street 2" in third.select_one(".diff del").text  # type: ignore[union-attr]
    assert third.select(".diff ins") == []


def test_an_old_version_comes_back_as_a_new_one(app: Flask, client: FlaskClient) -> None:
    write(client, body_de="Eins.", body_en="The first words.")
    write(client, body_de="Eins.", body_en="Other words.")
    back = page_of(client, "/admin/legal/terms/en/1").select_one("main a[href*='version=']")
    assert back is not None
    assert submit(client, str(back["href"]), "legal").status_code == 303
    assert bodies() == {"de": "Eins.", "en": "The first words."}
    assert history(client) == [
        ("Version 3 in force", "boss", "Version 1 once more"),
        ("Version 2", "boss", "–"),
        ("Version 1", "boss", "–"),
    ]
    assert page_of(client, "/admin/legal/terms/en/3").select("main a[href*='version=']") == []
    assert "The first words." in browser(app).get("/terms").text


def test_who_brings_a_version_back_overwrites_nobody(client: FlaskClient) -> None:
    write(client, body_en="One.")
    write(client, body_en="Two.")
    form = page_of(client, "/admin/legal/terms?language=en&version=1").select_one("#legal")
    sent = {field["name"]: field.get("value", field.text) for field in form.select("[name]")}  # type: ignore[union-attr]
    write(client, body_en="Three.")
    answer = client.post("/admin/legal/terms", data=sent)
    assert answer.status_code == 409
    page = BeautifulSoup(answer.text, "html5lib")
    assert [area.text.strip() for area in page.select("textarea[readonly]")] == ["Three."]
    assert page.select_one("#note")["value"] == "Version 1 once more"  # type: ignore[index]
    assert bodies() == {"en": "Three."}


def test_a_text_can_be_withdrawn_and_its_versions_stay(app: Flask, client: FlaskClient) -> None:
    guest = browser(app)
    write(client, body_en="One.")
    write(client, body_en="Two.")
    assert guest.get("/terms/en/1").status_code == 200
    write(client, note="The company has its own")
    assert "withdrawn" in client.get("/admin/legal").text
    assert [guest.get(address).status_code for address in ("/terms", "/terms/en/1")] == [404, 404]
    assert guest.get("/").text.count('href="/terms"') == 0
    assert history(client)[0] == ("Version 3 withdrawn", "boss", "The company has its own")
    assert page_of(client, "/admin/legal/terms/en/3").select_one(".diff del") is not None
    write(client, body_en="Four.")
    assert history(client)[0][0] == "Version 4 in force"
    assert [guest.get(f"/terms/en/{number}").status_code for number in (1, 2, 3, 4)] == [200, 200, 404, 200]
    assert [link["href"] for link in page_of(guest, "/terms").select(".side a")] == [
        f"/terms/en/{number}" for number in (4, 2, 1)
    ]


@pytest.mark.parametrize("name", LEGAL_TEXTS)
def test_what_the_law_demands_is_changed_and_not_withdrawn(client: FlaskClient, name: str) -> None:
    write(client, name, body_de="Wir.", body_en="We.")
    assert write(client, name, body_en="We.").status_code == 303
    answer = write(client, name)
    assert (answer.status_code, bodies(name)) == ((400, {"en": "We."}) if name in DEMANDED else (303, {}))
    if name in DEMANDED:
        error = BeautifulSoup(answer.text, "html5lib").find(id="body_en-error")
        assert error is not None
        assert "not withdrawn" in error.text


@pytest.mark.parametrize("name", LEGAL_TEXTS)
def test_everybody_looks_up_what_held_when_they_joined(app: Flask, client: FlaskClient, name: str) -> None:
    guest, petra = browser(app), browser(app)
    a_member("petra")
    sign_in_by_form(petra, "petra")
    write(client, name, body_en="The first words.")
    assert page_of(guest, f"/{name}").select(".side a") == []
    write(client, name, body_en="The second words.", note="Between us")
    for reader in (guest, petra):
        now = page_of(reader, f"/{name}")
        assert "The second words." in now.text
        assert "As of" in now.text
        assert "Between us" not in now.text
        links = [link["href"] for link in now.select(".side a")]
        assert links == ([f"/{name}/en/2", f"/{name}/en/1"] if name in LOOKED_UP else [])
        if name not in LOOKED_UP:
            assert reader.get(f"/{name}/en/1").status_code == 404
            continue
        old = page_of(reader, f"/{name}/en/1")
        assert "The first words." in old.text
        assert "This is an old version." in old.text
        assert old.select_one("meta[name=robots]")["content"] == "noindex"  # type: ignore[index]
        assert "This is an old version." not in page_of(reader, f"/{name}/en/2").text


def test_a_version_that_is_not_there_is_not_found(app: Flask, client: FlaskClient) -> None:
    write(client, body_en="One.")
    for address in ("en/2", "en/0", "de/1", "xx/1", f"en/{2**31}", f"en/{10**30}", "%00/1"):
        assert browser(app).get(f"/terms/{address}").status_code == 404, address
        assert client.get(f"/admin/legal/terms/{address}").status_code == 404, address
    for address in ("de", "xx", "%00"):
        assert client.get(f"/admin/legal/terms/{address}").status_code == 404, address
    for asked in ("language=en&version=2", "version=1", f"language=en&version={10**30}", "language=%00&version=1"):
        assert client.get(f"/admin/legal/terms?{asked}").status_code == 404, asked
    assert client.get("/admin/legal/nothing/en").status_code == 404


def test_too_long_a_note_is_refused_beside_its_field(client: FlaskClient) -> None:
    answer = write(client, body_en="One.", note="x" * (NOTE_LENGTH + 1))
    assert answer.status_code == 400
    assert BeautifulSoup(answer.text, "html5lib").find(id="note-error") is not None
    assert bodies() == {}


def _cost(client: FlaskClient, address: str) -> int:
    client.get(address)
    with counted() as said:
        assert client.get(address).status_code == 200
    return len(said)


def test_many_versions_cost_a_page_no_more_than_one(app: Flask, client: FlaskClient) -> None:
    addresses = ("/terms", "/admin/legal", "/admin/legal/terms", "/admin/legal/terms/en", "/admin/legal/terms/en/1")
    write(client, body_en="Words 0.")
    few = [_cost(client, address) for address in addresses]
    for number in range(1, LIST_PAGE + 2):
        with transaction(SYSTEM) as system:
            seen = mark_of(queries.legal_bodies(system, "terms"))
            actions.write_legal_text(system, "terms", written({"en": f"Words {number}."}), seen)
    assert [_cost(client, address) for address in addresses] == few
    assert len(history(client)) == LIST_PAGE
    older = page_of(client, "/admin/legal/terms/en").select_one("main a[rel=next]")
    assert older is not None
    rows = page_of(client, str(older["href"])).select("tbody th")
    assert [" ".join(row.text.split()) for row in rows] == ["Version 2", "Version 1"]
    assert len(page_of(browser(app), "/terms").select(".side a")) == LIST_PAGE
