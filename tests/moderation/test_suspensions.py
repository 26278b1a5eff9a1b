"""Suspensions: a ban that ends by itself, whatever else bans the member meanwhile."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from forum.core import clock, jobs
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Invalid
from forum.core.events import EVENTS
from forum.members.models import MEMBERS
from forum.members.queries import actor_of
from forum.moderation import actions, checks, queries
from forum.moderation.actions import DecisionDraft
from forum.moderation.jobs import end_suspension
from forum.moderation.models import SANCTION_ROWS
from tests.factories import ideas
from tests.factories.members import a_member
from tests.factories.moderation import a_report, a_report_about
from tests.factories.rules import a_rule_id, a_rulebook
from tests.factories.world import deliver
from tests.moderation.conftest import Place
from tests.moderation.test_decisions import decide, state, undo


def is_banned(member: Actor) -> bool:
    return actor_of(member.member_id).is_banned


def decide_about(moderator: Actor, reporter: Actor, member: Actor, act: str, days: int | None = None) -> int:
    """A decision on a case of its own about the member."""
    case_id, rule_id = a_report_about(reporter, member), a_rule_id()
    with transaction(moderator) as actor:
        case = queries.get_case(actor, case_id, lock=True)
        return actions.decide(actor, case, DecisionDraft(act, rule_id, "It insults a member.", days))


def suspended(place: Place, days: int = 7) -> int:
    return decide_about(place.moderator, place.reporter, place.culprit, "suspend", days)


def banned(place: Place) -> int:
    return decide_about(place.moderator, place.reporter, place.culprit, "ban")


def after(**time: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(**time))


def times_told(kind: str) -> int:
    return db.session.scalar(select(func.count()).where(EVENTS.c.name == kind)) or 0


# ---------------------------------------------------------------- one by itself


def test_a_suspension_bans_for_its_days_and_ends_by_itself(place: Place) -> None:
    decision_id = decide(place, a_report(place.reporter, place.post_id), "suspend", days=7)
    assert is_banned(place.culprit)
    assert state(place.post_id) == "removed"
    said = queries.decision_for(place.culprit.member_id)
    assert said is not None
    assert (said.act, said.days, said.decision_id) == ("suspend", 7, decision_id)
    assert said.until is not None
    assert abs(said.until - clock.now() - timedelta(days=7)) < timedelta(minutes=1)
    with after(days=7, minutes=-1):
        place.work()
        assert is_banned(place.culprit)
    with after(days=7, minutes=1):
        place.work()
        assert not is_banned(place.culprit)
        assert queries.decision_for(place.culprit.member_id) is None
        assert state(place.post_id) == "removed"
    assert times_told("BanLifted") == 1


def test_the_end_may_come_twice_late_or_too_early(place: Place) -> None:
    decision_id = suspended(place)
    end_suspension(decision_id)
    assert is_banned(place.culprit)
    with after(days=30):
        for _time in range(2):
            place.work()
            end_suspension(decision_id)
        assert not is_banned(place.culprit)
    assert times_told("BanLifted") == 1


def test_what_was_asked_for_too_early_is_asked_for_once_more(place: Place) -> None:
    decision_id = suspended(place)
    with transaction():
        db.session.execute(jobs.JOBS.delete())
    end_suspension(decision_id)
    with after(days=8):
        place.work()
        assert not is_banned(place.culprit)


@pytest.mark.parametrize("days", [None, 0, -1, 366])
def test_its_length_is_that_of_a_silence(place: Place, days: int | None) -> None:
    with pytest.raises(Invalid, match="days-range") as refused:
        decide(place, a_report(place.reporter, place.post_id), "suspend", days=days)
    assert refused.value.field == "days"
    assert not is_banned(place.culprit)


def test_the_last_administrator_is_not_suspended(app: Flask) -> None:
    a_rulebook()
    boss = a_member("boss", roles=("admin",))
    with pytest.raises(Conflict, match="last-admin"), transaction(SYSTEM) as system:
        actions.suspend(system, boss.member_id, a_rule_id(), "Out.", 3)
    assert not is_banned(boss)


def test_votes_count_again_at_its_end(place: Place) -> None:
    idea_id = ideas.idea(place.author).thread_id
    ideas.vote(place.culprit, idea_id)
    suspended(place)
    place.work()
    assert ideas.now(idea_id).vote_count == 1
    with after(days=8):
        place.work()
        assert ideas.now(idea_id).vote_count == 2


def test_a_suspension_that_nobody_ended_is_seen_and_mended(place: Place) -> None:
    suspended(place)
    with transaction():
        db.session.execute(jobs.JOBS.delete())
    assert list(checks.compare(False)) == []
    with after(days=8):
        assert [one.what for one in checks.compare(False)] == ["suspension.lifted_at"]
        assert is_banned(place.culprit)
        assert [one.what for one in checks.compare(True)] == ["suspension.lifted_at"]
        assert list(checks.compare(False)) == []
        assert not is_banned(place.culprit)


# ---------------------------------------------------------------- beside others


def test_undoing_a_suspension_lifts_it_and_its_end_does_nothing_more(place: Place) -> None:
    decision_id = suspended(place)
    undo(place, decision_id)
    assert not is_banned(place.culprit)
    ban_id = banned(place)
    with after(days=8):
        place.work()
        assert is_banned(place.culprit)
        said = queries.decision_for(place.culprit.member_id)
        assert said is not None
        assert said.decision_id == ban_id


def test_a_ban_over_a_suspension_outlives_it(place: Place) -> None:
    suspended(place)
    ban_id = banned(place)
    assert [ban.until is None for ban in queries.bans_on(place.culprit.member_id)] == [False, True]
    with after(days=8):
        place.work()
        assert is_banned(place.culprit)
        undo(place, ban_id)
        assert not is_banned(place.culprit)


def test_a_suspension_under_a_ban_changes_nothing_about_it(place: Place) -> None:
    ban_id = banned(place)
    since = db.session.scalar(select(MEMBERS.c.banned_at).where(MEMBERS.c.id == place.culprit.id))
    suspended(place)
    assert db.session.scalar(select(MEMBERS.c.banned_at).where(MEMBERS.c.id == place.culprit.id)) == since
    said = queries.decision_for(place.culprit.member_id)
    assert said is not None
    assert said.decision_id == ban_id
    undo(place, ban_id)
    assert is_banned(place.culprit)
    with after(days=8):
        place.work()
        assert not is_banned(place.culprit)


def test_of_two_suspensions_the_longer_one_counts(place: Place) -> None:
    suspended(place, 3)
    longer = suspended(place, 10)
    said = queries.decision_for(place.culprit.member_id)
    assert said is not None
    assert said.decision_id == longer
    with after(days=4):
        place.work()
        assert is_banned(place.culprit)
    with after(days=11):
        place.work()
        assert not is_banned(place.culprit)


def test_undoing_a_ban_leaves_no_suspension_that_is_over_but_not_yet_ended(place: Place) -> None:
    suspended(place)
    ban_id = banned(place)
    with after(days=8):
        undo(place, ban_id)
        assert not is_banned(place.culprit)
        place.work()
        assert not is_banned(place.culprit)
    assert times_told("BanLifted") == 1


def test_who_was_banned_without_a_decision_stays_so(place: Place) -> None:
    gone = a_member("gone", is_banned=True)
    decide_about(place.moderator, place.reporter, gone, "suspend", 7)
    with after(days=8):
        place.work()
        assert is_banned(gone)


def test_a_suspension_becomes_a_ban_and_nothing_the_other_way_round(place: Place) -> None:
    culprit, rule_id = place.culprit.member_id, a_rule_id()

    def suspend(days: int | None) -> int:
        with transaction(SYSTEM) as system:
            return actions.suspend(system, culprit, rule_id, "Spam.", days)

    suspend(7)
    with pytest.raises(Conflict, match="suspended-already") as refused:
        suspend(30)
    assert refused.value.parameters["until"] is not None
    suspend(None)
    for days in (None, 7):
        with pytest.raises(Conflict, match="suspended-already") as refused:
            suspend(days)
        assert refused.value.parameters["until"] is None
    with transaction(SYSTEM) as system:
        assert actions.unsuspend(system, culprit, "Somebody else did it.") == 2
    assert not is_banned(place.culprit)


# ---------------------------------------------------------------- whatever comes

STEPS = st.lists(
    st.one_of(
        st.just(("ban", 0)),
        st.tuples(st.just("suspend"), st.integers(1, 6)),
        st.tuples(st.just("undo"), st.integers(0, 5)),
        st.tuples(st.sampled_from(("wait", "wait and work")), st.integers(1, 80)),
    ),
    min_size=3,
    max_size=12,
)


class Imposed:
    """What the test believes: each decision's end (None: a ban), or that it was undone."""

    def __init__(self) -> None:
        self.ends: dict[int, datetime | None] = {}

    def bans(self, now: datetime) -> bool:
        return any(end is None or end > now for end in self.ends.values())


@pytest.mark.usefixtures("app")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_a_member_is_banned_while_a_ban_or_suspension_holds(steps: list[tuple[str, int]]) -> None:
    a_rulebook()
    name = f"m{db.session.scalar(select(func.count()).select_from(MEMBERS))}"
    moderator = a_member(f"{name}mod", roles=("moderator",))
    reporter, member = a_member(f"{name}rep"), a_member(name)
    imposed, moment = Imposed(), [clock.now()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: moment[0])
        for act, number in steps:
            moment[0] += timedelta(minutes=1)
            if act in {"ban", "suspend"}:
                decision_id = decide_about(moderator, reporter, member, act, number or None)
                imposed.ends[decision_id] = moment[0] + timedelta(days=number) if number else None
            elif act == "undo" and imposed.ends:
                decision_id = sorted(imposed.ends)[number % len(imposed.ends)]
                with transaction(moderator) as actor:
                    case = queries.case_of_decision(actor, decision_id, lock=True)
                    actions.reverse(actor, case, decision_id, "We were wrong.")
                del imposed.ends[decision_id]
            elif act.startswith("wait"):
                moment[0] += timedelta(hours=number)
                if act == "wait":
                    continue  # the worker is away: who is suspended stays so until it comes
            deliver()
            assert is_banned(member) == imposed.bans(moment[0])
            held = select(SANCTION_ROWS.c.decision_id).where(
                SANCTION_ROWS.c.member_id == member.id, SANCTION_ROWS.c.lifted_at.is_(None)
            )
            now = moment[0]
            assert set(db.session.scalars(held)) == {id for id, end in imposed.ends.items() if end is None or end > now}
