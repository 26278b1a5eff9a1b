"""Whatever happens to votes and to those who gave them, in whatever order: the count is that of the valid voters."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.core import clock
from forum.core.actor import SYSTEM
from forum.core.database import db, transaction
from forum.core.errors import Refused
from forum.ideas import checks
from forum.ideas.models import IDEAS, VOTES
from forum.members import actions as members
from forum.members.queries import get_member
from forum.threads import actions as threads
from forum.threads.models import THREADS
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.world import deliver

VERBS = (
    "vote",
    "withdraw",
    "confirm",
    "silence",
    "lift",
    "ban",
    "unban",
    "staff",
    "member",
    "later",
    "delete",
    "restore",
)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 3), st.integers(0, 1)), min_size=5, max_size=25)


class Model:
    """What the tests believe: who gave a vote where, and who may be counted."""

    def __init__(self, people: int) -> None:
        self.votes: set[tuple[int, int]] = set()
        self.confirmed = [index > 0 for index in range(people)]
        self.banned, self.staff = [False] * people, [False] * people
        self.silenced: list[datetime | None] = [None] * people

    def counts(self, idea: int, now: datetime) -> tuple[int, int]:
        voters = [
            who
            for who, where in self.votes
            if where == idea
            and self.confirmed[who]
            and not self.banned[who]
            and ((until := self.silenced[who]) is None or until <= now)
        ]
        staff = sum(self.staff[who] for who in voters)
        return len(voters) - staff, staff


@pytest.mark.usefixtures("app")
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_counts_are_those_of_the_valid_voters(steps: list[tuple[str, int, int]]) -> None:
    people = [make.member("", confirmed_at=None), make.member(), make.member(), make.member()]
    host, area = make.member(), ideas.area()
    posted = [ideas.idea(host, area), ideas.idea(host, area)]
    model, moment = Model(len(people)), [clock.now()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: moment[0])
        for verb, who, where in steps:
            member, id = people[who], posted[where].thread_id
            moment[0] += timedelta(minutes=1)
            try:
                if verb == "vote":
                    ideas.vote(member, id)
                    model.votes.add((who, where))
                elif verb == "withdraw":
                    ideas.withdraw(member, id)
                    model.votes.discard((who, where))
                elif verb == "later":
                    moment[0] += timedelta(hours=20)
                elif verb in {"delete", "restore"}:
                    make.on_post(getattr(threads, f"{verb}_post"), host, posted[where].post_id)
                else:
                    _change(verb, who, member.member_id, model, moment[0])
            except Refused:
                continue
        deliver()
        for where, one in enumerate(posted):
            row = _row(one.thread_id)
            members_count, staff_count = model.counts(where, moment[0])
            assert (row["vote_count"], row["staff_vote_count"]) == (members_count + 1, staff_count)
        ours = {one.thread_id for one in posted}  # what another example left is told at another time
        assert [one for one in checks.compare(False) if one.what.startswith("idea.") and one.id in ours] == []


def _row(idea_id: int) -> Mapping[str, int]:
    return db.session.execute(IDEAS.select().where(IDEAS.c.thread_id == idea_id)).mappings().one()


def _change(verb: str, who: int, member_id: int, model: Model, now: datetime) -> None:
    with transaction():
        if verb == "confirm":
            members.confirm(member_id)
            model.confirmed[who] = True
        elif verb == "silence":
            model.silenced[who] = now + timedelta(days=1)
            members.silence(SYSTEM, member_id, now + timedelta(days=1))
        elif verb == "lift":
            model.silenced[who] = None
            members.lift_silence(SYSTEM, member_id)
        elif verb in {"ban", "unban"}:
            model.banned[who] = verb == "ban"
            (members.ban if verb == "ban" else members.lift_ban)(SYSTEM, member_id)
        else:
            model.staff[who] = verb == "staff"
            roles = ("product",) if verb == "staff" else ()
            members.set_roles(SYSTEM, get_member(SYSTEM, member_id), roles)


@pytest.mark.usefixtures("app")
def test_the_check_sees_and_mends_what_is_wrong() -> None:
    anna, ben = make.member(), make.member()
    first, second, third = (ideas.idea(anna).thread_id for _number in range(3))
    ideas.vote(ben, first)
    with transaction():
        db.session.execute(VOTES.update().values(weight=3.0))
        db.session.execute(IDEAS.update().where(IDEAS.c.thread_id == third).values(vote_count=7, trend=0.5))
        db.session.execute(IDEAS.update().where(IDEAS.c.thread_id == second).values(root_id=first))
        db.session.execute(
            IDEAS.update().where(IDEAS.c.thread_id == second).values(status_change_id=None, answer_body="Soon.")
        )
    found = {one.what for one in checks.compare(True)}
    assert found >= {
        "vote.weight",
        "idea.vote_count",
        "idea.trend",
        "idea.root_id",
        "idea.status_change_id",
        "idea.answer_html",
    }
    assert list(checks.compare(False)) == []
    assert [ideas.now(id).vote_count for id in (first, second, third)] == [2, 1, 1]
    assert ideas.now(second).answer_html == "<p>Soon.</p>"


@pytest.mark.usefixtures("app")
def test_a_thread_that_says_it_is_an_idea_becomes_one() -> None:
    anna = make.member()
    posted = make.thread(anna, make.category())
    with transaction():
        db.session.execute(THREADS.update().values(kind="idea"))
    assert [one.what for one in checks.compare(True)] == ["idea"]
    assert list(checks.compare(False)) == []
    assert ideas.now(posted.thread_id).stage == "new"
