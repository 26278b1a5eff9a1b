"""One person, one vote: who counts, when, and where it is shown."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Gone, Invalid, NotFound
from forum.core.events import EVENTS
from forum.ideas import actions, queries
from forum.ideas.models import IDEAS, STATUSES, VOTES
from forum.members import actions as members
from forum.members.models import MEMBERS
from forum.members.queries import get_member
from forum.threads import actions as threads
from forum.threads.models import CATEGORIES, THREADS
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.world import deliver

pytestmark = pytest.mark.usefixtures("app")


def counts(idea_id: int) -> tuple[int, int]:
    """What members and what the team gave."""
    row = ideas.now(idea_id)
    return row.vote_count, row.staff_vote_count


def settle(idea_id: int, stage: str) -> None:
    status_id = db.session.scalar(select(STATUSES.c.id).where(STATUSES.c.stage == stage))
    with transaction():
        db.session.execute(IDEAS.update().where(IDEAS.c.thread_id == idea_id).values(status_id=status_id))


def names_of_events() -> list[str]:
    return list(db.session.scalars(select(EVENTS.c.name).order_by(EVENTS.c.id)))


def test_a_vote_counts_once_however_often_it_is_given() -> None:
    anna, ben = make.member(), make.member()
    id = ideas.idea(anna).thread_id
    for _click in range(12):
        assert ideas.vote(ben, id) == "counted"
    assert counts(id) == (2, 0)
    assert db.session.scalar(select(func.count()).select_from(VOTES)) == 2
    assert names_of_events().count("VoteCast") == 2


def test_twelve_clicks_at_once_are_one_vote(app: Flask) -> None:
    anna, ben = make.member(), make.member()
    id = ideas.idea(anna).thread_id
    together = threading.Barrier(12)
    failures: list[BaseException] = []

    def click() -> None:
        with app.app_context():
            try:
                together.wait()
                ideas.vote(ben, id)
            except BaseException as error:  # noqa: BLE001  told to the test, which fails by it
                failures.append(error)
            finally:
                db.session.remove()

    clicks = [threading.Thread(target=click) for _ in range(12)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert failures == []
    assert counts(id) == (2, 0)


def test_a_vote_that_was_taken_back_stays_as_history_and_can_be_given_anew() -> None:
    anna, ben = make.member(), make.member()
    id = ideas.idea(anna).thread_id
    ideas.vote(ben, id)
    ideas.withdraw(ben, id)
    ideas.withdraw(ben, id)
    assert counts(id) == (1, 0)
    assert queries.own_votes(ben, [id]) == {}
    ideas.vote(ben, id)
    assert counts(id) == (2, 0)
    rows = db.session.execute(select(VOTES.c.withdrawn_at).where(VOTES.c.member_id == ben.id)).all()
    assert sorted(row.withdrawn_at is None for row in rows) == [False, True]
    assert names_of_events().count("VoteWithdrawn") == 1


def test_reason_and_importance_are_changed_by_what_is_given_only() -> None:
    anna, ben = make.member(), make.member()
    id = ideas.idea(anna).thread_id
    ideas.vote(ben, id, importance="essential", reason="  At night\nit blinds me. ")
    ideas.vote(ben, id)
    mine = queries.idea_page(ben, id).my_vote
    assert mine is not None
    assert (mine.state, mine.importance, mine.reason) == ("counted", "essential", "At night it blinds me.")
    ideas.vote(ben, id, importance="", reason="")
    mine = queries.idea_page(ben, id).my_vote
    assert mine is not None
    assert (mine.importance, mine.reason) == (None, "")


@pytest.mark.parametrize(
    ("given", "field"), [({"reason": "x" * 281}, "reason"), ({"importance": "huge"}, "importance")]
)
def test_a_reason_that_wont_do_is_named_and_nothing_is_written(given: dict[str, str], field: str) -> None:
    anna, ben = make.member(), make.member()
    id = ideas.idea(anna).thread_id
    with pytest.raises(Invalid) as caught:
        ideas.vote(ben, id, **given)
    assert caught.value.field == field
    assert counts(id) == (1, 0)


def test_a_vote_waits_for_the_confirmation_and_then_counts() -> None:
    anna, new = make.member(), make.member("", confirmed_at=None)
    id = ideas.idea(anna).thread_id
    assert ideas.vote(new, id) == "waiting"
    assert counts(id) == (1, 0)
    assert queries.own_votes(new, [id]) == {id: "waiting"}
    with transaction():
        members.confirm(new.member_id)
    deliver()
    assert counts(id) == (2, 0)
    assert queries.own_votes(new, [id]) == {id: "counted"}


def test_a_silence_takes_votes_out_until_it_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    anna, ben = make.member(), make.member()
    id = ideas.idea(anna).thread_id
    ideas.vote(ben, id)
    until = clock.now() + timedelta(days=2)
    with transaction():
        members.silence(SYSTEM, ben.member_id, until)
    deliver()
    assert counts(id) == (1, 0)
    assert queries.own_votes(make.again(ben), [id]) == {id: "waiting"}
    monkeypatch.setattr(clock, "now", lambda: until + timedelta(seconds=1))
    deliver()
    assert counts(id) == (2, 0)


def test_lifted_sanctions_bring_votes_back() -> None:
    anna, ben, cem = make.member(), make.member(), make.member()
    id = ideas.idea(anna).thread_id
    ideas.vote(ben, id)
    ideas.vote(cem, id)
    with transaction():
        members.silence(SYSTEM, ben.member_id, clock.now() + timedelta(days=2))
        members.ban(SYSTEM, cem.member_id)
    deliver()
    assert counts(id) == (1, 0)
    with transaction():
        members.lift_silence(SYSTEM, ben.member_id)
        members.lift_ban(SYSTEM, cem.member_id)
    deliver()
    assert counts(id) == (3, 0)


def test_votes_of_the_team_are_counted_apart() -> None:
    anna, tina = make.member(), make.member("", "product")
    id = ideas.idea(anna).thread_id
    ideas.vote(tina, id)
    trend = ideas.now(id).trend
    assert counts(id) == (1, 1)
    with transaction():
        members.set_roles(SYSTEM, get_member(SYSTEM, tina.member_id), ())
    deliver()
    assert counts(id) == (2, 0)
    assert ideas.now(id).trend > trend


def test_imported_members_count_without_a_confirmation() -> None:
    anna, old = make.member(), make.member("", confirmed_at=None)
    id = ideas.idea(anna).thread_id
    with transaction():
        db.session.execute(MEMBERS.update().where(MEMBERS.c.id == old.id).values(is_imported=True))
    assert ideas.vote(old, id) == "counted"
    assert counts(id) == (2, 0)


@pytest.mark.parametrize("stage", ["shipped", "declined"])
def test_a_settled_idea_takes_no_votes_but_gives_them_back(stage: str) -> None:
    anna, ben, cem = make.member(), make.member(), make.member()
    id = ideas.idea(anna).thread_id
    ideas.vote(ben, id)
    settle(id, stage)
    with pytest.raises(Conflict, match="idea-settled"):
        ideas.vote(cem, id)
    ideas.withdraw(ben, id)
    assert counts(id) == (1, 0)


def test_who_may_not_write_may_not_vote() -> None:
    anna = make.member()
    id = ideas.idea(anna).thread_id
    silenced = make.member("", silenced_until=clock.now() + timedelta(days=1))
    banned = make.member("", banned_at=clock.now())
    for who, code in ((Actor(), "sign-in"), (silenced, "silenced"), (banned, "banned")):
        with pytest.raises(Denied, match=code):
            ideas.on_idea(actions.vote, who, id)
    assert counts(id) == (1, 0)


def test_what_is_hidden_or_no_idea_has_no_votes() -> None:
    anna, ben = make.member(), make.member()
    hidden = ideas.idea(make.member("", "manager"), ideas.area(make.category("", frozenset()))).thread_id
    talk = make.thread(anna, make.category()).thread_id
    for id in (hidden, talk, 0, 2**70):
        with pytest.raises(NotFound):
            ideas.vote(ben, id)
    posted = ideas.idea(anna)
    make.on_post(threads.delete_post, anna, posted.post_id)
    with pytest.raises(Gone):
        ideas.vote(ben, posted.thread_id)


def test_a_vote_makes_the_pages_of_guests_new() -> None:
    anna, ben = make.member(), make.member()
    id = ideas.idea(anna).thread_id

    def versions() -> tuple[int | None, int | None]:
        return (
            db.session.scalar(select(THREADS.c.version).where(THREADS.c.id == id)),
            db.session.scalar(select(func.sum(CATEGORIES.c.version))),
        )

    before, board, page = versions(), queries.board_version(), queries.idea_version(id)
    updated = ideas.now(id).updated_at
    ideas.vote(ben, id)
    assert versions() != before
    assert queries.board_version() != board
    assert queries.idea_version(id) != page
    assert ideas.now(id).updated_at > updated


def test_the_trend_fades_with_a_half_life_of_fourteen_days() -> None:
    now = clock.now()
    assert actions.weight(now) == pytest.approx(2 * actions.weight(now - timedelta(days=14)))
    assert actions.weight(None) == 0.0
    assert actions.weight(now.replace(year=2059)) * 1_000_000 < float("inf")
    assert actions.weight(now.replace(year=8999)) < float("inf")
