"""Twins: what the SQL filters list is exactly what the rules allow, for every kind of actor and thing."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.access import may
from forum.core import actor as actors
from forum.core import clock
from forum.core.actor import EVERYONE, MEMBERS, SYSTEM, Actor
from forum.core.database import db, transaction
from forum.members import actions as members
from forum.members.models import GROUP_MEMBERS, GROUPS
from forum.threads import queries
from forum.threads.models import CATEGORIES, POSTS, STATES, THREADS
from forum.threads.policy import (
    keeps_order,
    moderated_threads,
    readable_categories,
    readable_posts,
    readable_threads,
    shown_posts,
)
from forum.threads.queries.doors import _POST, _THREAD, WIDTH, _post_row, thread_row
from tests.factories import threads as make


@pytest.fixture
def actors_and_things(app: Flask) -> list[Actor]:
    """Every kind of actor; threads and posts in every state, by several authors, in open and closed categories."""
    with transaction():
        group = db.session.execute(GROUPS.insert().values(name="Partners").returning(GROUPS.c.id)).scalar_one()
        keepers = db.session.execute(GROUPS.insert().values(name="Keepers").returning(GROUPS.c.id)).scalar_one()
    author = make.member("author")
    with transaction():
        partner_id = make_member_in(group, "partner")
        keeper_ids = [make_member_in(keepers, name) for name in ("keeper", "silencedkeeper")]
        members.confirm(keeper_ids[0])
        members.confirm(keeper_ids[1])
        members.silence(SYSTEM, keeper_ids[1], clock.now() + timedelta(days=1))
    everybody = [
        actors.guest(),
        SYSTEM,
        author,
        make.again(actors.Actor(id=partner_id)),
        *(make.again(actors.Actor(id=id)) for id in keeper_ids),
        make.member("unconfirmed", confirmed_at=None),
        make.member("silenced", silenced_until=clock.now() + timedelta(days=1)),
        make.member("banned", banned_at=clock.now()),
        *(make.member(role, role) for role in ("moderator", "product", "manager", "admin")),
    ]
    grants = [
        frozenset({("see", EVERYONE), ("start", MEMBERS), ("reply", MEMBERS)}),
        frozenset({("see", MEMBERS), ("start", group)}),
        frozenset({("see", group), ("reply", group)}),
        frozenset({("start", MEMBERS)}),
        frozenset(),
        frozenset({("see", EVERYONE), ("start", MEMBERS), ("reply", MEMBERS), ("moderate", keepers)}),
        frozenset({("moderate", keepers)}),
    ]
    staff = everybody[-1]
    for one in grants:
        topic = make.category(grants=one)
        for writer in (staff, author) if ("start", MEMBERS) in one and ("see", EVERYONE) in one else (staff,):
            for thread_state in STATES:
                started = make.thread(writer, topic)
                for post_state in STATES[1:]:
                    answer = make.reply(staff, started.thread_id, f"{post_state} by staff")
                    hide(answer.post_id, post_state, staff)
                    if writer is author:
                        answer = make.reply(author, started.thread_id, f"{post_state} by author")
                        hide(answer.post_id, post_state, author)
                with transaction():
                    db.session.execute(
                        update(THREADS).where(THREADS.c.id == started.thread_id).values(state=thread_state)
                    )
    return everybody


def make_member_in(group: int, name: str) -> int:
    id = make_plain(name)
    db.session.execute(GROUP_MEMBERS.insert().values(group_id=group, member_id=id))
    return id


def make_plain(name: str) -> int:
    return members.register(
        SYSTEM, username=name, email=None, password_hash=None, language="en", time_zone="Europe/Berlin"
    ).id


def hide(post_id: int, state: str, by: Actor) -> None:
    with transaction():
        db.session.execute(update(POSTS).where(POSTS.c.id == post_id).values(state=state, hidden_by_id=by.id))


def test_the_filters_say_what_the_rules_say(actors_and_things: list[Actor]) -> None:
    rows = queries.catalogue().rows("en")
    threads = [thread_row(row[:WIDTH], rows[row[1]]) for row in db.session.execute(_THREAD)]
    posts = [_post_row(SYSTEM, row) for row in db.session.execute(_POST)]
    assert len(posts) > 100
    kinds = set()
    for actor in actors_and_things:
        listed = set(db.session.scalars(select(CATEGORIES.c.id).where(readable_categories(actor))))
        assert listed == {row.id for row in rows.values() if may(actor, "category.read", row)}
        listed = set(db.session.scalars(select(THREADS.c.id).where(readable_threads(actor))))
        assert listed == {thread.id for thread in threads if may(actor, "thread.read", thread)}
        statement = select(POSTS.c.id).join_from(POSTS, THREADS, THREADS.c.id == POSTS.c.thread_id)
        listed = set(db.session.scalars(statement.where(readable_posts(actor))))
        assert listed == {post.id for post in posts if may(actor, "post.read", post)}
        kinds.add(frozenset(listed))
        order = set(db.session.scalars(select(THREADS.c.id).where(moderated_threads(actor))))
        assert order == {thread.id for thread in threads if keeps_order(actor, thread.category)}
        assert {post.id for post in posts if post.thread_id in order} <= set(
            db.session.scalars(statement.where(shown_posts(actor)))
        )
    assert len(kinds) >= 5  # guests, members, the author, the groups, staff see different things


def test_nobody_may_change_what_they_may_not_read(actors_and_things: list[Actor]) -> None:
    rows = queries.catalogue().rows("en")
    threads = [thread_row(row[:WIDTH], rows[row[1]]) for row in db.session.execute(_THREAD)]
    posts = [_post_row(SYSTEM, row) for row in db.session.execute(_POST)]
    for actor in actors_and_things:
        for things, read, verbs in (
            (threads, "thread.read", ("reply", "edit", "move", "close", "pin", "tag", "solve", "follow")),
            (posts, "post.read", ("edit", "delete", "restore", "react", "history", "remove")),
        ):
            for verb in verbs:
                name = f"{read.split('.')[0]}.{verb}"
                allowed = [thing for thing in things if may(actor, name, thing)]
                assert all(may(actor, read, thing) for thing in allowed), name
                assert not (actor.is_guest and allowed), name
                publishes = verb in {"reply", "tag", "solve", "react", "restore"}
                assert not (publishes and actor.username in {"unconfirmed", "silenced", "banned"} and allowed), name
