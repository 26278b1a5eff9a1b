"""The counters, kept in SQL by the transaction that changes what they count.

A post counts while it is published, for its thread; for its category and its author while the thread is published too.
A solution counts for its author while both the post and the thread are published. Locks: category, then member.
"""

from typing import Any

from sqlalchemy import func, select, update

from forum.core.database import db, insert
from forum.threads.models import ACTIVITIES, CATEGORIES, POSTS, PUBLISHED, REACTIONS, THREADS

REACTION_SUM = sum((POSTS.c[f"{kind}_count"] for kind in REACTIONS[1:]), POSTS.c[f"{REACTIONS[0]}_count"])


def change_thread(thread_id: int, **values: Any) -> None:
    """Sets columns of a thread and moves its version."""
    db.session.execute(update(THREADS).where(THREADS.c.id == thread_id).values(version=THREADS.c.version + 1, **values))


def change_category(category_id: int, *, threads: int = 0, posts: int = 0) -> None:
    """Adds to a category's counts and moves its version."""
    db.session.execute(
        update(CATEGORIES)
        .where(CATEGORIES.c.id == category_id)
        .values(
            version=CATEGORIES.c.version + 1,
            thread_count=CATEGORIES.c.thread_count + threads,
            post_count=CATEGORIES.c.post_count + posts,
        )
    )


def change_activity(
    member_id: int | None, category_id: int, *, threads: int = 0, posts: int = 0, reactions: int = 0, solutions: int = 0
) -> None:
    """Adds to what a member did in a category; nothing to do for a member who is gone."""
    if member_id is None or not (threads or posts or reactions or solutions):
        return
    statement = insert(ACTIVITIES).values(
        member_id=member_id,
        category_id=category_id,
        threads=threads,
        posts=posts,
        reactions_received=reactions,
        solutions=solutions,
    )
    added = statement.excluded
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[ACTIVITIES.c.member_id, ACTIVITIES.c.category_id],
            set_={
                "threads": ACTIVITIES.c.threads + added.threads,
                "posts": ACTIVITIES.c.posts + added.posts,
                "reactions_received": ACTIVITIES.c.reactions_received + added.reactions_received,
                "solutions": ACTIVITIES.c.solutions + added.solutions,
            },
        )
    )


def last_post(thread_id: int) -> dict[str, Any]:
    """Who wrote last and when, among what is published; of a thread without any, its start."""
    row = db.session.execute(
        select(POSTS.c.created_at, POSTS.c.author_id)
        .where(POSTS.c.thread_id == thread_id, POSTS.c.state == PUBLISHED)
        .order_by(POSTS.c.number.desc())
        .limit(1)
    ).first()
    if row is None:
        row = db.session.execute(
            select(THREADS.c.created_at, THREADS.c.author_id).where(THREADS.c.id == thread_id)
        ).one()
    return {"last_post_at": row[0], "last_author_id": row[1]}


def count_whole_thread(thread_id: int, category_id: int, by: int) -> None:
    """Adds (`by` = 1) or takes away (-1) everything a thread counts for in a category and for its people there."""
    thread = db.session.execute(
        select(THREADS.c.author_id, THREADS.c.post_count, THREADS.c.solution_post_id, THREADS.c.solution_number).where(
            THREADS.c.id == thread_id
        )
    ).one()
    change_category(category_id, threads=by, posts=by * thread.post_count)
    rows = db.session.execute(
        select(POSTS.c.author_id, func.count().label("posts"), func.sum(REACTION_SUM).label("reactions"))
        .where(POSTS.c.thread_id == thread_id, POSTS.c.state == PUBLISHED, POSTS.c.author_id.is_not(None))
        .group_by(POSTS.c.author_id)
        .order_by(POSTS.c.author_id)
    ).all()
    changes = {row.author_id: {"posts": by * row.posts, "reactions": by * int(row.reactions)} for row in rows}
    if thread.author_id is not None:
        changes.setdefault(thread.author_id, {})["threads"] = by
    if thread.solution_number is not None:
        solver = db.session.scalar(select(POSTS.c.author_id).where(POSTS.c.id == thread.solution_post_id))
        if solver is not None:
            changes.setdefault(solver, {})["solutions"] = by
    for member_id in sorted(changes):
        change_activity(member_id, category_id, **changes[member_id])
