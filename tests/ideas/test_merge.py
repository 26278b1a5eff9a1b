"""Merging duplicates and undoing it: nobody counts twice, nothing is lost, and everything is as before afterwards."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from forum.core import clock, events
from forum.core.actor import EVERYONE, MEMBERS, SYSTEM, Actor, guest
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Moved, NotFound, Refused
from forum.core.events import EVENTS
from forum.core.worker import drain
from forum.ideas import actions, queries
from forum.ideas import checks as idea_checks
from forum.ideas.actions import MergeResult
from forum.ideas.actions.counting import recount_of_member
from forum.ideas.models import IDEAS, MERGES, VOTES
from forum.members import actions as members
from forum.members.models import MEMBERS as ACCOUNTS
from forum.threads import actions as threads
from forum.threads import checks
from forum.threads.models import CATEGORIES, POSTS, SUBSCRIPTIONS, THREADS
from tests.factories import ideas
from tests.factories import threads as make

pytestmark = pytest.mark.usefixtures("app")


def merge(actor: Actor, source_id: int, target_id: int) -> MergeResult:
    with transaction(actor) as team:
        return actions.merge(team, source_id, target_id)


def unmerge(actor: Actor, source_id: int) -> None:
    with transaction(actor) as team:
        actions.unmerge(team, source_id)


def count(idea_id: int) -> tuple[int, int]:
    row = db.session.execute(select(IDEAS).where(IDEAS.c.thread_id == idea_id)).one()
    return row.vote_count, row.staff_vote_count


def followers(thread_id: int) -> dict[int, str]:
    rows = select(SUBSCRIPTIONS.c.member_id, SUBSCRIPTIONS.c.level).where(SUBSCRIPTIONS.c.thread_id == thread_id)
    return {row.member_id: row.level for row in db.session.execute(rows)}


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows that a merge touches, but for versions, moments, and the tombstones and notes it leaves."""
    without = {"version", "updated_at", "last_number"}
    found = {}
    for table in (THREADS, IDEAS, VOTES, POSTS, SUBSCRIPTIONS, CATEGORIES):
        columns = [column for column in table.c if column.name not in without]
        rows = select(*columns).order_by(*table.primary_key.columns)
        if table is POSTS:
            rows = rows.where(POSTS.c.state != "moved")
        found[table.name] = [tuple(row) for row in db.session.execute(rows)]
    return found


@pytest.fixture
def team(app: Flask) -> Actor:
    return make.member("tina", "product")


def test_votes_count_once_comments_move_and_all_is_as_before_afterwards(team: Actor) -> None:
    anna, ben, cem, dora = (make.member(name) for name in ("anna", "ben", "cem", "dora"))
    area = ideas.area()
    target, source = ideas.idea(anna, area, "Dim the lamp"), ideas.idea(ben, area, "A lamp that dims")
    for member in (anna, cem, team):
        ideas.vote(member, source.thread_id)
    ideas.vote(dora, target.thread_id)
    make.reply(cem, source.thread_id, "Yes please")
    make.reply(ben, source.thread_id, "Thank you", reply_to_number=2)
    make.on_thread(threads.follow, dora, source.thread_id, "watching")
    make.on_thread(threads.follow, cem, target.thread_id, "muted")
    before = everything()

    result = merge(team, source.thread_id, target.thread_id)
    assert (result.votes_moved, result.votes_overlapping, result.comments_moved) == (3, 1, 2)
    assert count(target.thread_id) == (4, 1)
    assert followers(target.thread_id) == {
        anna.id: "watching",
        ben.id: "watching",
        cem.id: "muted",
        dora.id: "watching",
    }
    with pytest.raises(Moved) as caught:
        queries.get_idea(anna, source.thread_id)
    assert caught.value.address == ideas.now(target.thread_id).address
    shown = queries.idea_page(anna, target.thread_id).merged[0]
    assert (shown.title, shown.votes_moved, shown.votes_overlapping, shown.comments_moved) == (
        "A lamp that dims",
        3,
        1,
        2,
    )
    assert list(checks.compare(False)) == []

    unmerge(team, source.thread_id)
    assert everything() == before
    assert count(source.thread_id) == (3, 1)
    assert count(target.thread_id) == (2, 0)
    assert list(checks.compare(False)) == []
    acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.target_kind == "idea").order_by(AuditEntry.id))
    assert list(acts) == ["idea.merge", "idea.unmerge"]
    names = list(db.session.scalars(select(EVENTS.c.name).order_by(EVENTS.c.id)))
    assert [name for name in names if "erged" in name] == ["IdeasMerged", "IdeasUnmerged"]


def test_votes_after_a_merge_stay_where_they_were_given(team: Actor) -> None:
    anna, ben, cem = (make.member(name) for name in ("anna", "ben", "cem"))
    target, source = ideas.idea(anna), ideas.idea(ben)
    merge(team, source.thread_id, target.thread_id)
    ideas.vote(cem, target.thread_id)
    ideas.vote(ben, target.thread_id)  # supports it by the vote for the source
    assert count(target.thread_id) == (3, 0)
    unmerge(team, source.thread_id)
    assert (count(target.thread_id), count(source.thread_id)) == ((2, 0), (1, 0))


def test_whoever_took_part_or_chose_anew_goes_on_following(team: Actor) -> None:
    anna, ben, cem, dora = (make.member(name) for name in ("anna", "ben", "cem", "dora"))
    target, source = ideas.idea(anna), ideas.idea(ben)
    make.reply(cem, source.thread_id)
    make.on_thread(threads.follow, dora, source.thread_id, "watching")
    merge(team, source.thread_id, target.thread_id)
    make.reply(cem, target.thread_id, "Written in the target")
    make.on_thread(threads.follow, dora, target.thread_id, "tracking")
    unmerge(team, source.thread_id)
    assert followers(target.thread_id) == {anna.id: "watching", cem.id: "tracking", dora.id: "tracking"}


def test_a_chain_counts_at_its_end_and_is_undone_from_there(team: Actor) -> None:
    anna, ben, cem = (make.member(name) for name in ("anna", "ben", "cem"))
    one, two, three = ideas.idea(anna), ideas.idea(ben), ideas.idea(cem)
    ideas.vote(cem, one.thread_id)
    make.reply(ben, one.thread_id)
    before = everything()
    merge(team, one.thread_id, two.thread_id)
    merge(team, two.thread_id, three.thread_id)
    assert count(three.thread_id) == (3, 0)
    assert {row.root_id for row in db.session.execute(select(IDEAS.c.root_id))} == {three.thread_id}
    with pytest.raises(Conflict, match="merge-outer"):
        unmerge(team, one.thread_id)
    unmerge(team, two.thread_id)
    assert (count(two.thread_id), count(three.thread_id)) == ((3, 0), (1, 0))
    unmerge(team, one.thread_id)
    assert everything() == before
    assert list(checks.compare(False)) == []


def test_a_merged_idea_is_shown_to_those_who_may_read_it_where_it_stands(app: Flask, team: Actor) -> None:
    anna, mia = make.member("anna"), make.member("mia", "moderator")
    inside = ideas.area(make.category("Inside", frozenset({("see", MEMBERS), ("start", MEMBERS)})))
    outside = ideas.area(make.category("Outside"))
    target, source = ideas.idea(anna, inside, "Dim the lamp"), ideas.idea(anna, inside, "A lamp that dims")
    merge(team, source.thread_id, target.thread_id)
    ideas.on_idea(actions.set_area, team, target.thread_id, queries.get_area(team, outside))
    assert [row.id for row in queries.idea_page(team, target.thread_id).merged] == [source.thread_id]
    assert [row.id for row in queries.idea_page(anna, target.thread_id).merged] == [source.thread_id]
    assert queries.idea_page(guest(), target.thread_id).merged == []
    with transaction(mia) as moderator:
        threads.remove_post(moderator, source.post_id)
    assert queries.idea_page(anna, target.thread_id).merged == []
    assert [row.html for row in queries.idea_page(team, target.thread_id).merged] == [""]


def test_who_may_not_know_of_the_target_undoes_no_merge_into_it(team: Actor) -> None:
    boss, area = make.member("max", "manager"), ideas.area()
    target, source = ideas.idea(boss, area, "Dim the lamp"), ideas.idea(boss, area, "A lamp that dims")
    merge(team, source.thread_id, target.thread_id)
    hidden = queries.get_area(boss, ideas.area(make.category("Hidden", frozenset())))
    ideas.on_idea(actions.set_area, boss, target.thread_id, hidden)
    with pytest.raises(NotFound):
        unmerge(team, source.thread_id)
    unmerge(boss, source.thread_id)


def test_what_can_not_be_merged_is_said(team: Actor) -> None:
    anna = make.member("anna")
    one, two, three = (ideas.idea(anna).thread_id for _number in range(3))
    with pytest.raises(Conflict, match="merge-self"):
        merge(team, one, one)
    merge(team, one, two)
    for source, target, code in (
        (one, three, "already-merged"),
        (three, one, "already-merged"),
        (two, one, "merge-circle"),
    ):
        with pytest.raises(Conflict, match=code):
            merge(team, source, target)
    with pytest.raises(Conflict, match="not-merged"):
        unmerge(team, three)
    with pytest.raises(Denied, match="staff-only"):
        merge(anna, two, three)
    with pytest.raises(Denied, match="staff-only"):
        unmerge(make.member("mo", "moderator"), one)
    with pytest.raises(NotFound):
        merge(team, two, make.thread(anna, make.category()).thread_id)
    make.on_post(threads.delete_post, anna, first_post(three))
    with pytest.raises(Refused):
        merge(team, two, three)
    merged = db.session.execute(select(MERGES)).all()
    assert [(row.source_id, row.target_id) for row in merged] == [(one, two)]


def first_post(thread_id: int) -> int:
    return int(
        db.session.execute(select(POSTS.c.id).where(POSTS.c.thread_id == thread_id, POSTS.c.number == 1)).scalar_one()
    )


def test_a_merge_shows_nothing_to_people_who_could_not_read_it(app: Flask) -> None:
    manager = make.member("mia", "manager")
    inner = make.category("Inner", frozenset({("see", MEMBERS), ("start", MEMBERS), ("reply", MEMBERS)}))
    outer = make.category("Outer", frozenset({("see", EVERYONE), ("start", MEMBERS), ("reply", MEMBERS)}))
    secret = ideas.idea(manager, ideas.area(inner))
    public = ideas.idea(manager, ideas.area(outer))
    with pytest.raises(Conflict, match="merge-opens"):
        merge(manager, secret.thread_id, public.thread_id)
    merge(manager, public.thread_id, secret.thread_id)


def test_two_merges_of_the_same_idea_at_once_are_one_and_a_clear_no(app: Flask, team: Actor) -> None:
    anna = make.member("anna")
    source, one, two = (ideas.idea(anna).thread_id for _number in range(3))
    barrier = threading.Barrier(2)
    ends: list[str] = []

    def run(first: int, second: int) -> None:
        with app.app_context():
            barrier.wait(10)
            try:
                merge(team, first, second)
                ends.append("merged")
            except Conflict as conflict:
                ends.append(conflict.code)

    for pairs in (((source, one), (source, two)), ((one, two), (two, one))):
        ends.clear()
        both = [threading.Thread(target=run, args=pair) for pair in pairs]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join(30)
        assert len(ends) == 2
        assert sorted(ends)[1] == "merged"
        assert ends.count("merged") == 1
        db.session.rollback()
        for row in db.session.execute(select(MERGES.c.source_id).where(MERGES.c.undone_at.is_(None))).all():
            unmerge(team, row.source_id)
    assert list(checks.compare(False)) == []


def test_what_breaks_off_half_way_leaves_nothing_done(monkeypatch: pytest.MonkeyPatch, team: Actor) -> None:
    anna, ben = make.member("anna"), make.member("ben")
    target, source = ideas.idea(anna), ideas.idea(ben)
    make.reply(anna, source.thread_id)

    def breaks(event: events.Event) -> None:
        raise RuntimeError(type(event).__name__)

    for act, name in (
        (lambda: merge(team, source.thread_id, target.thread_id), "IdeasMerged"),
        (lambda: unmerge(team, source.thread_id), "IdeasUnmerged"),
    ):
        before = everything()
        with monkeypatch.context() as patched:
            patched.setattr(events, "publish", only(name, breaks))
            with pytest.raises(RuntimeError, match=name):
                act()
        assert everything() == before
        assert list(checks.compare(False)) == []
        act()


def only(name: str, then: Callable[[events.Event], None]) -> Callable[[events.Event], None]:
    """Publishes as ever, but for one kind of event."""
    publish = events.publish

    def either(event: events.Event) -> None:
        (then if type(event).__name__ == name else publish)(event)

    return either


# ---------------------------------------------------------------- any sequence

VERBS = (
    "vote",
    "confirm",
    "withdraw",
    "merge",
    "unmerge",
    "delete",
    "restore",
    "silence",
    "speak",
    "ban",
    "lift",
    "work",
)
STEPS = st.tuples(st.sampled_from(VERBS), st.integers(0, 4), st.integers(0, 3), st.integers(0, 3))


class Model:
    """What was done, and who counts for what by it: worked out from that alone."""

    def __init__(self, ideas: list[int], authors: list[int], confirmed: set[int], staff: set[int]) -> None:
        self.votes = set(zip(ideas, authors, strict=True))
        self.parents: dict[int, int] = {}
        self.confirmed, self.staff = confirmed, staff
        self.silenced: set[int] = set()
        self.banned: set[int] = set()

    def root(self, idea: int) -> int:
        while idea in self.parents:
            idea = self.parents[idea]
        return idea

    def supporters(self, root: int) -> set[int]:
        return {member for idea, member in self.votes if self.root(idea) == root}

    def counts(self, root: int) -> tuple[int, int]:
        valid = (self.supporters(root) & self.confirmed) - self.silenced - self.banned
        return len(valid - self.staff), len(valid & self.staff)

    def note(self, verb: str, member: int, idea: int, other: int) -> None:
        if verb == "vote" and member not in self.supporters(idea):
            self.votes.add((idea, member))
        elif verb == "withdraw":
            self.votes = {(one, who) for one, who in self.votes if who != member or self.root(one) != idea}
        elif verb == "merge":
            self.parents[idea] = other
        elif verb == "unmerge":
            del self.parents[idea]
        elif verb == "confirm":
            self.confirmed.add(member)
        elif verb in {"silence", "speak"}:
            self.silenced = self.silenced | {member} if verb == "silence" else self.silenced - {member}
        elif verb in {"ban", "lift"}:
            self.banned = self.banned | {member} if verb == "ban" else self.banned - {member}


def take(verb: str, member: Actor, idea: int, other: int, team: Actor, app: Flask) -> None:
    acts: dict[str, Callable[[], Any]] = {
        "vote": lambda: ideas.vote(member, idea),
        "withdraw": lambda: ideas.withdraw(member, idea),
        "merge": lambda: merge(team, idea, other),
        "unmerge": lambda: unmerge(team, idea),
        "delete": lambda: make.on_post(threads.delete_post, author_of(idea), first_post(idea)),
        "restore": lambda: make.on_post(threads.restore_post, author_of(idea), first_post(idea)),
        "work": lambda: drain(app.extensions["settings"]),
    }
    if verb in acts:
        acts[verb]()
        return
    with transaction():
        if verb == "confirm":
            members.confirm(member.member_id)
        elif verb == "silence":
            members.silence(SYSTEM, member.member_id, clock.now() + timedelta(days=1))
        else:
            sanctions = {"speak": members.lift_silence, "ban": members.ban, "lift": members.lift_ban}
            sanctions[verb](SYSTEM, member.member_id)


def author_of(idea: int) -> Actor:
    author_id = db.session.execute(select(THREADS.c.author_id).where(THREADS.c.id == idea)).scalar_one()
    return make.again(Actor(id=author_id))


def counts_fit(app: Flask, steps: list[tuple[str, int, int, int]]) -> set[str]:
    """Takes the steps, lets the worker finish, and compares; returns the verbs that were done and not refused."""
    team = make.member("", "product")
    people = [make.member(), make.member(), make.member("", confirmed_at=None), make.member("", "moderator")]
    authors = [make.member() for _number in range(4)]
    area = ideas.area()
    board = [ideas.idea(author, area).thread_id for author in authors]
    people.append(authors[0])
    everybody = [*people, *authors]
    staff = {people[3].member_id}
    model = Model(
        board, [one.member_id for one in authors], {one.member_id for one in everybody if one.is_confirmed}, staff
    )
    done = set()
    for verb, who, which, other in steps:
        member = make.again(people[who])
        try:
            take(verb, member, board[which], board[other], team, app)
        except Refused:
            continue
        done.add(verb)
        model.note(verb, member.member_id, board[which], board[other])
    drain(app.extensions["settings"])
    for idea in board:
        if idea not in model.parents:
            assert count(idea) == model.counts(idea)
    assert [*checks.compare(False), *idea_checks.compare(False)] == []
    return done


HOW: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=12, **HOW)
@given(st.lists(STEPS, min_size=5, max_size=25))
def test_counts_are_the_distinct_valid_voters_after_any_sequence(
    app: Flask, steps: list[tuple[str, int, int, int]]
) -> None:
    counts_fit(app, steps)


@pytest.mark.full
@settings(max_examples=300, **HOW)
@given(st.lists(STEPS, min_size=5, max_size=60))
def test_counts_are_the_distinct_valid_voters_after_any_long_sequence(
    app: Flask, steps: list[tuple[str, int, int, int]]
) -> None:
    counts_fit(app, steps)


def test_every_verb_of_the_sequences_can_be_done(app: Flask) -> None:
    sequence = [
        ("vote", 2, 0, 0),
        ("vote", 0, 1, 0),
        ("merge", 0, 0, 1),
        ("confirm", 2, 0, 0),
        ("work", 0, 0, 0),
        ("ban", 0, 0, 0),
        ("silence", 2, 0, 0),
        ("work", 0, 0, 0),
        ("lift", 0, 0, 0),
        ("speak", 2, 0, 0),
        ("work", 0, 0, 0),
        ("unmerge", 0, 0, 1),
        ("withdraw", 0, 1, 0),
        ("delete", 0, 2, 0),
        ("restore", 0, 2, 0),
        ("vote", 0, 3, 0),
        ("vote", 1, 2, 0),
        ("vote", 3, 3, 0),
        ("work", 0, 0, 0),
        ("ban", 0, 0, 0),
        ("silence", 1, 0, 0),
    ]
    assert counts_fit(app, sequence) == set(VERBS)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_voter_who_is_banned_during_a_merge_counts_no_more_after_it(app: Flask, team: Actor) -> None:
    anna, ben, area = make.member("anna"), make.member("ben"), ideas.area()
    target, source = ideas.idea(anna, area, "Dim the lamp"), ideas.idea(anna, area, "A lamp that dims")
    ideas.vote(ben, source.thread_id)
    is_counted, may_end = threading.Event(), threading.Event()

    def merge_slowly() -> None:
        with app.app_context(), transaction(team) as member:
            actions.merge(member, source.thread_id, target.thread_id)
            is_counted.set()
            may_end.wait(10)

    def hear_of_it() -> None:
        with app.app_context(), transaction():
            recount_of_member(ben.member_id)

    merging = threading.Thread(target=merge_slowly)
    merging.start()
    assert is_counted.wait(10)
    with transaction():
        db.session.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == ben.member_id).values(banned_at=clock.now()))
    hearing = threading.Thread(target=hear_of_it)
    hearing.start()
    hearing.join(0.5)
    may_end.set()
    for one in (merging, hearing):
        one.join(10)
    assert count(target.thread_id) == (1, 0)
