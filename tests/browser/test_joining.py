"""Joining in a real browser: the work that it does while the form is filled in, waiting for it, and doing without."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from forum.web import proof_of_work
from tests.browser.people import PASSWORD, no_sideways_scrolling, submit
from tests.browser.server import Site, until


def fill_in(page: Page, username: str) -> None:
    page.fill("#register input[name=username]", username)
    page.fill("#register input[name=email]", f"{username}@example.org")
    page.fill("#register input[name=password]", PASSWORD)
    page.check("#register input[name=accept]")


def test_the_browser_does_the_work_that_the_server_checks(somebody: Callable[..., Any], site: Site) -> None:
    page = somebody("en")
    page.goto("/register")
    solution = until(lambda: page.locator("#register [name=solution]").input_value(), "the work is done")
    form = page.locator("#register")
    puzzle, bits = form.get_attribute("data-puzzle"), form.get_attribute("data-bits")
    assert proof_of_work.is_solved(puzzle, int(bits), solution)
    expect(page.locator("#register .banner")).to_have_count(0)
    fill_in(page, "worked")
    page.fill("#register input[name=email]", "nonsense")
    submit(page, "#register")
    expect(page.locator("#email-error")).to_be_visible()
    assert page.locator("#register [name=solution]").input_value() == solution, "it isn't done twice"


def test_a_form_that_is_sent_before_the_work_is_done_waits(somebody: Callable[..., Any], site: Site) -> None:
    page = somebody("de", 360)
    page.add_init_script(
        "window.Worker = class { constructor() { window.theWorker = this; } postMessage() {} terminate() {} };"
    )
    page.goto("/register")
    fill_in(page, "early")
    submit(page, "#register")
    expect(page.locator("#register [role=status]")).to_have_text("Einen Moment …")
    expect(page.locator("#register button.main")).to_have_attribute("aria-busy", "true")
    no_sideways_scrolling(page)
    assert page.url.endswith("/register")
    page.evaluate("window.theWorker.onmessage({ data: '1' })")
    page.wait_for_url(re.compile(r"/confirm(\?|$)"))


@pytest.mark.parametrize("has_scripts", [True, False])
def test_where_nothing_can_work_the_form_says_what_follows(
    somebody: Callable[..., Any], site: Site, *, has_scripts: bool
) -> None:
    page = somebody("en", 360, java_script_enabled=has_scripts)
    if has_scripts:
        page.add_init_script("window.Worker = class { constructor() { throw new Error('none here'); } };")
    page.goto("/register")
    expect(page.locator("#register .banner")).to_contain_text("the team takes a look")
    if has_scripts:
        no_sideways_scrolling(page)
    fill_in(page, f"without{has_scripts}".lower())
    submit(page, "#register")
    page.wait_for_url(re.compile(r"/confirm(\?|$)"))
