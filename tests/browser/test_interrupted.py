"""What holds when a press comes twice, a line breaks, a token is old, or one goes back in between."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import lines, people
from tests.browser.server import Site, until

pytestmark = pytest.mark.full


def test_new_replies_join_once_however_often_they_are_asked_for(somebody: Callable[..., Any], site: Site) -> None:
    writer, reader = somebody("en"), somebody("en", 360)
    people.register_plainly(writer, site, "twicewriter")
    address = people.start_thread(writer, "tours", "Asked for twice", "One.")
    reader.goto(address)
    people.reply(writer, "Two.")
    lines.look_again(reader)
    link = reader.locator(".thread-news a")
    expect(link).to_have_text("Show 1 new reply")
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url) if "/t/" in request.url else None)
    lines.line(reader)(lines.SLOW_3G)
    link.dispatch_event("click")
    link.dispatch_event("click")
    expect(link).to_have_count(0)
    expect(reader.locator("#p2")).to_be_focused()
    assert len([url for url in asked if url.endswith("/2")]) == 1
    assert reader.locator("#p2").count() == 1


def test_the_newest_post_is_gone_to_each_time(somebody: Callable[..., Any], long_thread: str) -> None:
    page: Page = somebody("en")
    lines.open_long_thread(page, long_thread)
    newest = page.locator(f".scrub a[href$='/{lines.POSTS}']")
    newest.click()
    expect(page.locator(f"#p{lines.POSTS}")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(f"#p{lines.POSTS}")).not_to_be_in_viewport()
    newest.click()
    expect(page.locator(f"#p{lines.POSTS}")).to_be_in_viewport()


@pytest.mark.parametrize("act", ["vote", "react"])
def test_with_an_old_token_a_press_leads_to_the_form_to_send_again(
    somebody: Callable[..., Any], site: Site, act: str
) -> None:
    page: Page = somebody("en")
    people.register_plainly(page, site, f"old{act}")
    page.goto("/ideas" if act == "vote" else "/t/1")
    button = page.locator({"vote": ".vote-button[type=submit]", "react": "#p1 .react[value=like]"}[act]).first
    page.context.clear_cookies()
    button.click()
    expect(page.locator("form#again")).to_be_visible()
    expect(page.locator(".banner.warn")).to_contain_text("signed out")


def test_r_answers_the_post_one_is_at(somebody: Callable[..., Any], site: Site, long_thread: str) -> None:
    page: Page = somebody("en")
    people.register_plainly(page, site, "keyreplier")
    lines.open_long_thread(page, long_thread)
    whom = page.locator(".answering label")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#p2")).to_be_focused()
    page.locator("#p5 .post-body p").first.click()
    page.keyboard.press("r")
    expect(whom).to_have_text(re.compile(r"· 5$"))
    page.locator("#p3 .post-time").focus()
    page.keyboard.press("r")
    expect(whom).to_have_text(re.compile(r"· 3$"))
    page.locator("nav.pages a[rel=next]").last.click()
    expect(page.locator("#p21")).to_be_attached()
    expect(page.locator("[data-part=page]")).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("#reply textarea")).to_be_focused()
    expect(whom).to_have_text(re.compile(r"· 3$"))


def test_a_reply_is_sent_where_the_box_is_held_at_the_lower_edge(somebody: Callable[..., Any], site: Site) -> None:
    """On a narrow window the frame's bar makes room for the box; it doesn't come back between pressing and letting go."""
    page: Page = somebody("de", 360)
    people.register_plainly(page, site, "thumbwriter")
    address = people.start_thread(page, "tours", "Mit dem Daumen", "Immer weiter und weiter. " * 200)
    page.goto(address)
    page.locator(".thread-bar a[href$='#reply']").click()
    page.locator("#reply textarea").fill("Mit dem Daumen geschrieben.")
    expect(page.locator("#p1")).to_be_in_viewport()  # the box came to the reader
    button = page.locator("#reply button.main").bounding_box()
    assert button is not None
    page.mouse.move(button["x"] + button["width"] / 2, button["y"] + button["height"] - 4)
    page.mouse.down()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.mouse.up()
    expect(page.locator("article.post")).to_have_count(2)


def test_the_list_of_keys_opens_once(somebody: Callable[..., Any]) -> None:
    page: Page = somebody("en")
    page.goto("/")
    line = lines.line(page)
    line(lines.OFFLINE)
    page.keyboard.press("?")
    expect(page.locator("#toast")).to_have_text("That did not work. Please try again.")
    line(lines.SLOW_3G)
    page.keyboard.press("?")
    page.keyboard.press("?")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("h1")).to_be_visible()
    expect(page.locator("dialog")).to_have_count(1)
    box = dialog.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 4, box["y"] + 4)
    expect(dialog).to_have_count(1)
    page.mouse.click(box["x"] - 20, box["y"] + 40)
    expect(dialog).to_have_count(0)


def test_a_button_outside_its_form_can_be_pressed_again_after_coming_back(
    somebody: Callable[..., Any], site: Site
) -> None:
    """An answer without a page leaves the reader where they were, as Back does."""
    page: Page = somebody("en")
    people.register_plainly(page, site, "backandforth")
    people.start_thread(page, "tours", "Back and forth", "A question?")
    people.reply(page, "An answer.")
    sent: list[str] = []

    def nothing_new(route: Any) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)

    page.route("**/solution", nothing_new)
    menu, solve = page.locator("#p2 .menu").last, page.locator("#p2 button[formaction$='/solution']")
    menu.locator("summary").click()
    with page.expect_request("**/solution"):
        solve.click()
    expect(solve).to_have_attribute("aria-busy", "true")
    solve.dispatch_event("click")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(solve).to_be_enabled()
    expect(solve).not_to_have_attribute("aria-busy", "true")
    with page.expect_request("**/solution"):
        solve.click()
    assert len(sent) == 2


def test_going_back_where_the_page_can_not_be_fetched(somebody: Callable[..., Any], long_thread: str) -> None:
    page: Page = somebody("en", 360)
    first = lines.open_long_thread(page, long_thread)
    page.goto(f"{first}#p3")
    lines.mark(page)
    page.locator("nav.pages a[rel=next]").last.click()
    expect(page.locator("#p21")).to_be_attached()
    page.route("**/t/**", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    page.go_back()
    expect(page.locator("#p3")).to_be_attached()
    assert page.url == f"{first}#p3"
    assert not lines.marked(page)


def test_forth_leads_to_the_place_one_left(somebody: Callable[..., Any], long_thread: str) -> None:
    page: Page = somebody("en")
    lines.open_long_thread(page, long_thread)
    lines.mark(page)
    page.locator("nav.pages a[rel=next]").last.click()
    expect(page.locator("[data-part=page]")).to_be_focused()
    page.evaluate("scrollTo(0, 1500)")
    page.go_back()
    expect(page.locator("#p1")).to_be_attached()
    page.go_forward()
    expect(page.locator("#p21")).to_be_attached()
    until(lambda: page.evaluate("scrollY") > 1400, "the place one left")
    assert lines.marked(page)


def test_a_reaction_from_the_menu_comes_out_of_it(somebody: Callable[..., Any], site: Site) -> None:
    page: Page = somebody("en", 360)
    people.register_plainly(page, site, "celebrator")
    page.goto("/t/2")
    foot = page.locator("#p1 .post-foot")
    foot.locator("summary[aria-label^='More reactions']").click()
    celebrate = foot.locator(".react[value=celebrate]")
    celebrate.click()
    expect(foot.locator(":scope > .react[value=celebrate]")).to_have_attribute("aria-pressed", "true")
    expect(foot.locator("details[open]")).to_have_count(0)
    expect(celebrate).to_be_focused()
    people.no_sideways_scrolling(page)
    celebrate.click()
    expect(celebrate).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(foot.locator(":scope > .react[value=celebrate]")).to_have_count(0)


def test_a_reaction_whose_answer_was_lost_can_be_pressed_again(somebody: Callable[..., Any], site: Site) -> None:
    page: Page = somebody("en")
    people.register_plainly(page, site, "lostanswer")
    page.goto("/t/2")
    like = page.locator("#p1 .react[value=like]")

    def lose_the_answer(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/react*", lose_the_answer)
    like.click()
    expect(page.locator("#toast")).to_have_text("That did not work. Please try again.")
    expect(like).to_have_attribute("aria-pressed", "false")
    page.unroute("**/react*")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "false")
