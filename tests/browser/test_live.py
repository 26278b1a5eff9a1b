"""What changes on an open page without loading it anew, on slow and broken lines too, and the same by plain forms and links."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import lines, people
from tests.browser.server import Site, forum


def test_a_new_reply_is_announced_and_joins_without_moving_anything(somebody: Callable[..., Any], site: Site) -> None:
    writer, reader, guest = somebody("en"), somebody("de", 360), somebody("en")
    people.register_plainly(writer, site, "livewriter")
    people.register_plainly(reader, site, "livereader")
    address = people.start_thread(writer, "tours", "Who is out today?", "I am.")
    for page in (reader, guest):
        page.goto(address)
        lines.mark(page)
    reader.fill("#reply textarea", "Half a sentence")
    people.reply(writer, "So am I.")
    for page, words in ((reader, "1 neue Antwort zeigen"), (guest, "Show 1 new reply")):
        top = page.evaluate("scrollY")
        lines.look_again(page)
        link = page.locator(".thread-news a")
        expect(link).to_have_text(words)
        assert page.evaluate("scrollY") == top
        link.click()
        expect(page.locator("#p2 .post-body")).to_have_text("So am I.")
        expect(link).to_have_count(0)
        expect(page.locator("#p2")).to_be_focused()
        assert page.locator("#p1").count() == 1
        assert lines.marked(page)
    expect(reader.locator("#reply textarea")).to_have_value("Half a sentence")
    people.no_sideways_scrolling(reader)


def test_a_notification_changes_bell_and_title(somebody: Callable[..., Any], site: Site) -> None:
    writer, reader = somebody("en"), somebody("en")
    people.register_plainly(writer, site, "bellwriter")
    people.register_plainly(reader, site, "bellreader")
    reader.goto("/ideas")
    lines.mark(reader)
    expect(reader.locator(".bell .badge")).to_be_hidden()
    people.start_thread(writer, "tours", "A bell", "Do you hear it, @bellreader?")
    people.told(reader.context.new_page(), "bellwriter")
    lines.look_again(reader)
    expect(reader.locator(".bell .badge")).to_have_text(re.compile("^1"))
    expect(reader).to_have_title(re.compile(r"^\(1\) "))
    expect(reader.locator("#toast")).to_have_text("1 unread notification")
    assert lines.marked(reader)
    reader.goto("/notifications")
    lines.mark(reader)
    reader.locator("[data-part=head] button").click()
    expect(reader.locator(".news-item.is-unread")).to_have_count(0)
    expect(reader.locator(".bell .badge")).to_be_hidden()
    assert lines.marked(reader)


@pytest.mark.full
@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("de", 360)])
def test_pages_turn_in_place_and_back(
    somebody: Callable[..., Any], long_thread: str, language: str, width: int
) -> None:
    page: Page = somebody(language, width)
    page.goto(long_thread)
    page.locator(".row-title a", has_text=lines.LONG).click()
    expect(page.locator("h1")).to_have_text(lines.LONG)
    first = page.url
    lines.mark(page)
    page.evaluate("scrollTo(0, 900)")
    page.locator("nav.pages a[rel=next]").last.click()
    expect(page.locator("#p21")).to_be_in_viewport()
    assert page.url == f"{first}?page=2"
    expect(page).to_have_title(re.compile(r"\b2 · "))
    expect(page.locator("[data-part=page]")).to_be_focused()
    page.locator(f".scrub a[href$='/{lines.POSTS}']").click()
    expect(page.locator(f"#p{lines.POSTS}")).to_be_in_viewport()
    assert page.url == f"{first}?page=3#p{lines.POSTS}"
    page.go_back()
    expect(page.locator("#p21")).to_be_attached()
    assert page.url == f"{first}?page=2"
    page.go_back()
    expect(page.locator("#p1")).to_be_attached()
    assert page.url == first
    assert page.evaluate("scrollY") > 800
    assert lines.marked(page)
    page.reload()
    expect(page.locator("#p1")).to_be_attached()


@pytest.mark.full
def test_a_page_that_can_not_be_fetched_is_gone_to(somebody: Callable[..., Any], long_thread: str) -> None:
    page: Page = somebody("en")
    page.goto(long_thread)
    page.locator(".row-title a", has_text=lines.LONG).click()
    page.route(
        "**/*page=2*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    lines.mark(page)
    page.locator("nav.pages a[rel=next]").last.click()
    expect(page.locator("#p21")).to_be_attached()
    assert not lines.marked(page)


def test_votes_on_a_slow_and_a_broken_line(somebody: Callable[..., Any], site: Site) -> None:
    page: Page = somebody("en", 360)
    people.register_plainly(page, site, "slowvoter")
    page.goto("/ideas")
    lines.mark(page)
    button = page.locator(".vote-button[type=submit]").first
    before = int(button.locator(".n").inner_text())
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    line = lines.line(page)
    line(lines.SLOW_3G)
    button.dispatch_event("click")
    button.dispatch_event("click")
    expect(button).to_have_attribute("aria-busy", "true")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button.locator(".n")).to_have_text(str(before + 1))
    expect(button).not_to_have_attribute("aria-busy", "true")
    assert len(sent) == 1
    line(lines.OFFLINE)
    button.click()
    expect(page.locator("#toast")).to_have_text("That did not work. Please try again.")
    expect(button).to_have_attribute("aria-pressed", "true")
    line(lines.SLOW_3G)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button.locator(".n")).to_have_text(str(before))
    assert lines.marked(page)


@pytest.mark.full
def test_reading_and_reacting_on_a_slow_line(somebody: Callable[..., Any], site: Site, long_thread: str) -> None:
    page: Page = somebody("de", 360)
    people.register_plainly(page, site, "slowreader")
    page.goto(long_thread)
    lines.line(page)(lines.SLOW_3G)
    page.locator(".row-title a", has_text=lines.LONG).click()
    like = page.locator("#p3 .react[value=like]")
    like.click()
    expect(like).to_have_attribute("aria-busy", "true")
    expect(like).to_have_attribute("aria-pressed", "true")
    follow = page.locator(".thread-acts form button").first
    lines.mark(page)
    follow.click()
    expect(page.locator(".thread-acts form button").first).to_have_text("Du folgst")
    expect(page.locator(".thread-acts form button").first).to_be_focused()
    assert lines.marked(page)


@pytest.mark.parametrize("has_script", [True, False], ids=["with a script", "without"])
def test_following_and_the_way_to_the_composer(somebody: Callable[..., Any], site: Site, has_script: bool) -> None:
    page: Page = somebody("en", 360, java_script_enabled=has_script)
    people.register_plainly(page, site, f"follower{'js' if has_script else ''}")
    page.goto("/t/1")
    page.locator(".thread-acts form button").first.click()
    expect(page.locator(".thread-acts form button").first).to_have_text("Following")
    page.locator(".thread-bar a.btn", has_text="Reply").click()
    expect(page.locator("#reply textarea")).to_be_in_viewport()
    page.locator("#p1 .post-foot a[href$='#reply']").click()
    expect(page.locator(".answering label")).to_have_text("In reply to Ruedi Sutter · 1")
    expect(page.locator("#reply textarea")).to_have_value(re.compile("Seit dem Winter"))
    if has_script:
        expect(page.locator("#p1 .post-foot")).to_be_in_viewport()
    page.fill("#reply textarea", "Mine does the same.")
    page.locator("#reply button.main").click()
    expect(page.locator("article.post").last).to_contain_text("Mine does the same.")
    expect(page.locator("article.post").last).to_contain_text("in reply to 1")


def test_the_address_of_a_post_is_copied_from_its_menu(somebody: Callable[..., Any]) -> None:
    page: Page = somebody("en", 360)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/t/1")
    page.locator("#p1 .post-foot summary").last.press("Enter")
    page.get_by_role("link", name="Copy link").press("Enter")
    expect(page.locator("#toast")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith(page.url.partition("/t/")[2] + "/1")


@pytest.mark.full
@pytest.mark.parametrize("width", [360, 1280])
def test_what_has_the_focus_is_never_hidden(somebody: Callable[..., Any], site: Site, width: int) -> None:
    """WCAG 2.2, 2.4.11: neither header nor bars may cover what has the focus."""
    page: Page = somebody("en", width)
    people.register_plainly(page, site, f"tabber{width}")
    page.goto("/t/1")
    covered = """() => {
        const at = document.activeElement, box = at.getBoundingClientRect();
        if (at === document.body || at.matches('.skip') || at.closest('.vh')) return '';
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 30) / 2);
        return top && (at.contains(top) || top.contains(at) || top.matches('.skip')) ? '' : `${at.outerHTML.slice(0, 80)} below ${top?.outerHTML.slice(0, 80)}`;
    }"""
    for key in ["Tab"] * 70 + ["Shift+Tab"] * 70:
        page.keyboard.press(key)
        assert page.evaluate(covered) == ""


def test_who_was_signed_out_meanwhile_gets_the_form_to_send_again(somebody: Callable[..., Any], site: Site) -> None:
    page = somebody("en", 1280)
    people.sign_in(page, "chief")
    page.goto("/t/1")
    page.context.clear_cookies()
    page.locator(".thread-acts form button").first.click()
    expect(page.locator("form#again")).to_be_visible()
    expect(page.locator(".banner.warn")).to_contain_text("signed out")


@pytest.mark.full
def test_the_directory_is_reached_by_keys_and_turns_in_place(
    somebody: Callable[..., Any], site: Site, tmp_path: Path
) -> None:
    crowd: list[dict[str, Any]] = [{"kind": "community", "format": 1, "source": "crowd", "name": "Kesselbach"}]
    crowd += [{"kind": "member", "id": f"m{n}", "username": f"crowd{n:02}"} for n in range(35)]
    archive = tmp_path / "crowd.jsonl"
    archive.write_text("".join(json.dumps(line) + "\n" for line in crowd), encoding="utf-8")
    forum(site.folder, "import", str(archive))
    page: Page = somebody("en", 1280)
    people.register_plainly(page, site, "crowdreader")
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url(re.compile("/members$"))
    page.keyboard.press("j")
    expect(page.locator(".people .row-title a").first).to_be_focused()
    page.fill("#q", "crowd")
    page.keyboard.press("Enter")
    expect(page.locator(".people .row-title").first).to_have_text("crowd00")
    lines.mark(page)
    page.locator("nav.pages a[rel=next]").click()
    expect(page.locator(".people .row-title").first).to_have_text("crowd30")
    expect(page.locator("[data-part=page]")).to_be_focused()
    page.go_back()
    expect(page.locator(".people .row-title").first).to_have_text("crowd00")
    assert lines.marked(page)
