"""The directory as members see it: rows, order, finding, pages, and what doesn't stand in it."""

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.members import actions
from tests.factories import threads as make
from tests.factories.members import a_group, a_member
from tests.factories.visitor import Visitor, read, words


def main(visitor: Visitor, address: str = "/members") -> Tag:
    answer = visitor.get(address)
    assert answer.status_code == 200
    found = read(answer).find("main")
    assert isinstance(found, Tag)
    return found


def rows(page: Tag | BeautifulSoup) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.select(".people > li")]


def names(visitor: Visitor, address: str) -> list[str]:
    return [row.get_text(strip=True) for row in main(visitor, address).select(".people .row-title a")]


@pytest.fixture
def anna(app: Flask) -> Actor:
    return a_member("anna", display_name="Anna Abel")


def test_a_row_leads_to_the_profile_and_says_what_that_says(app: Flask, anna: Actor) -> None:
    a_member("mod", display_name="Mona Mod", roles=("moderator",))
    make.thread(anna, make.category())
    found = main(Visitor(app, anna))
    assert [link["href"] for link in found.select(".people .row-title a")] == ["/u/anna", "/u/mod"]
    first, second = rows(found)
    assert first.startswith("AA Anna Abel @anna here since ")
    assert first.endswith("1 post")
    assert "Team" in second
    assert "post" not in second


def test_posts_are_counted_where_the_viewer_may_read_alone(app: Flask, anna: Actor) -> None:
    group = a_group("Partners")
    partner = a_member("partner", groups=(group,))
    hidden = make.category(grants=frozenset((verb, group) for verb in ("see", "start", "reply")))
    make.thread(partner, hidden)
    make.thread(partner, make.category())
    seen = {viewer.username: rows(main(Visitor(app, viewer), "/members?q=partner"))[0] for viewer in (anna, partner)}
    assert seen["anna"].endswith("1 post")
    assert seen["partner"].endswith("2 posts")


def test_the_team_sees_the_same_list_and_nobody_sees_who_is_silenced_or_banned(app: Flask, anna: Actor) -> None:
    a_member("silent", silenced_days=3)
    a_member("banned", is_banned=True)
    a_member("unconfirmed", is_confirmed=False)
    admin = a_member("boss", roles=("admin",))
    lists = [main(Visitor(app, viewer)).select_one(".people") for viewer in (anna, admin)]
    assert str(lists[0]) == str(lists[1])
    assert [row.split("@")[1].split()[0] for row in rows(main(Visitor(app, anna)))] == ["anna", "boss", "silent"]
    silent = next(row for row in rows(main(Visitor(app, anna))) if "@silent" in row)
    assert silent.split("here since")[0].split() == ["S", "silent", "@silent"]


def test_somebody_is_found_with_the_at_sign_and_in_any_writing(app: Flask, anna: Actor) -> None:
    a_member("joerg", display_name="Jörg Øst")
    reader = Visitor(app, anna)
    for typed in ("@joerg", "JÖRG", "  jorg   ø", "%C3%98st"):
        assert names(reader, f"/members?q={typed}") == ["Jörg Øst"], typed
    page = read(reader.get("/members?q=J%C3%B6rg"))
    assert page.select_one("#q")["value"] == "Jörg"
    assert "Members found by “Jörg”" in page.title.get_text()
    assert page.select(".tabs [aria-current]") == []


@pytest.mark.parametrize(
    "typed", ["*", "%25", "_", "%00", "%00*", "@", "'", "\\", "x" * 10_000, "%ED%A0%80", "%F0%9F%8E%89"]
)
def test_whatever_is_typed_the_answer_says_that_nobody_has_that_name(app: Flask, anna: Actor, typed: str) -> None:
    answer = Visitor(app, anna).get(f"/members?q={typed}")
    assert answer.status_code == 200
    nobody = "Nobody has that name." in words(answer)
    assert nobody is (typed not in {"%00", "@"})  # nothing but signs that nobody types is nothing typed
    assert len(read(answer).select_one("#q")["value"]) <= 100


@pytest.mark.parametrize("sort", ["standing", "name%00", "NAME", "-newest"])
def test_an_unknown_order_is_not_found(app: Flask, anna: Actor, sort: str) -> None:
    assert Visitor(app, anna).get(f"/members?sort={sort}").status_code == 404


@pytest.mark.parametrize("address", ["/members", "/members?sort=newest", "/members?q=m"])
def test_pages_lead_on_and_back_in_place(app: Flask, anna: Actor, address: str) -> None:
    for number in range(31):
        a_member(f"m{number}")
    reader = Visitor(app, anna)
    first = main(reader, address)
    assert len(rows(first)) == 30
    links = first.select("[data-part=page] .pages a")
    assert [link["rel"] for link in links] == [["next"]]
    second = main(reader, links[0]["href"])
    assert set(rows(second)).isdisjoint(rows(first))
    assert len(rows(second)) == (1 if "q=" in address else 2)
    (back,) = second.select("[data-part=page] .pages a")
    assert (back["href"], back["rel"]) == (address, ["prev"])


def test_a_page_beyond_the_last_row_leads_back(app: Flask, anna: Actor) -> None:
    members = [a_member(f"m{number}") for number in range(31)]
    reader = Visitor(app, anna)
    onwards = main(reader, "/members?q=m").select_one(".pages a")["href"]
    with transaction():
        for member in members:
            actions.ban(anna, member.member_id)
    found = main(reader, onwards)
    assert "That was everybody." in found.get_text()
    assert found.select_one(".pages a")["href"] == "/members?q=m"


def test_places_and_profiles_lead_members_there_and_guests_not(app: Flask, anna: Actor) -> None:
    member, guest = read(Visitor(app, anna).get("/u/anna")), read(Visitor(app).get("/u/anna"))
    assert member.select_one('.places a[href="/members"]')["aria-current"] == "page"
    assert [link["href"] for link in member.select(".crumbs a")] == ["/members"]
    assert guest.select('a[href="/members"]') == []
    answer = Visitor(app).get("/members?q=anna")
    assert answer.status_code == 303
    where = urlsplit(answer.headers["Location"])
    assert (where.path, where.query) == ("/login", "next=/members?q%3Danna")


def test_some_of_the_members_are_chosen_without_a_script_and_kept_while_one_orders_and_turns(
    app: Flask, anna: Actor
) -> None:
    for number in range(31):
        a_member(f"m{number}", roles=("moderator",))
    reader = Visitor(app, anna)
    form = main(reader).select_one("form:has(#show)")
    assert form is not None
    assert (form["action"], form.get("method", "get")) == ("/members", "get")
    page = main(reader, "/members?show=team")
    assert page.select_one("#show [selected]")["value"] == "team"
    assert [link["href"] for link in page.select(".tabs a")] == ["/members?show=team", "/members?show=team&sort=newest"]
    newest = main(reader, "/members?show=team&sort=newest")
    assert newest.select_one("form:has(#show) [name=sort]")["value"] == "newest"
    onwards = newest.select_one(".pages a")["href"]
    assert len(rows(main(reader, onwards))) == 1


def test_the_groups_to_choose_from_are_those_that_the_reader_may_know_of(app: Flask, anna: Actor) -> None:
    secret, known = a_group("Secret <i>circle</i>"), a_group("Riders", "open")
    insider = a_member("insider", groups=(secret, known))
    page = main(Visitor(app, anna))
    assert [one.text for one in page.select("#show optgroup option")] == ["Riders"]
    assert "Secret" not in str(page)
    page = main(Visitor(app, insider), f"/members?show=group-{secret}")
    assert [one.text for one in page.select("#show optgroup option")] == ["Riders", "Secret <i>circle</i>"]
    assert names(Visitor(app, insider), f"/members?show=group-{secret}") == ["insider"]
    assert page.select(".tabs") == []
    for asked in (secret, "x", "", "-1", "9" * 30, "\u0661"):
        assert Visitor(app, anna).get(f"/members?show=group-{asked}").status_code == 404


def test_where_nobody_is_to_be_shown_the_page_says_so_and_leads_back(app: Flask, anna: Actor) -> None:
    page = main(Visitor(app, anna), "/members?show=ambassador")
    assert "There is nobody of these yet." in page.text
    assert page.select_one("a[href='/members'].btn")


def test_who_is_looked_for_by_name_is_looked_for_among_everybody(app: Flask, anna: Actor) -> None:
    assert names(Visitor(app, anna), "/members?q=anna&show=team") == ["Anna Abel"]
