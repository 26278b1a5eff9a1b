"""Who is told of what: once, never of their own acts, never of what they may not read."""

import pytest
from flask import Flask
from sqlalchemy import delete, event, func, select, update

from forum.core import events
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.events import Event
from forum.core.worker import drain
from forum.members import actions as members
from forum.members.models import MEMBERS
from forum.members.queries import actor_of, get_group, get_member
from forum.notifications import actions, checks, queries, words
from forum.notifications.models import NOTIFICATIONS
from forum.threads import actions as threads
from forum.threads.events import ReactionAdded, ReplyPosted
from forum.threads.models import GRANTS, SUBSCRIPTIONS
from tests.factories import mail
from tests.factories.members import a_group, a_member
from tests.factories.threads import category, on_post, on_thread, reply, thread


@pytest.fixture
def anna(app: Flask) -> Actor:
    return a_member("anna", display_name="Anna Adler", language="de")


@pytest.fixture
def ben(app: Flask) -> Actor:
    return a_member("ben", display_name="Ben Berg")


@pytest.fixture
def cleo(app: Flask) -> Actor:
    return a_member("cleo", display_name="Cleo Clark")


def work(app: Flask) -> None:
    drain(app.extensions["settings"])


def told(member: Actor) -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(NOTIFICATIONS.c.kind, NOTIFICATIONS.c.subject)
        .where(NOTIFICATIONS.c.member_id == member.id)
        .order_by(NOTIFICATIONS.c.id)
    )
    return [(row.kind, row.subject) for row in rows]


def unread(member: Actor) -> int | None:
    return db.session.scalar(select(MEMBERS.c.unread_count).where(MEMBERS.c.id == member.id))


def mails(app: Flask) -> dict[str, str]:
    found = mail.kept(app, "notification-*")
    return {str(one["Message-ID"]): f"{one['To']}\n{one['Subject']}\n{mail.plain(one)}" for one in found}


@pytest.fixture(autouse=True)
def no_old_mail(app: Flask) -> None:
    mail.forget(app)


def test_who_started_the_thread_hears_of_a_reply_and_its_author_does_not(app: Flask, anna: Actor, ben: Actor) -> None:
    started = thread(anna, category(), "A question")
    post = reply(ben, started.thread_id, "An answer.")
    work(app)
    assert told(anna) == [("reply", f"post:{post.post_id}")]
    assert told(ben) == []
    assert (unread(anna), unread(ben)) == (1, 0)


def test_a_mention_beats_a_quote_beats_a_reply(app: Flask, anna: Actor, ben: Actor, cleo: Actor) -> None:
    started = thread(anna, category())
    second = reply(ben, started.thread_id, "First answer.")
    work(app)
    third = reply(cleo, started.thread_id, "@anna look at this.", reply_to_number=second.number)
    work(app)
    assert told(anna)[1:] == [("mention", f"post:{third.post_id}")]
    assert told(ben) == [("quote", f"post:{third.post_id}")]


def test_the_same_event_delivered_twice_tells_once(app: Flask, anna: Actor, ben: Actor) -> None:
    started = thread(anna, category())
    post = reply(ben, started.thread_id, "@anna hello")
    on_post(threads.react, anna, post.post_id, "like", True)
    work(app)
    again: list[Event] = [
        ReplyPosted(started.thread_id, post.post_id, ben.member_id, [anna.member_id], []),
        ReplyPosted(started.thread_id, post.post_id, ben.member_id, [], [anna.member_id]),
        ReactionAdded(post.post_id, anna.member_id, "like"),
    ]
    for one in again:
        with transaction():
            events.publish(one)
        work(app)
    assert told(anna) == [("mention", f"post:{post.post_id}")]
    assert told(ben) == [("reaction", f"post:{post.post_id}")]
    assert (unread(anna), unread(ben)) == (1, 1)
    assert len(mails(app)) == 2


def test_reactions_to_one_post_are_told_once_and_not_to_oneself(
    app: Flask, anna: Actor, ben: Actor, cleo: Actor
) -> None:
    started = thread(anna, category())
    for member, kind in ((ben, "like"), (ben, "thanks"), (cleo, "like")):
        on_post(threads.react, member, started.post_id, kind, True)
        work(app)
    assert told(anna) == [("reaction", f"post:{started.post_id}")]
    row = queries.notifications(anna).rows[0]
    assert (row.actor and row.actor.username, row.reaction_count) == ("ben", 3)
    assert "Ben Berg" in words.sentence(row, "en", "UTC")
    assert "2 more reactions" in words.sentence(row, "en", "UTC")


def test_a_solution_is_told_to_its_author(app: Flask, anna: Actor, ben: Actor) -> None:
    started = thread(anna, category(), kind="question")
    answer = reply(ben, started.thread_id, "So it goes.")
    on_post(threads.mark_solution, anna, answer.post_id)
    work(app)
    assert ("solution", f"post:{answer.post_id}") in told(ben)


def test_whoever_muted_the_thread_hears_nothing(app: Flask, anna: Actor, ben: Actor) -> None:
    started = thread(anna, category())
    on_thread(threads.follow, anna, started.thread_id, "muted")
    reply(ben, started.thread_id, "@anna please")
    work(app)
    assert told(anna) == []


def test_nobody_is_told_of_what_they_may_not_read(app: Flask, anna: Actor, ben: Actor, cleo: Actor) -> None:
    inner = a_group("inner circle")
    grants = frozenset({("see", inner), ("start", inner), ("reply", inner)})
    dora = a_member("dora", groups=(inner,))
    emil = a_member("emil", groups=(inner,))
    started = thread(dora, category("Inner", grants))
    reply(emil, started.thread_id, "@anna @dora a secret")
    work(app)
    assert told(anna) == []
    assert [kind for kind, _subject in told(dora)] == ["mention"]


def test_what_may_no_longer_be_read_is_no_longer_shown(app: Flask, anna: Actor, ben: Actor) -> None:
    place = category()
    started = thread(anna, place)
    reply(ben, started.thread_id, "Soon hidden.")
    work(app)
    assert len(queries.notifications(anna).rows) == 1
    with transaction(SYSTEM):
        db.session.execute(delete(GRANTS).where(GRANTS.c.category_id == place))
        db.session.execute(update(MEMBERS).values(language="en"))
    assert queries.notifications(actor_of(anna.member_id)).rows == []


def test_who_leaves_a_private_area_finds_no_trace_of_it_at_the_bell(app: Flask, anna: Actor, ben: Actor) -> None:
    group, open_to_all = a_group("Partners"), category()
    with transaction(SYSTEM) as system:
        members.add_to_group(system, get_group(system, group), get_member(system, anna.member_id))
    place = category(grants=frozenset((verb, group) for verb in ("see", "start", "reply")))
    for where in (place, open_to_all):
        started = thread(actor_of(anna.member_id), where)
        with transaction(SYSTEM) as system:
            members.add_to_group(system, get_group(system, group), get_member(system, ben.member_id))
        reply(actor_of(ben.member_id), started.thread_id, "An answer.")
    work(app)
    assert unread(anna) == 2
    with transaction(SYSTEM) as system:
        members.remove_from_group(system, get_group(system, group), get_member(system, anna.member_id))
    work(app)
    assert unread(anna) == len(queries.notifications(actor_of(anna.member_id)).rows) == 1
    assert list(checks.compare(False)) == []


def test_a_post_that_was_taken_back_before_the_worker_came_is_not_told(app: Flask, anna: Actor, ben: Actor) -> None:
    started = thread(anna, category())
    post = reply(ben, started.thread_id, "Never mind.")
    on_post(threads.delete_post, ben, post.post_id)
    work(app)
    assert told(anna) == []


def test_whoever_is_named_by_an_edit_hears_of_it_once(app: Flask, anna: Actor, ben: Actor, cleo: Actor) -> None:
    started = thread(anna, category(), body="Nobody named.")
    for revision, body in ((1, "Hello @cleo"), (2, "Hello @cleo and @ben")):
        on_post(threads.edit_post, anna, started.post_id, threads.write(anna, body), revision)
        work(app)
    assert told(cleo) == told(ben) == [("mention", f"post:{started.post_id}")]


def test_a_thousand_followers_are_told_in_few_statements(app: Flask, anna: Actor, ben: Actor) -> None:
    started = thread(anna, category())
    with transaction(SYSTEM):
        names = [
            {
                "username": f"m{number}",
                "username_key": f"m{number}",
                "display_name": f"M {number}",
                "sort_key": f"m{number}",
                "email": f"m{number}@example.org",
                "email_key": f"m{number}@example.org",
                "language": "en",
                "time_zone": "UTC",
                "joined_at": anna_joined,
                "confirmed_at": anna_joined,
                "read_all_before": anna_joined,
            }
            for anna_joined in [db.session.scalar(select(MEMBERS.c.joined_at).where(MEMBERS.c.id == anna.id))]
            for number in range(1000)
        ]
        db.session.execute(MEMBERS.insert(), names)
        ids = db.session.scalars(select(MEMBERS.c.id).where(MEMBERS.c.username.like("m%"))).all()
        db.session.execute(
            SUBSCRIPTIONS.insert(),
            [{"thread_id": started.thread_id, "member_id": id, "level": "watching"} for id in ids],
        )
    work(app)
    post = reply(ben, started.thread_id, "To all.")
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        events.work("a test")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(statements) < 60
    count = select(func.count()).where(NOTIFICATIONS.c.subject == f"post:{post.post_id}")
    assert db.session.scalar(count) == 1001


# ---------------------------------------------------------------- seen


def test_seeing_counts_down_once(app: Flask, anna: Actor, ben: Actor) -> None:
    started = thread(anna, category())
    for body in ("One.", "Two."):
        reply(ben, started.thread_id, body)
    work(app)
    row = queries.notifications(anna).rows[0]
    for _ in range(2):
        with transaction(anna) as actor:
            actions.mark_seen(actor, row)
    assert unread(anna) == 1
    with transaction(anna) as actor:
        actions.mark_all_seen(actor)
    assert unread(anna) == 0
    assert not any(row.is_unread for row in queries.notifications(anna).rows)


# ---------------------------------------------------------------- mail


def test_a_mail_is_written_in_the_readers_language_with_a_stable_id(app: Flask, anna: Actor, ben: Actor) -> None:
    started = thread(anna, category(), "A question")
    reply(ben, started.thread_id, "The answer is forty-two.")
    work(app)
    notification_id = db.session.scalar(select(NOTIFICATIONS.c.id))
    key = db.session.execute(db.text("SELECT key FROM community")).scalar_one()
    [(message_id, content)] = mails(app).items()
    assert message_id.startswith(f"<notification-{notification_id}.{key}@")
    assert "anna@example.org" in content
    assert "Ben Berg" in content
    assert "forty-two" in content
    assert f"/notifications/{notification_id}" in content
    assert db.session.scalar(select(NOTIFICATIONS.c.mailed_at)) is not None


def test_no_mail_for_who_wants_none_or_has_seen_it_or_is_unconfirmed(
    app: Flask, anna: Actor, ben: Actor, cleo: Actor
) -> None:
    with transaction(SYSTEM):
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == anna.id).values(wants_mail=False))
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == cleo.id).values(confirmed_at=None))
    started = thread(anna, category())
    reply(ben, started.thread_id, "@cleo @anna")
    work(app)
    assert told(anna)
    assert mails(app) == {}
    dora = a_member("dora")
    post = reply(ben, started.thread_id, "@dora")
    events.work("a test")
    row = queries.notifications(dora).rows[0]
    with transaction(dora) as actor:
        actions.mark_seen(actor, row)
    work(app)
    assert told(dora) == [("mention", f"post:{post.post_id}")]
    assert mails(app) == {}


def test_who_started_a_thread_goes_on_hearing_of_replies_after_replying_there(
    app: Flask, anna: Actor, ben: Actor
) -> None:
    started = thread(anna, category())
    reply(anna, started.thread_id, "More about my question.")
    post = reply(ben, started.thread_id, "An answer.")
    work(app)
    assert told(anna) == [("reply", f"post:{post.post_id}")]
