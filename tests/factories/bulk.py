"""Much data at once by plain INSERTs, past the actions, which would take minutes; the counters are set to fit."""

from datetime import timedelta

import sqlalchemy as sa

from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.threads import actions, queries
from forum.threads.models import CATEGORIES, POSTS, REACTIONS, THREADS

_AT_ONCE = 1000


def many_replies(thread_id: int, authors: list[Actor], count: int) -> None:
    """Fills a thread up with so many short replies."""
    thread = queries.get_thread(SYSTEM, thread_id)
    began, sample = clock.now() - timedelta(days=1), actions.write(authors[0], "A few words.\n\n- one\n- two\n")
    rows = [
        {
            "thread_id": thread_id,
            "number": thread.last_number + index,
            "author_id": authors[index % len(authors)].id,
            "state": "published",
            "body": sample.body,
            "html": sample.html,
            "html_version": sample.version,
            "language": "en",
            "created_at": began + timedelta(seconds=index),
            "revision": 1,
            **{f"{kind}_count": 0 for kind in REACTIONS},
        }
        for index in range(1, count + 1)
    ]
    with transaction():
        for start in range(0, count, _AT_ONCE):
            db.session.execute(sa.insert(POSTS), rows[start : start + _AT_ONCE])
        grown = {"post_count": THREADS.c.post_count + count, "last_number": THREADS.c.last_number + count}
        db.session.execute(
            sa.update(THREADS).where(THREADS.c.id == thread_id).values(version=THREADS.c.version + 1, **grown)
        )
        db.session.execute(
            sa.update(CATEGORIES)
            .where(CATEGORIES.c.id == thread.category.id)
            .values(post_count=CATEGORIES.c.post_count + count, version=CATEGORIES.c.version + 1)
        )
