"""Takes every kind of page of a fresh demo community, in three widths, light and dark, German and English.

Run by `make screenshots`: the pictures go to docs/screenshots/, named role-page-width-theme-language.png. A chosen few
are kept in the repository; the others are for looking at. `--only front,thread` takes some pages, `--kind 360-dark-en`
one width, theme and language, `--quick` the kind 1440-light-de.
"""

import argparse
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PASSWORD = "tafelrunde-demo"
WIDTHS, THEMES, LANGUAGES = (360, 768, 1440), ("light", "dark"), ("de", "en")
START_SECONDS = 60
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]

# role, name, address; "@selector" behind an address: the first link there that fits
PAGES: Sequence[tuple[str, str, str]] = (
    ("guest", "front", "/"),
    ("guest", "category", "/c/help"),
    ("guest", "thread", "/@.talks .row-title a"),
    ("guest", "ideas", "/ideas"),
    ("guest", "idea", "/ideas@.ideas h2 a, .ideas h3 a"),
    ("guest", "roadmap", "/ideas/roadmap"),
    ("guest", "search", "/search?q=akku"),
    ("guest", "search-empty", "/search?q=nothing-like-that"),
    ("guest", "profile", "/u/moderator"),
    ("guest", "rules", "/rules"),
    ("guest", "changes", "/rules/changes?from=1&to=2"),
    ("guest", "imprint", "/imprint"),
    ("guest", "terms", "/terms"),
    ("guest", "shortcuts", "/shortcuts"),
    ("guest", "login", "/login"),
    ("guest", "register", "/register"),
    ("guest", "reset", "/reset"),
    ("guest", "not-found", "/nothing"),
    ("customer", "front", "/"),
    ("customer", "thread", "/@.talks .row-title a"),
    ("customer", "idea", "/ideas@.ideas h2 a, .ideas h3 a"),
    ("customer", "new-thread", "/new"),
    ("customer", "new-idea", "/ideas/new"),
    ("customer", "votes", "/ideas/votes"),
    ("customer", "notifications", "/notifications"),
    ("customer", "drafts", "/drafts"),
    ("customer", "members", "/members"),
    ("customer", "settings", "/settings"),
    ("customer", "settings-profile", "/settings/profile"),
    ("customer", "settings-display", "/settings/display"),
    ("customer", "report", "/report?post=2"),
    ("customer", "reports", "/reports"),
    ("customer", "profile", "/u/customer"),
    ("customer", "media", "/media"),
    ("customer", "settings-account", "/settings/account"),
    ("customer", "settings-avatar", "/settings/avatar"),
    ("customer", "settings-tokens", "/settings/tokens"),
    ("customer", "history", "/p/2/history"),
    ("customer", "rules-accept", "/rules/accept"),
    ("moderator", "desk", "/moderation"),
    ("moderator", "case", "/moderation@.desk-list .case"),
    ("moderator", "acceptances", "/rules/acceptances"),
    ("moderator", "decided", "/moderation?view=decided"),
    ("moderator", "thread-steer", "/t/1/steer"),
    ("product", "inbox", "/ideas/inbox"),
    ("product", "steer", "/ideas/inbox@main a[href$='/steer']"),
    ("product", "exports", "/ideas/exports"),
    ("product", "merge", "/ideas/3/merge"),
    ("product", "make-idea", "/p/1/idea"),
    ("admin", "overview", "/admin"),
    ("admin", "look", "/admin/look"),
    ("admin", "legal", "/admin/legal/privacy"),
    ("admin", "legal-history", "/admin/legal/terms/de"),
    ("admin", "members", "/admin/members"),
    ("admin", "categories", "/admin/categories"),
    ("admin", "rules-new", "/admin/rules/new"),
    ("admin", "audit", "/admin/audit"),
    ("admin", "logo", "/admin/logo"),
    ("admin", "frame", "/admin/frame"),
    ("admin", "welcome", "/admin/welcome"),
    ("admin", "mails", "/admin/mails"),
    ("admin", "community", "/admin/community"),
    ("admin", "groups", "/admin/groups"),
    ("admin", "jobs", "/admin/jobs"),
    ("admin", "styleguide", "/styleguide"),
)


@contextmanager
def demo() -> Iterator[str]:
    """A fresh demo community; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    with tempfile.TemporaryDirectory() as folder:
        told = {"FORUM_DATA_DIR": folder, "FORUM_RATE_LIMITS": "off", "FORUM_LOG_LEVEL": "error", "PORT": str(port)}
        command = [sys.executable, "-m", "forum", "demo"]
        process = subprocess.Popen(command, cwd=ROOT, env=kept | told, stdout=subprocess.DEVNULL)
        try:
            over = time.monotonic() + START_SECONDS
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2)
                    break
                except OSError:
                    if time.monotonic() > over or process.poll() is not None:
                        raise
                    time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def visit(page: Page, address: str) -> None:
    """Opens an address, or the first link on it that fits."""
    place, _, selector = address.partition("@")
    page.goto(place)
    if selector:
        page.goto(str(page.locator(selector).first.get_attribute("href")))
    page.wait_for_load_state("networkidle")


def take(browser: Browser, base: str, role: str, pages: Sequence[tuple[str, str]], kind: tuple[int, str, str]) -> int:
    """All pages of a role in one width, theme and language; tells what is wider than the screen."""
    width, theme, language = kind
    context = browser.new_context(
        base_url=base, viewport={"width": width, "height": 900}, color_scheme=theme, locale=language
    )
    page = context.new_page()
    if role != "guest":
        page.goto("/login")
        page.fill("#login [name=username]", role)
        page.fill("#login [name=password]", PASSWORD)
        page.click("#login button[type=submit]")
        page.goto("/language")
        page.locator(f"input[name=language][value={language}]").check()
        page.locator("main form .btn.main").click()
    for name, address in pages:
        visit(page, address)
        page.screenshot(path=FOLDER / f"{role}-{name}-{width}-{theme}-{language}.png", full_page=True)
        if over := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"):
            print(f"{over} px too wide: {role} {name} at {width} px, {language}")
    context.close()
    return len(pages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="names of pages, with commas")
    parser.add_argument("--quick", action="store_true", help="1440 px, light, German alone")
    parser.add_argument("--kind", action="append", default=[], help="one kind alone: 360-dark-en; may be said again")
    given = parser.parse_args()
    only = set(filter(None, given.only.split(",")))
    wanted = ["1440-light-de"] if given.quick else given.kind
    every = itertools.product(WIDTHS, THEMES, LANGUAGES)
    kinds = [kind for kind in every if not wanted or "-".join(map(str, kind)) in wanted]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        count = 0
        for kind, role in itertools.product(kinds, dict.fromkeys(role for role, _, _ in PAGES)):
            pages = [(name, place) for whose, name, place in PAGES if whose == role and (not only or name in only)]
            if pages:
                count += take(browser, base, role, pages, kind)
        browser.close()
    print(f"{count} pictures are in docs/screenshots/")


if __name__ == "__main__":
    main()
