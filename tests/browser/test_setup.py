"""The first run in a real browser: from the link on the console to the open community, on a phone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.people import PASSWORD
from tests.browser.server import forum, served, until
from tests.browser.test_pages import findings

LINK = re.compile(r"http://\S+/setup/link/\S+")


def test_the_five_screens_on_a_phone(somebody: Callable[..., Any], tmp_path: Path) -> None:
    forum(tmp_path, "migrate")
    with served(tmp_path, "serve", "--no-worker", greeting="prints a new one") as site:
        page = somebody("de", 360, base_url=site.url)
        page.goto(LINK.findall(site.greeting)[0])
        page.locator(".form-foot .main").click()
        expect(page).to_have_url(f"{site.url}/setup/community")
        found = findings(page, "/setup/community")
        expect(page.locator(".setup-steps [aria-current=step]")).to_have_text("1. Community")
        page.locator("[name=name_de]").fill("Runde")
        page.locator("[name=team_name]").fill("Beispiel")
        page.locator(".form-foot .main").click()
        expect(page).to_have_url(f"{site.url}/setup/look")
        found += findings(page, "/setup/look")
        preview = page.locator(".preview").first.get_by_role("button", include_hidden=True).first
        before = preview.evaluate("one => getComputedStyle(one).backgroundColor")
        page.locator("[name=brand_colour]").fill("#8a3ffc")
        until(lambda: preview.evaluate("one => getComputedStyle(one).backgroundColor") != before, "the new colour")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{site.url}/setup/account")
        found += findings(page, "/setup/account")
        for name, value in (("username", "kim"), ("email", "kim@example.org"), ("password", PASSWORD)):
            page.locator(f"[name={name}]").fill(value)
        page.locator(".form-foot .main").click()
        expect(page).to_have_url(f"{site.url}/setup/legal")
        found += findings(page, "/setup/legal")
        page.locator("[name=skip]").click()
        expect(page).to_have_url(f"{site.url}/setup/start")
        found += findings(page, "/setup/start")
        page.locator("details").first.locator("summary").click()
        page.locator(".form-foot .main").click()
        expect(page).to_have_url(f"{site.url}/setup/open")
        found += findings(page, "/setup/open")
        page.locator(".form-foot .main").click()
        expect(page.get_by_text("Deine Community ist offen")).to_be_visible()
        assert page.goto("/setup").status == 404
    assert found == []
