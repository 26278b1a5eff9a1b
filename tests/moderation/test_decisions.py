"""Taking, deciding and undoing: who may, and what follows."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.core import audit, clock
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Invalid, NotFound
from forum.members.queries import actor_of
from forum.moderation import actions, queries
from forum.moderation.actions import DecisionDraft
from forum.moderation.models import DECISIONS
from forum.threads.models import ACTIVITIES, POSTS, THREADS
from tests.factories.members import a_member
from tests.factories.moderation import a_decision, a_report
from tests.factories.rules import a_rule_id
from tests.factories.threads import reply
from tests.moderation.conftest import Place


def decide(place: Place, case_id: int, act: str, **more: object) -> int:
    values = {"rule_id": a_rule_id(), "reason": "It insults a member.", **more}
    with transaction(place.moderator) as actor:
        case = queries.get_case(actor, case_id, lock=True)
        return actions.decide(actor, case, DecisionDraft(act=act, **values))  # type: ignore[arg-type]


def undo(place: Place, decision_id: int, reason: str = "We were wrong.") -> None:
    with transaction(place.moderator) as actor:
        case = queries.case_of_decision(actor, decision_id, lock=True)
        actions.reverse(actor, case, decision_id, reason)


def state(post_id: int) -> str | None:
    return db.session.scalar(select(POSTS.c.state).where(POSTS.c.id == post_id))


def counts(place: Place) -> tuple[object, ...]:
    thread = db.session.execute(
        select(THREADS.c.post_count, THREADS.c.last_author_id).where(THREADS.c.id == place.thread_id)
    ).one()
    posts = db.session.scalar(select(ACTIVITIES.c.posts).where(ACTIVITIES.c.member_id == place.culprit.id))
    return (*thread, posts)


# ---------------------------------------------------------------- taking


def test_of_two_moderators_who_take_a_case_at_once_one_gets_it(app: Flask, place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    second = a_member("max", display_name="Max Mut", roles=("moderator",))
    db.session.rollback()
    barrier, results = threading.Barrier(2), {}

    def take(moderator: object) -> None:
        with app.app_context():
            case = queries.get_case(moderator, case_id)  # type: ignore[arg-type]
            db.session.rollback()
            barrier.wait()
            try:
                with transaction(moderator) as actor:  # type: ignore[arg-type]
                    actions.claim(actor, case)
                results[moderator.id] = "mine"  # type: ignore[attr-defined]
            except Conflict as error:
                results[moderator.id] = error.parameters["name"]  # type: ignore[attr-defined]

    both = [threading.Thread(target=take, args=(moderator,)) for moderator in (place.moderator, second)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    winner = queries.get_case(place.moderator, case_id)
    assert sorted(results.values()) == sorted(["mine", winner.owner_name])


def test_a_case_that_somebody_has_is_not_decided_by_another_until_given_back(place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    second = a_member("max", display_name="Max Mut", roles=("moderator",))
    with transaction(second) as actor:
        actions.claim(actor, queries.get_case(actor, case_id, lock=True))
    with pytest.raises(Conflict) as refused:
        decide(place, case_id, "remove")
    assert refused.value.parameters["name"] == "Max Mut"
    with pytest.raises(Denied), transaction(place.moderator) as actor:
        actions.release(actor, queries.get_case(actor, case_id, lock=True))
    with transaction(second) as actor:
        actions.release(actor, queries.get_case(actor, case_id, lock=True))
    assert decide(place, case_id, "remove")


# ---------------------------------------------------------------- who may


def test_members_and_guests_have_no_desk(place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    for nobody in (place.reporter, place.culprit, a_member("paula", roles=("product",))):
        with pytest.raises(Denied):
            queries.get_case(nobody, case_id)
        with pytest.raises(Denied):
            queries.queue(nobody, "open")


def test_a_case_about_oneself_is_not_to_be_found(place: Place) -> None:
    post = reply(place.moderator, place.thread_id, "I shout because I may.")
    case_id = a_report(place.reporter, post.post_id)
    with pytest.raises(NotFound):
        queries.get_case(place.moderator, case_id)
    assert queries.queue(place.moderator, "open").rows == []
    assert queries.open_count(place.moderator) == 0
    assert queries.next_case(place.moderator) is None


def test_staff_are_judged_by_administrators_only_and_nobody_by_themselves(place: Place) -> None:
    case_id = a_report(place.reporter, reply(place.moderator, place.thread_id, "Rude.").post_id)
    for role in ("moderator", "manager"):
        judge = a_member(f"{role}2", roles=(role,))
        with pytest.raises(Denied, match="case-about-staff"):
            a_decision(judge, case_id)
        assert queries.next_case(judge) is None
    admin = a_member("chief", roles=("admin",))
    own = a_report(place.reporter, reply(admin, place.thread_id, "Also rude.").post_id)
    with pytest.raises(NotFound):
        a_decision(admin, own)
    assert a_decision(admin, case_id)


def test_nobody_judges_their_own_report(place: Place) -> None:
    case_id = a_report(place.moderator, place.post_id)
    with pytest.raises(Denied, match="case-own-report"):
        decide(place, case_id, "remove")


# ---------------------------------------------------------------- what follows


def test_removing_takes_the_post_away_and_undoing_restores_everything(place: Place) -> None:
    before = counts(place)
    decision_id = decide(place, a_report(place.reporter, place.post_id), "remove")
    assert state(place.post_id) == "removed"
    assert counts(place) != before
    undo(place, decision_id)
    assert state(place.post_id) == "published"
    assert counts(place) == before
    with pytest.raises(Conflict, match="decision-reversed"):
        undo(place, decision_id)


def test_a_silence_ends_by_itself_and_undoing_lifts_it(place: Place) -> None:
    decision_id = decide(place, a_report(place.reporter, place.post_id), "silence", days=3)
    culprit = actor_of(place.culprit.member_id)
    assert culprit.is_silenced
    assert culprit.silenced_until is not None
    assert abs(culprit.silenced_until - clock.now() - timedelta(days=3)) < timedelta(minutes=1)
    assert state(place.post_id) == "removed"
    undo(place, decision_id)
    assert not actor_of(place.culprit.member_id).is_silenced
    assert state(place.post_id) == "published"


def test_undoing_one_silence_leaves_that_of_another_decision(place: Place) -> None:
    short = decide(place, a_report(place.reporter, place.post_id), "silence", days=3, removes_post=False)
    long_case = a_report(place.author, place.post_id)
    long = decide(place, long_case, "silence", days=30)
    undo(place, long)
    left = actor_of(place.culprit.member_id).silenced_until
    assert left is not None
    assert abs(left - clock.now() - timedelta(days=3)) < timedelta(minutes=1)
    undo(place, short)
    assert not actor_of(place.culprit.member_id).is_silenced


def test_a_ban_shows_its_reason_until_it_is_undone(place: Place) -> None:
    decision_id = decide(place, a_report(place.reporter, place.post_id), "ban", reason="Again and again.")
    assert actor_of(place.culprit.member_id).is_banned
    said = queries.decision_for(place.culprit.member_id)
    assert said is not None
    assert (said.reason, said.rule and said.rule.number) == ("Again and again.", 1)
    undo(place, decision_id)
    assert not actor_of(place.culprit.member_id).is_banned
    assert queries.decision_for(place.culprit.member_id) is None


def test_no_action_needs_no_reason_and_leaves_the_post(place: Place) -> None:
    decide(place, a_report(place.reporter, place.post_id), "no_action", reason="", rule_id=None)
    assert state(place.post_id) == "published"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"act": "remove", "reason": ""}, "reason"),
        ({"act": "remove", "rule_id": None}, "rule"),
        ({"act": "remove", "rule_id": 4711}, "rule"),
        ({"act": "silence", "days": None}, "days"),
        ({"act": "silence", "days": 0}, "days"),
        ({"act": "silence", "days": 366}, "days"),
        ({"act": "scold"}, "act"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_decided(place: Place, draft: dict[str, object], field: str) -> None:
    case_id = a_report(place.reporter, place.post_id)
    with pytest.raises(Invalid) as refused:
        decide(place, case_id, **draft)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert queries.get_case(place.moderator, case_id).is_open
    assert db.session.scalar(select(func.count()).select_from(DECISIONS)) == 0


def test_a_case_is_decided_once(place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    decide(place, case_id, "remove")
    with pytest.raises(Conflict, match="case-decided"):
        decide(place, case_id, "no_action")


def test_every_act_is_in_the_audit_log(place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    with transaction(place.moderator) as actor:
        actions.claim(actor, queries.get_case(actor, case_id, lock=True))
    undo(place, decide(place, case_id, "remove_warn"))
    acts = db.session.scalars(
        select(audit.AuditEntry.act)
        .where(audit.AuditEntry.target_kind == "case", audit.AuditEntry.target_id == case_id)
        .order_by(audit.AuditEntry.id)
    ).all()
    assert acts == ["report.make", "case.claim", "case.decide", "decision.reverse"]
    assert list(audit.broken_entries()) == []


def test_the_queue_is_ordered_by_what_is_due_first_and_pages_by_key(place: Place) -> None:
    posts = [reply(place.culprit, place.thread_id, f"Rude {number}").post_id for number in range(32)]
    cases = [a_report(place.reporter, post) for post in posts]
    a_report(place.author, posts[20])
    first = queries.queue(place.moderator, "open")
    assert len(first.rows) == 30
    assert first.rows[0].id == cases[20]
    assert first.older is not None
    rest = queries.queue(place.moderator, "open", first.older)
    assert [row.id for row in rest.rows] == cases[30:]
    assert rest.older is None
    a_decision(place.moderator, cases[3])
    assert [row.id for row in queries.queue(place.moderator, "decided").rows] == [cases[3]]
    assert queries.queue(place.moderator, "mine").rows == []


def test_the_queue_shows_the_reported_words_without_quotes_and_markup(place: Place) -> None:
    said = (
        "> Was meint ihr?\n\n### **Kauft** [hier](https://shop.example)\n\n"
        + "[x](https://shop.example/aaaaaaaa) " * 99
    )
    a_report(place.reporter, reply(place.culprit, place.thread_id, said).post_id)
    excerpt = queries.queue(place.moderator, "open").rows[0].excerpt
    assert excerpt.startswith("Kauft hier x x x")
    assert "<" not in excerpt


def test_the_twin_of_the_policy_lists_exactly_what_may_be_seen(place: Place) -> None:
    everybody = [
        place.moderator,
        a_member("m2", roles=("moderator",)),
        a_member("boss", roles=("admin",)),
        place.author,
    ]
    wrote = [reply(one, place.thread_id, f"Words of {one.username}").post_id for one in everybody]
    cases = [a_report(place.reporter, post) for post in wrote]
    for actor in everybody:
        seen = set()
        for case_id in cases:
            try:
                queries.get_case(actor, case_id)
                seen.add(case_id)
            except (NotFound, Denied):
                pass
        try:
            listed = {row.id for row in queries.queue(actor, "open").rows}
        except Denied:
            listed = set()
        assert listed == seen
