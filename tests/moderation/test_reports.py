"""Reporting: who may, how often, what joins what, and what is kept."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from forum.core import audit
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Invalid, NotFound, TooMany
from forum.core.settings import installed
from forum.members.models import Member
from forum.moderation import actions, queries
from forum.moderation.models import CASES, EVIDENCE, REPORTS
from forum.threads import actions as thread_actions
from tests.factories.members import a_member
from tests.factories.moderation import a_decision, a_report
from tests.factories.rules import a_rule_id
from tests.factories.threads import category, on_post, reply, thread
from tests.moderation.conftest import Place


def test_reports_of_several_members_about_one_post_are_one_case(place: Place) -> None:
    first = a_report(place.reporter, place.post_id)
    second = a_report(place.author, place.post_id)
    case = queries.get_case(place.moderator, first)
    assert first == second
    assert (case.reporter_count, case.about_id, case.severity) == (2, place.culprit.id, 2)
    assert db.session.scalar(select(func.count()).select_from(CASES)) == 1
    assert db.session.scalar(select(func.count()).select_from(EVIDENCE)) == 1


def test_a_second_reporter_makes_a_case_more_urgent(place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    alone = queries.get_case(place.moderator, case_id)
    a_report(place.author, place.post_id)
    both = queries.get_case(place.moderator, case_id)
    assert (alone.due_at - alone.opened_at).total_seconds() == 24 * 3600
    assert (both.due_at - both.opened_at).total_seconds() == 12 * 3600


def test_one_member_reports_a_target_once_in_an_open_case_and_anew_after_a_decision(place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    with pytest.raises(Conflict, match="reported-already"):
        a_report(place.reporter, place.post_id)
    a_decision(place.moderator, case_id, "no_action")
    assert a_report(place.reporter, place.post_id) != case_id


def test_nobody_reports_themselves(place: Place) -> None:
    with pytest.raises(Denied, match="report-yourself"):
        a_report(place.culprit, place.post_id)
    oneself = queries.member_target(place.reporter, place.reporter.member_id)
    with pytest.raises(Denied, match="report-yourself"), transaction(place.reporter) as actor:
        actions.report(actor, oneself, a_rule_id(), "It is me.")


def test_a_silenced_member_and_one_who_owes_acceptance_may_report_a_banned_or_unconfirmed_one_may_not(
    place: Place,
) -> None:
    assert a_report(a_member("still", silenced_days=2), place.post_id)
    assert a_report(a_member("owes", accepted=0), place.post_id)
    with pytest.raises(Denied, match="banned"):
        a_report(a_member("gone", is_banned=True), place.post_id)
    with pytest.raises(Denied, match="report-unconfirmed"):
        a_report(a_member("fresh", is_confirmed=False), place.post_id)


def test_a_post_that_the_reporter_may_not_read_looks_absent(place: Place) -> None:
    hidden = category("Staff only", frozenset())
    secret = thread(place.moderator, hidden, "Secret", "Not for all.")
    with pytest.raises(NotFound):
        queries.post_target(place.reporter, secret.post_id)


def test_at_most_twenty_reports_a_day(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [reply(place.culprit, place.thread_id, f"Again {number}").post_id for number in range(21)]
    limited = replace(installed(), rate_limits="on")
    monkeypatch.setattr("forum.moderation.actions.reporting.installed", lambda: limited)
    for id in ids[:20]:
        a_report(place.reporter, id)
    with pytest.raises(TooMany):
        a_report(place.reporter, ids[20])
    assert a_report(place.author, ids[20])


@pytest.mark.parametrize(("text", "field"), [("", "text"), ("x" * 1001, "text"), ("\x00\u202e", "text")])
def test_a_report_needs_a_sentence(place: Place, text: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_report(place.reporter, place.post_id, text)
    assert refused.value.field == field
    assert db.session.scalar(select(func.count()).select_from(CASES)) == 0


@pytest.mark.parametrize("rule_id", [None, 99_999])
def test_a_report_needs_a_rule_in_force(place: Place, rule_id: int | None) -> None:
    target = queries.post_target(place.reporter, place.post_id)
    with pytest.raises(Invalid) as refused, transaction(place.reporter) as actor:
        actions.report(actor, target, rule_id, "That hurts.")
    assert refused.value.field == "rule"


def test_evidence_stays_as_it_was_when_the_post_is_edited(place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    kind = thread_actions.write(place.culprit, "Sorry, I was angry.")
    on_post(thread_actions.edit_post, place.culprit, place.post_id, kind, 1)
    a_report(place.author, place.post_id)
    file = queries.case_file(place.moderator, case_id)
    assert [one.body for one in file.evidence] == [
        "You are a fool, and **everybody** knows it.",
        "Sorry, I was angry.",
    ]
    assert file.post is not None
    assert file.post.body == "Sorry, I was angry."
    first = file.evidence[0].content
    assert (first["title"], first["author"]["username"]) == ("On the cycle path", "karl")
    assert [one["author"] for one in first["context"]] == ["Anna Adler"]


def test_a_member_is_reported_with_their_profile_as_it_was(place: Place) -> None:
    with transaction(place.culprit) as actor:
        db.session.get_one(Member, actor.member_id).about = "Cheap batteries, call me"
    with transaction(place.reporter) as actor:
        made = actions.report(actor, queries.member_target(actor, place.culprit.member_id), a_rule_id(), "An advert.")
    file = queries.case_file(place.moderator, made.case_id)
    assert file.post is None
    assert file.evidence[0].content["about"] == "Cheap batteries, call me"


def test_a_report_is_in_the_audit_log(place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    entry = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.act == "report.make")).one()
    assert (entry.target_id, entry.actor_id) == (case_id, place.reporter.id)
    assert entry.after is not None
    assert entry.after["target_id"] == place.post_id
    assert list(audit.broken_entries()) == []


def test_one_sees_ones_own_reports_only(place: Place) -> None:
    a_report(place.reporter, place.post_id)
    report_id = db.session.scalar(select(REPORTS.c.id))
    assert report_id is not None
    assert queries.my_report(place.reporter, report_id).decided_at is None
    assert len(queries.my_reports(place.reporter)) == 1
    for other in (place.author, place.culprit, place.moderator):
        with pytest.raises(NotFound):
            queries.my_report(other, report_id)
    assert queries.reported_posts(place.reporter, [place.post_id, 77]) == {place.post_id}


def test_those_who_report_at_once_share_one_case(place: Place) -> None:
    reporters = [place.reporter, place.author, a_member("third"), a_member("fourth")]
    rule_id = a_rule_id()
    db.session.rollback()
    barrier, cases = threading.Barrier(len(reporters)), []

    def send(reporter: Actor) -> None:
        with place.app.app_context():
            target = queries.post_target(reporter, place.post_id)
            db.session.rollback()
            barrier.wait()
            with transaction(reporter) as actor:
                cases.append(actions.report(actor, target, rule_id, "That hurts.").case_id)

    threads = [threading.Thread(target=send, args=(reporter,)) for reporter in reporters]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(cases) == 4
    assert len(set(cases)) == 1
    assert queries.get_case(place.moderator, cases[0]).reporter_count == 4
