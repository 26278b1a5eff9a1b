"""How people come in where not everybody may: by approval, by invitation, in two steps; and out everywhere, and back."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.server import ARCHIVE, Site, forum, served
from tests.browser.test_pages import findings

STEP_SECONDS = 30
PLACES = [("de", 360), pytest.param("en", 1280, marks=pytest.mark.full)]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A community in which the team approves newcomers, once its administrator has said so."""
    folder = tmp_path_factory.mktemp("guarded")
    forum(folder, "migrate")
    forum(folder, "import", str(ARCHIVE))
    chief = ("--username", "chief", "--email", "chief@example.org", "--language", "en", "--password-stdin")
    forum(folder, "create-admin", *chief, typed=f"{people.PASSWORD}\n")
    forum(folder, "members", "require-two-factor", "--nobody")
    with served(folder, "serve", greeting="Tafelrunde is at") as running:
        yield running


def _ask(page: Page, site: Site, address: str, username: str, answer: str = "") -> None:
    """Fills in the form at an address, and confirms by the link in the mail."""
    page.goto(address)
    page.fill("#register input[name=username]", username)
    page.fill("#register input[name=email]", f"{username}@example.org")
    page.fill("#register input[name=password]", people.PASSWORD)
    if answer:
        page.fill("#register textarea[name=answer]", answer)
    page.check("#register input[name=accept]")
    people.submit(page, "#register")
    page.wait_for_url(re.compile(r"/confirm(\?|$)"))
    page.goto(site.mail_to(f"{username}@example.org", "/confirm/"))
    people.submit(page, "#confirm")
    expect(page.locator("#confirm")).to_have_count(0)


def _sign_in(page: Page, username: str, code: str) -> None:
    page.goto("/login")
    page.fill("#login input[name=username]", username)
    page.fill("#login input[name=password]", people.PASSWORD)
    people.submit(page, "#login")
    page.wait_for_url(re.compile("/login/code"))
    page.fill("#code-form input[name=code]", code)
    people.submit(page, "#code-form")
    expect(page.locator("#code-form")).to_have_count(0)
    assert _is_in(page)


def _is_in(page: Page) -> bool:
    """Whether the page that an address only for members leads to is that address."""
    page.goto("/settings/devices")
    return urlsplit(page.url).path == "/settings/devices"


@pytest.mark.parametrize(("language", "width"), PLACES)
def test_asking_being_approved_and_writing(
    somebody: Callable[..., Any], guarded: Site, language: str, width: int
) -> None:
    admin, newcomer = somebody("en", base_url=guarded.url), somebody(language, width, base_url=guarded.url)
    people.sign_in(admin, "chief")
    admin.goto("/admin/registration")
    admin.select_option("#registration select[name=mode]", "approval")
    admin.fill("#registration textarea[name=question_de]", "Welches Rad fährst du?")
    admin.fill("#registration textarea[name=question_en]", "Which bicycle do you ride?")
    people.submit(admin, "#registration")
    expect(admin.locator(".banner[role=status]")).to_be_visible()

    name = f"asks{language}"
    _ask(newcomer, guarded, "/register", name, "Ein altes Dreigangrad")
    newcomer.wait_for_url(re.compile(r"/confirm$"))
    people.no_sideways_scrolling(newcomer)
    newcomer.goto("/t/1")
    newcomer.fill("#reply textarea", "Guten Tag!")
    with newcomer.expect_response("**/reply"):
        people.submit(newcomer, "#reply")
    newcomer.goto("/drafts")
    expect(newcomer.locator("main")).to_contain_text("Guten Tag!")

    admin.goto("/admin/requests")
    request = admin.locator("ol.talks > li", has_text=name)
    expect(request).to_contain_text("Ein altes Dreigangrad")
    request.get_by_role("checkbox").check()
    assert findings(admin, "/admin/requests") == []
    admin.locator("ol.talks > li", has_text=name).locator("form[action$='/approve'] button").click()
    expect(admin.locator("ol.talks > li", has_text=name)).to_have_count(0)

    people.start_thread(newcomer, "tours", f"Endlich dabei {name}", "Guten Tag!")


@pytest.mark.parametrize(("language", "width"), PLACES)
def test_an_invitation_for_one_and_nobody_after(
    somebody: Callable[..., Any], guarded: Site, language: str, width: int
) -> None:
    admin, guest, late = (
        somebody("en", base_url=guarded.url),
        *(somebody(language, width, base_url=guarded.url) for _ in range(2)),
    )
    people.sign_in(admin, "chief")
    admin.goto("/admin/invitations")
    admin.fill("#invitation input[name=uses]", "1")
    admin.fill("#invitation input[name=days]", "7")
    people.submit(admin, "#invitation")
    link = admin.locator("#new-link").inner_text().strip()
    admin.context.grant_permissions(["clipboard-read", "clipboard-write"])
    admin.get_by_role("button", name="Copy the link").click()
    expect(admin.locator("#toast")).to_have_text("Copied")
    assert admin.evaluate("navigator.clipboard.readText()") == link

    _ask(guest, guarded, link, f"invited{language}")
    people.start_thread(guest, "tours", f"Eingeladen {language}", "Danke für die Einladung!")

    late.goto(link)
    expect(late.locator("#register")).to_have_count(0)
    expect(late.locator("h1")).to_be_visible()
    people.no_sideways_scrolling(late)


@pytest.mark.parametrize(("language", "width"), PLACES)
def test_two_steps_out_everywhere_and_back(
    somebody: Callable[..., Any], guarded: Site, language: str, width: int
) -> None:
    name = f"steps{language}"
    account = ("--username", name, "--email", f"{name}@example.org", "--language", language, "--password-stdin")
    forum(guarded.folder, "create-admin", *account, typed=f"{people.PASSWORD}\n")
    phone, laptop = (somebody(language, size, base_url=guarded.url) for size in (360, width))
    people.sign_in(phone, name)
    phone.goto("/settings/two-factor")
    app = pyotp.TOTP(phone.locator("#secret").inner_text().replace(" ", ""))
    phone.fill("#switch-on input[name=code]", "000000" if app.now() != "000000" else "111111")
    people.submit(phone, "#switch-on")
    expect(phone.locator("#switch-on [id$=-error]")).to_have_count(1)
    phone.fill("#switch-on input[name=code]", app.now())
    people.submit(phone, "#switch-on")
    codes = phone.locator("#recovery-codes code").all_inner_texts()
    people.no_sideways_scrolling(phone)
    assert len(set(codes)) == len(codes) >= 8

    # the next code of the app on another device; it shows on the first one, which ends both
    _sign_in(laptop, name, app.at(int(time.time()) + STEP_SECONDS))
    phone.goto("/settings/devices")
    expect(phone.locator("#devices > li")).to_have_count(2)
    phone.locator("form[action$='/sign-out-everywhere'] button").click()
    expect(phone.locator("header a[href^='/login']").first).to_be_attached()
    assert not _is_in(laptop)
    assert not _is_in(phone)

    # and back without the app
    _sign_in(phone, name, codes[0])
    phone.goto("/settings/two-factor")
    expect(phone.locator("main")).to_contain_text(str(len(codes) - 1))
