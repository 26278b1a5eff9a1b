"""`forum check` finds and mends the number at the bell and the number of people who reported."""

from flask import Flask
from sqlalchemy import select, update

from forum.core.database import db, transaction
from forum.members.models import MEMBERS
from forum.moderation.models import CASES
from forum.notifications import actions
from forum.notifications.actions import Telling
from forum.wiring import CHECKS
from tests.factories.members import a_member
from tests.factories.moderation import a_report
from tests.factories.rules import a_rulebook
from tests.factories.threads import category, thread


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
