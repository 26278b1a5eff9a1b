"""Header links, foot and welcome: what everybody sees, what is refused, what a member puts away."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from forum.community.frame import FOOT_LENGTH, MOST_LINKS
from forum.community.words import LABEL_LENGTH
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit

FRAME, WELCOME = "/admin/frame", "/admin/welcome"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def soup(client: FlaskClient, address: str = "/") -> BeautifulSoup:
    return BeautifulSoup(client.get(address).text, "html5lib")


def frame(client: FlaskClient, **values: Any) -> Any:
    return submit(client, FRAME, "frame", **values)


def greet(client: FlaskClient, **values: Any) -> Any:
    return submit(client, WELCOME, "welcome-form", **values)


def links(client: FlaskClient, where: str, address: str = "/") -> list[tuple[str, str]]:
    return [(one.text.strip(), str(one["href"])) for one in soup(client, address).select(f"{where} a")]


def german(app: Flask) -> FlaskClient:
    client = browser(app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


def test_links_stand_in_the_header_and_among_the_places_of_every_page(app: Flask, client: FlaskClient) -> None:
    guest = browser(app)
    assert soup(guest).select_one(".top-links, .place-links") is None
    answer = frame(
        client,
        header_links_0_label_en="Shop",
        header_links_0_label_de="Laden",
        header_links_0_address="https://shop.example/?a=1&b=2",
        header_links_3_label_de="Anleitungen",
        header_links_3_address="/c/help",
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, FRAME)
    english = [("Shop", "https://shop.example/?a=1&b=2"), ("Anleitungen", "/c/help")]
    for who, address in ((guest, "/"), (guest, "/login"), (client, "/settings")):
        assert links(who, ".top-links", address) == english
        assert links(who, ".place-links", address) == english
    assert links(german(app), ".top-links")[0] == ("Laden", "https://shop.example/?a=1&b=2")
    kept = soup(client, FRAME)
    assert kept.find(id="header_links_1_label_de")["value"] == "Anleitungen"  # type: ignore[index]


def test_words_and_links_at_the_foot(app: Flask, client: FlaskClient) -> None:
    frame(client, foot_text_en="Run by <b>us</b> & friends.", foot_links_0_label_en="Status", foot_links_0_address="/x")
    foot = soup(browser(app), "/login").select_one(".page-foot")
    assert foot is not None
    assert foot.select_one(".foot-text").text == "Run by <b>us</b> & friends."  # type: ignore[union-attr]
    assert ("Status", "/x") in links(browser(app), ".page-foot")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "http://plain.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "https://",
        "https:///path",
        "https://us@elsewhere.example",
        "https://a.example:port/",
        "https://[::1",
        "shop.example",
        "https://a.example/\u202egnp.exe",
        'https://a.example/"><script>',
    ],
)
def test_a_link_leads_to_a_page_and_to_nothing_else(app: Flask, client: FlaskClient, address: str) -> None:
    for form, values, field in (
        (frame, {"header_links_0_label_en": "Shop"}, "header_links_0_address"),
        (greet, {"title_en": "Hi", "button_en": "Go"}, "address"),
    ):
        answer = form(client, **values, **{field: address})
        assert answer.status_code == 400
        page = BeautifulSoup(answer.text, "html5lib")
        assert "https://" in page.find(id=f"{field}-error").text  # type: ignore[union-attr]
        assert page.find(id=field)["value"] == address.strip()  # type: ignore[index]
    assert links(browser(app), ".top-links") == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"header_links_0_label_de": "Gebrauchsanweisungen und Ersatzteilbestellung für alle Räder"}, "label_de"),
        ({"header_links_0_address": "/x"}, "label_de"),
        ({"header_links_0_label_en": "Shop"}, "address"),
    ],
)
def test_half_a_link_or_too_long_a_label_is_refused_beside_it(client: FlaskClient, values: Any, field: str) -> None:
    answer = frame(client, **values)
    assert answer.status_code == 400
    page = BeautifulSoup(answer.text, "html5lib")
    assert page.find(id=f"header_links_0_{field}-error")
    for name, value in values.items():
        assert page.find(id=name)["value"] == value  # type: ignore[index]


def test_what_turns_letters_round_is_taken_out_of_labels(app: Flask, client: FlaskClient) -> None:
    frame(client, header_links_0_label_en="Sh\u202eop\u2066\n now", header_links_0_address="/x")
    assert links(browser(app), ".top-links") == [("Shop now", "/x")]


def test_the_longest_that_is_taken(app: Flask, client: FlaskClient) -> None:
    values = {f"header_links_{n}_label_de": "Ä" * LABEL_LENGTH for n in range(MOST_LINKS)}
    values |= {f"header_links_{n}_address": f"https://example.org/{n}" for n in range(MOST_LINKS)}
    assert frame(client, **values, foot_text_de="ß" * FOOT_LENGTH).status_code == 303
    assert len(links(german(app), ".top-links")) == MOST_LINKS
    assert frame(client, foot_text_de="ß" * (FOOT_LENGTH + 1)).status_code == 400


def test_a_guest_is_greeted_with_the_operators_words(app: Flask, client: FlaskClient) -> None:
    guest = browser(app)
    usual = soup(guest).select_one(".welcome")
    greet(
        client,
        title_en="Spring tour <2027>",
        text_en="First.\n\nSecond\nline.",
        button_en="Read more",
        address="/c/news",
    )
    welcome = soup(guest).select_one(".welcome")
    assert welcome is not None
    assert welcome.h1.text == "Spring tour <2027>"  # type: ignore[union-attr]
    assert [" ".join(one.text.split()) for one in welcome.find_all("p")] == ["First.", "Second line."]
    assert [one["href"] for one in welcome.find_all("a")] == ["/c/news", "/register", "/login"]
    assert soup(german(app)).select_one(".welcome h1").text == "Spring tour <2027>"  # type: ignore[union-attr]
    assert soup(client).select_one(".welcome") is None
    assert soup(guest, "/?view=unanswered").select_one(".welcome") is None
    greet(client, title_en="", text_en="", button_en="", address="")
    assert soup(guest).select_one(".welcome") == usual


def test_a_member_puts_it_away_for_good_and_sees_the_next(app: Flask, client: FlaskClient) -> None:
    greet(client, audience="members", title_en="Hello you")
    assert "Hello you" not in browser(app).get("/").text
    a_member("anna")
    anna = browser(app)
    sign_in_by_form(anna, "anna")
    form = soup(anna).select_one(".welcome form")
    assert form is not None
    assert soup(anna, "/?view=unanswered").select_one(".welcome") is None
    sent = {str(field["name"]): str(field["value"]) for field in form.find_all("input")}
    assert anna.post("/welcome/dismiss", data=sent | {"mark": "another"}).status_code == 303
    assert "Hello you" in anna.get("/").text
    assert anna.post("/welcome/dismiss", data=sent).headers["Location"] == "/"
    assert "Hello you" not in anna.get("/").text
    assert "Hello you" in client.get("/").text
    greet(client, audience="everybody")
    assert "Hello you" not in anna.get("/").text
    assert "Hello you" in browser(app).get("/").text
    greet(client, text_en="Something new.")
    assert "Something new." in anna.get("/").text


def test_the_preview_shows_what_is_not_kept_yet(app: Flask, client: FlaskClient) -> None:
    answer = greet(client, title_en="Not yet", show="1")
    assert answer.status_code == 200
    assert "Not yet" in BeautifulSoup(answer.text, "html5lib").select_one("[data-previewed]").text  # type: ignore[union-attr]
    answer = frame(client, header_links_0_label_en="Not yet", header_links_0_address="/x", show="1")
    assert "Not yet" in BeautifulSoup(answer.text, "html5lib").select_one("[data-previewed]").text  # type: ignore[union-attr]
    assert "Not yet" not in browser(app).get("/").text


def test_of_two_who_save_at_once_the_second_sees_both(app: Flask, client: FlaskClient) -> None:
    for page, form, first, second in (
        (FRAME, frame, {"foot_text_en": "First words"}, {"foot_text_en": "Other words"}),
        (WELCOME, greet, {"title_en": "First words"}, {"title_en": "Other words"}),
    ):
        seen = str(soup(client, page).find("input", id="seen")["value"])  # type: ignore[index, call-overload]
        form(client, **first)
        answer = form(client, **second, seen=seen)
        assert answer.status_code == 409
        assert "First words" in answer.text
        assert "Other words" in answer.text
        again = BeautifulSoup(answer.text, "html5lib").find("input", id="seen")
        assert form(client, **second, seen=again["value"]).status_code == 303  # type: ignore[index, call-overload]
        assert "Other words" in browser(app).get("/").text


def test_who_reads_english_sees_what_was_saved_in_german_meanwhile(client: FlaskClient) -> None:
    for page, form, first, second in (
        (FRAME, frame, {"foot_text_de": "Erste Worte"}, {"foot_text_de": "Andere"}),
        (WELCOME, greet, {"title_en": "Hi", "title_de": "Erste Worte"}, {"title_en": "Hi", "title_de": "Andere"}),
    ):
        seen = str(soup(client, page).find("input", id="seen")["value"])  # type: ignore[index, call-overload]
        form(client, **first)
        shown = BeautifulSoup(form(client, **second, seen=seen).text, "html5lib").select_one(".banner.warn")
        assert shown is not None
        found = shown.find(lang="de")
        assert found is not None
        assert "Erste Worte" in found.text


def test_only_administrators_change_them(app: Flask) -> None:
    a_member("manager", roles=("manager",))
    client = browser(app)
    sign_in_by_form(client, "manager")
    assert [client.get(page).status_code for page in (FRAME, WELCOME)] == [403, 403]
