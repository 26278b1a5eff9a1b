"""That nothing moves by itself while a page loads, or under the hands of who writes on it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.server import until

pytestmark = pytest.mark.full

WATCH = """
window.moved = [];
new PerformanceObserver((list) => list.getEntries().forEach(({ value, hadRecentInput, sources }) => {
  moved.push([value, hadRecentInput, sources.map(({ node }) => node?.outerHTML?.slice(0, 90) ?? node?.nodeValue)]);
})).observe({ type: 'layout-shift', buffered: true });
"""
DRAWN = "performance.getEntriesByType('paint').length"
SETTLED = "new Promise((done) => requestIdleCallback(() => requestAnimationFrame(() => setTimeout(done))))"
AT_LOAD = 0.005
MOST = 0.02


def _moved(page: Page) -> list[Any]:
    """What has moved since the page was asked for, once everything is there and drawn: how much, whether the reader had
    just typed or pressed something, and what."""
    page.wait_for_load_state("networkidle")
    page.evaluate(SETTLED)
    return list(page.evaluate("window.moved"))


def _chief(page: Page) -> None:
    """Signs in as an administrator, with the rules accepted: a banner about them would fill half the screen."""
    people.sign_in(page, "chief")
    page.goto("/rules/accept")
    if page.locator("#accept-rules").count():
        page.check("#accept-rules input[name=accept]")
        people.submit(page, "#accept-rules")
        expect(page.locator("#accept-rules")).to_have_count(0)


@pytest.mark.parametrize("address", ["/t/1", "/", "/new", "/admin/community", "/ideas"])
def test_pages_stand_still(somebody: Callable[..., Any], address: str) -> None:
    """Also where the script comes after the page has been drawn, as on a slow line."""
    page: Page = somebody("de", 360)
    page.add_init_script(WATCH)
    _chief(page)
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route("**/*.js", hold)
    page.goto(address, wait_until="commit")
    until(lambda: page.evaluate(DRAWN) and held, "the page without its script")
    held[0].continue_()
    moved = [one for one in _moved(page) if not one[1]]
    assert sum(one[0] for one in moved) < AT_LOAD, moved


def test_a_row_is_as_high_with_its_exact_time_as_with_the_words_of_the_script(somebody: Callable[..., Any]) -> None:
    page: Page = somebody("de", 360, java_script_enabled=False)
    _chief(page)
    people.start_thread(page, "help", "Quietscht der Sattel?", "Bei mir seit gestern, bei jedem Tritt.")
    page.goto("/?view=unanswered")
    heights = page.locator(".talk-last").evaluate_all("all => all.map((one) => one.clientHeight)")
    assert heights
    assert max(heights) < 30


@pytest.mark.parametrize(
    ("address", "form", "title"),
    [
        ("/new", "#new-thread", "Der Akku ist im Winter schwach"),
        ("/ideas/new", "#new-idea", "Das Licht bei Tag ausschalten"),
    ],
)
def test_what_is_similar_pushes_nothing_away(somebody: Callable[..., Any], address: str, form: str, title: str) -> None:
    page: Page = somebody("de", 360)
    page.add_init_script(WATCH)
    _chief(page)
    page.goto(address)
    _moved(page)
    page.evaluate("window.moved = []")
    words, offered = page.locator(f"{form} input[name=title]"), page.locator(f"{form} .similar-list li").first
    words.fill(title)
    expect(offered).to_be_visible()
    expect(page.locator(f"{form} [role=status]").first).to_have_text(re.compile(r"^\d+ \w+"))
    moved = _moved(page)
    assert sum(one[0] for one in moved) < MOST, moved
    people.no_sideways_scrolling(page)
    page.locator(f"{form} textarea").focus()
    expect(offered).to_be_hidden()
    words.focus()
    expect(offered).to_be_visible()
    page.keyboard.press("Tab")
    expect(offered.locator("a")).to_be_focused()


def test_a_page_does_not_get_shorter_under_who_is_at_its_end_when_nothing_is_similar(
    somebody: Callable[..., Any],
) -> None:
    page: Page = somebody("en", 360)
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route("**/similar?part", hold)
    page.goto("/t/2")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    until(lambda: page.evaluate(DRAWN) and held, "the question what is similar")
    before = page.evaluate("scrollY")
    with page.expect_response("**/similar?part"):
        held[0].fulfill(content_type="text/html", body="<!doctype html><title>Nothing</title>")
    page.evaluate(SETTLED)
    expect(page.locator("[data-similar]")).to_be_hidden()
    assert page.evaluate("scrollY") == before > 0
