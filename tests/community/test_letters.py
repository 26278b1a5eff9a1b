"""Mails as they are written: readable in any brand's colours, light and dark, and safe whatever anybody is called."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from forum.community import letters, queries
from forum.community.legal import LEGAL_TEXTS
from forum.community.letters import in_theme
from forum.community.queries import CommunityRow
from forum.core import colour as colours
from forum.core.colour import Oklch, hex_of
from forum.core.mail import Letter

HUES = range(0, 360, 10)
CHROMAS = (0.0, 0.1, 0.3)
TEXT = 4.5
"""Contrast that WCAG 2.2 asks for text (1.4.3)."""
UGLY = {
    "html": "\"><script>alert('x')</script>&amp;",
    "template": "{{ 7 * 7 }}{% raw %}",
    "percent": "100 % %(name)s %s",
    "long word": "Donaudampfschifffahrtsgesellschaftskapitänsmützenknopflochbesatz",
    "long title": "Eine lange Frage " * 12,
    "quotation": "> nobody said this",
    "signature": "--",
}


@pytest.fixture
def house(app: Flask) -> CommunityRow:
    return queries.current()


def letter(house: CommunityRow, language: str = "en", **changes: object) -> Letter:
    values = {
        "name": "Anna",
        "sentence": "Ben replied in “A title”",
        "paragraphs": ["First.", "Second."],
        "facts": [("Number", "2026-0042")],
        "passage": "What was written.",
        "passage_label": "What you wrote",
        "label": "Read it",
        "address": "https://circle.example/t/1",
        "because": "You follow this.",
        "settings": "https://circle.example/settings/mail",
        "unsubscribe": "https://circle.example/unsubscribe/x",
    }
    return letters.write(house, language, "notification", **(values | changes))


def page_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html5lib")


# ---------------------------------------------------------------- colours


def _declared(style: str) -> dict[str, str]:
    pairs = (one.partition(":") for one in style.split(";") if ":" in one)
    return {name.strip(): value.replace("!important", "").strip() for name, _colon, value in pairs}


def _colours(html: str, *, is_dark: bool) -> Iterator[tuple[str, str, str]]:
    """(words, their colour, the colour behind them) of every piece of text that is shown."""
    page = page_of(html)
    assert page.style is not None
    sheet = page.style.text.partition("@media")[2] if is_dark else ""
    rules = {name: _declared(body) for name, body in re.findall(r"\.(\w+) \{([^}]*)\}", sheet)}

    def walk(element: Tag, ink: str, ground: str) -> Iterator[tuple[str, str, str]]:
        style = _declared(str(element.get("style", "")))
        for name in element.get("class") or ():
            style |= rules.get(name, {})
        if style.get("display") == "none":
            return
        ink, ground = style.get("color", ink), style.get("background", ground)
        for child in element.children:
            if isinstance(child, Tag):
                yield from walk(child, ink, ground)
            elif type(child).__name__ == "NavigableString" and child.strip():
                yield child.strip(), ink, ground

    assert page.body is not None
    yield from walk(page.body, "", "")


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_every_word_is_readable_whatever_the_brand(house: CommunityRow, is_dark: bool) -> None:
    worst = (99.0, "", "")
    for hue in HUES:
        for chroma in CHROMAS:
            brand = hex_of(Oklch(0.6, chroma, hue))
            html = letter(replace(house, brand_colour=brand, legal_texts=list(LEGAL_TEXTS))).html
            found = list(_colours(html, is_dark=is_dark))
            assert len(found) > 12
            worst = min(worst, *((colours.contrast(ink, ground), brand, words) for words, ink, ground in found))
    assert worst[0] >= TEXT, worst


def test_without_the_heads_style_sheet_nothing_is_missing(house: CommunityRow) -> None:
    """What takes the sheet away keeps the styles at the elements: each class has what it turns dark said there, too."""
    page = page_of(letter(house).html)
    for element in page.select("[class]"):
        style = _declared(str(element["style"]))
        for name in element["class"]:
            wanted = {
                "ground": "background",
                "card": "background",
                "quote": "border-left",
                "fill": "background",
                "unseen": "display",
            }
            assert wanted.get(name, "color") in style, element


def test_a_mail_can_be_shown_light_and_dark(house: CommunityRow) -> None:
    html = letter(house).html
    assert "@media (prefers-color-scheme: dark)" in html
    assert "@media all" in in_theme(html, "dark")
    assert "@media not all" in in_theme(html, "light")


@pytest.mark.parametrize(("corners", "radius"), [("square", "0px"), ("soft", "6px"), ("round", "12px")])
def test_corners_are_the_communitys(house: CommunityRow, corners: str, radius: str) -> None:
    button = page_of(letter(replace(house, corners=corners)).html).select_one("a.fill")
    assert button is not None
    assert _declared(str(button["style"]))["border-radius"] == radius


# ---------------------------------------------------------------- what anybody may be called


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("ugly", UGLY.values(), ids=UGLY)
def test_names_titles_and_passages_are_shown_as_they_are(house: CommunityRow, language: str, ugly: str) -> None:
    ugly = ugly.strip()
    made = letter(
        house, language, name=ugly, sentence=ugly, paragraphs=[ugly, f"a\n{ugly}"], passage=ugly, facts=[("N", ugly)]
    )
    page = page_of(made.html)
    assert made.subject == ugly
    assert page.find("script") is None
    assert page.h1 is not None
    assert page.h1.text == ugly
    assert page.blockquote is not None
    assert page.blockquote.text.strip() == ugly
    assert page.select_one("p.soft") is not None
    assert ugly in page.select_one("p.soft").text  # type: ignore[union-attr]
    assert made.text.count("\n-- \n") == 1


def test_a_subject_of_several_lines_is_on_one(house: CommunityRow) -> None:
    made = letter(house, sentence="Ben replied\nin “A title”")
    assert made.subject == "Ben replied in “A title”"
    assert made.text.startswith("Hello Anna,\n\nBen replied in “A title”\n")


def test_a_name_from_right_to_left_takes_nothing_along(house: CommunityRow) -> None:
    made = letter(house, name="דוד \u202etxt.exe")
    assert "Hello \u2068דוד txt.exe\u2069," in made.text
    assert "Hello \u2068דוד txt.exe\u2069," in page_of(made.html).text
    assert "\u2068" not in letter(house, name="Jürgen Müller").text


def test_what_is_not_there_leaves_no_trace(house: CommunityRow) -> None:
    made = letter(house, paragraphs=[], facts=[], passage="", settings="", unsubscribe="")
    assert "\n\n\n" not in made.text
    page = page_of(made.html)
    assert page.blockquote is None
    assert [link.text for link in page.select("a")][-1] == house.name("en")


def test_the_legal_texts_are_named_as_far_as_they_are_there(house: CommunityRow) -> None:
    titles = dict(
        zip(
            LEGAL_TEXTS, ("Impressum", "Datenschutz", "Nutzungsbedingungen", "Kontakt", "Barrierefreiheit"), strict=True
        )
    )
    for there in ([], ["imprint"], list(LEGAL_TEXTS)):
        made = letter(replace(house, legal_texts=there), "de")
        links = {link.text: str(link["href"]) for link in page_of(made.html).select("a")}
        for name, title in titles.items():
            assert (f"{title}: http" in made.text) == (name in there)
            assert links.get(title, "").endswith(f"/{name}") == (name in there)
