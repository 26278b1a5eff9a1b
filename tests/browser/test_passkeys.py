"""Passkeys through the browser's virtual authenticator: from adding one to the last goodbye."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.server import ARCHIVE, Site, forum, served
from tests.browser.test_pages import findings

PAGE = "/settings/passkeys"
NO_OFFERS = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
"""Whoever presses the button is not to be overtaken by what the browser offers by itself: the virtual authenticator takes
that at once."""


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A community with a host name: browsers have passkeys there."""
    folder = tmp_path_factory.mktemp("named")
    forum(folder, "migrate")
    forum(folder, "import", str(ARCHIVE))
    forum(folder, "members", "require-two-factor", "--nobody")
    for name in ("kim", "robin"):
        account = ("--username", name, "--email", f"{name}@example.org", "--language", "en", "--password-stdin")
        forum(folder, "create-admin", *account, typed=f"{people.PASSWORD}\n")
    with served(folder, "serve", greeting="Tafelrunde is at", host="localhost") as running:
        yield running


class Key:
    """What stands for the device's fingerprint reader; `knows_owner` says whether the right finger lies on it."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable", {"enableUI": False})
        self._id = ""

    def plug_in(self, *, presses: bool = True) -> None:
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": presses,
        }
        made = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self._id = made["authenticatorId"]

    def presses(self, does: bool) -> None:
        self._session.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": self._id, "enabled": does})

    def knows_owner(self, does: bool) -> None:
        self._session.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": does})


def sign_out(page: Page) -> None:
    page.locator(".me-menu > summary").click()
    page.locator("form[action='/logout'] button").click()
    expect(page.locator("header a[href='/login']").first).to_be_attached()


def add(page: Page, name: str) -> None:
    page.goto(PAGE)
    page.fill("#new-passkey [name=name]", name)
    page.locator("#new-passkey button").click()
    expect(page.locator("#passkeys li")).to_have_count(1)


@pytest.mark.parametrize(("language", "width"), [("de", 360), ("en", 1280)])
def test_from_adding_one_to_removing_it(somebody: Callable[..., Any], named: Site, language: str, width: int) -> None:
    page = somebody(language, width, base_url=named.url)
    page.add_init_script(NO_OFFERS)
    key = Key(page)
    key.plug_in(presses=False)
    name = "kim" if language == "en" else "robin"
    people.sign_in(page, name)
    page.goto(PAGE)
    assert page.locator("#new-passkey [name=name]").input_value() == "Chrome · Linux"
    key.presses(True)
    add(page, "My phone")
    people.no_sideways_scrolling(page)
    assert findings(page, PAGE) == []

    # out, and in again without a user name, to where one wanted to go
    key.presses(False)
    sign_out(page)
    page.goto("/login?next=/rules")
    assert findings(page, "/login?next=/rules") == []
    expect(page.locator("#login [data-passkeys]")).to_be_visible()
    key.presses(True)
    page.locator("#login [data-passkeys] button").click()
    page.wait_for_url(f"{named.url}/rules")

    # removed, it opens nothing any more, and the page says so
    page.goto(PAGE)
    page.locator("#passkeys a").click()
    assert findings(page, page.url.removeprefix(named.url)) == []
    page.locator("form[action$='/remove'] button").click()
    expect(page.locator("#passkeys")).to_have_count(0)
    key.presses(False)
    sign_out(page)
    page.goto("/login")
    key.presses(True)
    page.locator("#login [data-passkeys] button").click()
    expect(page.locator("#login")).to_be_visible()
    expect(page.locator("#main > .banner[role=alert]")).to_be_visible()
    assert page.url.endswith("/login/passkey")


def test_what_goes_wrong_is_said_in_the_page(somebody: Callable[..., Any], named: Site) -> None:
    page = somebody("en", 1280, base_url=named.url)
    page.add_init_script(NO_OFFERS)
    key = Key(page)
    key.plug_in()
    people.sign_in(page, "kim")
    add(page, "My laptop")
    page.goto(PAGE)
    page.locator("#new-passkey button").click()
    told = page.locator("[data-passkeys-told]")
    expect(told).to_contain_text("has a passkey for your account already")
    sign_out(page)
    key.knows_owner(False)
    page.goto("/login")
    page.locator("#login [data-passkeys] button").click()
    expect(told).to_contain_text("Nothing was chosen")
    key.knows_owner(True)
    page.locator("#login [data-passkeys] button").click()
    page.wait_for_url(f"{named.url}/")


def test_the_browser_offers_them_in_the_field_of_the_name(somebody: Callable[..., Any], named: Site) -> None:
    page = somebody("en", 1280, base_url=named.url)
    key = Key(page)
    key.plug_in()
    people.sign_in(page, "robin")
    add(page, "My tablet")
    sign_out(page)
    page.goto("/login?next=/rules")
    page.wait_for_url(f"{named.url}/rules")  # the virtual one takes at once what its owner would choose in the field


def test_at_an_address_without_a_name_nothing_offers_them(somebody: Callable[..., Any], site: Site) -> None:
    page = somebody("en", 1280)
    page.goto("/login")
    assert page.locator("[data-passkeys]").count() == 0
