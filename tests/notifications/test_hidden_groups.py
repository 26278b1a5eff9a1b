"""The number at the bell and the list, when a group may be seen no more, and when it may be seen again."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, func, select

from forum.community.marks import mark_of
from forum.community.queries import current
from forum.core import queue
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.errors import Denied
from forum.core.events import EVENTS
from forum.members import actions as members
from forum.members.models import GROUP_REQUESTS, MEMBERS
from forum.members.queries import actor_of, deletable_group, get_group, get_member, invited_to
from forum.notifications import actions, queries
from forum.notifications.models import NOTIFICATIONS
from tests.factories.members import a_group, a_member, make_owner
from tests.factories.threads import category, reply, thread


@pytest.fixture
def riders(anna: Actor) -> int:
    """A group that its members alone see, and that anna owns."""
    group_id = a_group("Winter riders", "request")
    make_owner(group_id, anna)
    return group_id


def ask(who: Actor, group_id: int) -> None:
    with transaction(who) as member:
        members.ask_to_join(member, get_group(member, group_id), "")


def change(group_id: int, audience: str, way_in: str = "staff") -> None:
    with transaction(SYSTEM) as system:
        draft = members.GroupDraft("Winter riders", way_in, audience)
        members.change_group(system, get_group(system, group_id), draft)


def take_out(who: Actor, group_id: int) -> None:
    with transaction(SYSTEM) as system:
        members.remove_from_group(system, get_group(system, group_id), get_member(system, who.member_id))


def test_a_group_that_is_deleted_takes_nothing_along_that_was_hidden(
    anna: Actor, ben: Actor, riders: int, at_the_bell: Callable[[], int]
) -> None:
    ask(ben, riders)
    reply(ben, thread(anna, category()).thread_id, "An answer.")
    assert at_the_bell() == 2
    change(riders, "members")
    take_out(anna, riders)
    assert at_the_bell() == 1
    with transaction(SYSTEM) as system:
        group = deletable_group(system, riders)
        actions.forget_group(system, group)
        members.delete_group(system, group)
    assert at_the_bell() == 1


def test_who_may_not_delete_a_group_takes_nothing_of_it_from_the_bell(
    anna: Actor, ben: Actor, riders: int, at_the_bell: Callable[[], int]
) -> None:
    ask(ben, riders)
    with pytest.raises(Denied), transaction(actor_of(anna.member_id)) as owner:
        actions.forget_group(owner, get_group(owner, riders))
    assert at_the_bell() == 1


def test_what_a_ban_hides_waits_again_when_it_is_lifted(
    anna: Actor, ben: Actor, riders: int, at_the_bell: Callable[[], int]
) -> None:
    other = a_group("Summer riders", "request")
    make_owner(other, anna)
    for group_id in (riders, other):
        ask(ben, group_id)
    assert at_the_bell() == 2
    for act, left in ((members.ban, 0), (members.lift_ban, 2), (members.ban, 0)):
        with transaction(SYSTEM) as system:
            act(system, anna.member_id)
        assert at_the_bell() == left
    change(riders, "members")
    take_out(anna, riders)
    assert at_the_bell() == 0
    with transaction(SYSTEM) as system:
        members.lift_ban(system, anna.member_id)
    assert at_the_bell() == 1


def decline(group_id: int) -> None:
    """Declines all requests, as the team does."""
    with transaction(SYSTEM) as system:
        for id in db.session.scalars(select(GROUP_REQUESTS.c.id)).all():
            members.answer_request(system, get_group(system, group_id), id, is_accepted=False)


@pytest.mark.parametrize("is_banned", [False, True])
def test_an_answer_is_not_told_to_who_asked_and_may_not_see_the_group_any_more(
    anna: Actor, at_the_bell: Callable[[], int], is_banned: bool
) -> None:
    group_id = a_group("Winter riders", "request")
    ask(anna, group_id)
    if is_banned:
        with transaction(SYSTEM) as system:
            members.ban(system, anna.member_id)
    else:
        change(group_id, "members")
    decline(group_id)
    assert at_the_bell() == 0
    assert db.session.scalar(select(func.count()).select_from(NOTIFICATIONS)) == 0


def test_who_asked_somebody_into_a_group_that_is_closed_to_them_at_present_is_not_told_of_the_answer(
    anna: Actor, ben: Actor, at_the_bell: Callable[[], int]
) -> None:
    group_id = a_group("Winter riders", "request")
    change(group_id, "members")
    with transaction(SYSTEM) as system:
        members.set_roles(system, get_member(system, anna.member_id, lock=True), ["manager"])
    with transaction(actor_of(anna.member_id)) as manager:
        members.invite_to_group(manager, get_group(manager, group_id), get_member(manager, ben.member_id))
    with transaction(SYSTEM) as system:
        members.require_two_factor(system, ["manager"], mark_of(current().two_factor_roles))
    assert at_the_bell() == 0, "and what follows from that is done"
    with transaction(ben) as member:
        members.answer_invite(member, invited_to(member, group_id), is_accepted=False)
    assert at_the_bell() == 0
    assert queries.notifications(actor_of(anna.member_id)).rows == []


def test_of_a_request_nobody_hears_whose_role_rests_and_the_next_ones_do(
    anna: Actor, ben: Actor, at_the_bell: Callable[[], int]
) -> None:
    boss, group_id = a_member("boss", roles=("admin",)), a_group("Winter riders", "request")
    with transaction(SYSTEM) as system:
        members.set_roles(system, get_member(system, anna.member_id, lock=True), ["manager"])
        members.require_two_factor(system, ["manager"], mark_of(current().two_factor_roles))
    ask(ben, group_id)
    change(group_id, "members")
    assert at_the_bell() == 0
    assert [row.kind for row in queries.notifications(boss).rows] == ["group_request"]


@pytest.mark.parametrize("stretch", [1, 500])
def test_of_a_group_that_its_members_alone_see_from_now_on_nothing_waits_for_others(
    anna: Actor, at_the_bell: Callable[[], int], monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(actions, "_AT_ONCE", stretch)
    group_id = a_group("Winter riders", "request")
    for _ in range(2):
        ask(anna, group_id)
        decline(group_id)
        assert at_the_bell()
    assert at_the_bell() == 2
    for audience, left in (("members", 0), ("everybody", 2)):
        change(group_id, audience)
        assert at_the_bell() == left


def test_who_is_asked_into_a_group_hears_of_it_whoever_sees_it(
    anna: Actor, ben: Actor, at_the_bell: Callable[[], int]
) -> None:
    group_id = a_group("Winter riders", "request")
    owner = make_owner(group_id, ben)
    with transaction(owner) as member:
        members.invite_to_group(member, get_group(member, group_id), get_member(member, anna.member_id))
    assert at_the_bell() == 1
    change(group_id, "members")
    assert at_the_bell() == 1
    with transaction(SYSTEM) as system:
        members.withdraw_invite(system, get_group(system, group_id), anna.member_id)
    assert at_the_bell() == 0


def test_the_answer_of_somebody_whose_account_is_gone_by_then_is_told_to_nobody(
    anna: Actor, ben: Actor, riders: int, at_the_bell: Callable[[], int]
) -> None:
    with transaction(actor_of(anna.member_id)) as owner:
        members.invite_to_group(owner, get_group(owner, riders), get_member(owner, ben.member_id))
    with transaction(ben) as member:
        members.answer_invite(member, invited_to(member, riders), is_accepted=False)
    with transaction():
        db.session.execute(delete(MEMBERS).where(MEMBERS.c.id == ben.id))
    assert at_the_bell() == 0
    assert db.session.scalars(select(EVENTS.c.name).where(EVENTS.c.state != queue.DONE)).all() == []
