"""What a key does, and that it does nothing while one types or where one has switched the keys off."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.server import Site

pytestmark = pytest.mark.full


def test_keys_lead_through_lists_and_places(somebody: Callable[..., Any]) -> None:
    page: Page = somebody("en", 1280)
    page.goto("/")
    titles = page.locator(".talks .row-title a")
    expect(page.locator(".find kbd")).to_have_text("/")
    page.keyboard.press("j")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url(re.compile("/ideas$"))
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("jg?ih")
    expect(page.locator("#find")).to_have_value("jg?ih")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_list_of_keys_opens_and_closes_and_can_be_switched_off(somebody: Callable[..., Any]) -> None:
    page: Page = somebody("de", 1280)
    page.goto("/")
    page.keyboard.press("?")
    expect(page.locator("dialog[open] h1")).to_have_text("Tastenkürzel")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("?")
    page.locator("dialog[open] a[href='/shortcuts']").click()
    page.wait_for_url(re.compile("/shortcuts$"))
    page.locator("#keys-on").uncheck()
    page.goto("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for key in ("?", "g", "i", "j"):
        page.keyboard.press(key)
    expect(page.locator("body")).to_be_focused()
    assert [address for address in asked if "/static/" not in address] == []
    expect(page.locator(".find kbd")).to_have_count(0)
    page.goto("/shortcuts")
    expect(page.locator("#keys-on")).not_to_be_checked()
    page.locator("#keys-on").check()
    page.keyboard.press("Tab")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url(re.compile("/ideas$"))


def test_in_a_thread_keys_like_and_reply(somebody: Callable[..., Any], site: Site) -> None:
    page: Page = somebody("en", 1280)
    people.register(page, site, "keyed")
    page.goto("/t/1")
    page.keyboard.press("j")
    expect(page.locator("#p1")).to_be_focused()
    expect(page.locator("#p1")).to_have_css("outline-style", "solid")
    page.keyboard.press("j")
    expect(page.locator("#p2")).to_be_focused()
    like = page.locator("#p2 .react[value=like]")
    page.keyboard.press("l")
    expect(like).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("l")
    expect(like).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("r")
    expect(page.locator("#reply textarea[name=body]")).to_be_focused()
    page.keyboard.type("l")
    expect(like).to_have_attribute("aria-pressed", "false")


def test_a_frame_shows_that_the_focus_is_within_it(somebody: Callable[..., Any]) -> None:
    page: Page = somebody("en", 1280)
    people.sign_in(page, "chief")
    page.goto("/admin/mails/reset")
    frame = page.locator(".mail-frame")
    expect(page.frame_locator(".mail-frame").locator("a").first).to_be_visible()
    width = "one => parseFloat(getComputedStyle(one).outlineWidth) * (getComputedStyle(one).outlineStyle != 'none')"
    assert frame.evaluate(width) == 0
    frame.focus()
    page.keyboard.press("Tab")
    expect(page.frame_locator(".mail-frame").locator("a").first).to_be_focused()
    expect(frame).to_have_class(re.compile("has-focus"))
    assert frame.evaluate(width) >= 2
    page.locator(".find input").focus()
    expect(frame).not_to_have_class(re.compile("has-focus"))


def test_a_table_is_a_stop_only_where_it_scrolls(somebody: Callable[..., Any]) -> None:
    """WCAG 2.2, 2.1.1: what scrolls sideways is reached by keys; what doesn't would only stand in the way."""
    page: Page = somebody("en", 1280)
    people.sign_in(page, "chief")
    page.goto("/styleguide")
    box = page.locator("details .table-wrap").first
    expect(box).not_to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("details:has(.table-wrap) > summary").first.click()
    expect(box).to_be_visible()
    box.locator("table").evaluate("one => { one.style.width = '900px'; }")
    page.set_viewport_size({"width": 380, "height": 740})
    expect(box).to_have_attribute("tabindex", "0")
    box.focus()
    expect(box).to_be_focused()
