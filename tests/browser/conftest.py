"""Chromium, and a real server for it. A test names the language and the width it wants; every page is checked on the way
for errors of scripts, answers of 500 and anything that the content security policy stopped."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import lines
from tests.browser.people import PASSWORD
from tests.browser.server import ARCHIVE, Site, forum, served
from tests.conftest import skip_or_fail

NEW_CONTEXT = Callable[..., Any]
LOCALES = {"de": "de-DE", "en": "en-GB"}
HEIGHTS = {360: 740, 768: 1024, 1280: 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser of the machine; playwright only drives it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        skip_or_fail("no Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        skip_or_fail("no playwright")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A community of three members, two threads, two ideas and one rulebook from a small archive."""
    folder = tmp_path_factory.mktemp("community")
    forum(folder, "migrate")
    forum(folder, "import", str(ARCHIVE))
    chief = ("--username", "chief", "--email", "chief@example.org", "--language", "en", "--password-stdin")
    forum(folder, "create-admin", *chief, typed=f"{PASSWORD}\n")
    forum(folder, "members", "require-two-factor", "--nobody")
    with served(folder, "serve", greeting="Tafelrunde is at") as running:
        yield running


@pytest.fixture(scope="session")
def long_thread(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the list in which a thread of three pages stands."""
    archive_lines = [
        {"kind": "community", "format": 1, "source": "roads", "name": "Kesselbach", "languages": ["de", "en"]},
        {"kind": "member", "id": "m1", "username": "walker", "email": "walker@example.org", "joined_at": "2026-01-05T08:00:00Z"},
        {"kind": "category", "id": "c1", "slug": "roads", "name": {"de": "Wege", "en": "Roads"}, "position": 3, "hue": 90},
        {"kind": "thread", "id": "t1", "category": "c1", "title": lines.LONG, "author": "m1", "type": "discussion", "created_at": "2026-03-02T18:20:00Z", "language": "en"},
    ]  # fmt: skip
    archive_lines += [
        {"kind": "post", "id": f"p{n}", "thread": "t1", "author": "m1", "body": f"Stage {n}.\n\n" + "On and on. " * 40, "created_at": f"2026-03-03T10:{n:02}:00Z", "language": "en"}
        for n in range(1, lines.POSTS + 1)
    ]  # fmt: skip
    archive = tmp_path_factory.mktemp("roads") / "long.jsonl"
    archive.write_text("".join(json.dumps(line) + "\n" for line in archive_lines), encoding="utf-8")
    forum(site.folder, "import", str(archive))
    return "/c/roads"


@pytest.fixture
def somebody(chromium: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """Makes a person with a browser of their own: `somebody("de", 360)` returns an empty page."""
    contexts, troubles = [], []

    def come(language: str = "en", width: int = 1280, **options: Any) -> Any:
        context = chromium.new_context(
            base_url=options.pop("base_url", site.url),
            locale=LOCALES[language],
            timezone_id="Europe/Berlin",
            viewport={"width": width, "height": HEIGHTS[width]},
            has_touch=width < 768,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda said: troubles.append(f"{page.url}: {said.text}") if _is_trouble(said) else None)
        page.on(
            "response",
            lambda answer: troubles.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
        )
        return page

    yield come
    for context in contexts:
        context.close()
    assert troubles == []


def _is_trouble(said: Any) -> bool:
    """Errors of scripts and of the policy; that an answer was 4xx is said elsewhere."""
    return said.type == "error" and "Failed to load resource" not in said.text
