"""The groups' pages: who finds them, what they offer to whom, and what they do."""

import pytest
from flask import Flask

from forum.core.actor import Actor
from forum.members.queries import actor_of
from tests.factories.members import a_group, a_member, make_owner
from tests.factories.visitor import Visitor, read, words


@pytest.fixture
def anna(app: Flask) -> Actor:
    return a_member("anna", display_name="Anna Abel")


def acts(visitor: Visitor, address: str) -> list[str]:
    """What the buttons of the page's main part say."""
    answer = visitor.get(address)
    assert answer.status_code == 200
    return [" ".join(button.get_text().split()) for button in read(answer).select("main form button")]


def test_the_list_marks_ones_own_groups_and_has_no_trace_of_hidden_ones(app: Flask, anna: Actor) -> None:
    closed, riders = a_group("Kontor"), a_group("Riders", "open", description="We <b>ride</b> & write.")
    shown = words(Visitor(app, anna).get("/groups"))
    assert "Kontor" not in shown
    assert "We <b>ride</b> & write." in shown
    assert "Your groups" not in shown
    fellow = a_member("fellow", groups=(closed, riders))
    shown = words(Visitor(app, fellow).get("/groups"))
    assert shown.index("Your groups") < shown.index("Kontor") < shown.index("Riders")
    assert "Other groups" not in shown


def test_guests_are_asked_to_sign_in_whether_there_is_such_a_group_or_not(app: Flask) -> None:
    closed = a_group("Kontor")
    for address in ("/groups", f"/groups/{closed}/kontor", "/groups/4711/kontor"):
        answer = Visitor(app).get(address)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/login?next={address}")


def test_joining_and_leaving_an_open_group(app: Flask, anna: Actor) -> None:
    riders = a_group("Wintér Riders", "open")
    place, visitor = f"/groups/{riders}/winter-riders", Visitor(app, anna)
    assert visitor.get(f"/groups/{riders}").headers["Location"] == place
    assert acts(visitor, place) == ["Join the group"]
    answer = visitor.post(f"/groups/{riders}/join")
    assert (answer.status_code, answer.headers["Location"]) == (303, place)
    assert acts(visitor, place) == ["Leave the group"]
    assert "Wintér Riders" in words(Visitor(app, a_member("ben")).get("/u/anna"))
    assert "Wintér Riders" not in words(Visitor(app).get("/u/anna"))
    visitor.post(f"/groups/{riders}/leave")
    assert acts(visitor, place) == ["Join the group"]


def test_who_leaves_a_hidden_group_is_led_where_nothing_of_it_is(app: Flask, anna: Actor) -> None:
    closed = a_group("Kontor")
    fellow = a_member("fellow", groups=(closed,))
    visitor = Visitor(app, fellow)
    answer = visitor.post(f"/groups/{closed}/leave")
    assert answer.headers["Location"] == "/groups"
    assert visitor.get(f"/groups/{closed}/kontor").status_code == 404


def test_asking_being_answered_and_what_is_refused_stays_typed(app: Flask, anna: Actor) -> None:
    riders = a_group("Riders", "request")
    owner = Visitor(app, make_owner(riders, a_member("owner")))
    place, visitor = f"/groups/{riders}/riders", Visitor(app, anna)
    answer = visitor.post(f"/groups/{riders}/ask", words="x" * 301)
    assert answer.status_code == 400
    assert read(answer).select_one("textarea[name=words]").text.strip() == "x" * 301  # type: ignore[union-attr]
    visitor.post(f"/groups/{riders}/ask", words="I ride <i>daily</i>.")
    assert acts(visitor, place) == ["Take the request back"]
    assert "I ride <i>daily</i>." in words(owner.get(place))
    assert "I ride" not in words(Visitor(app, a_member("ben")).get(place))
    form = read(owner.get(place)).select_one("form[action$='/accept']")
    assert form is not None
    assert owner.post(str(form["action"])).status_code == 303
    assert riders in actor_of(anna.member_id).group_ids
    again = owner.post(str(form["action"]))
    assert again.status_code == 303
    assert "in the meantime" in words(owner.get(place))


def test_who_may_not_join_yet_reads_why(app: Flask) -> None:
    riders = a_group("Riders", "open")
    visitor = Visitor(app, a_member("new", is_confirmed=False))
    answer = visitor.get(f"/groups/{riders}/riders")
    assert (answer.status_code, read(answer).select("main form")) == (403, [])
    assert "as soon as your account is confirmed" in words(answer)


def test_owners_add_by_user_name_and_learn_nothing_of_addresses(app: Flask, anna: Actor) -> None:
    riders = a_group("Riders")
    owner = Visitor(app, make_owner(riders, a_member("owner")))
    a_member("banned", is_banned=True)
    a_member("ghost", is_confirmed=False)
    for typed in ("anna@example.org", "nobody", "banned", "ghost", "", "\u202eanna"):
        answer = owner.post(f"/groups/{riders}/add", username=typed)
        assert answer.status_code == 400
        assert "There is no member of this name." in words(answer)
    assert owner.post(f"/groups/{riders}/add", username="@Anna").status_code == 303
    assert riders in actor_of(anna.member_id).group_ids
    assert owner.post(f"/groups/{riders}/remove/{anna.id}").status_code == 303
    assert riders not in actor_of(anna.member_id).group_ids


def test_managers_set_groups_up_and_make_owners(app: Flask, anna: Actor) -> None:
    riders = a_group("Riders")
    boss = Visitor(app, a_member("boss", roles=("manager",)))
    page = f"/admin/groups/{riders}"
    form = {"name": "Winter riders", "description": "All year.", "way_in": "open", "audience": "members"}
    refused = boss.post(page, **form)
    assert refused.status_code == 400
    assert read(refused).select_one("textarea[name=description]").text.strip() == "All year."  # type: ignore[union-attr]
    assert boss.post(page, **(form | {"audience": "everybody"})).status_code == 303
    assert "All year." in words(boss.get(f"/groups/{riders}/winter-riders"))
    boss.post(f"{page}/owners/{anna.id}")
    assert "Only a member of the group can own it." in words(boss.get(page))
    boss.post(f"{page}/add", username="anna@example.org")
    boss.post(f"{page}/owners/{anna.id}")
    assert actor_of(anna.member_id).owned_group_ids == {riders}
    boss.post(f"{page}/owners/{anna.id}/remove")
    assert actor_of(anna.member_id).owned_group_ids == frozenset()


def test_the_overview_of_the_administration_says_where_requests_wait(app: Flask, anna: Actor) -> None:
    riders = a_group("Riders", "request")
    Visitor(app, anna).post(f"/groups/{riders}/ask", words="")
    boss = Visitor(app, a_member("boss", roles=("manager",)))
    assert "0 members · 1 request" in words(boss.get("/admin/groups"))
