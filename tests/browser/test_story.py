"""The whole story on a real server with worker, three people at once: joining, reading, writing, reacting, reporting,
deciding, and being told."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import lines, people
from tests.browser.server import Site

WORDS = {
    "de": {"sign_in": "Anmelden", "rule": "Freundlich bleiben", "post": "Weiß jemand, wie weit man damit kommt?"},
    "en": {"sign_in": "Sign in", "rule": "Stay friendly", "post": "Does anybody know how far that goes?"},
}
PLACES = [
    ("de", 360),
    ("en", 1280),
    pytest.param("de", 1280, marks=pytest.mark.full),
    pytest.param("en", 360, marks=pytest.mark.full),
]


@pytest.mark.parametrize(("language", "width"), PLACES)
def test_from_joining_to_a_decision(somebody: Callable[..., Any], site: Site, language: str, width: int) -> None:
    words, name = WORDS[language], f"{language}{width}"
    anna, ben, mona = (somebody(language, width) for _ in range(3))
    people.register(anna, site, f"anna{name}")
    people.register(ben, site, f"ben{name}")

    # Anna reads what was imported
    assert anna.locator("html").get_attribute("lang") == language
    anna.goto("/c/help")
    anna.get_by_role("link", name="Akku nach dem Winter nur noch halb voll").click()
    expect(anna.locator("#p2 .post-body pre")).to_contain_text("entladen")
    expect(anna.locator("#p1 .post-body blockquote")).to_be_visible()
    people.no_sideways_scrolling(anna)

    # she starts a thread; Ben replies and likes it
    address = people.start_thread(anna, "tours", f"Über den Pass {name}", f"{words['post']} **Sicher?**")
    expect(anna.locator("#p1 .post-body strong")).to_have_text("Sicher?")
    ben.goto(address)
    people.reply(ben, "Siebzig Kilometer, sagt mein Tacho.")
    like = ben.locator("#p1 button.react[value=like]")
    expect(like).to_have_attribute("aria-pressed", "false")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(like.locator(".n")).to_have_text("1")

    # she hears of it, and answers rudely
    people.told(anna, f"ben{name}")
    anna.goto(address)
    expect(anna.locator("#p2 .post-body")).to_contain_text("Siebzig")
    people.reply(anna, "Du hast doch keine Ahnung, du Esel!")

    # Ben reports that; the moderator, at the same time, comes to the desk
    ben.goto(address)
    ben.locator("#p3 details.menu > summary").last.click()
    ben.locator("#p3 a[href^='/report']").click()
    people.submit(ben, "#report")
    expect(ben.locator("#report [id$=-error]")).to_have_count(1)
    ben.select_option("#report select[name=rule]", index=1)
    ben.fill("#report textarea[name=text]", "Das ist eine Beleidigung.")
    people.submit(ben, "#report")
    ben.wait_for_url(re.compile(r"/reports/\d+"))
    receipt = ben.url.split("?")[0]
    people.set_password_by_mail(mona, site, "mona", "mona@example.org")
    mona.goto("/moderation")
    mona.locator(".desk-list a", has_text="du Esel").first.click()
    expect(mona.locator(".case-head")).to_be_visible()
    people.no_sideways_scrolling(mona)
    lines.mark(mona)
    mona.locator(".case-head form[action*='/claim'] button").click()
    expect(mona.locator(".case-head form[action*='/release']")).to_be_visible()
    assert lines.marked(mona), "claimed in place"
    mona.locator(".keys a[href*='act=remove_warn']").click()
    expect(mona.locator("#decision select[name=rule] option:checked")).to_contain_text("1")
    mona.fill("#decision textarea[name=reason]", "„Du Esel“ greift eine Person an.")
    people.submit(mona, "#decision")
    mona.wait_for_url(re.compile(r"/moderation"))

    # Anna is told, with rule and reason; the post is gone for others
    people.told(anna, words["rule"]).get_by_role("link").first.click()
    anna.wait_for_url(re.compile(r"/decisions/\d+"))
    expect(anna.locator("main")).to_contain_text(words["rule"])
    expect(anna.locator("main")).to_contain_text("greift eine Person an")
    ben.goto(address)
    expect(ben.locator("#p3")).to_have_class(re.compile("is-removed"))
    assert "Esel" not in ben.content()

    # Ben learns the outcome
    ben.goto("/notifications")
    ben.locator("ol.news a[href^='/notifications/']").first.click()
    ben.wait_for_url(lambda url: "/notifications" not in url)
    ben.goto(receipt)
    expect(ben.locator("main .chip.good")).to_be_visible()
