"""Lists: what they show, in which order, page by page."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from forum.core import actor as actors
from forum.core.actor import EVERYONE
from forum.core.database import db, transaction
from forum.core.errors import NotFound
from forum.threads import actions, queries
from forum.threads.models import THREADS
from forum.threads.queries.lists import SIZE
from tests.factories import threads as make

pytestmark = pytest.mark.usefixtures("app")
GUEST = actors.guest()


def several(count: int, topic: int, author: object) -> list[int]:
    ids = [make.thread(author, topic, f"Title {number}").thread_id for number in range(count)]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with transaction():
        for number, id in enumerate(ids):  # two of each moment, so that the id must decide
            db.session.execute(
                update(THREADS).where(THREADS.c.id == id).values(last_post_at=at + timedelta(hours=number // 2))
            )
    return ids


def test_the_list_pages_by_key_without_gaps_or_repeats() -> None:
    ids = several(SIZE * 2 + 3, make.category(), make.member())
    seen, before = [], None
    while True:
        page = queries.front_page(GUEST, "latest", before).talks
        seen += [row.id for row in page.rows]
        before = page.older
        if before is None:
            break
    assert seen == sorted(ids, reverse=True)


def test_a_cursor_that_is_not_ours_is_not_found() -> None:
    for cursor in ("x", "eyJ9", "WzEsMl0", "WzEsIngiXQ", "W10", "WzFlMjAsMV0"):
        try:
            queries.front_page(GUEST, "latest", cursor)
        except NotFound:
            continue
        assert cursor == "WzEsMl0"  # [1,2] is a moment in 1970


def test_pinned_threads_come_first_and_once() -> None:
    anna, staff, topic = make.member(), make.member("mo", "moderator"), make.category()
    ids = several(3, topic, anna)
    make.on_thread(actions.pin, staff, ids[0])
    found = queries.front_page(GUEST, "latest")
    assert [row.id for row in found.pinned] == [ids[0]]
    assert [row.id for row in found.talks.rows] == [ids[2], ids[1]]
    assert found.pinned[0].is_pinned


def test_unanswered_lists_what_nobody_replied_to() -> None:
    anna, topic = make.member(), make.category()
    one, two = make.thread(anna, topic, kind="question"), make.thread(anna, topic)
    make.reply(anna, two.thread_id)
    found = queries.front_page(GUEST, "unanswered")
    assert [row.id for row in found.talks.rows] == [one.thread_id]
    assert [row.id for row in queries.front_page(GUEST, "latest").open_questions] == [one.thread_id]


def test_nobody_lists_what_they_may_not_see() -> None:
    staff, anna = make.member("mo", "admin"), make.member()
    secret = make.category(grants=frozenset())
    hidden = make.thread(staff, secret, tags="m4")
    make.thread(anna, make.category(), tags="m5")
    for reader in (GUEST, anna):
        for view in ("latest", "unanswered"):
            assert hidden.thread_id not in [row.id for row in queries.front_page(reader, view).talks.rows]
        assert not queries.tag_page(reader, "m4").rows
        with pytest.raises(NotFound):
            queries.get_category(reader, secret)
        assert queries.posts_of(reader, staff.member_id).rows == ()
        assert queries.activity_of(reader, staff.id).posts == 0
    assert queries.tag_page(staff, "m4").rows
    assert queries.activity_of(staff, staff.id).posts == 1
    assert not queries.may_read_post(anna, hidden.post_id)
    assert queries.may_read_post(staff, hidden.post_id)


def test_granting_a_group_opens_the_category_at_once() -> None:
    staff, anna = make.member("mo", "manager"), make.member()
    secret = make.category(grants=frozenset())
    with pytest.raises(NotFound):
        queries.get_category(anna, secret)
    with transaction(staff) as actor:
        actions.set_grants(actor, secret, frozenset({("see", EVERYONE)}))
    assert queries.get_category(GUEST, secret).id == secret


def test_a_change_that_is_rolled_back_leaves_nothing_in_the_cache() -> None:
    staff, secret = make.member("mo", "manager"), make.category(grants=frozenset())

    class Stop(Exception):
        pass

    def change_and_stop() -> None:
        with transaction(staff) as actor:
            actions.set_grants(actor, secret, frozenset({("see", EVERYONE)}))
            assert queries.get_category(GUEST, secret)
            raise Stop

    with pytest.raises(Stop):
        change_and_stop()
    with pytest.raises(NotFound):
        queries.get_category(GUEST, secret)


def test_categories_keep_the_order_and_the_language() -> None:
    staff = make.member("mo", "admin")
    one, two = make.category("Bravo"), make.category("Alpha")
    with transaction(staff) as actor:
        actions.move_category(actor, two, "up")
    assert [row.name for row in queries.categories(GUEST)] == ["Alpha", "Bravo"]
    assert [row.name for row in queries.categories(actors.guest("de"))] == ["Alpha de", "Bravo de"]
    assert [row.id for row in queries.categories(GUEST)] == [two, one]


def test_the_version_of_lists_moves_with_what_they_show() -> None:
    anna, staff, topic = make.member(), make.member("mo", "moderator"), make.category()
    started = make.thread(anna, topic)
    changes = [
        lambda: make.reply(anna, started.thread_id),
        lambda: make.on_thread(actions.pin, staff, started.thread_id),
        lambda: make.on_thread(actions.close, staff, started.thread_id),
        lambda: make.on_thread(actions.rename, staff, started.thread_id, "New title", "new-title"),
        make.category,
        lambda: make.on_thread(actions.move, staff, started.thread_id, queries.categories(staff)[-1]),
        lambda: make.thread(anna, topic),
    ]
    for change in changes:
        before = queries.lists_version()
        change()
        assert queries.lists_version() != before
