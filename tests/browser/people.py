"""What people do in the browser, step by step."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.server import Site, until

PASSWORD = "ein gutes Passwort 42"

STICKS_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] : ['the page', ...document.querySelectorAll('body *')]
    .filter((one) => !one.outerHTML || one.getBoundingClientRect().right > innerWidth)
    .map((one) => (one.outerHTML || one).slice(0, 160))"""


def no_sideways_scrolling(page: Page) -> None:
    """Nothing sticks out of the page, at whatever width."""
    assert page.evaluate(STICKS_OUT) == [], page.url


def submit(page: Page, form: str) -> None:
    """Sends a form by its own main button."""
    page.locator(f"{form} button[type=submit].main").first.click()


def register(page: Page, site: Site, username: str) -> None:
    """From the front page to a confirmed account: the rules are shown in full, the box is empty, the mail has a link."""
    page.goto("/")
    page.locator("header a[href^='/register']").click()
    expect(page.locator("#register")).to_be_visible()
    assert page.locator(".rules-box .rule").count() == 2
    assert not page.locator("#register input[name=accept]").is_checked()
    no_sideways_scrolling(page)
    page.fill("#register input[name=username]", username)
    page.fill("#register input[name=email]", f"{username}@example.org")
    page.fill("#register input[name=password]", PASSWORD)
    submit(page, "#register")
    expect(page.locator("#register [aria-invalid=true]")).to_have_count(1)  # the box
    page.fill("#register input[name=password]", PASSWORD)
    page.check("#register input[name=accept]")
    submit(page, "#register")
    page.wait_for_url(re.compile(r"/confirm(\?|$)"))
    page.goto(site.mail_to(f"{username}@example.org", "/confirm/"))
    submit(page, "#confirm")
    page.wait_for_url(re.compile(r"/$"))


def register_plainly(page: Page, site: Site, username: str) -> None:
    """As everybody does, but straight to the form: without a script nothing can be measured in the page."""
    page.goto("/register")
    page.fill("#register input[name=username]", username)
    page.fill("#register input[name=email]", f"{username}@example.org")
    page.fill("#register input[name=password]", PASSWORD)
    page.check("#register input[name=accept]")
    submit(page, "#register")
    page.wait_for_url(re.compile(r"/confirm(\?|$)"))
    page.goto(site.mail_to(f"{username}@example.org", "/confirm/"))
    submit(page, "#confirm")
    expect(page.locator("#confirm")).to_have_count(0)


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """By the form."""
    page.goto("/login")
    page.fill("#login input[name=username]", username)
    page.fill("#login input[name=password]", password)
    submit(page, "#login")
    expect(page.locator("#login")).to_have_count(0)


def set_password_by_mail(page: Page, site: Site, username: str, email: str) -> None:
    """How a member of an imported archive comes in."""
    page.goto("/login")
    page.locator("main a[href^='/reset']").click()
    page.fill("main input[name=username]", username)
    submit(page, "main form")
    expect(page.locator("main input[name=username]")).to_have_count(0)
    page.goto(site.mail_to(email, "/reset/"))
    page.fill("#new-password input[name=password]", PASSWORD)
    submit(page, "#new-password")
    page.wait_for_url(re.compile(r"/$"))


def start_thread(page: Page, category: str, title: str, body: str) -> str:
    """Returns the address of the thread."""
    page.goto(f"/new?category={category}")
    assert page.locator("#new-thread select[name=category]").input_value() == category
    page.fill("#new-thread input[name=title]", title)
    page.fill("#new-thread textarea[name=body]", body)
    submit(page, "#new-thread")
    page.wait_for_url(re.compile(r"/t/\d+/"))
    expect(page.locator("h1")).to_have_text(title)
    no_sideways_scrolling(page)
    return page.url.split("#")[0]


def reply(page: Page, body: str) -> None:
    """At the end of the open thread."""
    before = page.locator("article.post").count()
    page.fill("#reply textarea[name=body]", body)
    submit(page, "#reply")
    expect(page.locator("article.post")).to_have_count(before + 1)


def told(page: Page, words: str) -> Any:
    """The notification with these words, as soon as the worker has told."""
    news = page.locator("ol.news > li", has_text=words)

    def look() -> bool:
        page.goto("/notifications")
        return news.count() > 0

    until(look, f"a notification with {words!r}")
    return news.first
