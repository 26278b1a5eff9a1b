"""Small windows: a phone in an upright hand, and what 400 % of zoom leaves of a screen (WCAG 2.2, 1.4.10 and 2.4.11)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.server import Site

pytestmark = pytest.mark.full

STAYING = """() => [...document.querySelectorAll('body *')]
    .filter((one) => ['sticky', 'fixed'].includes(getComputedStyle(one).position) && one.getBoundingClientRect().height)
    .map((one) => one.className)"""
OUT_OF_SIGHT = """() => [...document.querySelectorAll('.tabs a')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.textContent)"""


def _an_idea(page: Page) -> str:
    page.goto("/ideas")
    return str(page.locator(".ideas h2 a").first.get_attribute("href"))


def test_in_a_low_window_nothing_covers_what_is_read(somebody: Callable[..., Any], site: Site) -> None:
    page: Page = somebody("de", 360)
    people.register(page, site, "zoomed")
    addresses = ["/", "/t/1", _an_idea(page)]
    for address in addresses:
        page.goto(address)
        assert "top" in page.evaluate(STAYING)
    page.set_viewport_size({"width": 320, "height": 256})
    for address in addresses:
        page.goto(address)
        assert page.evaluate(STAYING) == []
        people.no_sideways_scrolling(page)
    page.goto("/t/1")
    page.locator("#reply textarea[name=body]").focus()
    assert page.evaluate(STAYING) == []


def test_a_time_that_is_cut_short_makes_no_page_wider(somebody: Callable[..., Any]) -> None:
    page: Page = somebody("de", 360)
    page.set_viewport_size({"width": 320, "height": 640})
    page.clock.set_fixed_time("2026-05-03T09:21:00Z")  # the newest conversation is 21 minutes old
    page.goto("/")
    expect(page.locator("time", has_text="vor 21 Minuten")).to_be_visible()
    people.no_sideways_scrolling(page)


@pytest.mark.parametrize("language", ["de", "en"])
def test_on_a_phone_every_view_is_in_sight_and_every_act_large_enough(
    somebody: Callable[..., Any], language: str
) -> None:
    page: Page = somebody(language, 360)
    for address in ("/", "/ideas", "/ideas/roadmap", "/search?q=a"):
        page.goto(address)
        expect(page.locator(".tabs").first).to_be_visible()
        assert page.evaluate(OUT_OF_SIGHT) == []
    page.goto("/t/1")
    for act in page.locator(".post-foot :is(.react, .btn)").filter(visible=True).all():
        box = act.bounding_box()
        assert box is not None
        assert box["width"] >= 44
        assert box["height"] >= 44
