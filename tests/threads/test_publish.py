"""Starting, replying, and what sending twice does."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from forum.core import clock
from forum.core.actor import EVERYONE, MEMBERS
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Gone, Invalid, NotFound
from forum.core.events import EVENTS
from forum.threads import actions, queries
from forum.threads.models import CATEGORIES, DRAFTS, POSTS, THREADS
from tests.factories import threads as make

pytestmark = pytest.mark.usefixtures("app")


def events_named(name: str) -> list[dict[str, object]]:
    return list(db.session.scalars(select(EVENTS.c.payload).where(EVENTS.c.name == name).order_by(EVENTS.c.id)))


def test_a_thread_stands_with_its_first_post_and_is_counted() -> None:
    anna, topic = make.member("anna"), make.category()
    posted = make.thread(
        anna, topic, "  Akku   lädt nicht ", "Seit gestern lädt der **Akku** nicht.", tags="M4, Firmware 3.2,m4"
    )
    found = queries.thread_page(anna, posted.thread_id)
    assert found.thread.title == "Akku lädt nicht"
    assert found.thread.slug == "akku-laedt-nicht"
    assert list(found.thread.tags) == ["m4", "firmware-3.2"]
    assert found.thread.language == "de"
    assert [post.number for post in found.posts] == [1]
    assert "<strong>Akku</strong>" in found.posts[0].html
    counts = db.session.execute(select(CATEGORIES.c.thread_count, CATEGORIES.c.post_count)).one()
    assert tuple(counts) == (1, 1)
    assert events_named("ThreadStarted") == [
        {"thread_id": posted.thread_id, "post_id": posted.post_id, "author_id": anna.id, "mentions": [], "groups": []}
    ]


def test_replies_are_numbered_and_tell_who_is_named_and_quoted() -> None:
    anna, ben, topic = make.member("anna"), make.member("ben"), make.category()
    started = make.thread(anna, topic)
    first = make.reply(ben, started.thread_id, "Hello @anna and @nobody")
    quote = f"> [@ben, #2](/t/{started.thread_id}/a-title/2)\n>\n> Hello\n\nThanks"
    second = make.reply(anna, started.thread_id, quote)
    assert (first.number, second.number) == (2, 3)
    told = events_named("ReplyPosted")
    assert told[0]["mentions"] == [anna.id]
    assert told[1]["quoted"] == [ben.id]


def test_answering_a_post_tells_its_author() -> None:
    anna, ben, topic = make.member(), make.member(), make.category()
    started = make.thread(anna, topic)
    make.reply(ben, started.thread_id, reply_to_number=1)
    assert events_named("ReplyPosted")[0]["quoted"] == [anna.id]
    assert queries.thread_page(ben, started.thread_id).posts[1].reply_to_number == 1


def test_the_same_form_twice_is_one_post_and_the_same_answer() -> None:
    anna, topic = make.member(), make.category()
    started = make.thread(anna, topic, submission_id="s1")
    assert make.thread(anna, topic, submission_id="s1") == started
    one = make.reply(anna, started.thread_id, "Once", submission_id="s2")
    assert make.reply(anna, started.thread_id, "Once", submission_id="s2") == one
    assert db.session.scalar(select(func.count()).select_from(POSTS)) == 2
    assert db.session.scalar(select(func.count()).select_from(THREADS)) == 1


def test_the_same_form_with_another_text_is_refused() -> None:
    anna, topic = make.member(), make.category()
    started = make.thread(anna, topic, submission_id="s1")
    make.reply(anna, started.thread_id, "Once", submission_id="s2")
    with pytest.raises(Conflict, match="sent-twice-changed"):
        make.reply(anna, started.thread_id, "Twice", submission_id="s2")
    with pytest.raises(Conflict, match="sent-twice-changed"):
        make.thread(anna, topic, "Another title", submission_id="s1")


def test_a_text_that_was_just_sent_is_not_published_again_from_a_new_form() -> None:
    anna, ben, topic = make.member(), make.member(), make.category()
    thread_id = make.thread(anna, topic, submission_id="s1").thread_id
    one = make.reply(ben, thread_id, "Once", submission_id="s2")
    assert make.reply(ben, thread_id, "Once", submission_id="s3") == one
    assert make.reply(anna, thread_id, "Once", submission_id="s4").number == 3
    assert make.reply(anna, thread_id, "Once", submission_id="s5", reply_to_number=2).number == 4
    assert make.reply(anna, thread_id, "Twice", submission_id="s6").number == 5
    assert make.reply(ben, thread_id, "Once", submission_id="s7").number == 6
    make.on_post(actions.delete_post, ben, make.reply(ben, thread_id, "Gone", submission_id="s8").post_id)
    assert make.reply(ben, thread_id, "Gone", submission_id="s9").number == 8
    with transaction():
        db.session.execute(update(POSTS).values(created_at=clock.now() - timedelta(hours=2)))
    assert make.reply(ben, thread_id, "Gone", submission_id="s10").number == 9


def test_two_members_may_use_the_same_submission_id() -> None:
    anna, ben, topic = make.member(), make.member(), make.category()
    started = make.thread(anna, topic, submission_id="s1")
    assert make.reply(ben, started.thread_id, submission_id="s1").number == 2


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("", "required"),
        ("   ", "required"),
        ("\u200b\u200d\u2060", "required"),
        ("ab", "too-short"),
        ("x" * 201, "too-long"),
        ("\ud800", "required"),
    ],
)
def test_a_title_that_will_not_do_is_refused_beside_its_field(app: Flask, title: str, code: str) -> None:
    anna = make.member()
    with pytest.raises(Invalid, match=code) as caught:
        actions.draft_of_thread(anna, title, "Body", "question", "", None)
    assert caught.value.field == "title"


@pytest.mark.parametrize(
    ("body", "code"), [("", "required"), (" \n\u200b ", "required"), ("ä" * 131_073, "body-too-long")]
)
def test_a_body_that_will_not_do_is_refused_beside_its_field(app: Flask, body: str, code: str) -> None:
    with pytest.raises(Invalid, match=code) as caught:
        actions.write(make.member(), body)
    assert caught.value.field == "body"


def test_the_longest_title_and_body_are_taken() -> None:
    anna, topic = make.member(), make.category()
    posted = make.thread(anna, topic, "t" * 200, "b" * 262_144)
    assert len(queries.get_post(anna, posted.post_id).body) == 262_144


def test_tags_are_few_and_short() -> None:
    assert actions.tags_of("Akku, #Reichweite ,, M4") == ("akku", "reichweite", "m4")
    with pytest.raises(Invalid, match="too-many-tags"):
        actions.tags_of("a,b,c,d,e,f")
    with pytest.raises(Invalid, match="tag-too-long"):
        actions.tags_of("x" * 31)


def test_control_characters_and_overrides_are_not_stored() -> None:
    anna, topic = make.member(), make.category()
    posted = make.thread(anna, topic, "A\u202etitle\x00", "x\u202ey\ud800z\x07")
    post = queries.get_post(anna, posted.post_id)
    assert (post.thread.title, post.body) == ("Atitle", "xyz")


def test_who_may_not_publish_is_told_why() -> None:
    topic, started_by = make.category(), make.member()
    started = make.thread(started_by, topic)
    with pytest.raises(Denied, match="unconfirmed"):
        make.reply(make.member(confirmed_at=None), started.thread_id)
    with pytest.raises(Denied, match="banned"):
        make.reply(
            make.member(banned_at=queries.get_thread(started_by, started.thread_id).created_at), started.thread_id
        )


def test_a_closed_thread_takes_no_reply() -> None:
    anna, staff, topic = make.member(), make.member("mo", "moderator"), make.category()
    started = make.thread(anna, topic)
    make.on_thread(actions.close, staff, started.thread_id)
    with pytest.raises(Conflict, match="thread-closed"):
        make.reply(anna, started.thread_id)
    make.on_thread(actions.reopen, staff, started.thread_id)
    assert make.reply(anna, started.thread_id).number == 2


def test_a_category_without_grants_is_unknown_and_one_to_read_takes_no_text() -> None:
    anna = make.member()
    hidden, readable = make.category(grants=frozenset()), make.category(grants=frozenset({("see", EVERYONE)}))
    with pytest.raises(NotFound):
        make.thread(anna, hidden)
    with pytest.raises(Denied, match="category-no-start"):
        make.thread(anna, readable)
    staff = make.member("mo", "moderator")
    started = make.thread(staff, readable)
    with pytest.raises(Denied, match="category-no-reply"):
        make.reply(anna, started.thread_id)


def test_a_thread_in_a_hidden_category_is_not_found() -> None:
    staff, anna = make.member("mo", "manager"), make.member()
    started = make.thread(staff, make.category(grants=frozenset({("reply", MEMBERS)})))
    with pytest.raises(NotFound):
        queries.get_thread(anna, started.thread_id)
    with pytest.raises(NotFound):
        queries.thread_page(anna, started.thread_id)


def test_a_reply_takes_the_draft_of_its_place_away() -> None:
    anna, topic = make.member(), make.category()
    started = make.thread(anna, topic)
    with transaction(anna) as actor:
        actions.save_draft(actor, f"thread:{started.thread_id}", body="A re")
        actions.save_draft(actor, "new", body="Else")
    make.reply(anna, started.thread_id)
    assert list(db.session.scalars(select(DRAFTS.c.place))) == ["new"]


def test_pages_outside_the_thread_are_not_found() -> None:
    anna, topic = make.member(), make.category()
    started = make.thread(anna, topic)
    for page in ("2", "0", "abc", "-1", "999999", "1e3", "٣"):
        with pytest.raises(NotFound):
            queries.thread_page(anna, started.thread_id, page)
    assert queries.thread_page(anna, started.thread_id, "").page == 1


def test_a_deleted_thread_is_gone_for_others_and_stays_for_its_author() -> None:
    anna, ben, topic = make.member(), make.member(), make.category()
    started = make.thread(anna, topic)
    make.on_post(actions.delete_post, anna, started.post_id)
    with pytest.raises(Gone, match="thread-deleted"):
        queries.thread_page(ben, started.thread_id)
    assert queries.thread_page(anna, started.thread_id).thread.state == "deleted"
    make.on_post(actions.restore_post, anna, started.post_id)
    assert queries.thread_page(ben, started.thread_id).thread.state == "published"
