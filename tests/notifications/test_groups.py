"""Who hears of requests to join a group, and of the answers."""

import pytest
from flask import Flask

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import NotFound
from forum.core.worker import drain
from forum.members import actions
from forum.members.actions import GroupDraft
from forum.members.queries import actor_of, get_group, get_member, group_page
from forum.notifications import queries, words
from tests.factories.members import a_group, a_member, make_owner
from tests.factories.ties import block


def ask(who: Actor, group_id: int, said: str = "") -> None:
    with transaction(who) as member:
        actions.ask_to_join(member, get_group(member, group_id), said)


def answer(who: Actor, group_id: int, *, is_accepted: bool) -> None:
    with transaction(who) as owner:
        group = get_group(owner, group_id)
        (request,) = group_page(owner, group).requests
        actions.answer_request(owner, group, request.id, is_accepted=is_accepted)


def heard(app: Flask, who: Actor) -> list[tuple[str, str, str]]:
    """Sentence, line below, and address of each notification, the newest first."""
    drain(app.extensions["settings"])
    return [
        (words.sentence(row, "en", "UTC"), words.excerpt(row, "en"), row.address)
        for row in queries.notifications(actor_of(who.member_id)).rows
    ]


@pytest.fixture
def riders(app: Flask) -> int:
    return a_group("Winter riders", "request")


def test_the_owners_hear_of_a_request_and_who_asked_of_the_answer(app: Flask, riders: int) -> None:
    anna, boss = a_member("anna", display_name="Anna Adler"), a_member("boss", roles=("manager",))
    owner = make_owner(riders, a_member("owner"))
    ask(anna, riders, "I ride at minus ten.")
    place = f"/groups/{riders}/winter-riders"
    sentence = "Anna Adler would like to join the group “Winter riders”"
    assert heard(app, owner) == [(sentence, "I ride at minus ten.", f"{place}#requests")]
    assert heard(app, boss) == []
    answer(owner, riders, is_accepted=False)
    ask(anna, riders)
    answer(owner, riders, is_accepted=True)
    assert heard(app, anna) == [
        ("You belong to the group “Winter riders” now", "", place),
        ("Your request to join the group “Winter riders” was declined", "", place),
    ]


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_without_owners_managers_hear_of_it_and_without_these_administrators(
    app: Flask, riders: int, role: str
) -> None:
    boss = a_member("boss", roles=("admin",))
    staff = a_member("staff", roles=(role,))
    ask(a_member("anna", display_name="Anna"), riders)
    assert len(heard(app, staff)) == 1
    assert len(heard(app, boss)) == (0 if role == "manager" else 1)


def test_a_request_that_was_taken_back_is_not_told(app: Flask, riders: int) -> None:
    anna, owner = a_member("anna"), make_owner(riders, a_member("owner"))
    ask(anna, riders)
    with transaction(anna) as member:
        actions.withdraw_request(member, get_group(member, riders))
    assert heard(app, owner) == []


def test_who_asked_and_is_added_by_hand_hears_of_it(app: Flask, riders: int) -> None:
    anna, owner = a_member("anna"), make_owner(riders, a_member("owner"))
    ask(anna, riders)
    with transaction(owner) as member:
        actions.add_to_group(member, get_group(member, riders), get_member(member, anna.member_id))
    assert [sentence for sentence, *_ in heard(app, anna)] == ["You belong to the group “Winter riders” now"]


def test_nothing_tells_of_a_group_that_its_reader_may_not_see_any_more(app: Flask, riders: int) -> None:
    anna, owner = a_member("anna"), make_owner(riders, a_member("owner"))
    ask(anna, riders)
    assert len(heard(app, owner)) == 1
    answer(owner, riders, is_accepted=False)
    heard(app, anna)
    (told,) = queries.notifications(anna).rows
    with transaction() as system:
        actions.change_group(system, get_group(system, riders), GroupDraft("Secret riders"))
    assert heard(app, anna) == []
    with pytest.raises(NotFound):
        queries.get_notification(anna, told.id)
    assert len(heard(app, owner)) == 1


def test_an_owner_at_odds_with_who_asks_is_not_told_and_the_others_are(app: Flask, riders: int) -> None:
    anna = a_member("anna")
    cross, avoided, kind = (make_owner(riders, a_member(name)) for name in ("cross", "avoided", "kind"))
    block(cross, anna)
    ask(block(anna, avoided), riders)
    assert [len(heard(app, owner)) for owner in (cross, avoided, kind)] == [0, 0, 1]


def test_where_every_owner_is_at_odds_the_managers_are_told(app: Flask, riders: int) -> None:
    anna, boss = a_member("anna"), a_member("boss", roles=("manager",))
    block(make_owner(riders, a_member("cross")), anna)
    ask(anna, riders)
    assert len(heard(app, boss)) == 1
