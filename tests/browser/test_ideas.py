"""An idea from the first thought to the export, on a real server with worker, with script and without: proposing and taking
a suggestion, votes, what the product team says, being told, the file, the search."""

import csv
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.server import Site, until


@dataclass(frozen=True)
class Words:
    """What is typed, and the idea of the archive that says the same as the first attempt."""

    attempt: str
    known: str
    title: str
    body: str
    reason: str
    answer: str
    wanted: str


WORDS = {
    "de": Words(
        "Licht bei Tag automatisch ausschalten",
        "Das Licht bei Tag von selbst ausschalten",
        "Eine Lampe, die zweimal blinkt, wenn ich bremse",
        "Hinter mir sieht **niemand**, dass ich langsamer werde.",
        "Im Kreisverkehr wurde ich schon angehupt.",
        "Das planen wir für die nächste Leuchte.",
        "bremsen Lampe",
    ),
    "en": Words(
        "Plan a tour with breaks",
        "Plan a tour with a break every hour",
        "Show bakeries along the way",
        "I ride for the **cake** and nobody tells me where it is.",
        "We turned round twice for a closed one.",
        "We plan this together with opening hours.",
        "bakery",
    ),
}
AREAS = {"de": "licht-und-anzeige", "en": "tourenplanung"}
PLACES = [
    pytest.param(language, width, has_script, marks=marks)
    for language, width, has_script, marks in [
        ("de", 360, True, ()),
        ("en", 1280, False, ()),
        ("de", 1280, True, pytest.mark.full),
        ("de", 360, False, pytest.mark.full),
        ("de", 1280, False, pytest.mark.full),
        ("en", 360, True, pytest.mark.full),
        ("en", 1280, True, pytest.mark.full),
        ("en", 360, False, pytest.mark.full),
    ]
]


@pytest.mark.parametrize(("language", "width", "has_script"), PLACES)
def test_from_a_thought_to_the_export(
    somebody: Callable[..., Any], site: Site, tmp_path: Path, language: str, width: int, has_script: bool
) -> None:
    words, name = WORDS[language], f"{language}{width}{'js' if has_script else 'plain'}"
    title = f"{words.title} {name}"
    zoe, tim, paula = (somebody(language, width, java_script_enabled=has_script) for _ in range(3))
    people.register_plainly(zoe, site, f"zoe{name}")
    people.register_plainly(tim, site, f"tim{name}")

    # Zoe begins to propose, finds that somebody has said it already, and supports that
    zoe.goto("/ideas")
    zoe.locator("main a.main[href='/ideas/new']").click()
    _take_the_suggestion(zoe, words, has_script=has_script)
    zoe.goto("/ideas?voted=1")
    expect(_row(zoe, words.known).locator("form.vote button")).to_have_attribute("aria-pressed", "true")

    # then she proposes something else; her own vote is in
    zoe.goto("/ideas/new")
    zoe.fill("#new-idea input[name=title]", title)
    zoe.fill("#new-idea textarea[name=body]", words.body)
    zoe.locator("#new-idea select[name=area]").select_option(AREAS[language])
    people.submit(zoe, "#new-idea")
    zoe.wait_for_url(re.compile(r"/ideas/\d+/"))
    address = zoe.url.split("#")[0].split("?")[0]
    expect(zoe.locator("h1")).to_have_text(title)
    expect(zoe.locator("#p1 .post-body strong")).to_have_count(1)
    _supports(zoe, 1)
    people.no_sideways_scrolling(zoe)

    # Tim comes as a guest: he signs in once, and his vote counts; then he says why
    tim.context.clear_cookies()
    tim.goto(address)
    tim.locator(".vote-panel a.vote-button").click()
    tim.fill("#login input[name=username]", f"tim{name}")
    tim.fill("#login input[name=password]", people.PASSWORD)
    people.submit(tim, "#login")
    tim.wait_for_url(re.compile(r"/ideas/\d+/"))
    _supports(tim, 2)
    tim.locator(".vote-why > summary").click()
    tim.check("#vote-why input[name=importance][value=important]")
    tim.fill("#vote-why [name=reason]", words.reason)
    tim.locator("#vote-why button[type=submit]").click()
    expect(tim.locator(".vote-why[open]")).to_have_count(0)  # saved, and the page is a new one
    _supports(tim, 2)

    # the product team finds it in the inbox and answers
    people.set_password_by_mail(paula, site, "paula", "paula@example.org")
    paula.goto("/ideas/inbox")
    _row(paula, title).locator("h2 a").click()
    paula.locator(".vote-team a[href$='/steer']").click()
    paula.locator("#steer select[name=status]").select_option("planned")
    paula.fill("#steer textarea[name=answer]", words.answer)
    people.no_sideways_scrolling(paula)
    people.submit(paula, "#steer")
    expect(paula.locator(".official .prose")).to_have_text(words.answer)

    # both hear of it, with the answer; the guest's page shows it
    for page in (zoe, tim):
        expect(people.told(page, title)).to_contain_text(words.answer)
    people.told(tim, title).get_by_role("link").first.click()
    tim.wait_for_url(re.compile(r"/ideas/\d+/"))
    expect(tim.locator(".official .prose")).to_have_text(words.answer)
    guest = somebody(language, width, java_script_enabled=has_script)
    guest.goto("/ideas/roadmap")
    expect(guest.locator(".roadmap a", has_text=title)).to_be_visible()
    people.no_sideways_scrolling(guest)

    # the export has it, with both votes and the reason
    paula.goto("/ideas/exports")
    people.submit(paula, "#new-export")
    newest = paula.locator("ul.snapshots > li").first
    with paula.expect_download() as coming:
        newest.locator("a[href$='/csv']").click()
    saved = tmp_path / "ideas.csv"
    coming.value.save_as(saved)
    with saved.open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["title"] == title)
    assert (row["votes"], row["status"], row["answer"]) == ("2", "planned", words.answer)
    assert words.reason in row["reasons"]

    # and who looks for it finds it
    guest.goto("/search")
    guest.fill("#q", words.wanted)
    guest.locator(".search-form button[type=submit]").click()
    guest.wait_for_url(re.compile(r"/search\?"))  # a page that is being left can't be loaded again

    def found() -> bool:
        guest.reload()
        return guest.locator(".search-results .row-title a", has_text=title).count() > 0

    until(found, f"{title!r} among the results of {words.wanted!r}")
    expect(guest.locator(".search-results mark").first).to_be_visible()
    people.no_sideways_scrolling(guest)
    guest.locator(".search-results .row-title a", has_text=title).first.click()
    expect(guest.locator("h1")).to_have_text(title)


def _row(page: Page, title: str) -> Any:
    """An idea in a list."""
    return page.locator("ol.ideas > li", has_text=title).first


def _supports(page: Page, votes: int) -> None:
    """The open idea says that the own vote is in, and how many there are."""
    button = page.locator(".vote-panel form.vote button")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button.locator(".n")).to_have_text(str(votes))


def _take_the_suggestion(page: Page, words: Words, *, has_script: bool) -> None:
    """Types a title; what says the same appears below, with script by itself, and is supported by one click."""
    offered = page.locator(".similar li", has_text=words.known)
    tries = itertools.count()

    def look() -> bool:
        attempt = words.attempt + "!" * next(tries)
        if has_script:
            with page.expect_response(re.compile("/ideas/similar")):
                page.fill("#new-idea input[name=title]", attempt)
            page.evaluate("new Promise(requestAnimationFrame)")  # until the script has shown the answer
        else:
            page.fill("#new-idea input[name=title]", attempt)
            page.locator("[data-suggest-button]").click()
        return offered.count() > 0

    until(look, "the suggestion")  # the index may still be in the making
    people.no_sideways_scrolling(page)
    offered.get_by_role("button").click()
    if has_script:
        expect(offered.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    else:
        page.wait_for_url(re.compile(r"/ideas/\d+/"))
        expect(page.locator("h1")).to_have_text(words.known)
