"""Imprint, privacy notice, terms of use, contact and accessibility statement: written by an administrator, at hand from every page."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from forum.community import queries, records
from forum.community.legal import LEGAL_TEXTS, MOST_BYTES
from forum.community.models import VERSIONS
from forum.core import audit
from forum.core.database import db, transaction
from forum.interchange.rerendering import Work
from forum.members import actions as member_actions
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit

ADDRESSES = [f"/{name}" for name in LEGAL_TEXTS]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def write(client: FlaskClient, name: str = "imprint", **values: Any) -> Any:
    return submit(client, f"/admin/legal/{name}", "legal", **({"body_de": "", "body_en": ""} | values))


def foot(client: FlaskClient, address: str = "/") -> list[str]:
    page = BeautifulSoup(client.get(address).text, "html5lib")
    return [str(link["href"]) for link in page.select(".page-foot a") if link["href"] in ADDRESSES]


def test_what_is_there_stands_at_the_foot_of_every_page(app: Flask, client: FlaskClient) -> None:
    guest = browser(app)
    assert foot(guest) == []
    assert [guest.get(address).status_code for address in ADDRESSES] == [404] * 5
    assert write(client, body_en="Velomark, **Main Street 1**").status_code == 303
    write(client, "terms", body_en="Little.")
    write(client, "privacy", body_en="Nothing.")
    for address in ("/", "/rules", "/login", "/register", "/ideas", "/imprint"):
        assert foot(guest, address) == ["/imprint", "/privacy", "/terms"]
    for address in ("/", "/settings", "/admin"):
        assert foot(client, address) == ["/imprint", "/privacy", "/terms"]
    assert "<strong>Main Street 1</strong>" in guest.get("/imprint").text
    write(client, "terms")
    assert foot(guest) == ["/imprint", "/privacy"]
    assert guest.get("/terms").status_code == 404


def test_each_reads_their_own_language_and_else_the_other(app: Flask, client: FlaskClient) -> None:
    write(client, body_de="Auf Deutsch.", body_en="In English.")
    write(client, "privacy", body_de="Nur auf Deutsch.")
    english, german = browser(app), browser(app)
    german.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    assert "In English." in english.get("/imprint").text
    assert "Auf Deutsch." in german.get("/imprint").text
    prose = BeautifulSoup(english.get("/privacy").text, "html5lib").select_one(".prose")
    assert (prose["lang"], prose.text.strip()) == ("de", "Nur auf Deutsch.")  # type: ignore[index,union-attr]


@pytest.mark.parametrize("name", LEGAL_TEXTS)
def test_an_empty_one_begins_with_a_draft_in_both_languages(client: FlaskClient, name: str) -> None:
    page = BeautifulSoup(client.get(f"/admin/legal/{name}").text, "html5lib")
    german, english = (page.find(id=f"body_{language}").text for language in ("de", "en"))  # type: ignore[union-attr]
    assert german != english
    for text in (german, english):
        assert "[" in text
        assert "{{" not in text
        assert text.count("\n#") >= 2
    assert browser(client.application).get(f"/{name}").status_code == 404
    write(client, name, body_en="Ours.")
    page = BeautifulSoup(client.get(f"/admin/legal/{name}").text, "html5lib")
    assert [page.find(id=f"body_{language}").text.strip() for language in ("de", "en")] == ["", "Ours."]  # type: ignore[union-attr]


def test_what_is_written_passes_the_gates_of_every_text(app: Flask, client: FlaskClient) -> None:
    write(client, body_en="# One\n\n## Two\n\nText\n\n# Three")
    page = BeautifulSoup(browser(app).get("/imprint").text, "html5lib")
    assert [head.name for head in page.select("main :is(h1, h2, h3, h4)")] == ["h1", "h2", "h3", "h2"]
    write(client, body_en="<script>alert(1)</script><b onclick='x()'>Hello</b> [x](javascript:alert(1))")
    html = browser(app).get("/imprint").text
    prose = BeautifulSoup(html, "html5lib").select_one(".prose")
    assert prose is not None
    assert prose.select("script, [onclick], [href^=javascript]") == []
    assert "Hello" in prose.text


def test_too_long_a_text_is_refused_and_kept_in_the_form(client: FlaskClient) -> None:
    answer = write(client, body_de="x" * (MOST_BYTES + 1), body_en="Stays.")
    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 400
    assert page.find(id="body_de-error") is not None
    assert page.find(id="body_en").text.strip() == "Stays."  # type: ignore[union-attr]
    assert queries.current().legal_texts == []
    assert client.get("/admin/legal/nothing").status_code == 404


def test_the_log_keeps_the_words_as_they_were_and_are(client: FlaskClient) -> None:
    write(client, body_en="One.")
    write(client, body_en="Two.", note="  The  house number ")
    write(client, body_en="Two.", note="Nothing")
    db.session.rollback()
    chosen = select(audit.AuditEntry).where(audit.AuditEntry.act == "legal-text.change")
    entries = list(db.session.scalars(chosen.order_by(audit.AuditEntry.id)))
    assert [(one.before, one.after, one.reason) for one in entries] == [
        ({"imprint": {}}, {"imprint": {"en": "One."}}, ""),
        ({"imprint": {"en": "One."}}, {"imprint": {"en": "Two."}}, "The house number"),
    ]


def test_it_is_made_anew_by_a_newer_pipeline(app: Flask, client: FlaskClient) -> None:
    write(client, body_en="**Ours**")
    with transaction():
        db.session.execute(update(VERSIONS).values(html="old", html_version=0))
    work = Work()
    assert work.total() == 1
    assert work.run(1, lambda _done: None) == 1
    assert "<strong>Ours</strong>" in browser(app).get("/imprint").text


def test_what_is_written_while_it_is_made_anew_stays(app: Flask, client: FlaskClient) -> None:
    write(client, body_en="Old.")
    ((key, body),) = next(records.outdated_texts(None))
    write(client, body_en="New.")
    with transaction():
        records.write_html({(key, body): "<p>Old.</p>"}, 999)
    assert "New." in browser(app).get("/imprint").text


def test_a_blank_of_the_draft_is_pointed_out(client: FlaskClient) -> None:
    write(client, body_en="Our address: [address]")
    for _seen in ("the sentence after saving, and the list", "the list alone"):
        assert "still to be completed" in client.get("/admin/legal").text
    write(client, body_en="Our address: [here](https://example.org)")
    assert "still to be completed" not in client.get("/admin/legal").text


def test_who_is_banned_can_read_it_too(app: Flask, client: FlaskClient) -> None:
    write(client, body_en="Ours.")
    petra = a_member("petra")
    banned = browser(app)
    sign_in_by_form(banned, "petra")
    with transaction(a_member("mod", roles=("moderator",))) as staff:
        member_actions.ban(staff, petra.id)
    assert foot(banned, "/rules") == ["/imprint"]
    assert "Ours." not in banned.get("/rules").text
    assert "Ours." in banned.get("/imprint").text


def test_of_two_who_write_at_once_the_second_sees_both_texts(app: Flask, client: FlaskClient) -> None:
    write(client, body_de="Straße 1", body_en="Street 1")
    form = BeautifulSoup(client.get("/admin/legal/imprint").text, "html5lib").select_one("#legal")
    sent = {field["name"]: field.get("value", field.text) for field in form.select("[name]")}  # type: ignore[union-attr]
    write(client, body_de="Straße 2", body_en="Street 1")
    answer = client.post("/admin/legal/imprint", data={**sent, "body_de": "Straße 3\r\nRückseite"})
    assert answer.status_code == 409
    page = BeautifulSoup(answer.text, "html5lib")
    assert [area.text.strip() for area in page.select("textarea[readonly]")] == ["Straße 2"]
    assert page.select_one("#body_de").text.strip() == "Straße 3\nRückseite"  # type: ignore[union-attr]
    assert [row.text for row in page.select(".diff ins")] == ["Added: Straße 3", "Added: Rückseite"]
    again = {field["name"]: field.get("value", field.text) for field in page.select("#legal [name]")}
    assert client.post("/admin/legal/imprint", data=again).status_code == 303
    assert "Straße 3" in browser(app).get("/imprint", headers={"Accept-Language": "de"}).text
    with app.app_context():
        assert "Straße 2" in str([entry.before for entry in db.session.scalars(select(audit.AuditEntry))])
