"""Each kind of page with the accessibility rules of axe-core: once for all, every theme, width and role at length."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.server import Site

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
GUESTS = (
    "/",
    "/c/help",
    "/tags/akku",
    "/t/1",
    "/u/ruedi",
    "/u/ruedi/posts",
    "/rules",
    "/login",
    "/register",
    "/reset",
    "/language",
    "/shortcuts",
    "/ideas",
    "/ideas/3",
    "/ideas/roadmap",
    "/search",
    "/search?q=akku",
    "/search?q=nothing-like-that",
    "/terms",
    "/terms/en/1",
    "/nothing",
)
MEMBERS = (
    "/",
    "/?view=new",
    "/t/1",
    "/new",
    "/drafts",
    "/media",
    "/notifications",
    "/reports",
    "/report?post=2",
    "/u/mona",
    "/u/ruedi/threads",
    "/u/ruedi/votes",
    "/members",
    "/members?q=nobody-like-that",
    "/members?show=team",
    "/groups",
    "/groups/101",
    "/p/2/history",
    "/settings",
    "/settings/profile",
    "/settings/privacy",
    "/settings/account",
    "/settings/devices",
    "/settings/people",
    "/settings/display",
    "/settings/avatar",
    "/settings/banner",
    "/settings/tokens",
    "/settings/two-factor",
    "/settings/passkeys",
    "/settings/providers",
    "/rules/accept",
    "/ideas",
    "/ideas?sort=newest&status=new",
    "/ideas/3",
    "/ideas/new",
    "/ideas/roadmap",
    "/ideas/votes",
    "/search?q=is:idea",
)
DESK = ("/moderation", "/moderation?view=decided", "/rules/acceptances", "/t/1/steer", "/styleguide")
PRODUCT = (
    "/ideas/inbox",
    "/ideas/3/steer",
    "/ideas/3/merge",
    "/ideas/exports",
    "/p/1/idea",
)
ADMIN = (
    "/admin",
    "/admin/members",
    "/admin/members?state=banned&group=101",
    "/admin/members/act?act=sign_out&all=1",
    "/admin/members/2",
    "/admin/members/3",
    "/admin/see-as",
    "/admin/roles",
    "/admin/sign-in",
    "/admin/providers",
    "/admin/community",
    "/admin/look",
    "/admin/legal",
    "/admin/legal/privacy",
    "/admin/legal/terms?language=en&version=1",
    "/admin/legal/terms/en",
    "/admin/legal/terms/en/2",
    "/admin/groups",
    "/admin/groups/101",
    "/groups/101",
    "/admin/categories",
    "/admin/categories/1",
    "/admin/categories/new",
    "/admin/rules",
    "/admin/rules/new",
    "/admin/profile-fields",
    "/admin/profile-fields/new",
    "/admin/areas",
    "/admin/areas/1",
    "/admin/statuses",
    "/admin/statuses/1",
    "/admin/machine",
    "/admin/jobs",
    "/admin/audit",
    "/styleguide",
)
ROLES = {"guest": GUESTS, "member": MEMBERS, "moderator": DESK, "product": PRODUCT, "admin": ADMIN}
ACCOUNTS = {"member": "ruedi", "moderator": "mona", "product": "paula", "admin": "chief"}


COVERED = """() => [...document.querySelectorAll('.row :is(a, button, input:not([type=hidden]), select, label, summary)')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length)
  .filter(e => {
    e.scrollIntoView({block: 'center'});
    const box = e.getClientRects()[0], top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return top && top.closest('.row-title, .news-text') && !e.contains(top) && !top.contains(e);
  }).map(e => e.outerHTML.slice(0, 160))"""
"""What can't be pressed, since the link of its row lies above it."""


def findings(page: Page, address: str) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200 or address == "/nothing", f"{answer.status} {address}"
    people.no_sideways_scrolling(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))  # not as a script of the page: its policy would stop that
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    covered = [f"{address}: covered: {one}" for one in page.evaluate(COVERED)]
    return [f"{address}: {one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}" for one in found] + covered


@pytest.fixture(scope="module")
def accounts(chromium: Any, site: Site) -> Site:
    """The members of the archive, with passwords set by mail, a group and terms of use in two versions."""
    context = chromium.new_context(base_url=site.url)
    for username in ("ruedi", "mona", "paula"):
        page = context.new_page()
        people.set_password_by_mail(page, site, username, f"{username}@example.org")
        context.clear_cookies()
        page.close()
    page = context.new_page()
    people.sign_in(page, "chief")
    page.goto("/admin/groups")
    page.locator("#group [name=name]").fill("Partners")
    page.locator("#group .btn.main").click()
    page.locator("#add-member [name=username]").fill("ruedi")
    page.locator("#add-member .btn").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    for words in ("Be kind.", "Be kind to everybody."):
        page.goto("/admin/legal/terms")
        page.fill("#body_en", words)
        page.fill("#note", "Who is meant")
        page.locator("#legal .btn.main").click()
        expect(page).to_have_url(f"{site.url}/admin/legal")
    context.close()
    return site


def _visit(somebody: Callable[..., Any], site: Site, role: str, width: int, theme: str, language: str) -> list[str]:
    page = somebody(language, width, color_scheme=theme)
    if role in ACCOUNTS:
        people.sign_in(page, ACCOUNTS[role])
    return [finding for address in ROLES[role] for finding in findings(page, address)]


@pytest.mark.parametrize(
    ("role", "width", "theme", "language"),
    [
        ("guest", 360, "light", "de"),
        ("member", 1280, "dark", "en"),
        ("moderator", 360, "dark", "de"),
        ("product", 1280, "dark", "de"),
        ("admin", 1280, "light", "en"),
    ],
)
def test_each_page_keeps_the_rules_of_accessibility(
    somebody: Callable[..., Any], accounts: Site, role: str, width: int, theme: str, language: str
) -> None:
    assert _visit(somebody, accounts, role, width, theme, language) == []


@pytest.mark.full
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("role", list(ROLES))
def test_in_every_theme_width_and_language(
    somebody: Callable[..., Any], accounts: Site, role: str, width: int, theme: str, language: str
) -> None:
    assert _visit(somebody, accounts, role, width, theme, language) == []


def test_what_stands_beside_an_author_is_large_enough_to_touch(somebody: Callable[..., Any], accounts: Site) -> None:
    page = somebody("de", 360)
    people.sign_in(page, "ruedi")
    page.goto("/report?post=3")
    page.select_option("#report select[name=rule]", index=1)
    page.fill("#report textarea[name=text]", "Nur ein Versuch.")
    people.submit(page, "#report")
    page.wait_for_url(re.compile(r"/reports/\d+"))
    page.goto("/t/2")
    expect(page.locator("#p1 .post-head a[href='/reports']")).to_be_visible()
    heights = page.eval_on_selector_all(
        ".post-head a", "links => links.map(link => link.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24


def test_a_title_is_still_there_when_one_comes_back(somebody: Callable[..., Any], accounts: Site) -> None:
    page = somebody("de", 1280)
    people.sign_in(page, "ruedi")
    page.goto("/new")
    page.fill("#new-thread input[name=title]", "Kette springt")
    page.fill("#new-thread input[name=tags]", "kette")
    page.goto("/rules")
    page.go_back()
    expect(page.locator("#new-thread input[name=title]")).to_have_value("Kette springt")
    expect(page.locator("#new-thread input[name=tags]")).to_have_value("kette")


@pytest.mark.parametrize(
    ("language", "seconds", "words"),
    [
        ("de", 20, "gerade eben"),
        ("de", 3 * 60, "vor 3 Minuten"),
        ("en", 3600, "1 hour ago"),
        ("de", 86_400, "vor 1 Tag"),
        ("en", 13 * 86_400, "13 days ago"),
        ("de", -2 * 86_400, "in 2 Tagen"),
        ("en", 15 * 86_400, ""),
    ],
)
def test_recent_times_say_how_long_ago_and_on_hover_exactly(
    somebody: Callable[..., Any], site: Site, language: str, seconds: int, words: str
) -> None:
    page = somebody(language, 1280)
    page.goto("/t/1")
    time = page.locator("#p1 time[data-relative]").first
    moment = datetime.fromisoformat(time.get_attribute("datetime"))
    exact = time.get_attribute("title")
    page.clock.set_fixed_time(moment + timedelta(seconds=seconds))
    page.reload()
    expect(time).to_have_text(f"{words} ({exact})" if words else exact)  # what is in brackets is for those who listen
    expect(time).to_have_attribute("title", exact)
