"""Editing, taking back, removing, steering, reacting, drafts, reading."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Gone, Invalid, NotFound
from forum.threads import actions, checks, queries
from forum.threads.models import CATEGORIES
from tests.factories import threads as make

pytestmark = pytest.mark.usefixtures("app")


def acts() -> list[str]:
    return list(
        db.session.scalars(select(AuditEntry.act).where(AuditEntry.target_kind != "category").order_by(AuditEntry.id))
    )


def edit(actor: object, post_id: int, body: str, base: int) -> None:
    make.on_post(actions.edit_post, actor, post_id, actions.write(actor, body), base)


def test_an_edit_keeps_the_former_text_with_who_wrote_it() -> None:
    anna, staff = make.member("anna"), make.member("mo", "moderator")
    started = make.thread(anna, make.category(), body="One")
    edit(anna, started.post_id, "Two", 1)
    edit(staff, started.post_id, "Three", 2)
    post = queries.get_post(anna, started.post_id)
    versions = queries.history(anna, post)
    assert [(one.number, one.body, one.author.username) for one in versions] == [
        (1, "One", "anna"),
        (2, "Two", "anna"),
        (3, "Three", "mo"),
    ]
    assert versions[0].at == post.created_at
    assert post.thread.excerpt == "Three"
    assert acts() == ["post.edit"]


def test_two_edits_from_the_same_text_meet() -> None:
    anna, staff = make.member(), make.member("mo", "moderator")
    started = make.thread(anna, make.category(), body="One")
    edit(staff, started.post_id, "Theirs", 1)
    with pytest.raises(Conflict, match="changed-meanwhile") as caught:
        edit(anna, started.post_id, "Mine", 1)
    assert caught.value.parameters == {"theirs": "Theirs", "revision": 2}
    edit(anna, started.post_id, "Theirs", 1)  # the same text is no conflict
    assert queries.get_post(anna, started.post_id).revision == 2


def test_others_and_guests_may_not_edit() -> None:
    anna, ben = make.member(), make.member()
    started = make.thread(anna, make.category())
    with pytest.raises(Denied, match="not-yours"):
        edit(ben, started.post_id, "Mine now", 1)


def test_a_deleted_reply_keeps_its_number_and_comes_back() -> None:
    anna, ben = make.member(), make.member()
    started = make.thread(anna, make.category())
    answer = make.reply(ben, started.thread_id)
    make.reply(anna, started.thread_id, "The last one")
    make.on_post(actions.delete_post, ben, answer.post_id)
    posts = queries.thread_page(anna, started.thread_id).posts
    assert [(post.number, post.state, bool(post.html)) for post in posts] == [
        (1, "published", True),
        (2, "deleted", False),
        (3, "published", True),
    ]
    with pytest.raises(Gone, match="post-deleted"):
        queries.get_post(anna, answer.post_id)
    with pytest.raises((Denied, Gone)):
        make.on_post(actions.restore_post, anna, answer.post_id)
    make.on_post(actions.restore_post, ben, answer.post_id)
    assert queries.thread_page(anna, started.thread_id).posts[1].state == "published"


def test_the_first_post_stays_once_somebody_else_has_replied() -> None:
    anna, ben = make.member(), make.member()
    started = make.thread(anna, make.category())
    make.reply(anna, started.thread_id)
    answer = make.reply(ben, started.thread_id)
    with pytest.raises(Conflict, match="others-replied"):
        make.on_post(actions.delete_post, anna, started.post_id)
    make.on_post(actions.delete_post, ben, answer.post_id)
    make.on_post(actions.delete_post, anna, started.post_id)
    assert queries.get_thread(anna, started.thread_id).state == "deleted"


def test_removing_the_first_post_hides_the_thread_and_can_be_undone() -> None:
    anna, ben, staff = make.member(), make.member(), make.member("mo", "moderator")
    started = make.thread(anna, make.category())
    make.reply(ben, started.thread_id)
    with transaction(staff) as actor:
        actions.remove_post(actor, started.post_id)
    for reader in (anna, ben):
        with pytest.raises(Gone, match="thread-removed"):
            queries.get_thread(reader, started.thread_id)
    assert queries.thread_page(staff, started.thread_id).thread.state == "removed"
    assert not queries.front_page(ben, "latest").talks.rows
    with transaction(staff) as actor:
        actions.unremove_post(actor, started.post_id)
    assert queries.get_thread(ben, started.thread_id).post_count == 2
    assert list(checks.compare(False)) == []


def test_undoing_a_removal_does_not_publish_what_its_author_had_taken_back() -> None:
    anna, staff, category = make.member("anna"), make.member("mo", "moderator"), make.category()
    started = make.thread(make.member("ben"), category)
    answer = make.reply(anna, started.thread_id, "I regret this")
    make.on_post(actions.delete_post, anna, answer.post_id)
    with transaction(staff) as actor:
        actions.remove_post(actor, answer.post_id)
    shown = queries.thread_page(anna, started.thread_id).posts[1]
    assert (shown.state, shown.html) == ("removed", "")
    with transaction(staff) as actor:
        actions.unremove_post(actor, answer.post_id)
    assert queries.get_post(anna, answer.post_id).state == "deleted"
    make.on_post(actions.restore_post, anna, answer.post_id)
    assert queries.get_post(anna, answer.post_id).state == "published"
    assert list(checks.compare(False)) == []


def test_only_staff_remove() -> None:
    anna = make.member()
    started = make.thread(anna, make.category())
    with pytest.raises(Denied, match="staff-only"), transaction(anna) as actor:
        actions.remove_post(actor, started.post_id)


def test_a_reaction_counts_once_and_can_be_withdrawn() -> None:
    anna, ben = make.member(), make.member()
    started = make.thread(anna, make.category())
    assert make.on_post(actions.react, ben, started.post_id, "like", True) == 1
    assert make.on_post(actions.react, ben, started.post_id, "like", True) == 1
    assert queries.own_reactions(ben, started.post_id) == {"like"}
    assert queries.activity_of(ben, anna.id).reactions_received == 1
    assert make.on_post(actions.react, ben, started.post_id, "like", False) == 0
    with pytest.raises(Denied, match="own-post"):
        make.on_post(actions.react, anna, started.post_id, "like", True)
    with pytest.raises(Invalid, match="unknown-choice"):
        make.on_post(actions.react, ben, started.post_id, "hate", True)


def test_a_question_has_one_solution() -> None:
    anna, ben, cem = make.member(), make.member(), make.member()
    started = make.thread(anna, make.category(), kind="question")
    one, two = make.reply(ben, started.thread_id, "One"), make.reply(cem, started.thread_id, "Two words")
    with pytest.raises(Denied, match="not-yours"):
        make.on_post(actions.mark_solution, ben, one.post_id)
    make.on_post(actions.mark_solution, anna, one.post_id)
    make.on_post(actions.mark_solution, anna, two.post_id)
    found = queries.thread_page(anna, started.thread_id)
    assert (found.solution.number, found.solution.excerpt) == (3, "Two words")
    assert queries.activity_of(anna, ben.id).solutions == 0
    assert queries.activity_of(anna, cem.id).solutions == 1
    make.on_post(actions.delete_post, cem, two.post_id)
    assert queries.thread_page(anna, started.thread_id).solution is None
    make.on_post(actions.restore_post, cem, two.post_id)
    assert queries.thread_page(anna, started.thread_id).solution.number == 3
    make.on_thread(actions.unmark_solution, anna, started.thread_id)
    assert queries.activity_of(anna, cem.id).solutions == 0


def test_a_discussion_has_no_solution() -> None:
    anna = make.member()
    started = make.thread(anna, make.category())
    answer = make.reply(anna, started.thread_id)
    with pytest.raises(Conflict, match="not-a-question"):
        make.on_post(actions.mark_solution, anna, answer.post_id)


def test_moving_takes_the_counts_along() -> None:
    anna, ben, staff = make.member(), make.member(), make.member("mo", "moderator")
    old, new = make.category(), make.category()
    started = make.thread(anna, old)
    make.reply(ben, started.thread_id)
    with pytest.raises(Denied, match="staff-only"):
        make.on_thread(actions.move, anna, started.thread_id, queries.get_category(anna, new))
    make.on_thread(actions.move, staff, started.thread_id, queries.get_category(staff, new))
    rows = db.session.execute(select(CATEGORIES.c.id, CATEGORIES.c.thread_count, CATEGORIES.c.post_count))
    assert {tuple(row) for row in rows} == {(old, 0, 0), (new, 1, 2)}
    assert list(checks.compare(False)) == []
    assert acts() == ["thread.move"]


def test_an_author_renames_and_tags_their_own_thread() -> None:
    anna, ben = make.member(), make.member()
    started = make.thread(anna, make.category())
    make.on_thread(actions.rename, anna, started.thread_id, "Another title", "another-title")
    make.on_thread(actions.tag, anna, started.thread_id, ("m4",))
    assert queries.tag_page(ben, "m4").rows[0].title == "Another title"
    with pytest.raises(Denied, match="not-yours"):
        make.on_thread(actions.rename, ben, started.thread_id, "Mine now", "mine-now")
    assert acts() == []


def test_the_check_finds_and_mends_a_wrong_counter() -> None:
    anna, topic = make.member(), make.category()
    make.thread(anna, topic)
    with transaction():
        db.session.execute(CATEGORIES.update().values(post_count=7))
    assert [(one.what, one.expected, one.found) for one in checks.compare(True)] == [("category.post_count", 1, 7)]
    assert list(checks.compare(False)) == []


def test_what_is_new_is_listed_until_it_is_read() -> None:
    anna, ben, topic = make.member(), make.member(), make.category()
    started = make.thread(anna, topic)
    assert [row.id for row in queries.front_page(ben, "new").talks.rows] == [started.thread_id]
    with transaction(ben) as actor:
        actions.mark_read(actor, started.thread_id, 1)
    assert not queries.front_page(ben, "new").talks.rows
    make.reply(anna, started.thread_id)
    row = queries.front_page(ben, "new").talks.rows[0]
    assert row.is_unread
    assert row.new_url.endswith("/2")
    assert queries.thread_page(ben, started.thread_id).first_unread == 2
    with transaction(ben) as actor:
        actions.mark_read(actor, started.thread_id, 1)  # an older page shown again moves nothing back
        actions.mark_all_read(actor)
    assert not queries.front_page(make.again(ben), "new").talks.rows


def test_a_muted_thread_is_not_new() -> None:
    anna, ben = make.member(), make.member()
    started = make.thread(anna, make.category())
    make.on_thread(actions.follow, ben, started.thread_id, "muted")
    assert not queries.front_page(ben, "new").talks.rows
    assert queries.followers(started.thread_id) == {anna.id}
    make.on_thread(actions.follow, ben, started.thread_id, "watching")
    make.on_thread(actions.follow, anna, started.thread_id, "normal")
    assert queries.followers(started.thread_id) == {ben.id}


def test_drafts_are_the_members_own_and_none_overwrites_another() -> None:
    anna, ben = make.member(), make.member()
    started = make.thread(anna, make.category())
    with transaction(ben) as actor:
        first = actions.keep_beside(actor, "new", title="t" * 300, body="One", fields={})
        second = actions.keep_beside(actor, "new", title="", body="Two", fields={"kind": "question"})
        place = f"thread:{started.thread_id}"
        actions.save_draft(actor, place, body="Old words")
        actions.keep_beside(actor, place, title="", body="New words", fields={})
    assert first != second
    assert queries.get_draft(ben, first).fields["title"] == "t" * 300
    assert queries.draft_at(ben, place).body == "Old words\n\nNew words"
    assert queries.draft_at(ben, place).thread_title == "A title"
    with pytest.raises(NotFound):
        queries.get_draft(anna, first)
    with transaction(anna) as actor:
        actions.discard_draft(actor, first)
    assert len(queries.drafts(ben)) == 3


def test_who_is_silenced_drafts_but_does_not_write() -> None:
    anna = make.member()
    started = make.thread(anna, make.category())
    ben = make.member(silenced_until=clock.now() + timedelta(days=1))
    with transaction(ben) as actor:
        actions.save_draft(actor, "new", body="x")
    for act in (
        lambda: make.reply(ben, started.thread_id),
        lambda: make.on_post(actions.react, ben, started.post_id, "like", True),
    ):
        with pytest.raises(Denied, match="silenced"):
            act()


def test_the_snapshot_keeps_text_author_and_neighbours() -> None:
    anna, ben = make.member("anna"), make.member("ben")
    started = make.thread(anna, make.category(), body="Why?")
    answer = make.reply(ben, started.thread_id, "Because")
    make.reply(anna, started.thread_id, "Thanks")
    kept = queries.snapshot(answer.post_id)
    assert (kept["title"], kept["body"], kept["author"]["username"]) == ("A title", "Because", "ben")
    assert [one["number"] for one in kept["context"]] == [1, 3]
    with pytest.raises(NotFound):
        queries.snapshot(999)


def test_ids_beyond_the_column_are_not_found() -> None:
    anna = make.member()
    for ask in (queries.get_post, queries.get_thread, queries.thread_page):
        for id in (0, -1, 2**63, 10**30):
            with pytest.raises(NotFound):
                ask(anna, id)
