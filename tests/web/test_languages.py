"""A third language is a catalogue: with it there, pages, forms, mails, dates and numbers have it, and English fills gaps."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from forum.community import queries
from forum.core import formats, locale
from forum.core.actor import guest
from forum.http import assets
from forum.members.letters import account_letter
from forum.threads import queries as threads
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tools import translations as tool

FRENCH = {
    "Conversations": "Conversations en cours",
    "Sign in": "Se connecter",
    ("%(num)s vote", "%(num)s votes"): ("%(num)s voix", "%(num)s voix au total"),
    "Hello %(name)s,": "Bonjour %(name)s,",
}


@pytest.fixture(autouse=True)
def _french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "translations"
    shutil.copytree(locale.FOLDER, folder)
    catalogue = Catalog(locale="fr")
    for sentence, said in FRENCH.items():
        catalogue.add(sentence, said)
    path = folder / "fr" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalogue, omit_header=True)
    monkeypatch.setattr(locale, "FOLDER", folder)
    locale.forget()
    assets.load()
    yield
    monkeypatch.undo()
    locale.forget()
    assets.load()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    answer = submit(
        client, "/admin/community", "community", name_de="Runde", name_fr="Cercle", languages=["de", "en", "fr"]
    )
    assert answer.status_code == 303
    return client


def reader(app: Flask, accepted: str = "fr-CH, en;q=0.5") -> FlaskClient:
    client = browser(app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = accepted
    return client


def page_of(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.text, "html5lib")


def test_a_browser_that_asks_for_it_gets_it_and_english_where_a_sentence_is_missing(
    app: Flask, client: FlaskClient
) -> None:
    page = page_of(reader(app), "/")
    assert page.html["lang"] == "fr"  # type: ignore[index]
    assert page.find("a", class_="brand").text == "Cercle"  # type: ignore[union-attr]
    said = page.get_text(" ")
    assert "Conversations en cours" in said
    assert "Skip to content" in said


def test_it_can_be_chosen(app: Flask, client: FlaskClient) -> None:
    visitor = reader(app, "en")
    offered = page_of(visitor, "/language").select("#language-form label")
    assert [label.text for label in offered] == ["Deutsch", "English", "Français"]
    submit(visitor, "/language", "language-form", language="fr")
    assert page_of(visitor, "/").html["lang"] == "fr"  # type: ignore[index]
    anna = reader(app, "en")
    make.sign_in(anna, a_member("anna"))
    assert submit(anna, "/settings/display", "display", language="fr").status_code == 303
    assert page_of(anna, "/settings").html["lang"] == "fr"  # type: ignore[index]


def test_a_community_that_does_not_offer_it_does_not_speak_it(app: Flask) -> None:
    assert page_of(reader(app), "/").html["lang"] == "en"  # type: ignore[index]


def test_forms_have_a_field_for_it(app: Flask, client: FlaskClient) -> None:
    page = page_of(client, "/admin/categories/new")
    labels = [page.find("label", attrs={"for": f"name_{one}"}).text for one in ("de", "en", "fr")]  # type: ignore[union-attr]
    assert labels == ["Name in German", "Name in English", "Name in French"]
    submit(client, "/admin/categories/new", "category", name_en="Help", name_fr="Aide")
    assert [[row.name for row in threads.categories(guest(one))] for one in ("fr", "en", "de")] == [
        ["Aide"],
        ["Help"],
        ["Help"],
    ]
    assert page_of(client, "/admin/areas/new").find(id="name_fr") is not None
    assert page_of(client, "/admin/statuses/new").find(id="name_fr") is not None
    assert page_of(client, "/admin/rules/new").find(id="rule-0-title_fr") is not None


def test_a_legal_text_in_it_begins_with_the_english_draft(app: Flask, client: FlaskClient) -> None:
    page = page_of(client, "/admin/legal/imprint")
    texts = {one: page.find(id=f"body_{one}").text for one in ("de", "en", "fr")}  # type: ignore[union-attr]
    assert texts["fr"] == texts["en"] != texts["de"]
    submit(client, "/admin/legal/imprint", "legal", body_de="Wir.", body_en="We.", body_fr="Nous.")
    assert "Nous." in page_of(reader(app), "/imprint").get_text()


def test_what_is_drawn_once_is_drawn_in_it(app: Flask, client: FlaskClient) -> None:
    area = ideas.area(make.category())
    posted = ideas.idea(a_member("anna"), area)
    for address in (
        "/ideas",
        "/ideas/roadmap",
        f"/ideas/{posted.thread_id}/a-lamp-that-dims",
        "/search",
        "/rules",
        "/login",
    ):
        assert page_of(reader(app), address).html["lang"] == "fr", address  # type: ignore[index]
    assert "Se connecter" in page_of(reader(app), "/login").get_text()


def test_a_mail_has_it(app: Flask) -> None:
    letter = account_letter(queries.current(), "fr", "taken", name="Anna", username="anna", path="/reset")
    assert letter.subject.startswith("You already have an account at")
    assert letter.text.startswith("Bonjour Anna,")
    assert "Bonjour Anna," in letter.html
    assert '<html lang="fr">' in letter.html


def test_dates_numbers_and_plurals_have_it() -> None:
    moment = datetime(2026, 12, 3, 8, 2, tzinfo=UTC)
    assert formats.written(moment, "medium", "fr", "Europe/Paris") == "3 déc. 2026, 09:02"
    assert formats.month(date(2027, 3, 1), "fr") == "mars 2027"
    assert formats.number(1234.5, "fr").replace("\u202f", " ") == "1 234,5"
    votes = [locale.translations("fr").ngettext("%(num)s vote", "%(num)s votes", count) for count in (0, 1, 2)]
    assert votes == ["%(num)s voix", "%(num)s voix", "%(num)s voix au total"]
    assert locale.nearest("fr-CA") == "fr"
    assert locale.tongue("fr", True) == "fr"


# ---------------------------------------------------------------- `make language`, `make translations`


def _gathered(*sentences: str | tuple[str, str]) -> Catalog:
    catalogue = Catalog()
    for sentence in sentences:
        catalogue.add(sentence)
    return catalogue


def _said(path: Path, language: str) -> dict[object, object]:
    with path.open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale=language) if message.id}


def test_a_language_is_begun_with_every_sentence_empty(tmp_path: Path) -> None:
    gathered = _gathered("Reply", ("%(num)s vote", "%(num)s votes"))
    path = tool.begin(tmp_path, gathered, "pl")
    assert _said(path, "pl") == {"Reply": "", ("%(num)s vote", "%(num)s votes"): ("", "", "")}
    for code in ("pl", "en", "xx", "pt_BR", "", "../de"):
        with pytest.raises(ValueError, match=r"\w"):
            tool.begin(tmp_path, gathered, code)


def test_catalogues_follow_the_sentences_and_an_overlay_gets_no_empty_ones(tmp_path: Path) -> None:
    for name, said in (("de", {"Reply": "Antworten", "Old": "Alt"}), ("de_formal", {"Yours": "Ihre", "Old": "Älter"})):
        catalogue = Catalog(locale="de")
        for sentence, translated in said.items():
            catalogue.add(sentence, translated)
        path = tmp_path / name / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_po(file, catalogue, omit_header=True)
    tool.renew(tmp_path, _gathered("Reply", "Yours"))
    assert _said(tmp_path / "de" / "LC_MESSAGES" / "messages.po", "de") == {"Reply": "Antworten", "Yours": ""}
    assert _said(tmp_path / "de_formal" / "LC_MESSAGES" / "messages.po", "de") == {"Yours": "Ihre"}
