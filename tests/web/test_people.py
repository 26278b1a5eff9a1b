"""What members settle with each other, by their pages."""

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.members import actions
from forum.members.queries import get_member
from forum.threads import actions as threads
from tests.factories.members import a_member
from tests.factories.threads import category, on_post, reply, thread
from tests.factories.visitor import Visitor, read, words


@pytest.fixture
def anna(app: Flask) -> Visitor:
    return Visitor(app, a_member("anna", display_name="Anna"))


@pytest.fixture
def ben(app: Flask) -> Visitor:
    return Visitor(app, a_member("ben", display_name="Ben <b>Berg</b>"))


def who(visitor: Visitor) -> Actor:
    assert visitor.actor is not None
    return visitor.actor


def press(visitor: Visitor, address: str, act: str) -> BeautifulSoup:
    """Presses the button of this page whose form does the act; returns the page that it leads to."""
    form = read(visitor.get(address)).select_one(f"main form[action='{act}']")
    assert form is not None, act
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    answer = visitor.client.post(act, data=fields)
    assert answer.status_code == 303
    return read(visitor.get(str(answer.headers["Location"])))


def post_of(visitor: Visitor, address: str, number: int) -> Tag:
    found = read(visitor.get(address)).select_one(f"#p{number}")
    assert found is not None
    return found


def test_a_blocked_members_posts_are_folded_for_the_blocker_alone(app: Flask, anna: Visitor, ben: Visitor) -> None:
    started = thread(who(anna), category(), kind="question")
    answer = reply(who(ben), started.thread_id, "Read *me*.")
    on_post(threads.mark_solution, who(anna), answer.post_id)
    before = {name: visitor.get(started.address).text for name, visitor in (("ben", ben), ("guest", Visitor(app)))}
    assert "You have blocked this member" in str(press(anna, "/u/ben", "/u/ben/block"))
    folded = post_of(anna, started.address, 2)
    assert folded.select_one("details.fold:not([open]) > summary").text == "Post by someone you blocked · 2"  # type: ignore[union-attr]
    assert folded.select_one("details .post-body em").text == "me"  # type: ignore[union-attr]
    assert folded.select_one("details form button.react[name=on]")
    assert post_of(anna, started.address, 1).select_one("details.fold") is None
    answered = read(anna.get(started.address)).select_one(".answer")
    assert answered is not None
    assert "Read" not in answered.text.replace("Read the whole answer", "")
    assert "Ben" not in answered.text
    assert before["guest"] == Visitor(app).get(started.address).text
    assert before["ben"].count("<details") == ben.get(started.address).text.count("<details")
    assert post_of(ben, started.address, 1).select_one("details.fold") is None
    assert "block" not in words(ben.get("/u/anna")).replace("Block", "").lower()


def test_the_posts_of_the_team_stay_in_view(anna: Visitor, ben: Visitor) -> None:
    started = thread(who(ben), category())
    press(anna, "/u/ben", "/u/ben/block")
    with transaction(SYSTEM) as system:
        actions.set_roles(system, get_member(system, who(ben).member_id), ["product"])
    assert post_of(anna, started.address, 1).select_one("details.fold") is None
    profile = read(anna.get("/u/ben"))
    assert profile.select_one("form[action='/u/ben/unblock']")


def test_nobody_of_the_team_and_not_oneself_can_be_blocked(app: Flask, anna: Visitor) -> None:
    a_member("mona", roles=("moderator",))
    assert not read(anna.get("/u/mona")).select("form[action$='/block']")
    refused = anna.post("/u/mona/block")
    assert refused.status_code == 409
    assert "The team can't be blocked" in read(refused).text
    assert anna.post("/u/anna/block").status_code == 409
    assert anna.post("/u/nobody/block").status_code == 404


def test_the_list_in_the_settings_names_them_and_unblocks(anna: Visitor, ben: Visitor) -> None:
    assert "You have blocked nobody" in words(anna.get("/settings/people"))
    press(anna, "/u/ben", "/u/ben/block")
    assert "Ben <b>Berg</b>" in words(anna.get("/settings/people"))
    act = f"/settings/people/{who(ben).id}/unblock"
    assert "You have blocked nobody" in str(press(anna, "/settings/people", act))
    assert "Block" in words(anna.get("/u/ben"))


def test_the_profile_unblocks_too(anna: Visitor, ben: Visitor) -> None:
    press(anna, "/u/ben", "/u/ben/block")
    page = press(anna, "/u/ben", "/u/ben/unblock")
    assert "You have unblocked this member." in page.text
    assert page.select_one("form[action='/u/ben/block']")


def test_a_member_is_followed_on_the_profile_and_no_longer_in_the_settings(anna: Visitor, ben: Visitor) -> None:
    page = press(anna, "/u/ben", "/u/ben/follow")
    assert "You hear of each thread that this member starts." in page.text
    assert page.select_one("form[action='/u/ben/follow'] [name=level]")["value"] == "normal"  # type: ignore[index]
    assert "Ben <b>Berg</b>" in words(anna.get("/settings/people"))
    act = f"/settings/people/{who(ben).id}/unfollow"
    assert "You follow nobody yet." in press(anna, "/settings/people", act).text
    press(anna, "/u/ben", "/u/ben/follow")
    assert "You no longer follow this member." in press(anna, "/u/ben", "/u/ben/follow").text


def test_following_by_a_former_name_or_other_capitals_means_the_same_member(anna: Visitor, ben: Visitor) -> None:
    with transaction(who(ben)) as member:
        actions.rename(member, get_member(member, member.member_id, lock=True), "benedikt")
    answer = anna.post("/u/BEN/follow", level="watching")
    assert answer.headers["Location"] == "/u/benedikt"
    assert "Ben <b>Berg</b>" in words(anna.get("/settings/people"))


@pytest.mark.parametrize("address", ["/u/anna", "/u/ben"])
def test_what_one_cant_do_has_no_button(app: Flask, anna: Visitor, ben: Visitor, address: str) -> None:
    for visitor in (Visitor(app), anna if address == "/u/anna" else Visitor(app)):
        assert read(visitor.get(address)).select("form[action$='/follow'], form[action$='/block']") == []


def test_the_card_says_who_somebody_is_and_escapes_it(app: Flask, anna: Visitor, ben: Visitor) -> None:
    reply(who(ben), thread(who(ben), category()).thread_id)
    about = "I ride <i>in winter</i>.\n\n" + "And on. " * 60
    assert ben.post("/settings/profile", display_name="Ben <b>Berg</b>", about=about).status_code == 303
    card = read(anna.get("/u/ben?part=card")).select_one(".person-card")
    assert card is not None
    assert card["aria-label"] == "About Ben <b>Berg</b>"
    said = " ".join(card.text.split())
    assert "Ben <b>Berg</b> @ben I ride in winter. And on." in said
    assert "1 thread · 2 posts" in said
    assert len(said) < 300
    assert card.select_one("form[action='/u/ben/follow']")
    assert card.select_one("form[action='/u/ben/block']")


def test_the_card_of_a_former_name_is_that_of_the_member_and_guests_and_oneself_have_no_buttons(
    app: Flask, anna: Visitor, ben: Visitor
) -> None:
    with transaction(who(ben)) as member:
        actions.rename(member, get_member(member, member.member_id, lock=True), "benedikt")
    for visitor in (Visitor(app), ben):
        card = read(visitor.get("/u/ben?part=card")).select_one(".person-card")
        assert card is not None
        assert "@benedikt" in card.text
        assert card.select("form") == []
    assert anna.get("/u/nobody?part=card").status_code == 404
