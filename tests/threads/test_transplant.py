"""Merging a thread into another and undoing it: posts, numbers, counters, references, and where old addresses lead."""

from typing import Any

import pytest
from sqlalchemy import select

from forum.core.actor import EVERYONE, MEMBERS, SYSTEM, Actor, guest
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Gone, Moved, NotFound
from forum.core.events import EVENTS
from forum.threads import actions, checks, queries
from forum.threads.models import CATEGORIES, POST_ALIASES, POSTS, THREADS
from tests.factories import threads as make

pytestmark = pytest.mark.usefixtures("app")


def merged(actor: Actor, source_id: int, target_id: int) -> list[Any]:
    with transaction(actor) as staff:
        rows = {id: queries.get_thread(staff, id, lock=True) for id in sorted((source_id, target_id))}
        return list(actions.merge_thread(staff, rows[source_id], rows[target_id]))


def unmerged(actor: Actor, source_id: int, moved: list[Any]) -> int:
    with transaction(actor) as staff:
        source, target = queries.get_merged(staff, source_id)
        return actions.unmerge_thread(staff, source, target, moved)


def state() -> dict[str, list[Any]]:
    """Everything but versions, and the tombstones that a merge leaves."""
    threads = [column for column in THREADS.c if column.name not in {"version", "last_number"}]
    posts = select(POSTS).where(POSTS.c.state != "moved").order_by(POSTS.c.id)
    categories = [column for column in CATEGORIES.c if column.name != "version"]
    return {
        "threads": [tuple(row) for row in db.session.execute(select(*threads).order_by(THREADS.c.id))],
        "posts": [tuple(row) for row in db.session.execute(posts)],
        "categories": [tuple(row) for row in db.session.execute(select(*categories).order_by(CATEGORIES.c.id))],
    }


def place(actor: Actor, thread_id: int, number: int) -> str:
    """Where the old address of a post leads."""
    with pytest.raises(Moved) as caught:
        queries.get_thread(actor, thread_id, number=number)
    return caught.value.address


def test_posts_go_to_the_end_and_come_back_to_their_numbers() -> None:
    anna, ben, staff = make.member("anna"), make.member("ben"), make.member("mo", "moderator")
    old, new = make.category("Old"), make.category("New")
    target = make.thread(anna, new, "Target")
    make.reply(ben, target.thread_id, "Was here")
    source = make.thread(ben, old, "Source")
    make.reply(anna, source.thread_id, "One")
    make.reply(ben, source.thread_id, "Two", reply_to_number=2)
    make.reply(anna, source.thread_id, "Three", reply_to_number=1)
    taken = make.reply(ben, source.thread_id, "Four")
    make.on_post(actions.delete_post, ben, taken.post_id)
    make.on_post(actions.react, anna, make_post(source.thread_id, 3), "like", True)
    before = state()

    moved = merged(staff, source.thread_id, target.thread_id)
    assert [(was, now) for _id, was, now in moved] == [(2, 3), (3, 4), (4, 5), (5, 6)]
    page = queries.thread_page(anna, target.thread_id)
    assert [(post.number, post.state, post.reply_to_number) for post in page.posts] == [
        (1, "published", None),
        (2, "published", None),
        (3, "published", None),
        (4, "published", 3),
        (5, "published", None),
        (6, "deleted", None),
    ]
    assert (page.thread.last_number, page.thread.post_count) == (6, 5)
    assert [row.id for row in queries.front_page(anna, "latest").talks.rows] == [target.thread_id]
    assert list(checks.compare(False)) == []
    address = queries.get_thread(anna, target.thread_id).address
    assert place(anna, source.thread_id, 3) == f"{address}/4"
    with pytest.raises(Moved) as caught:
        queries.get_thread(guest(), source.thread_id)
    assert (caught.value.address, caught.value.thread_id) == (address, target.thread_id)
    with pytest.raises(Moved) as caught:
        queries.get_post_by_number(anna, source.thread_id, 2)
    assert caught.value.address == f"{address}/3"

    assert unmerged(staff, source.thread_id, moved) == 4
    assert state() == before
    assert list(checks.compare(False)) == []
    stones = queries.thread_page(anna, target.thread_id).posts[2:]
    assert [(post.number, post.state, post.author, post.html) for post in stones] == [
        (number, "moved", None, "") for number in (3, 4, 5, 6)
    ]
    address = queries.get_thread(anna, source.thread_id).address
    assert place(anna, target.thread_id, 4) == f"{address}/3"
    assert queries.get_post_by_number(anna, source.thread_id, 3).body == "Two"
    kinds = [row.name for row in db.session.execute(select(EVENTS.c.name).order_by(EVENTS.c.id))]
    assert kinds.count("PostsMoved") == 2


def make_post(thread_id: int, number: int) -> int:
    return int(
        db.session.execute(
            select(POSTS.c.id).where(POSTS.c.thread_id == thread_id, POSTS.c.number == number)
        ).scalar_one()
    )


def test_a_second_round_passes_the_tombstones_and_keeps_all_addresses() -> None:
    anna, staff, topic = make.member("anna"), make.member("mo", "moderator"), make.category()
    target, source = make.thread(anna, topic, "Target"), make.thread(anna, topic, "Source")
    make.reply(anna, source.thread_id, "One")
    for round in (1, 2, 3):
        moved = merged(staff, source.thread_id, target.thread_id)
        assert [(was, now) for _id, was, now in moved] == [(2, round + 1)]
        there = queries.get_thread(anna, target.thread_id).address
        assert place(anna, source.thread_id, 2) == f"{there}/{round + 1}"
        if round > 1:
            assert place(anna, target.thread_id, 2) == f"{there}/{round + 1}"
        unmerged(staff, source.thread_id, moved)
        here = queries.get_thread(anna, source.thread_id).address
        for number in range(2, round + 2):
            assert place(anna, target.thread_id, number) == f"{here}/2"
        assert queries.get_thread(anna, source.thread_id, number=2).id == source.thread_id
        assert list(checks.compare(False)) == []
    # The tombstones of a thread don't move when it is merged itself.
    other = make.thread(anna, topic, "Other")
    assert merged(staff, target.thread_id, other.thread_id) == []


def test_a_chain_of_merges_leads_to_its_end_and_is_undone_from_there() -> None:
    anna, staff, topic = make.member("anna"), make.member("mo", "moderator"), make.category()
    ids = [make.thread(anna, topic, f"Thread {number}").thread_id for number in range(3)]
    make.reply(anna, ids[0], "One")
    before = state()
    first = merged(staff, ids[0], ids[1])
    second = merged(staff, ids[1], ids[2])
    end = queries.get_thread(anna, ids[2]).address
    assert place(anna, ids[0], 2) == place(anna, ids[1], 2) == f"{end}/2"
    with pytest.raises(Moved) as caught:
        queries.get_thread(anna, ids[0])
    assert caught.value.address == end
    unmerged(staff, ids[1], second)
    assert place(anna, ids[0], 2) == place(anna, ids[2], 2) == f"{queries.get_thread(anna, ids[1]).address}/2"
    unmerged(staff, ids[0], first)
    assert state() == before
    assert list(checks.compare(False)) == []


def test_what_is_done_to_a_post_meanwhile_stays_done() -> None:
    anna, ben, staff = make.member("anna"), make.member("ben"), make.member("mo", "moderator")
    topic = make.category()
    target, source = make.thread(anna, topic, "Target"), make.thread(anna, topic, "Source")
    one = make.reply(ben, source.thread_id, "One")
    two = make.reply(ben, source.thread_id, "Two")
    moved = merged(staff, source.thread_id, target.thread_id)
    make.on_post(actions.delete_post, ben, one.post_id)
    make.on_post(actions.edit_post, ben, two.post_id, actions.write(ben, "Two, better"), 1)
    answer = make.reply(anna, target.thread_id, "To one", reply_to_number=2)
    with transaction(staff) as actor:
        actions.remove_post(actor, source.post_id)  # the source's own text, while it is merged
    with pytest.raises(Moved):
        queries.get_thread(anna, source.thread_id)
    assert list(checks.compare(False)) == []
    unmerged(staff, source.thread_id, moved)
    with pytest.raises(Gone, match="thread-removed"):
        queries.get_thread(anna, source.thread_id)
    assert list(checks.compare(False)) == []
    with transaction(staff) as actor:
        actions.unremove_post(actor, source.post_id)
    page = queries.thread_page(ben, source.thread_id)
    assert [(post.number, post.state) for post in page.posts] == [(1, "published"), (2, "deleted"), (3, "published")]
    assert queries.get_post(ben, two.post_id).body == "Two, better"
    assert queries.get_post(ben, answer.post_id).thread_id == target.thread_id
    assert list(checks.compare(False)) == []


def test_the_first_post_of_a_merged_thread_comes_back_into_it_merged() -> None:
    anna, staff, topic = make.member("anna"), make.member("mo", "moderator"), make.category()
    target, source = make.thread(anna, topic, "Target"), make.thread(anna, topic, "Source")
    moved = merged(staff, source.thread_id, target.thread_id)
    with transaction(staff) as actor:
        actions.remove_post(actor, source.post_id)
        actions.unremove_post(actor, source.post_id)
    with pytest.raises(Moved):
        queries.get_thread(staff, source.thread_id)
    assert list(checks.compare(False)) == []
    unmerged(staff, source.thread_id, moved)
    assert queries.get_thread(anna, source.thread_id).state == "published"
    assert list(checks.compare(False)) == []


def test_only_the_moderators_merge_and_only_what_is_public() -> None:
    anna, staff, topic = make.member("anna"), make.member("mo", "moderator"), make.category()
    target, source = make.thread(anna, topic, "Target"), make.thread(anna, topic, "Source")
    with pytest.raises(Denied, match="staff-only"):
        merged(anna, source.thread_id, target.thread_id)
    with pytest.raises(Conflict, match="not-merged"):
        unmerged(staff, source.thread_id, [])
    merged(staff, source.thread_id, target.thread_id)
    with pytest.raises(Denied, match="staff-only"):
        unmerged(anna, source.thread_id, [])
    with pytest.raises(Denied, match="sign-in"):
        unmerged(guest(), source.thread_id, [])
    third = make.thread(anna, topic, "Third")
    with transaction(staff) as actor:
        actions.remove_post(actor, third.post_id)
    with pytest.raises(Conflict, match="thread-hidden"):
        merged(staff, third.thread_id, target.thread_id)
    with pytest.raises(NotFound):
        unmerged(staff, 999_999, [])


def test_who_may_not_read_the_target_learns_nothing_of_it() -> None:
    anna, staff, topic = make.member("anna"), make.member("mo", "moderator"), make.category()
    inner = make.category("Inner", frozenset())
    source = make.thread(anna, topic, "Source")
    make.reply(anna, source.thread_id)
    target = make.thread(staff, inner, "Target")
    merged(staff, source.thread_id, target.thread_id)
    for ask in (
        lambda: queries.get_thread(anna, source.thread_id),
        lambda: queries.get_thread(anna, source.thread_id, number=2),
        lambda: queries.thread_page(anna, source.thread_id),
    ):
        with pytest.raises(NotFound):
            ask()
    assert db.session.scalar(select(POST_ALIASES.c.post_id)) is not None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({EVERYONE}, {EVERYONE}, False),
        ({EVERYONE}, {7}, False),
        ({MEMBERS}, {EVERYONE}, True),
        ({MEMBERS}, {MEMBERS, 7}, False),
        ({7}, {7}, False),
        ({7, 8}, {8}, False),
        ({7}, {7, 8}, True),
        ({7}, {MEMBERS}, True),
        (set(), set(), False),
    ],
)
def test_what_opens_a_text_to_more_people(before: set[int], after: set[int], expected: bool) -> None:
    def category(groups: set[int]) -> queries.CategoryRow:
        return queries.CategoryRow(1, "", "", "", 0, 0, None, frozenset(("see", group) for group in groups))

    assert actions.opens(category(before), category(after)) is expected


def test_a_former_members_posts_move_too() -> None:
    anna, staff, topic = make.member("anna"), make.member("mo", "moderator"), make.category()
    target, source = make.thread(anna, topic, "Target"), make.thread(anna, topic, "Source")
    left = make.reply(anna, source.thread_id, "Left behind")
    with transaction(SYSTEM):
        db.session.execute(POSTS.update().where(POSTS.c.id == left.post_id).values(author_id=None))
    list(checks.compare(True))
    moved = merged(staff, source.thread_id, target.thread_id)
    assert list(checks.compare(False)) == []
    unmerged(staff, source.thread_id, moved)
    assert list(checks.compare(False)) == []
