"""What may refer to a later line, and so is set at the end: solutions."""

from collections.abc import Mapping

from sqlalchemy import update

from forum.core.database import db
from forum.core.exchange import rows_of
from forum.threads.models import POSTS, PUBLISHED, THREADS
from forum.threads.records.counting import Sums


def bring_in_solutions(posts: Mapping[int, int]) -> set[int]:
    """Marks each thread's solution (thread to post); returns the threads whose post stands in another thread."""
    threads = rows_of(THREADS, posts, THREADS.c.category_id, THREADS.c.state)
    solving = rows_of(POSTS, posts.values(), POSTS.c.thread_id, POSTS.c.number, POSTS.c.state, POSTS.c.author_id)
    wrong, sums = set(), Sums()
    for thread_id, post_id in sorted(posts.items()):
        post, thread = solving[post_id], threads[thread_id]
        if post.thread_id != thread_id:
            wrong.add(thread_id)
            continue
        is_shown = post.state == PUBLISHED
        db.session.execute(
            update(THREADS)
            .where(THREADS.c.id == thread_id)
            .values(
                solution_post_id=post_id,
                solution_number=post.number if is_shown else None,
                version=THREADS.c.version + 1,
            )
        )
        if is_shown and thread.state == PUBLISHED:
            sums.activity(post.author_id, thread.category_id, "solutions")
            sums.category(thread.category_id)
    sums.write()
    return wrong
