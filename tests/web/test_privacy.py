"""What a member shows of themselves, chosen in the settings and kept on every page."""

import pytest
from bs4 import Tag
from flask import Flask

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.worker import drain
from forum.members import actions, queries
from tests.factories import threads as make
from tests.factories.members import a_group, a_member, shows
from tests.factories.visitor import Visitor, read, words

ABOUT = "I collect brass bells."


@pytest.fixture
def anna(app: Flask) -> Actor:
    """Somebody with a text about themselves, a group and a post."""
    member = a_member("anna", display_name="Anna Abel", groups=(a_group("Riders", "open"),))
    with transaction(member) as actor:
        entity = queries.get_member(actor, actor.member_id)
        html = f"<p>{ABOUT}</p>"
        actions.update_profile(actor, entity, display_name="Anna Abel", about=ABOUT, about_html=html, about_version=1)
    make.thread(member, make.category(), "On gears")
    return member


def robots(visitor: Visitor, address: str = "/u/anna") -> str:
    found = read(visitor.get(address)).select_one("meta[name=robots]")
    return str(found["content"]) if found else ""


def test_the_form_keeps_what_was_chosen(app: Flask, anna: Actor) -> None:
    visitor = Visitor(app, anna)
    form = read(visitor.get("/settings/privacy")).select_one("form#privacy")
    lists = ["shows_threads", "shows_posts", "shows_ideas"]
    assert [box["name"] for box in form.select("input[checked]")] == ["audience", "is_indexed", *lists]
    assert visitor.post("/settings/privacy", audience="members", shows_presence="y").status_code == 303
    form = read(visitor.get("/settings/privacy")).select_one("form#privacy")
    assert {(box["name"], box["value"]) for box in form.select("input[checked]")} == {
        ("audience", "members"),
        ("shows_presence", "y"),
    }


def test_a_wrong_choice_is_refused_and_the_rest_kept(app: Flask, anna: Actor) -> None:
    visitor = Visitor(app, anna)
    for audience in ("nobody", ""):
        answer = visitor.post("/settings/privacy", audience=audience, shows_votes="y")
        assert answer.status_code == 400
        page = read(answer)
        assert page.select_one("#audience .field-error") is not None
        assert page.select_one("#shows_votes[checked]") is not None
    assert queries.privacy_of(anna).audience == "everybody"


def test_to_others_it_is_as_if_there_were_no_profile(app: Flask, anna: Actor) -> None:
    ben, mod = a_member("ben"), a_member("mod", roles=("moderator",))
    viewers = {"guest": Visitor(app), "ben": Visitor(app, ben), "mod": Visitor(app, mod), "anna": Visitor(app, anna)}
    for audience, knowing in (
        ("everybody", {"guest", "ben", "mod", "anna"}),
        ("members", {"ben", "mod", "anna"}),
        ("staff", {"mod", "anna"}),
    ):
        shows(anna, audience)
        for name, visitor in viewers.items():
            answer = visitor.get("/u/anna")
            said = words(answer)
            assert answer.status_code == 200
            assert "Anna Abel" in said
            knows = name in knowing
            for part in (ABOUT, "here since", "On gears", "Reactions received"):
                assert (part in said) is knows, (audience, name, part)
            for tab in ("threads", "posts", "ideas"):
                assert visitor.get(f"/u/anna/{tab}").status_code == (200 if knows else 404)
            card = visitor.get("/u/anna?part=card")
            assert (card.status_code, ABOUT in card.text) == ((200, True) if knows else (404, False)), (audience, name)
            if not knows:
                assert "Riders" not in said
                assert robots(visitor) == "noindex"


def test_what_is_hidden_looks_the_same_for_members_and_for_the_team(app: Flask, anna: Actor) -> None:
    shows(anna, "members")
    first = Visitor(app).get("/u/anna").data
    shows(anna, "staff")
    assert Visitor(app).get("/u/anna").data == first


def test_who_reports_a_hidden_profile_is_not_shown_it(app: Flask, anna: Actor) -> None:
    ben = Visitor(app, a_member("ben"))
    address = f"/report?member={anna.member_id}"
    assert ABOUT in words(ben.get(address))
    shows(anna, "staff")
    answer = ben.get(address)
    assert answer.status_code == 200
    assert ABOUT not in words(answer)


def test_a_search_names_members_to_those_who_may_know_of_them(app: Flask, anna: Actor) -> None:
    def is_named(visitor: Visitor) -> bool:
        return read(visitor.get("/search?q=anna")).select_one('main a[href="/u/anna"]') is not None

    guest, ben = Visitor(app), Visitor(app, a_member("ben"))
    drain(app.extensions["settings"])
    seen = []
    for audience in ("everybody", "members", "staff"):
        shows(anna, audience)
        seen.append((is_named(guest), is_named(ben)))
    assert seen == [(True, True), (False, True), (False, False)]


def test_search_engines_are_told_what_they_may_list(app: Flask, anna: Actor) -> None:
    guest = Visitor(app)
    assert (robots(guest), robots(guest, "/u/anna/posts")) == ("", "noindex, follow")
    shows(anna, indexed=False)
    assert (robots(guest), robots(guest, "/u/anna/posts")) == ("noindex", "noindex")
    shows(anna, "members")
    assert robots(Visitor(app, anna)) == "noindex"


def test_members_see_when_somebody_was_here_and_guests_never(app: Flask, anna: Actor) -> None:
    ben = Visitor(app, a_member("ben"))
    Visitor(app, anna).get("/")
    assert "online now" not in words(ben.get("/u/anna"))
    shows(anna, presence=True)
    assert "online now" in words(ben.get("/u/anna"))
    assert "online now" not in words(Visitor(app).get("/u/anna"))


def test_the_owner_and_the_team_see_that_a_profile_is_not_for_everybody(app: Flask, anna: Actor) -> None:
    shows(anna, "staff")
    for viewer in (anna, a_member("mod", roles=("moderator",))):
        assert "Profile for the team" in words(Visitor(app, viewer).get("/u/anna"))


LISTS = ("threads", "posts", "ideas", "votes")


def tabs(visitor: Visitor) -> set[str]:
    found = read(visitor.get("/u/anna")).select("main nav.tabs a, main .tabs a")
    return {str(link["href"]).rpartition("/")[2] for link in found} & set(LISTS)


def choose(visitor: Visitor, *lists: str) -> None:
    """The member's profile lists these alone."""
    answer = visitor.post("/settings/privacy", audience="everybody", **{f"shows_{one}": "y" for one in lists})
    assert answer.status_code == 303


def test_each_list_of_a_profile_can_be_hidden(app: Flask, anna: Actor) -> None:
    own, guest = Visitor(app, anna), Visitor(app)
    ben, mod = Visitor(app, a_member("ben")), Visitor(app, a_member("mod", roles=("moderator",)))
    for hidden in LISTS:
        choose(own, *(one for one in LISTS if one != hidden))
        for visitor, sees in ((guest, False), (ben, False), (own, True), (mod, True)):
            answer = visitor.get(f"/u/anna/{hidden}")
            assert answer.status_code == (200 if sees else 404), hidden
            assert (hidden in tabs(visitor)) is sees
            assert tabs(visitor) >= set(LISTS) - {hidden}
            told = "Only you and the team see this." in words(answer)
            assert told is (visitor is own)


def test_what_a_profile_does_not_list_stands_where_it_was_written(app: Flask, anna: Actor) -> None:
    own, ben = Visitor(app, anna), Visitor(app, a_member("ben"))
    assert "On gears" in words(ben.get("/u/anna"))
    choose(own, "threads")
    said = words(ben.get("/u/anna"))
    assert "On gears" not in said
    assert "Recent posts" not in said
    assert "On gears" in words(ben.get("/u/anna/threads"))
    assert "On gears" in words(own.get("/u/anna"))
    choose(own)
    link = read(ben.get("/")).find("a", string="On gears")
    assert isinstance(link, Tag)
    assert "Anna Abel" in words(ben.get(str(link["href"])))


def test_hidden_lists_look_to_guests_as_if_there_were_none(app: Flask, anna: Actor) -> None:
    guest = Visitor(app)
    choose(Visitor(app, anna))
    assert tabs(guest) == set()
    assert {guest.get(f"/u/anna/{one}").status_code for one in LISTS} == {404}
