"""The board, the roadmap and "what became of my votes": what they show, to whom, with how many statements."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from forum.core import clock, paging
from forum.core.actor import Actor, guest
from forum.core.database import db, transaction
from forum.core.errors import NotFound
from forum.ideas import actions, queries
from forum.ideas.actions import StatusDraft
from forum.ideas.models import IDEAS, STATUSES
from forum.ideas.queries import SORTS, IdeaListRow, Wanted
from forum.threads import actions as threads
from forum.threads.models import THREADS
from tests.factories import ideas
from tests.factories import threads as make
from tests.system.statements import counted

pytestmark = pytest.mark.usefixtures("app")


def many(count: int, area_id: int = 0) -> list[int]:
    """Ideas with different votes, trends, ages and numbers of comments; several share each value."""
    author, area_id = make.member(), area_id or ideas.area()
    ids = [ideas.idea(author, area_id, f"Idea number {number}").thread_id for number in range(count)]
    with transaction():
        for number, id in enumerate(ids):
            values = {"vote_count": number % 7, "trend": (number % 5) / 3, "created_at": clock.now() - _age(number)}
            db.session.execute(IDEAS.update().where(IDEAS.c.thread_id == id).values(**values))
            db.session.execute(THREADS.update().where(THREADS.c.id == id).values(post_count=1 + number % 3))
    return ids


def _age(number: int) -> timedelta:
    return timedelta(days=number % 11)


def give(idea_id: int, slug: str) -> None:
    status_id = db.session.scalar(select(STATUSES.c.id).where(STATUSES.c.slug == slug))
    with transaction():
        db.session.execute(IDEAS.update().where(IDEAS.c.thread_id == idea_id).values(status_id=status_id))


def leaf(actor: Actor, wanted: Wanted) -> Sequence[IdeaListRow]:
    """All pages, one after the other."""
    rows, before = list[IdeaListRow](), None
    while True:
        page = queries.board(actor, wanted, before)
        rows += page.rows
        before = page.older
        assert len(page.rows) <= 20
        if before is None:
            return rows


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_shows_each_idea_once(sort: Any) -> None:
    ids = many(45)
    rows = leaf(guest(), Wanted(sort))
    assert sorted(row.id for row in rows) == sorted(ids)
    trends = dict(db.session.execute(select(IDEAS.c.thread_id, IDEAS.c.trend)).tuples().all())
    keys = {
        "votes": lambda row: (row.vote_count, row.id),
        "trending": lambda row: (trends[row.id], row.id),
        "newest": lambda row: (row.created_at, row.id),
        "discussed": lambda row: (row.comment_count, row.id),
    }
    assert all(keys[sort](one) > keys[sort](other) for one, other in pairwise(rows))


@pytest.mark.parametrize("sort", SORTS)
def test_filters_narrow_the_board_in_every_order(sort: Any) -> None:
    anna, ben = make.member(), make.member()
    light, sound = ideas.area(name="Light"), ideas.area(name="Sound")
    lamp = ideas.idea(anna, light, "A lamp", tags="night").thread_id
    bell = ideas.idea(ben, sound, "A bell").thread_id
    horn = ideas.idea(ben, sound, "A horn", tags="night").thread_id
    ideas.vote(anna, horn)
    give(horn, "planned")
    talk = make.thread(anna, make.category(), tags="night").thread_id
    expected = {
        Wanted(sort): {lamp, bell, horn},
        Wanted(sort, status="planned"): {horn},
        Wanted(sort, status="new"): {lamp, bell},
        Wanted(sort, status="in progress"): set(),
        Wanted(sort, area="sound"): {bell, horn},
        Wanted(sort, area="sound", status="new"): {bell},
        Wanted(sort, tag="night"): {lamp, horn},
        Wanted(sort, tag="night", area="light"): {lamp},
        Wanted(sort, tag="unknown"): set(),
        Wanted(sort, mine=True): {lamp},
        Wanted(sort, voted=True): {lamp, horn},
        Wanted(sort, voted=True, status="planned"): {horn},
    }
    for wanted, ids in expected.items():
        assert {row.id for row in leaf(anna, wanted)} == ids, wanted
    assert talk not in {row.id for row in leaf(anna, Wanted(sort))}
    assert leaf(guest(), Wanted(sort, mine=True)) == leaf(guest(), Wanted(sort, voted=True)) == []


def test_a_stage_gathers_all_its_statuses() -> None:
    with transaction() as system:
        actions.create_status(system, StatusDraft({"en": "Soon"}, "planned"))
        actions.create_status(system, StatusDraft({"en": "Later"}, "planned"))
    ids = many(66)
    for number, id in enumerate(ids):
        give(id, ("planned", "soon", "later")[number % 3])
    # `planned` is the address of a status too, which is meant then; the stage is asked for by its own word.
    assert len(leaf(guest(), Wanted(status="planned"))) == 22
    with transaction() as system:
        planned = queries.get_status(system, "planned")
        actions.update_status(system, planned.id, StatusDraft({"en": "Certain"}, "planned", "certain"))
    rows = leaf(guest(), Wanted(status="planned"))
    assert sorted(row.id for row in rows) == sorted(ids)
    assert leaf(guest(), Wanted(stage="planned")) == rows
    assert all((one.vote_count, one.id) > (other.vote_count, other.id) for one, other in pairwise(rows))


def test_what_is_hidden_deleted_or_not_there_is_not_shown() -> None:
    anna, boss = make.member(), make.member("", "manager")
    shown = ideas.idea(anna)
    hidden = ideas.idea(boss, ideas.area(make.category("", frozenset()), "Quartz"))
    gone = ideas.idea(anna)
    make.on_post(threads.delete_post, anna, gone.post_id)
    for sort in SORTS:
        assert [row.id for row in leaf(anna, Wanted(sort))] == [shown.thread_id]
        assert {row.id for row in leaf(boss, Wanted(sort))} == {shown.thread_id, hidden.thread_id}
    assert [row.id for row in leaf(boss, Wanted(area="quartz"))] == [hidden.thread_id]
    with pytest.raises(NotFound):  # as for an area that there isn't
        queries.board(anna, Wanted(area="quartz"))
    assert [row.id for row in queries.listed(anna, [hidden.thread_id, gone.thread_id, shown.thread_id, 9999])] == [
        shown.thread_id
    ]


@pytest.mark.parametrize(
    "wanted",
    [Wanted(status="nonsense"), Wanted(area="nonsense"), Wanted("nonsense")],  # type: ignore[arg-type]
)
def test_what_isnt_there_is_not_found(wanted: Wanted) -> None:
    with pytest.raises(NotFound):
        queries.board(guest(), wanted)


@pytest.mark.parametrize("before", ["x", paging.encode("a", 1), paging.encode(1), paging.encode(2**62, 1)])
@pytest.mark.parametrize("sort", SORTS)
def test_a_foreign_cursor_is_refused_or_harmless(sort: Any, before: str) -> None:
    with suppress(NotFound):
        assert queries.board(guest(), Wanted(sort), before).rows == []


def test_ones_own_votes_are_marked_after_a_merge_too() -> None:
    anna, tina = make.member(), make.member("", "product")
    area = ideas.area()
    source, target = ideas.idea(anna, area).thread_id, ideas.idea(tina, area).thread_id
    with transaction(tina) as team:
        actions.merge(team, source, target)
    rows = leaf(anna, Wanted())
    assert [(row.id, row.my_vote) for row in rows] == [(target, "counted")]
    assert ideas.vote(anna, target) == "counted"
    assert (rows[0].vote_count, rows[0].staff_vote_count) == (1, 1)
    ideas.withdraw(anna, target)
    assert ideas.now(target).vote_count == 0


def test_the_roadmap_shows_a_column_for_each_status_on_the_way() -> None:
    ids = many(25)
    for id in ids[:22]:
        give(id, "planned")
    give(ids[22], "shipped")
    columns = queries.roadmap(guest())
    assert [(status.stage, len(rows), has_more) for status, rows, has_more in columns] == [
        ("planned", 20, True),
        ("in progress", 0, False),
        ("shipped", 1, False),
    ]
    votes = [row.vote_count for row in columns[0].rows]
    assert votes == sorted(votes, reverse=True)


def test_what_became_of_my_votes() -> None:
    anna, ben, tina = make.member(), make.member(), make.member("", "product")
    ids = [ideas.idea(ben, title=f"Idea number {number}").thread_id for number in range(23)]
    for id in ids:
        ideas.vote(anna, id)
    answer = threads.write(tina, "We **do** it in spring.")
    with transaction(tina) as team:
        idea = queries.get_idea(team, ids[3], lock=True)
        status = queries.get_status(team, "planned")
        actions.set_status(team, idea, status, answer, is_small_step=False, seen_change_id=idea.status_change_id)
    page = queries.my_votes(anna)
    assert (page.rows[0].id, page.rows[0].status.stage, page.rows[0].answer_excerpt) == (
        ids[3],
        "planned",
        "We do it in spring.",
    )
    rest = queries.my_votes(anna, page.older)
    assert sorted(row.id for row in (*page.rows, *rest.rows)) == sorted(ids)
    assert queries.my_votes(tina).rows == []


def test_a_list_is_one_statement_and_a_page_few() -> None:
    ids = many(25)
    anna, tina = make.member(), make.member("", "product")
    for number in range(3):
        make.reply(anna, ids[0], f"Reply {number}")
    stamp = queries.board_version()[0]

    def statements(ask: Any) -> int:
        ask()
        with counted() as said:
            ask()
        return len(said)

    assert statements(lambda: queries.board(guest(), Wanted(), stamp=stamp)) == 1
    assert statements(lambda: queries.board(anna, Wanted("discussed", voted=True), stamp=stamp)) == 1
    assert statements(lambda: queries.board(anna, Wanted("newest"), stamp=stamp)) == 2
    assert statements(lambda: queries.roadmap(guest(), stamp)) == 1
    assert statements(lambda: queries.my_votes(anna)) == 1
    assert statements(lambda: queries.idea_page(guest(), ids[0])) <= 4
    assert statements(lambda: queries.idea_page(anna, ids[0])) <= 6
    assert statements(lambda: queries.idea_page(tina, ids[0])) <= 7
