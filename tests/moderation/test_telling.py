"""Those concerned are told: the author with rule and reason, the reporters of the outcome."""

from sqlalchemy import func, select

from forum.core import events
from forum.core.database import db, transaction
from forum.members.models import MEMBERS
from forum.moderation import actions, queries
from forum.moderation.events import CaseDecided
from forum.notifications import queries as notifications
from forum.notifications import words
from forum.notifications.models import NOTIFICATIONS
from tests.factories.moderation import a_decision, a_report
from tests.moderation.conftest import Place


def kinds(place: Place, member_id: int | None) -> list[str]:
    return list(
        db.session.scalars(
            select(NOTIFICATIONS.c.kind)
            .where(
                NOTIFICATIONS.c.member_id == member_id,
                NOTIFICATIONS.c.kind.in_(("decision", "report_outcome", "reversal")),
            )
            .order_by(NOTIFICATIONS.c.id)
        )
    )


def test_the_author_is_told_rule_and_reason_and_the_reporters_the_outcome(place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    a_report(place.author, place.post_id)
    decision_id = a_decision(place.moderator, case_id, "remove_warn", "You called a member a fool.")
    place.work()
    assert kinds(place, place.culprit.id) == ["decision"]
    assert kinds(place, place.reporter.id) == kinds(place, place.author.id) == ["report_outcome"]
    row = next(row for row in notifications.notifications(place.culprit).rows if row.kind == "decision")
    assert "“On the cycle path” was removed" in words.sentence(row, "en", "UTC")
    assert words.excerpt(row, "de") == "1. Freundlich bleiben – You called a member a fool."
    assert row.address == f"/decisions/{decision_id}"
    letter = " ".join(words.letter(queries.statement(decision_id), "en", "UTC"))
    assert "rule 1, Stay friendly (version 1): “Attack nobody.”" in letter
    assert "You called a member a fool." in letter
    outcome = next(row for row in notifications.notifications(place.reporter).rows if row.kind == "report_outcome")
    assert "you were right" in words.sentence(outcome, "en", "UTC")
    assert "karl" not in words.sentence(outcome, "en", "UTC").lower()


def test_who_did_nothing_wrong_is_not_told_that_somebody_reported(place: Place) -> None:
    a_decision(place.moderator, a_report(place.reporter, place.post_id), "no_action", "")
    place.work()
    assert kinds(place, place.culprit.id) == []
    assert kinds(place, place.reporter.id) == ["report_outcome"]


def test_all_who_were_told_hear_that_a_decision_was_undone(place: Place) -> None:
    decision_id = a_decision(place.moderator, a_report(place.reporter, place.post_id), "ban")
    place.work()
    with transaction(place.moderator) as actor:
        case = queries.case_of_decision(actor, decision_id, lock=True)
        actions.reverse(actor, case, decision_id, "It was somebody else.")
    place.work()
    assert kinds(place, place.culprit.id) == ["decision", "reversal"]
    assert kinds(place, place.reporter.id) == ["report_outcome", "reversal"]


def test_a_decision_delivered_twice_tells_once(place: Place) -> None:
    decision_id = a_decision(place.moderator, a_report(place.reporter, place.post_id))
    place.work()
    before = db.session.scalar(select(func.sum(MEMBERS.c.unread_count)))
    with transaction():
        events.publish(CaseDecided(decision_id))
    place.work()
    assert kinds(place, place.culprit.id) == ["decision"]
    assert db.session.scalar(select(func.sum(MEMBERS.c.unread_count))) == before
