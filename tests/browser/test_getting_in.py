"""Getting in, in a real browser: by invitation, and by the team's approval."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.people import PASSWORD, no_sideways_scrolling, sign_in, submit
from tests.browser.server import ARCHIVE, Site, forum, served
from tests.browser.test_pages import findings


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A community of its own: who may join is changed in it."""
    folder = tmp_path_factory.mktemp("house")
    forum(folder, "migrate")
    forum(folder, "import", str(ARCHIVE))
    chief = ("--username", "chief", "--email", "chief@example.org", "--language", "en", "--password-stdin")
    forum(folder, "create-admin", *chief, typed=f"{PASSWORD}\n")
    forum(folder, "members", "require-two-factor", "--nobody")
    with served(folder, "serve", greeting="Tafelrunde is at") as running:
        yield running


def choose(admin: Page, mode: str) -> None:
    admin.goto("/admin/registration")
    admin.check(f"#registration [name=mode][value={mode}]")
    submit(admin, "#registration")
    expect(admin.locator(".toast, .banner").first).to_be_visible()


def join(page: Page, site: Site, username: str) -> None:
    """Fills in the form that is open, and confirms the address."""
    page.fill("#register input[name=username]", username)
    page.fill("#register input[name=email]", f"{username}@example.org")
    page.fill("#register input[name=password]", PASSWORD)
    page.check("#register input[name=accept]")
    submit(page, "#register")
    page.wait_for_url(re.compile(r"/confirm(\?|$)"))
    page.goto(site.mail_to(f"{username}@example.org", "/confirm/"))
    submit(page, "#confirm")


def test_by_invitation_where_nobody_joins_otherwise(somebody: Callable[..., Any], house: Site) -> None:
    admin = somebody("en", base_url=house.url)
    guest, late = (somebody("de", 360, base_url=house.url) for _ in range(2))
    sign_in(admin, "chief")
    choose(admin, "invitation")
    guest.goto("/register")
    expect(guest.locator("#register")).to_have_count(0)
    admin.goto("/admin/invitations")
    admin.fill("#invitation [name=uses]", "1")
    submit(admin, "#invitation")
    link = admin.locator("#new-link").inner_text()
    guest.goto(link)
    expect(guest.locator("main .banner").first).to_be_visible()
    no_sideways_scrolling(guest)
    found = findings(guest, link.removeprefix(house.url))
    join(guest, house, "invited")
    guest.wait_for_url(re.compile(r"/$"))
    late.goto(link)
    expect(late.get_by_role("heading", name="Dieser Link gilt nicht mehr")).to_be_visible()
    no_sideways_scrolling(late)
    admin.goto("/admin/invitations")
    expect(admin.get_by_text("1 of 1 used")).to_be_visible()
    choose(admin, "open")
    assert found == []


def test_by_the_team_s_approval(somebody: Callable[..., Any], house: Site) -> None:
    admin, guest = somebody("en", base_url=house.url), somebody("de", 360, base_url=house.url)
    sign_in(admin, "chief")
    choose(admin, "approval")
    guest.goto("/register")
    join(guest, house, "patient")
    guest.goto("/confirm")
    expect(guest.get_by_role("heading", name="Das Team sieht sich deine Anfrage an")).to_be_visible()
    found = findings(guest, "/confirm")
    admin.goto("/admin/requests")
    admin.get_by_role("button", name="Approve patient").click()
    expect(admin.get_by_role("button", name="Approve patient")).to_have_count(0)
    people.start_thread(guest, "tours", "Endlich dabei", "Danke für die Aufnahme!")
    choose(admin, "open")
    assert found == []
