"""What the composer says of pictures and drafts, and what it keeps."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.server import Site

pytestmark = pytest.mark.full

KEEP = "**/drafts/keep*"


def _choose(page: Page, name: str, kind: str) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("[data-tool=picture]").click()
    chooser.value.set_files({"name": name, "mimeType": kind, "buffer": b"Not much."})


def test_what_is_said_of_pictures_stays_and_none_on_its_way_is_kept_or_waited_for(
    somebody: Callable[..., Any], site: Site
) -> None:
    page: Page = somebody("en", 360)
    people.register_plainly(page, site, "painter")
    page.goto("/t/2")
    area, said = page.locator("#reply textarea"), page.locator("#reply .composer-pictures")
    for name, kind in (("notes.txt", "text/plain"), ("broken.png", "image/png")):
        _choose(page, name, kind)
        expect(said).to_have_text("This isn't a picture that can be shown. PNG, JPEG, GIF and WebP can.")
    with page.expect_response(KEEP):
        area.fill("What I wanted to show")
    expect(page.locator("#reply .composer-status")).to_have_text("Draft saved")
    expect(said).to_have_text("This isn't a picture that can be shown. PNG, JPEG, GIF and WebP can.")

    def never(route: Any) -> None:
        """The answer doesn't come."""

    page.route("**/media", never)
    with page.expect_request(KEEP) as kept:
        _choose(page, "slow.png", "image/png")
    assert "Uploading" in area.input_value()
    assert "Uploading" not in kept.value.post_data
    people.submit(page, "#reply")
    expect(said).to_have_text("A picture is still being uploaded. Please wait a moment.")
    area.fill("Then without it.")
    people.submit(page, "#reply")
    expect(page.locator("article.post").last).to_contain_text("Then without it.")
    page.go_back()
    page.goto("/drafts")
    expect(page.locator("main")).not_to_contain_text("without it")


def test_that_a_draft_can_not_be_kept_is_said_once(somebody: Callable[..., Any], site: Site) -> None:
    page: Page = somebody("en")
    people.register_plainly(page, site, "drafter")
    page.goto("/t/2")
    page.route(KEEP, lambda route: route.abort())
    area, told = page.locator("#reply textarea"), page.locator("#toast")
    area.fill("One")
    expect(told).to_have_text("Draft could not be saved. Please keep a copy of your text.")
    expect(told).to_have_text("", timeout=10_000)
    with page.expect_event("requestfailed"):
        area.fill("One, two")
    expect(page.locator("#reply .composer-status")).to_have_text(
        "Draft could not be saved. Please keep a copy of your text."
    )
    expect(told).to_have_text("")
    page.unroute(KEEP)
    area.fill("One, two, three")
    expect(page.locator("#reply .composer-status")).to_have_text("Draft saved")
