"""A group is mentioned: who is notified, how often that can be done, and what everybody else sees of it."""

import sys
import threading
from contextlib import suppress
from datetime import datetime
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.errors import Invalid
from forum.core.worker import drain
from forum.members import actions
from forum.members.actions import GroupDraft
from forum.members.queries import actor_of, get_group, get_member
from forum.notifications import queries, words
from forum.threads import actions as threads
from forum.threads import queries as thread_queries
from tests.factories.members import a_group, a_member
from tests.factories.threads import category, on_post, on_thread, reply, thread
from tests.factories.ties import block
from tests.factories.visitor import Visitor, read


@pytest.fixture
def riders(app: Flask) -> int:
    return a_group("Winter riders", "open")


@pytest.fixture
def anna(app: Flask, riders: int) -> Actor:
    return a_member("anna", groups=(riders,))


@pytest.fixture
def ben(app: Flask, riders: int) -> Actor:
    return a_member("ben", groups=(riders,))


def told(app: Flask, member: Actor) -> list[str]:
    drain(app.extensions["settings"])
    return [words.sentence(row, "en", "UTC") for row in reversed(queries.notifications(member).rows)]


def html_of(post_id: int) -> str:
    return thread_queries.get_post(SYSTEM, post_id).html


def test_its_members_are_notified_once_and_nobody_else(app: Flask, anna: Actor, ben: Actor) -> None:
    other = a_member("other")
    started = thread(anna, category(), "Spikes", "Hello @Winter-Riders, and once more @winter-riders.")
    assert told(app, ben) == ["anna mentioned @Winter-riders in “Spikes”"]
    assert told(app, other) == told(app, anna) == []
    on_post(threads.edit_post, anna, started.post_id, threads.write(anna, "@winter-riders, spikes!"), 1)
    assert len(told(app, ben)) == 1


def test_being_named_oneself_is_told_before_the_group_and_the_group_before_the_thread(
    app: Flask, anna: Actor, ben: Actor
) -> None:
    started = thread(ben, category(), "Spikes")
    reply(anna, started.thread_id, "@winter-riders @ben")
    reply(anna, started.thread_id, "@winter-riders")
    personal, of_group = told(app, ben)
    assert "mentioned you" in personal
    assert "@Winter-riders" in of_group


def test_who_may_not_read_it_has_muted_it_or_is_blocked_hears_nothing(app: Flask, anna: Actor, ben: Actor) -> None:
    inner = a_group("inner")
    with transaction(SYSTEM) as system:
        actions.set_groups(system, get_member(system, anna.member_id), [*anna.group_ids - {1, 2}, inner])
    anna = actor_of(anna.member_id)
    thread(
        anna, category("Inner", frozenset((verb, inner) for verb in ("see", "start", "reply"))), body="@winter-riders"
    )
    open_one = thread(anna, category())
    on_thread(threads.follow, ben, open_one.thread_id, "muted")
    reply(anna, open_one.thread_id, "@winter-riders")
    block(ben, anna)
    thread(anna, category(), body="@winter-riders")
    assert told(app, ben) == []


def test_who_doesnt_belong_to_it_notifies_nobody_and_the_team_does(app: Flask, ben: Actor) -> None:
    place = category()
    started = thread(a_member("other"), place, body="@winter-riders")
    assert told(app, ben) == []
    assert 'href="/groups/' in html_of(started.post_id)
    reply(a_member("mona", roles=("moderator",)), started.thread_id, "@winter-riders")
    assert len(told(app, ben)) == 1


def test_a_group_that_only_its_members_see_leaves_no_trace_in_a_text(app: Flask) -> None:
    secret = a_group("Kontorgruppe")
    insider, second = (a_member(name, groups=(secret,)) for name in ("insider", "second"))
    place = category()
    by_insider = thread(insider, place, body="Hello @kontorgruppe.")
    by_other = thread(a_member("other"), place, body="Hello @kontorgruppe.")
    by_nobody = thread(a_member("third"), place, body="Hello @kontorgruppe.")
    assert html_of(by_insider.post_id) == html_of(by_other.post_id) == html_of(by_nobody.post_id)
    assert "<a" not in html_of(by_insider.post_id)
    assert len(told(app, second)) == 1


def test_what_is_seen_by_all_leads_to_its_page(app: Flask, anna: Actor, riders: int) -> None:
    link = BeautifulSoup(html_of(thread(anna, category(), body="@WINTER-riders!").post_id), "html5lib").a
    assert link is not None
    assert (link["href"], link["class"], link.text) == (
        f"/groups/{riders}/winter-riders",
        ["mention"],
        "@Winter-riders",
    )


def test_so_often_a_day_and_then_with_a_clear_message(app: Flask, anna: Actor, ben: Actor) -> None:
    started = thread(anna, category(), body="@winter-riders")
    posts = [reply(anna, started.thread_id, f"@winter-riders {number}") for number in range(4)]
    with pytest.raises(Invalid, match="groups-called-often") as refused:
        reply(anna, started.thread_id, "@winter-riders once more")
    assert refused.value.field == "body"
    on_post(threads.edit_post, anna, posts[0].post_id, threads.write(anna, "@winter-riders, mended"), 1)
    reply(ben, started.thread_id, "@winter-riders from me")
    answer = Visitor(app, anna).post(f"/t/{started.thread_id}/reply", body="@winter-riders, a long thought")
    assert answer.status_code == 400
    page = read(answer)
    assert "within a day" in page.text
    assert "@winter-riders, a long thought" in str(page.select_one("#reply textarea").text)  # type: ignore[union-attr]


def test_of_two_posts_at_once_the_second_sees_what_the_first_has_called(
    app: Flask, monkeypatch: pytest.MonkeyPatch, anna: Actor
) -> None:
    started = [thread(anna, category(), f"Spikes {number}", "@winter-riders") for number in range(2)]
    for number in range(2):
        reply(anna, started[0].thread_id, f"@winter-riders {number}")
    db.session.rollback()
    both_count, outcomes = threading.Barrier(2, timeout=1), []

    def now() -> datetime:
        with suppress(threading.BrokenBarrierError):  # only one of them may be here at a time
            both_count.wait()
        return clock.now()

    monkeypatch.setattr("forum.threads.actions.calling.clock", SimpleNamespace(now=now))

    def call(thread_id: int) -> None:
        with app.app_context():
            try:
                reply(anna, thread_id, "@winter-riders at once")
                outcomes.append("called")
            except Invalid as error:
                outcomes.append(error.code)

    both = [threading.Thread(target=call, args=(one.thread_id,)) for one in started]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["called", "groups-called-often"]


def test_a_group_that_is_too_large_is_not_notified(
    app: Flask, monkeypatch: pytest.MonkeyPatch, anna: Actor, ben: Actor
) -> None:
    monkeypatch.setattr(sys.modules["forum.members.queries.groups"], "MOST_CALLED", 1)
    with pytest.raises(Invalid, match="group-too-large-to-call"):
        thread(anna, category(), body="@winter-riders")
    assert told(app, ben) == []


def test_a_handle_is_of_nobody_else_and_changes(app: Flask, anna: Actor, riders: int) -> None:
    a_group("Anna", "open")
    other = a_group("Others", "open")
    boss = a_member("boss", roles=("manager",))

    def change(handle: str) -> None:
        with transaction(boss) as manager:
            actions.change_group(
                manager, get_group(manager, other), GroupDraft("Others", "open", "everybody", handle=handle)
            )

    for taken in ("anna", "ANNA", "wlnter_riders", "boss"):
        with pytest.raises(Invalid, match="handle-taken"):
            change(taken)
    for bad in ("a", "-x-", "two words", "x" * 41):
        with pytest.raises(Invalid) as refused:
            change(bad)
        assert refused.value.field == "handle"
    change("@Partners")
    change("")
    assert get_group(SYSTEM, other).handle == "Partners"
    with pytest.raises(Invalid, match="username-taken"):
        a_member("partners")
    started = thread(anna, category(), body="@others and @partners")
    assert html_of(started.post_id).count("<a") == 1
