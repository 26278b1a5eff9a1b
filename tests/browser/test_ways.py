"""Other ways to do the same: without a script, with the keyboard alone, and the demo that an operator starts."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.server import Site, served

pytestmark = pytest.mark.full
MOST_KEYS = 120


@pytest.mark.parametrize(("language", "width"), [("de", 360), ("en", 1280)])
def test_without_a_script_everything_works(somebody: Callable[..., Any], site: Site, language: str, width: int) -> None:
    name = f"plain{language}"
    cleo, dora = (somebody(language, width, java_script_enabled=False) for _ in range(2))
    people.register_plainly(cleo, site, name)
    people.register_plainly(dora, site, f"{name}2")
    cleo.goto("/new?category=tours")
    cleo.fill("#new-thread input[name=title]", f"A quiet road {name}")
    cleo.fill("#new-thread textarea[name=body]", "Without a *script*.")
    people.submit(cleo, "#new-thread")
    cleo.wait_for_url(re.compile(r"/t/\d+/"))
    address = cleo.url.split("#")[0]
    expect(cleo.locator("#p1 .post-body em")).to_have_text("script")
    dora.goto(address)
    people.reply(dora, "That works.")
    dora.locator("#p1 button.react[value=like]").click()
    expect(dora.locator("#p1 button.react[value=like]")).to_have_attribute("aria-pressed", "true")
    cleo.goto(address)
    cleo.locator("#p2 details.menu > summary").last.click()
    cleo.locator("#p2 a[href^='/report']").click()
    cleo.select_option("#report select[name=rule]", index=1)
    cleo.fill("#report textarea[name=text]", "Just a try.")
    people.submit(cleo, "#report")
    cleo.wait_for_url(re.compile(r"/reports/\d+"))


def _tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus, and sees to it that it can be seen."""
    for _ in range(MOST_KEYS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the keyboard on {page.url}")


def test_with_the_keyboard_alone_one_signs_in_and_replies(somebody: Callable[..., Any], site: Site) -> None:
    setup = somebody("en", 1280)
    people.register(setup, site, "keys")
    page = somebody("en", 1280)
    page.goto("/t/1")
    _tab_to(page, "header a[href^='/login']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/login"))
    _tab_to(page, "#login input[name=username]")
    page.keyboard.type("keys")
    _tab_to(page, "#login input[name=password]")
    page.keyboard.type(people.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#login")).to_have_count(0)
    page.goto("/t/1")
    posts = page.locator("article.post").count()
    _tab_to(page, "#reply textarea[name=body]")
    page.keyboard.type("Typed without a mouse.")
    _tab_to(page, "#reply button[type=submit].main")
    page.keyboard.press("Enter")
    expect(page.locator("article.post")).to_have_count(posts + 1)
    expect(page.locator("article.post").last).to_contain_text("without a mouse")


def test_the_demo_answers_and_names_its_log_ins(somebody: Callable[..., Any], tmp_path: Path) -> None:
    with served(tmp_path, "demo", greeting="tafelrunde-demo", seconds=120) as demo:
        for name in ("admin", "manager", "moderator", "product", "customer"):
            assert name in demo.greeting
        assert demo.url in demo.greeting
        page = somebody("de", 1280, base_url=demo.url)
        page.goto("/")
        assert page.locator("ol.talks > li").count() >= 15
        people.sign_in(page, "moderator", "tafelrunde-demo")
        page.goto("/moderation")
        assert page.locator(".desk-list a").count() >= 3
    with served(tmp_path, "demo", greeting="tafelrunde-demo") as again:  # everything is in place
        assert again.url in again.greeting
