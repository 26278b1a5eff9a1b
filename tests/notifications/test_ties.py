"""Whom members have blocked or follow decides who is told of what."""

import pytest
from flask import Flask

from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.core.worker import drain
from forum.members import actions as members
from forum.members.queries import get_member
from forum.notifications import jobs, queries, words
from forum.threads import actions as threads
from tests.factories.members import a_group, a_member
from tests.factories.threads import category, on_post, on_thread, reply, thread
from tests.factories.ties import block, follow


def told(app: Flask, member: Actor) -> list[str]:
    """The kinds of what a member was told, the oldest first, as soon as all is delivered."""
    drain(app.extensions["settings"])
    return [row.kind for row in reversed(queries.notifications(member).rows)]


def both_act(anna: Actor, ben: Actor) -> None:
    """Each starts a thread; the other one names them, replies, and reacts."""
    for one, other in ((anna, ben), (ben, anna)):
        started = thread(one, category())
        reply(other, started.thread_id, f"@{one.username} look")
        reply(other, started.thread_id, "Or here.")
        on_post(threads.react, other, started.post_id, "like", True)


def test_neither_is_told_of_what_the_other_does(app: Flask, anna: Actor, ben: Actor) -> None:
    both_act(block(anna, ben), ben)
    assert told(app, anna) == told(app, ben) == []


def test_others_are_told_as_before_and_what_was_told_stays(app: Flask, anna: Actor, ben: Actor) -> None:
    started = thread(anna, category())
    reply(ben, started.thread_id, "One.")
    assert told(app, anna) == ["reply"]
    anna = block(anna, ben)
    reply(ben, started.thread_id, "Two.")
    reply(a_member("cleo"), started.thread_id, "Three.")
    assert told(app, anna) == ["reply", "reply"]


def test_what_the_team_does_is_told_though_it_has_blocked_somebody(app: Flask, anna: Actor) -> None:
    mona = block(a_member("mona", roles=("moderator",)), anna)
    both_act(mona, anna)
    assert told(app, anna) == ["mention", "reply", "reaction"]
    assert told(app, mona) == []


def test_a_block_of_somebody_who_joins_the_team_counts_no_longer(app: Flask, anna: Actor, ben: Actor) -> None:
    anna = block(anna, ben)
    with transaction(SYSTEM) as system:
        members.set_roles(system, get_member(system, ben.member_id), ["product"])
    both_act(anna, ben)
    assert sorted(told(app, anna)) == sorted(told(app, ben)) == ["mention", "reaction", "reply"]


def test_who_follows_a_member_is_told_of_new_threads_and_not_of_replies(app: Flask, anna: Actor, ben: Actor) -> None:
    follow(anna, ben)
    started = thread(ben, category(), "Warm gloves")
    reply(ben, started.thread_id, "More of it.")
    assert told(app, anna) == ["thread"]
    row = queries.notifications(anna).rows[0]
    assert words.sentence(row, "en", "UTC") == "ben started “Warm gloves”"
    assert row.address.endswith("/1")
    follow(anna, ben, "normal")
    thread(ben, category())
    assert told(app, anna) == ["thread"]


def test_who_is_mentioned_in_it_hears_of_a_thread_once(app: Flask, anna: Actor, ben: Actor) -> None:
    follow(anna, ben)
    thread(ben, category(), body="Look, @anna")
    assert told(app, anna) == ["mention"]


def test_followers_hear_only_of_threads_that_they_may_read(app: Flask, anna: Actor) -> None:
    inner = a_group("inner circle")
    dora, emil = (a_member(name, groups=(inner,)) for name in ("dora", "emil"))
    for member in (anna, emil):
        follow(member, dora)
    thread(dora, category("Inner", frozenset((verb, inner) for verb in ("see", "start", "reply"))))
    assert told(app, anna) == []
    assert told(app, emil) == ["thread"]


def test_followers_dont_hear_of_a_thread_that_was_taken_back_before(app: Flask, anna: Actor, ben: Actor) -> None:
    follow(anna, ben)
    on_post(threads.delete_post, ben, thread(ben, category()).post_id)
    assert told(app, anna) == []


def test_whom_the_author_has_blocked_follows_in_vain(app: Flask, anna: Actor, ben: Actor) -> None:
    follow(anna, ben)
    thread(block(ben, anna), category())
    assert told(app, anna) == []


def test_many_followers_are_told_in_stretches_and_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch, anna: Actor, ben: Actor
) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    fans = [anna, *(a_member(f"fan{number}") for number in range(4))]
    for fan in fans:
        follow(fan, ben)
    started = thread(ben, category())
    on_thread(threads.follow, fans[1], started.thread_id, "muted")
    assert [told(app, fan) for fan in fans] == [["thread"], [], ["thread"], ["thread"], ["thread"]]
    jobs.tell_of_thread(started.post_id)
    assert told(app, anna) == ["thread"]
