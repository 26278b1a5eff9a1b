"""`forum check` finds and mends the number at the bell and the number of people who reported."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.core.database import db, transaction
from forum.core.worker import drain
from forum.members.models import MEMBERS
from forum.moderation.models import CASES
from forum.notifications import actions, checks
from forum.notifications.actions import Telling
from forum.notifications.models import NOTIFICATIONS
from forum.threads import actions as threads
from forum.wiring import CHECKS
from tests.factories.members import a_member
from tests.factories.moderation import a_report
from tests.factories.rules import a_rulebook
from tests.factories.threads import category, on_post, reply, thread


def test_a_wrong_number_at_the_bell_is_found_and_mended(app: Flask) -> None:
    anna = a_member("anna")
    with transaction():
        actions.notify([Telling(anna.member_id, "reaction", "post-1"), Telling(anna.member_id, "reaction", "post-2")])
    check = CHECKS["notifications"]
    assert list(check(False)) == []
    with transaction():
        db.session.execute(update(MEMBERS).values(unread_count=7))
    assert [(one.what, one.id, one.expected, one.found) for one in check(True)] == [
        ("member.unread_count", anna.id, 2, 7)
    ]
    assert db.session.scalar(select(MEMBERS.c.unread_count)) == 2
    assert list(check(False)) == []


@pytest.mark.parametrize("stretch", [1, 500])
def test_what_is_counted_and_read_no_more_is_found_and_mended(
    app: Flask, monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(checks, "_AT_ONCE", stretch)
    anna, ben, cleo = a_member("anna"), a_member("ben"), a_member("cleo")
    for who in (anna, cleo):
        started = thread(who, category(f"For {who.username}"))
        first, _second = (reply(ben, started.thread_id, "An answer.") for _ in range(2))
        drain(app.extensions["settings"])
        on_post(threads.delete_post, ben, first.post_id)
        drain(app.extensions["settings"])
    with transaction():  # as before there was anything that is hidden
        db.session.execute(update(NOTIFICATIONS).values(hidden_at=None))
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id != ben.id).values(unread_count=2))
    check = CHECKS["notifications"]
    for fix in (False, True):
        found = [(one.what, one.id, one.expected, one.found) for one in check(fix)]
        assert found == [("member.unread_count", who.id, 1, 2) for who in (anna, cleo)]
    assert list(check(False)) == []
    assert [row.hidden_at is None for row in db.session.execute(select(NOTIFICATIONS))].count(False) == 2
    on_post(threads.restore_post, ben, first.post_id)
    drain(app.extensions["settings"])
    assert db.session.scalar(select(MEMBERS.c.unread_count).where(MEMBERS.c.id == cleo.id)) == 2
    assert list(check(False)) == []


@pytest.mark.parametrize("others", [0, 1])
def test_what_is_hidden_and_may_be_read_is_found_and_mended(app: Flask, others: int) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    started = thread(anna, category())
    answer = reply(ben, started.thread_id, "An answer.")
    for _each in range(others):
        reply(ben, started.thread_id, "And another one.")
    drain(app.extensions["settings"])
    with transaction():
        db.session.execute(
            update(NOTIFICATIONS)
            .where(NOTIFICATIONS.c.post_id == answer.post_id)
            .values(hidden_at=NOTIFICATIONS.c.created_at)
        )
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == anna.id).values(unread_count=others))
    check = CHECKS["notifications"]
    for fix in (False, True):
        found = [(one.what, one.id, one.expected, one.found) for one in check(fix)]
        assert found == [("member.unread_count", anna.id, others + 1, others)]
    assert list(check(False)) == []
    assert db.session.scalar(select(MEMBERS.c.unread_count).where(MEMBERS.c.id == anna.id)) == others + 1


def test_a_wrong_number_of_reporters_is_found_and_mended_with_the_deadline(app: Flask) -> None:
    a_rulebook()
    anna, ben = a_member("anna"), a_member("ben")
    case_id = a_report(ben, thread(anna, category()).post_id)
    check = CHECKS["moderation"]
    assert list(check(False)) == []
    due = db.session.scalar(select(CASES.c.due_at))
    with transaction():
        db.session.execute(update(CASES).values(reporter_count=5, due_at=CASES.c.opened_at))
    assert [(one.what, one.id, one.expected, one.found) for one in check(True)] == [
        ("case.reporter_count", case_id, 1, 5)
    ]
    assert db.session.scalar(select(CASES.c.due_at)) == due
    assert list(check(False)) == []
