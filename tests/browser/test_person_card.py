"""The card beside a name: by pointer and by keyboard, dismissed, entered and left (WCAG 2.2, 1.4.13), and not by finger."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.server import Site

NAME = "#p1 .post-author a"


def _at_thread(somebody: Callable[..., Any], site: Site, name: str, width: int = 1280) -> Page:
    page: Page = somebody("en", width)
    people.register_plainly(page, site, name)
    page.goto("/t/1")
    return page


def test_the_card_opens_under_the_pointer_stays_there_and_follows(somebody: Callable[..., Any], site: Site) -> None:
    page = _at_thread(somebody, site, "pointed")
    card = page.locator(".person-card")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.hover(NAME)
    expect(card).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") == height
    follow = card.get_by_role("button", name="Follow")
    follow.hover()
    follow.click()
    expect(card.get_by_role("button", name="Following")).to_be_visible()
    assert "/t/1/" in page.url
    page.mouse.move(5, 5)
    expect(card).to_have_count(0)
    page.hover("#p1 > .face")
    expect(card.get_by_role("button", name="Following")).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    people.no_sideways_scrolling(page)


def test_the_card_opens_by_focus_and_tab_leads_through_it(somebody: Callable[..., Any], site: Site) -> None:
    page = _at_thread(somebody, site, "tabbed")
    card = page.locator(".person-card")
    page.locator(NAME).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(card).to_be_visible()
    expect(page.locator(NAME)).to_have_attribute("aria-describedby", "person-card-facts")
    page.keyboard.press("Tab")
    expect(card.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page.locator(NAME)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#p1 .post-time")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(card).to_be_visible()
    for _stop in range(card.locator("a, button").count() + 1):
        page.keyboard.press("Tab")
    expect(page.locator("#p1 .post-time")).to_be_focused()
    expect(card).to_have_count(0)


def test_a_finger_follows_the_link(somebody: Callable[..., Any], site: Site) -> None:
    page = _at_thread(somebody, site, "tapped", 360)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.tap(NAME)
    page.wait_for_url("**/u/*")
    assert not any("part=card" in url for url in asked)
