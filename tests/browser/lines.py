"""What the line of a page is like, and whether the page is still the same one."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
LONG = "A long way round"
POSTS = 45


def line(page: Page) -> Callable[[dict[str, Any]], None]:
    """Says what the line of this page is like from now on."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    return lambda conditions: session.send("Network.emulateNetworkConditions", conditions)


def mark(page: Page) -> None:
    """Marks the document, which another one would take the place of."""
    page.evaluate("window.isTheSame = true")


def marked(page: Page) -> bool:
    """Whether the page is still the one that was marked."""
    return bool(page.evaluate("window.isTheSame === true"))


def look_again(page: Page) -> None:
    """As when a reader comes back to the tab: it asks at once."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def open_long_thread(page: Page, listed: str) -> str:
    """From its list to the thread of three pages; returns its address."""
    page.goto(listed)
    page.locator(".row-title a", has_text=LONG).click()
    expect(page.locator("h1")).to_have_text(LONG)
    page.wait_for_load_state()
    return page.url
