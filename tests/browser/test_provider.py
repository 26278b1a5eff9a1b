"""A real OpenID provider (oidc-provider, from npm) and a real browser: set up by the administrator with the documents alone,
joined by, signed in by again, linked with an account, signed out at."""

import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def provider_for(site: Site) -> Iterator[str]:
    """The provider, until the end of the block; its issuer."""
    node = shutil.which("node")
    if node is None or not (INSTALLED / "node_modules" / "oidc-provider").is_dir():
        skip_or_fail("no OpenID provider: `make test-full` brings it where npm is")
    port = free_port()
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
        yield f"http://127.0.0.1:{port}"
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


def set_up(page: Page, issuer: str) -> None:
    """As docs/operations.md says, step by step."""
    page.goto("/admin/providers")
    for name, value in (
        ("name", "Company account"),
        ("key", "company"),
        ("issuer", issuer),
        ("client_id", "tafelrunde"),
        ("groups_claim", "groups"),
        ("groups", "testers = Testers"),
    ):
        page.fill(f"#provider [name={name}]", value)
    page.check("#provider [name=creates][value=always]")
    submit(page, "#provider")
    expect(page.get_by_text("/login/with/company/back")).to_be_visible()
    page.locator("form[action$='/try'] button").click()
    expect(page.get_by_text("its keys can be read")).to_be_visible()


def test_joining_coming_back_linking_and_signing_out_there(somebody: Callable[..., Any], tmp_path: Path) -> None:
    forum(tmp_path, "migrate")
    forum(tmp_path, "import", str(ARCHIVE))
    chief = ("--username", "chief", "--email", "chief@example.org", "--language", "en", "--password-stdin")
    forum(tmp_path, "create-admin", *chief, typed=f"{PASSWORD}\n")
    forum(tmp_path, "members", "require-two-factor", "--nobody")
    with served(tmp_path, "serve", greeting="Tafelrunde is at", **SECRET) as site, provider_for(site) as issuer:
        admin = somebody("en", base_url=site.url)
        sign_in(admin, "chief")
        admin.goto("/admin/groups")
        admin.fill("#group [name=name]", "Testers")
        submit(admin, "#group")
        expect(admin.locator("h1")).to_have_text("Testers")
        set_up(admin, issuer)

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
        petra.context.clear_cookies(domain="127.0.0.1", path="/", name="session")
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
        petra.goto(f"{issuer}/session/end")
        petra.locator("button[name=logout]").click()
        petra.wait_for_load_state()
        until(lambda: _is_guest(petra), "the session to end")
        assert found == []


def _is_guest(page: Page) -> bool:
    page.goto("/settings")
    return bool(re.search(r"/login\?", page.url))
