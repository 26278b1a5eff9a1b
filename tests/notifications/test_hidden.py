"""The number at the bell and the list, when what they tell of is read no more, and when it is read again."""

from collections.abc import Callable, Collection
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, func, select

from forum.community.marks import mark_of
from forum.community.queries import current
from forum.core import clock, queue
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.events import EVENTS
from forum.core.worker import drain
from forum.members import actions as members
from forum.members.models import MEMBERS
from forum.members.queries import actor_of, get_member
from forum.notifications import actions, queries
from forum.notifications.actions import Telling
from forum.notifications.models import NOTIFICATIONS
from forum.threads import actions as threads
from forum.threads.queries import get_category, get_thread
from tests.factories.members import a_group, a_member
from tests.factories.passkeys import a_passkey
from tests.factories.threads import OPEN, category, on_post, reply, thread
from tests.factories.two_factor import switched_on
from tests.system.statements import counted


def grant(category_id: int, grants: frozenset[tuple[str, int]]) -> None:
    with transaction(SYSTEM) as system:
        threads.set_grants(system, category_id, grants)


def only(group_id: int) -> frozenset[tuple[str, int]]:
    return frozenset((verb, group_id) for verb in ("see", "start", "reply"))


@pytest.mark.parametrize("stretch", [1, 2000])
def test_of_a_category_that_is_closed_nothing_waits_until_it_is_open_again(
    anna: Actor, ben: Actor, at_the_bell: Callable[[], int], monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(queries, "_MANY", stretch)
    place, other = category("Help"), category("News")
    for where in (place, other, place):
        reply(ben, thread(anna, where).thread_id, "An answer.")
    assert at_the_bell() == 3
    grant(place, only(a_group("Partners")))
    assert at_the_bell() == 1
    grant(place, OPEN)
    assert at_the_bell() == 3


def test_who_was_told_while_a_category_was_closed_is_settled_a_little_later(
    app: Flask, anna: Actor, ben: Actor, at_the_bell: Callable[[], int]
) -> None:
    place = category("Help")
    started = thread(ben, place)
    grant(place, only(a_group("Partners")))
    drain(app.extensions["settings"])
    with transaction():  # by somebody who had asked who may read it before it was closed
        actions.notify([Telling(anna.member_id, "mention", f"post:{started.post_id}", started.post_id, ben.id)])
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert at_the_bell() == 0


@pytest.mark.parametrize("act", [members.ban, members.lift_ban])
def test_whose_account_is_gone_by_then_has_nothing_to_settle(
    app: Flask, anna: Actor, act: Callable[[Actor, int], None]
) -> None:
    with transaction(SYSTEM) as system:
        act(system, anna.member_id)
    with transaction():
        db.session.execute(delete(MEMBERS).where(MEMBERS.c.id == anna.id))
    drain(app.extensions["settings"])
    db.session.rollback()
    assert db.session.scalars(select(EVENTS.c.name).where(EVENTS.c.state != queue.DONE)).all() == []


def test_what_was_seen_before_it_was_hidden_is_not_new_when_it_is_back(
    anna: Actor, ben: Actor, at_the_bell: Callable[[], int]
) -> None:
    place, group = category("Help"), a_group("Partners")
    reply(ben, thread(anna, place).thread_id, "An answer.")
    assert at_the_bell() == 1
    with transaction(anna) as member:
        actions.mark_all_seen(member)
    grant(place, only(group))
    assert at_the_bell() == 0
    grant(place, OPEN)
    assert at_the_bell() == 0


def test_what_is_hidden_is_not_seen_by_seeing_all(anna: Actor, ben: Actor, at_the_bell: Callable[[], int]) -> None:
    answer = reply(ben, thread(anna, category()).thread_id, "An answer.")
    assert at_the_bell() == 1
    on_post(threads.delete_post, ben, answer.post_id)
    assert at_the_bell() == 0
    with transaction(anna) as member:
        actions.mark_all_seen(member)
    on_post(threads.restore_post, ben, answer.post_id)
    assert at_the_bell() == 1


def test_of_a_post_that_was_removed_nothing_waits_until_the_decision_is_undone(
    anna: Actor, ben: Actor, at_the_bell: Callable[[], int]
) -> None:
    moderator = a_member("mod", roles=("moderator",))
    started = thread(anna, category())
    rude, kind = (reply(ben, started.thread_id, body) for body in ("You fool.", "You friend."))
    assert at_the_bell() == 2
    for act, left in ((threads.remove_post, 1), (threads.unremove_post, 2)):
        with transaction(moderator) as staff:
            act(staff, rude.post_id)
        assert at_the_bell() == left
    assert queries.told_of(kind.post_id, [anna.member_id])


@pytest.mark.parametrize("is_first", [False, True])
def test_what_its_author_had_taken_back_waits_for_them_again_when_its_removal_is_undone(
    anna: Actor, ben: Actor, at_the_bell: Callable[[], int], is_first: bool
) -> None:
    moderator, place = a_member("mod", roles=("moderator",)), category()
    own = thread(anna, place) if is_first else reply(anna, thread(ben, place).thread_id, "An answer.")
    on_post(threads.react, ben, own.post_id, "like", True)
    assert at_the_bell() == 1
    on_post(threads.delete_post, anna, own.post_id)
    assert at_the_bell() == 1
    for act, left in ((threads.remove_post, 0), (threads.unremove_post, 1)):
        with transaction(moderator) as staff:
            act(staff, own.post_id)
        assert at_the_bell() == left


def test_the_first_post_takes_all_that_waits_of_its_thread_along(
    anna: Actor, ben: Actor, at_the_bell: Callable[[], int]
) -> None:
    moderator = a_member("mod", roles=("moderator",))
    started = thread(ben, category(), body="Hello @anna")
    reply(ben, started.thread_id, "And once more, @anna.")
    assert at_the_bell() == 2
    for act, left in ((threads.remove_post, 0), (threads.unremove_post, 2)):
        with transaction(moderator) as staff:
            act(staff, started.post_id)
        assert at_the_bell() == left


def test_a_thread_takes_what_waits_along_into_another_category(
    anna: Actor, ben: Actor, at_the_bell: Callable[[], int]
) -> None:
    place, private = category("Help"), category("Partners", only(a_group("Partners")))
    started = thread(anna, place)
    reply(ben, started.thread_id, "An answer.")
    assert at_the_bell() == 1
    for target, left in ((private, 0), (place, 1)):
        with transaction(SYSTEM) as system:
            threads.move(system, get_thread(system, started.thread_id, lock=True), get_category(system, target))
        assert at_the_bell() == left


def test_what_another_worker_hid_while_the_counts_were_waited_for_is_shown_again(
    anna: Actor, ben: Actor, at_the_bell: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = reply(ben, thread(anna, category()).thread_id, "An answer.")
    assert at_the_bell() == 1
    hold = actions._hold_counts

    def wait(member_ids: Collection[int]) -> None:
        hold(member_ids)
        actions._turn(db.session.scalars(select(NOTIFICATIONS.c.id)).all(), to_hide=True)

    with monkeypatch.context() as patched, transaction():
        patched.setattr(actions, "_hold_counts", wait)
        actions.settle("post", answer.post_id)
    assert at_the_bell() == 1


def test_with_a_role_goes_what_it_opened(anna: Actor, ben: Actor, at_the_bell: Callable[[], int]) -> None:
    group = a_group("Partners")
    place = category("Partners", only(group))

    def give(*roles: str) -> None:
        with transaction(SYSTEM) as system:
            members.set_roles(system, get_member(system, anna.member_id, lock=True), roles)

    give("moderator")
    started = thread(actor_of(anna.member_id), place)
    reply(a_member("cleo", groups=(group,)), started.thread_id, "An answer.")
    assert at_the_bell() == 1
    give()
    assert at_the_bell() == 0
    give("moderator")
    assert at_the_bell() == 1


def test_with_a_role_that_rests_until_there_is_a_second_step_rests_what_it_opened(
    anna: Actor, at_the_bell: Callable[[], int]
) -> None:
    group = a_group("Partners")
    place = category("Partners", only(group))
    with transaction(SYSTEM) as system:
        members.set_roles(system, get_member(system, anna.member_id, lock=True), ["moderator"])
    started = thread(actor_of(anna.member_id), place)
    reply(a_member("cleo", groups=(group,)), started.thread_id, "An answer.")
    assert at_the_bell() == 1

    def require(*roles: str) -> None:
        with transaction(SYSTEM) as system:
            members.require_two_factor(system, roles, mark_of(current().two_factor_roles))

    require("moderator")
    assert at_the_bell() == 0
    require()
    assert at_the_bell() == 1
    require("moderator")
    switched_on(actor_of(anna.member_id))
    assert at_the_bell() == 1
    with transaction(SYSTEM) as system:
        members.reset_two_factor(system, get_member(system, anna.member_id, lock=True))
    assert at_the_bell() == 0
    first = a_passkey(actor_of(anna.member_id))
    assert at_the_bell() == 1
    with transaction(actor_of(anna.member_id)) as member:
        members.remove_passkey(member, get_member(member, anna.member_id, lock=True), first, identities=0)
    assert at_the_bell() == 0
    a_passkey(actor_of(anna.member_id))
    assert at_the_bell() == 1
    with transaction(SYSTEM) as system:
        members.reset_two_factor(system, get_member(system, anna.member_id, lock=True))
    assert at_the_bell() == 0


def test_a_thousand_who_were_told_are_settled_in_few_statements(
    app: Flask, anna: Actor, ben: Actor, at_the_bell: Callable[[], int]
) -> None:
    answer = reply(ben, thread(anna, category()).thread_id, "An answer.")
    assert at_the_bell() == 1
    with transaction():
        row = db.session.execute(select(MEMBERS).where(MEMBERS.c.id == anna.id)).one()._asdict()
        del row["id"]
        names = [f"m{number}" for number in range(1000)]
        same = {"username", "username_key", "email", "email_key", "sort_key"}
        db.session.execute(MEMBERS.insert(), [row | dict.fromkeys(same, name) for name in names])
        ids = db.session.scalars(select(MEMBERS.c.id).where(MEMBERS.c.username.in_(names))).all()
        told = {"kind": "reply", "subject": f"post:{answer.post_id}", "post_id": answer.post_id, "data": {}}
        told["created_at"] = row["joined_at"]
        db.session.execute(NOTIFICATIONS.insert(), [{**told, "member_id": id} for id in ids])
    on_post(threads.delete_post, ben, answer.post_id)
    with counted() as said:
        drain(app.extensions["settings"])
    assert len(said) < 120
    assert at_the_bell() == 0
    hidden = select(func.count()).where(NOTIFICATIONS.c.hidden_at.is_not(None))
    assert db.session.scalar(hidden) == 1001
    assert db.session.scalar(select(func.sum(MEMBERS.c.unread_count))) == 0
