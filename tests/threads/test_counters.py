"""The counters hold over any sequence of what members and moderators do."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.errors import Refused
from forum.threads import actions, checks, queries
from forum.threads.models import ACTIVITIES, CATEGORIES, POSTS, THREADS
from tests.factories import threads as make

STEPS = st.tuples(
    st.sampled_from(
        [
            "start",
            "reply",
            "delete",
            "restore",
            "remove",
            "unremove",
            "react",
            "unreact",
            "move",
            "solve",
            "unsolve",
            "edit",
        ]
    ),
    st.integers(0, 2),
    st.integers(0, 30),
)


def take(step: str, who: Actor, staff: Actor, topics: list[int], number: int) -> None:
    posts = list(db.session.scalars(POSTS.select().with_only_columns(POSTS.c.id).order_by(POSTS.c.id)))
    if step == "start" or not posts:
        make.thread(who, topics[number % 2], kind="question")
        return
    post_id = posts[number % len(posts)]
    post = queries.get_post(staff, post_id)
    verbs: dict[str, Any] = {
        "reply": lambda: make.reply(who, post.thread_id),
        "delete": lambda: make.on_post(actions.delete_post, who, post_id),
        "restore": lambda: make.on_post(actions.restore_post, who, post_id),
        "react": lambda: make.on_post(actions.react, who, post_id, ("like", "thanks")[number % 2], True),
        "unreact": lambda: make.on_post(actions.react, who, post_id, ("like", "thanks")[number % 2], False),
        "move": lambda: make.on_thread(
            actions.move, staff, post.thread_id, queries.get_category(staff, topics[number % 2])
        ),
        "solve": lambda: make.on_post(actions.mark_solution, staff, post_id),
        "unsolve": lambda: make.on_thread(actions.unmark_solution, staff, post.thread_id),
        "edit": lambda: make.on_post(
            actions.edit_post, staff, post_id, actions.write(staff, f"Text {number}"), post.revision
        ),
    }
    if step in verbs:
        verbs[step]()
        return
    with transaction(staff) as actor:
        (actions.remove_post if step == "remove" else actions.unremove_post)(actor, post_id)


@pytest.mark.usefixtures("app")
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=5, max_size=30))
def test_counters_fit_after_any_sequence(steps: list[tuple[str, int, int]]) -> None:
    with transaction():
        for table in (ACTIVITIES, THREADS, POSTS, CATEGORIES):
            if table is THREADS:
                db.session.execute(THREADS.update().values(solution_post_id=None))
                for name in ("reaction", "read_position", "subscription", "revision", "thread_tag"):
                    db.session.execute(THREADS.metadata.tables[name].delete())
                db.session.execute(POSTS.update().values(reply_to_id=None))
                db.session.execute(POSTS.delete())
            db.session.execute(table.delete())
    people = [make.member(), make.member(), make.member()]
    staff = make.member("", "moderator")
    topics = [make.category(), make.category()]
    for step, who, number in steps:
        try:
            take(step, people[who], staff, topics, number)
        except Refused:
            continue
    assert list(checks.compare(False)) == []


def test_the_sequence_can_fail(app: Flask) -> None:
    """The check does see a counter that was forgotten."""
    anna, topic = make.member(), make.category()
    started = make.thread(anna, topic)
    make.reply(anna, started.thread_id)
    with transaction():
        db.session.execute(ACTIVITIES.update().values(posts=ACTIVITIES.c.posts - 1))
        db.session.execute(THREADS.update().values(post_count=5, last_author_id=None))
        db.session.execute(POSTS.update().where(POSTS.c.number == 1).values(like_count=3))
    found = {one.what.split(" ")[0] for one in checks.compare(True)}
    assert found >= {"member_activity.posts", "thread.post_count", "thread.last_author_id", "post.like_count"}
    assert list(checks.compare(False)) == []
