"""What a guest sees is the same for every guest, holds nothing of anybody, and nothing of what is private."""

import re
from collections.abc import Iterator

import pytest
from lxml import html
from werkzeug.test import TestResponse

from tests.factories.threads import reply
from tests.factories.visitor import Visitor, read
from tests.factories.world import SECRETS
from tests.system.conftest import Stage
from tests.system.crawl import crawl

MADE_ANEW = ("/login", "/register", "/reset", "/language", "/confirm")
STARTS = (
    "/",
    "/rules",
    "/rules/1",
    "/u/author",
    "/u/partner",
    "/tags/range",
    "/?view=unanswered",
    "/c/help?view=unanswered",
)
RELATIVE = re.compile(r"\b(ago|gestern|yesterday|vor \d|just now|gerade eben)\b")


def _pages(found: dict[str, TestResponse]) -> Iterator[tuple[str, TestResponse]]:
    """Pages that every guest gets alike: all but those with a form, which are made for each."""
    for address, answer in found.items():
        if answer.mimetype == "text/html" and not address.startswith(MADE_ANEW) and answer.status_code == 200:
            yield address, answer


@pytest.mark.parametrize("cached", [True, False], ids=["cached", "made anew"])
@pytest.mark.parametrize("language", ["de", pytest.param("en", marks=pytest.mark.full)])
def test_two_guests_get_the_same_bytes(stage: Stage, cached: bool, language: str) -> None:
    stage.app.config["GUEST_CACHE"] = cached
    first = crawl(Visitor(stage.app, language=language), *STARTS)
    second = crawl(Visitor(stage.app, language=language), *STARTS)
    assert len(list(_pages(first))) > 12
    assert {address: answer.status_code for address, answer in first.items()} == {
        address: answer.status_code for address, answer in second.items()
    }
    different = [address for address, answer in _pages(first) if answer.data != second[address].data]
    assert different == []


def test_every_link_of_a_guest_leads_somewhere(stage: Stage) -> None:
    found = crawl(Visitor(stage.app), *STARTS)
    refused = {address: answer.status_code for address, answer in found.items() if answer.status_code >= 400}
    silent = {address for address in refused if address.startswith("/login/with/company")}
    assert {refused.pop(address) for address in silent} == {502}, "that provider never answers"
    assert refused == {}


@pytest.mark.parametrize("cached", [True, False], ids=["cached", "made anew"])
def test_a_guests_page_holds_no_form_token_cookie_or_relative_time(stage: Stage, cached: bool) -> None:
    stage.app.config["GUEST_CACHE"] = cached
    for address, answer in _pages(crawl(Visitor(stage.app), *STARTS)):
        page = html.fromstring(answer.data)
        assert "Set-Cookie" not in answer.headers, address
        assert "csrf" not in answer.get_data(as_text=True), address
        assert [form for form in page.iter("form") if form.method.lower() == "post"] == [], address
        assert "data-theme" not in page.attrib, address
        assert RELATIVE.search(page.get_element_by_id("main").text_content()) is None, address
        assert answer.headers["Cache-Control"] == "private, no-cache", address
        varies = {part.strip() for part in answer.headers["Vary"].split(",")}
        assert varies == {"Cookie", "Accept-Language", "Accept-Encoding"}, address


def test_pages_with_a_form_for_guests_are_never_kept(stage: Stage) -> None:
    for address in ("/login", "/register", "/reset", "/language"):
        answer = Visitor(stage.app).get(address)
        assert answer.headers["Cache-Control"] == "no-store", address
        assert read(answer).find("input", attrs={"name": "csrf_token"})["value"], address


@pytest.mark.parametrize("address", ["/", "/c/help", "/tags/range", "/rules", "/t/{thread}/{slug}"])
def test_a_page_that_a_guest_has_is_not_sent_again_until_it_changes(stage: Stage, address: str) -> None:
    guest, address = Visitor(stage.app), stage.world.address(address)
    etag = guest.get(address).headers["ETag"]
    again = guest.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    other_language = guest.get(address, headers={"If-None-Match": etag, "Accept-Language": "de"})
    assert other_language.status_code == 200
    if address != "/rules":
        reply(stage.world.members["helper"], stage.world.places["thread"], "Something new.")
        changed = guest.get(address, headers={"If-None-Match": etag})
        assert changed.status_code == 200
        assert changed.headers["ETag"] != etag


def test_a_members_page_is_never_the_guests(stage: Stage) -> None:
    address = stage.world.address("/t/{thread}/{slug}")
    guest, member = Visitor(stage.app), Visitor(stage.app, stage.world.members["helper"])
    etag = guest.get(address).headers["ETag"]
    answer = member.get(address, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert read(answer).find(id="reply").name == "form"
    assert read(guest.get(address)).find(id="reply").name != "form"


@pytest.mark.parametrize("name", ["guest", "other", "author", "silenced", "product", "keeper"])
def test_who_may_not_see_a_private_topic_finds_no_trace_of_it(stage: Stage, name: str) -> None:
    visitor = Visitor(stage.app, None if name == "guest" else stage.world.members[name])
    world = stage.world
    closed_to_them = [
        world.address(address)
        for address in (
            "/c/{private}",
            "/t/{secret}",
            "/t/{secret}/{secret_slug}",
            "/p/{secret_post}",
            "/tags/zinnober",
        )
    ]
    found = crawl(visitor, *STARTS, "/new", "/drafts", "/notifications", "/settings", "/reports", *closed_to_them)
    assert len(found) > 20
    assert {found[address].status_code for address in closed_to_them} == {404}
    leaks = {
        (address, word)
        for address, answer in found.items()
        for word in SECRETS
        if word.encode() in answer.data and word.lower() not in address
    }
    assert leaks == set()


def test_counts_leave_the_private_topic_out(stage: Stage) -> None:
    """The partner's four posts stand there alone."""
    for name, posts in (("guest", "0"), ("other", "0"), ("former", "0"), ("partner", "4"), ("moderator", "4")):
        visitor = Visitor(stage.app, None if name == "guest" else stage.world.members[name])
        figures = read(visitor.get("/u/partner")).find("dl", class_="figures")
        shown = {
            pair.find("dt").get_text(strip=True): pair.find("dd").get_text(strip=True)
            for pair in figures.find_all("div")
        }
        assert shown["Posts"] == posts, name


def test_the_partners_do_see_their_topic(stage: Stage) -> None:
    """Else the search for traces would prove nothing."""
    found = crawl(Visitor(stage.app, stage.world.members["partner"]), "/")
    seen = " ".join(answer.get_data(as_text=True) for answer in found.values() if answer.mimetype == "text/html")
    assert all(word in seen for word in SECRETS if word != "Kontorgruppe")
