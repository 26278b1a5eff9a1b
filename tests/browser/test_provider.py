"""A real OpenID provider (oidc-provider, from npm) and a real browser: set up by the administrator with the documents alone,
joined by, signed in by again, linked with an account, signed out at; with other keys, as the only way in, and silent."""

import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PASSWORD, sign_in, submit
from tests.browser.server import ARCHIVE, Site, forum, free_port, served, until
from tests.browser.test_pages import findings
from tests.conftest import skip_or_fail

ROOT = Path(__file__).resolve().parent.parent.parent
INSTALLED = ROOT / ".venv" / "oidc-provider"
SECRET = {"FORUM_OIDC_SECRETS": "company=only-for-the-tests"}

pytestmark = pytest.mark.full


@dataclass(frozen=True)
class Provider:
    """Where it is, and its process."""

    issuer: str
    pid: int


@contextmanager
def provider_for(site: Site, port: int) -> Iterator[Provider]:
    """The provider, until the end of the block."""
    node = shutil.which("node")
    if node is None or not (INSTALLED / "node_modules" / "oidc-provider").is_dir():
        skip_or_fail("no OpenID provider: `make test-full` brings it where npm is")
    command = [str(node), str(Path(__file__).with_name("provider.mjs")), str(INSTALLED), str(port), site.url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines: list[str] = []

    def hear() -> None:
        assert process.stdout is not None
        lines.extend(iter(process.stdout.readline, ""))

    listener = threading.Thread(target=hear, daemon=True)
    listener.start()
    try:
        until(lambda: any("the provider is at" in line for line in lines) or process.poll() is not None, "the provider")
        assert process.poll() is None, "".join(lines)
        yield Provider(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(20)
        listener.join(5)
        if process.stdout is not None:
            process.stdout.close()


def at_the_provider(page: Page, name: str) -> None:
    """Signs in there as somebody, and agrees where it asks."""
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", "anything")
    asked = page.url
    page.locator("button[type=submit]").click()
    page.wait_for_url(lambda url: url != asked)
    agree(page)


def agree(page: Page) -> None:
    page.wait_for_load_state()
    if page.locator("input[name=prompt][value=consent]").count():
        page.locator("button[type=submit]").click()


def by_the_provider(page: Page) -> None:
    """Presses the button on the page for signing in."""
    page.goto("/login?next=/rules")
    page.locator("#providers a").click()


def forget_session(page: Page) -> None:
    """The one here; the provider's stays."""
    page.context.clear_cookies(domain="127.0.0.1", path="/", name="session")


def leads_to(page: Page, address: str) -> str:
    """Where whoever asks for an address is sent."""
    return page.context.request.get(address, max_redirects=0).headers["location"]


def set_up(page: Page, issuer: str, **more: str) -> None:
    """As docs/operations.md says, step by step."""
    page.goto("/admin/providers")
    own = {"name": "Company account", "key": "company", "issuer": issuer, "client_id": "tafelrunde"}
    for name, value in (own | more).items():
        page.fill(f"#provider [name={name}]", value)
    page.check("#provider [name=creates][value=always]")
    submit(page, "#provider")
    expect(page.get_by_text("/login/with/company/back")).to_be_visible()
    page.locator("form[action$='/try'] button").click()
    expect(page.get_by_text("its keys can be read")).to_be_visible()


def a_community(folder: Path) -> None:
    """With an administrator, and nobody asked for a second step."""
    forum(folder, "migrate")
    forum(folder, "import", str(ARCHIVE))
    chief = ("--username", "chief", "--email", "chief@example.org", "--language", "en", "--password-stdin")
    forum(folder, "create-admin", *chief, typed=f"{PASSWORD}\n")
    forum(folder, "members", "require-two-factor", "--nobody")


def test_joining_coming_back_linking_and_signing_out_there(somebody: Callable[..., Any], tmp_path: Path) -> None:
    a_community(tmp_path)
    with (
        served(tmp_path, "serve", greeting="Tafelrunde is at", **SECRET) as site,
        provider_for(site, free_port()) as provider,
    ):
        admin = somebody("en", base_url=site.url)
        sign_in(admin, "chief")
        admin.goto("/admin/groups")
        admin.fill("#group [name=name]", "Testers")
        submit(admin, "#group")
        expect(admin.locator("h1")).to_have_text("Testers")
        set_up(admin, provider.issuer, groups_claim="groups", groups="testers = Testers")

        # the first time, on a phone, in German
        petra = somebody("de", 360, base_url=site.url)
        by_the_provider(petra)
        at_the_provider(petra, "petra")
        expect(petra.locator("#first [name=username]")).to_have_value("petra")
        found = findings(petra, "/login/first")
        petra.check("#first [name=accept]")
        submit(petra, "#first")
        expect(petra).to_have_url(f"{site.url}/rules")
        petra.goto("/settings/account")
        expect(petra.get_by_text("petra@example.org")).to_be_visible()
        found += findings(petra, "/settings/providers")

        # again, in another window of the same browser: the provider still knows them
        forget_session(petra)
        by_the_provider(petra)
        agree(petra)
        expect(petra).to_have_url(f"{site.url}/rules")
        petra.goto("/groups")
        admin.goto("/admin/groups")
        expect(admin.get_by_text("1 member")).to_be_visible()

        # an account that is there already is linked after its own proof
        member = somebody("en", base_url=site.url)
        by_the_provider(member)
        at_the_provider(member, "chief")
        expect(member.get_by_text("There is an account with this address already")).to_be_visible()
        found += findings(member, "/login/first")
        member.get_by_role("link", name="Sign in to my account").click()
        member.fill("#login input[name=username]", "chief")
        member.fill("#login input[name=password]", PASSWORD)
        submit(member, "#login")
        expect(member.get_by_role("heading", name="Is this you?")).to_be_visible()
        found += findings(member, "/settings/providers/link")
        submit(member, "#link")
        expect(member).to_have_url(f"{site.url}/rules")
        member.goto("/settings/providers")
        expect(member.locator("#identities")).to_contain_text("Company account")

        # signed out at the provider, signed out here
        petra.goto(f"{provider.issuer}/session/end")
        petra.locator("button[name=logout]").click()
        petra.wait_for_load_state()
        until(lambda: _is_guest(petra), "the session to end")
        assert found == []


def _is_guest(page: Page) -> bool:
    page.goto("/settings")
    return bool(re.search(r"/login\?", page.url))


def test_names_and_duties_other_keys_no_other_way_and_silence(
    somebody: Callable[..., Any], chromium: Any, tmp_path: Path
) -> None:
    a_community(tmp_path)
    port = free_port()
    with served(tmp_path, "serve", greeting="Tafelrunde is at", **SECRET) as site:
        admin = somebody("en", base_url=site.url)
        sign_in(admin, "chief")
        with provider_for(site, port) as provider:
            claims = {"username_claim": "nickname", "roles_claim": "duties.desk", "roles": "reports = moderator"}
            set_up(admin, provider.issuer, **claims)

            petra = somebody("de", base_url=site.url)
            by_the_provider(petra)
            at_the_provider(petra, "petra")
            expect(petra.locator("#first [name=username]")).to_have_value("petra_at_work")
            petra.check("#first [name=accept]")
            submit(petra, "#first")
            expect(petra).to_have_url(f"{site.url}/rules")
            petra.goto("/moderation")
            expect(petra.get_by_role("heading", name="Offene Fälle")).to_be_visible()

            admin.goto("/login/with/company?for=link")
            at_the_provider(admin, "chief")
            submit(admin, "#link")
            expect(admin.locator("#identities")).to_contain_text("Company account")

        with provider_for(site, port) as provider:  # it signs with another key now, and knows nobody's session
            chief = somebody("en", base_url=site.url)
            by_the_provider(chief)
            at_the_provider(chief, "chief")
            expect(chief).to_have_url(f"{site.url}/rules")

            # no other way in: the session that began by a password ends
            chief.goto("/admin/providers")
            chief.get_by_role("button", name="Switch the other ways off").click()
            chief.fill("#prove input[name=proof_password]", PASSWORD)
            submit(chief, "#prove")
            expect(chief.get_by_text("Everybody signs in by these providers")).to_be_visible()
            assert _is_guest(admin)
            admin.goto("/login")
            expect(admin.locator("#login")).to_have_count(0)
            expect(admin.locator("#providers a")).to_have_count(1)

            # it hangs just when it is asked who has come
            late = chromium.new_context(base_url=site.url, locale="en-GB").new_page()  # whom a 502 doesn't trouble
            by_the_provider(late)
            at_the_provider(late, "petra")
            expect(late).to_have_url(f"{site.url}/rules")
            forget_session(late)
            way_back = leads_to(late, leads_to(late, "/login/with/company"))
            os.kill(provider.pid, signal.SIGSTOP)
            late.goto(way_back)
            expect(late.get_by_role("heading", name="Signing in didn’t work")).to_be_visible()
            os.kill(provider.pid, signal.SIGCONT)
            until(lambda: _comes_in(late), "the provider to be asked again", 60)

            # and should it never come back
            forum(tmp_path, "members", "allow-passwords")
            sign_in(admin, "chief")
            assert not _is_guest(admin)


def _comes_in(page: Page) -> bool:
    by_the_provider(page)
    agree(page)
    return not _is_guest(page)
