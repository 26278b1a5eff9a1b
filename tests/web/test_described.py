"""What search engines read of a page: its description, its one address, or that they shall leave it out."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from forum.core.settings import installed
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.accounts import a_member, browser


def head(app: Flask, address: str) -> dict[str, str]:
    """Description, robots and canonical of a page as a guest gets it; what isn't there is empty."""
    page = BeautifulSoup(browser(app).get(address).text, "html5lib")
    found = {name: page.select_one(f"meta[name={name}]") for name in ("description", "robots")}
    said = {name: str(one["content"]) if one else "" for name, one in found.items()}
    canonical = page.select_one("link[rel=canonical]")
    return {**said, "canonical": str(canonical["href"]) if canonical else ""}


@pytest.mark.parametrize("address", ["/", "/c/news", "/ideas"])
def test_a_list_describes_itself_and_has_one_address(app: Flask, address: str) -> None:
    make.category("News")
    said = head(app, address)
    assert len(said["description"]) > 20
    assert (said["canonical"], said["robots"]) == (installed().base_url + address, "")
    other = {"/ideas": "status=planned"}.get(address, "view=unanswered")
    said = head(app, f"{address}?{other}")
    assert (said["canonical"], said["robots"]) == ("", "noindex, follow")


def test_a_thread_and_an_idea_are_described_by_how_they_begin(app: Flask) -> None:
    anna = a_member("anna")
    thread = make.thread(anna, make.category(), body="How large is **large**?")
    for number in range(20):
        make.reply(anna, thread.thread_id, f"Reply {number}")
    idea = ideas.idea(make.member("ben"), ideas.area(), body="Light that dims.")
    base = installed().base_url
    said = head(app, thread.thread_address)
    assert (said["description"], said["canonical"]) == ("How large is large?", base + thread.thread_address)
    assert head(app, f"{thread.thread_address}?page=2")["canonical"] == f"{base}{thread.thread_address}?page=2"
    assert head(app, idea.address)["canonical"] == base + idea.address
    assert head(app, idea.address)["description"] == "Light that dims."


def test_signing_in_is_found_and_what_one_wanted_before_is_not(app: Flask) -> None:
    said = head(app, "/login")
    assert said["description"].startswith("Sign in to ")
    assert said["robots"] == ""
    assert head(app, "/login?next=/new")["robots"] == "noindex"


def test_members_get_nothing_that_is_for_search_engines(app: Flask) -> None:
    anna = make.member("anna")
    thread = make.thread(anna, make.category())
    page = make.sign_in(app.test_client(), anna).get(thread.thread_address).text
    assert 'rel="canonical"' not in page
    assert 'name="description"' not in page
