"""Merging a thread into another and undoing it: the posts move with what they count for, old addresses lead on."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy import insert as plain_insert

from forum import access
from forum.core import events
from forum.core.actor import EVERYONE, Actor
from forum.core.actor import MEMBERS as ALL_MEMBERS
from forum.core.database import BigId, db, insert
from forum.core.exchange import CHUNK, batched
from forum.threads.actions.counters import (
    REACTION_SUM,
    change_activity,
    change_category,
    change_thread,
    count_whole_thread,
    last_post,
)
from forum.threads.events import PostsMoved
from forum.threads.models import CATEGORIES, MERGED, MOVED, POST_ALIASES, POSTS, PUBLISHED, SEEING
from forum.threads.queries.rows import CategoryRow, ThreadRow

Place = tuple[int, int, int]
"""A post that moved: its id, its number where it stood, its number where it stands."""

_answered = POSTS.alias("answered")
_MOVE = (
    update(POSTS)
    .where(POSTS.c.id == bindparam("post", type_=BigId))
    .values(thread_id=bindparam("thread"), number=bindparam("new_number"))
)


def opens(from_category: CategoryRow, to_category: CategoryRow) -> bool:
    """Whether what is moved between these categories would be shown to people who couldn't read it before."""
    before = {group for verb, group in from_category.grants if verb in SEEING}
    after = {group for verb, group in to_category.grants if verb in SEEING}
    if EVERYONE in before:
        return False
    return EVERYONE in after if ALL_MEMBERS in before else not after <= before


def merge_thread(actor: Actor, source: ThreadRow, target: ThreadRow) -> Sequence[Place]:
    """Puts all posts of a thread but the first at the end of another, in their order; returns what moved.

    From then on the addresses of the thread and of its posts lead to where they stand. Both threads come locked.
    Raises Conflict (`thread-hidden`) unless both are public.
    """
    access.require(actor, "thread.merge", source)
    access.require(actor, "thread.merge", target)
    _lock_categories(source, target)
    count_whole_thread(source.id, source.category_id, -1)
    moving = db.session.execute(
        select(POSTS.c.id, POSTS.c.number)
        .where(POSTS.c.thread_id == source.id, POSTS.c.number > 1, POSTS.c.state != MOVED)
        .order_by(POSTS.c.number)
    ).all()
    moved = [(row.id, row.number, target.last_number + place) for place, row in enumerate(moving, 1)]
    _move(moved, source.id, target.id)
    ids = [post_id for post_id, _old, _new in moved]
    counted = _counts(ids)
    posts = sum(one["posts"] for one in counted.values())
    change_thread(
        source.id,
        state=MERGED,
        merged_into_id=target.id,
        post_count=source.post_count - posts,
        solution_number=None if source.solution_post_id in set(ids) else source.solution_number,
        **last_post(source.id),
    )
    change_thread(
        target.id,
        last_number=target.last_number + len(moved),
        post_count=target.post_count + posts,
        **last_post(target.id),
    )
    _count(target, counted, 1)
    events.publish(PostsMoved(source.id, target.id, ids))
    return moved


def unmerge_thread(actor: Actor, source: ThreadRow, target: ThreadRow, moved: Collection[Place]) -> int:
    """Puts the posts that a merge moved back to their numbers, and leaves a tombstone at each of their places; returns
    how many. What was moved on since, to a third thread, stays there.

    The thread is again what its first post is: public, or taken away meanwhile. Both come locked from `get_merged`.
    """
    access.require(actor, "thread.unmerge", source)
    _lock_categories(source, target)
    number_before = {post_id: old for post_id, old, _new in moved}
    back: list[Place] = []
    for ids in batched(sorted(number_before), CHUNK):
        there = select(POSTS.c.id, POSTS.c.number).where(POSTS.c.id.in_(ids), POSTS.c.thread_id == target.id)
        back += [(row.id, row.number, number_before[row.id]) for row in db.session.execute(there)]
    back_ids = [post_id for post_id, _old, _new in back]
    counted = _counts(back_ids)
    posts = sum(one["posts"] for one in counted.values())
    _move(back, target.id, source.id)
    _leave_tombstones(back, target)
    change_thread(target.id, post_count=target.post_count - posts, **last_post(target.id))
    if target.state == PUBLISHED:
        _count(target, counted, -1)
    first = db.session.scalar(select(POSTS.c.state).where(POSTS.c.thread_id == source.id, POSTS.c.number == 1))
    state = first or PUBLISHED
    change_thread(
        source.id,
        state=state,
        merged_into_id=None,
        post_count=source.post_count + posts,
        solution_number=_solution_number(source),
        **last_post(source.id),
    )
    if state == PUBLISHED:
        count_whole_thread(source.id, source.category_id, 1)
    events.publish(PostsMoved(target.id, source.id, back_ids))
    return len(back)


def _lock_categories(*threads: ThreadRow) -> None:
    """Both at once and in one order, whichever is counted first."""
    ids = {thread.category_id for thread in threads}
    db.session.execute(
        select(CATEGORIES.c.id).where(CATEGORIES.c.id.in_(ids)).order_by(CATEGORIES.c.id).with_for_update()
    )


def _move(places: Sequence[Place], from_id: int, to_id: int) -> None:
    """Moves posts, and says of each where it stood."""
    if not places:
        return
    db.session.connection().execute(
        _MOVE, [{"post": post_id, "thread": to_id, "new_number": new} for post_id, _old, new in places]
    )
    for numbers in batched((new for _id, _old, new in places), CHUNK):
        db.session.execute(
            delete(POST_ALIASES).where(POST_ALIASES.c.thread_id == to_id, POST_ALIASES.c.number.in_(numbers))
        )
    for some in batched(places, CHUNK):
        rows = [{"thread_id": from_id, "number": old, "post_id": post_id} for post_id, old, _new in some]
        statement = insert(POST_ALIASES).values(rows)
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=[POST_ALIASES.c.thread_id, POST_ALIASES.c.number],
                set_={"post_id": statement.excluded.post_id},
            )
        )
    same = (
        select(_answered.c.number)
        .where(_answered.c.id == POSTS.c.reply_to_id, _answered.c.thread_id == POSTS.c.thread_id)
        .correlate(POSTS)
        .scalar_subquery()
    )
    db.session.execute(
        update(POSTS)
        .where(POSTS.c.thread_id.in_((from_id, to_id)), POSTS.c.reply_to_id.is_not(None))
        .values(reply_to_number=same)
    )


def _leave_tombstones(back: Sequence[Place], thread: ThreadRow) -> None:
    if not back:
        return
    written = {}
    for ids in batched((post_id for post_id, _old, _new in back), CHUNK):
        rows = db.session.execute(select(POSTS.c.id, POSTS.c.created_at).where(POSTS.c.id.in_(ids)))
        written.update({row.id: row.created_at for row in rows})
    db.session.execute(
        plain_insert(POSTS),
        [
            {
                "thread_id": thread.id,
                "number": number,
                "author_id": None,
                "state": MOVED,
                "body": "",
                "html": "",
                "html_version": 0,
                "language": thread.language,
                "created_at": written[post_id],
                "revision": 1,
            }
            for post_id, number, _new in back
        ],
    )


def _counts(post_ids: Sequence[int]) -> Mapping[int | None, dict[str, int]]:
    """By author, what these posts count for while they are published."""
    found: dict[int | None, dict[str, int]] = {}
    for ids in batched(post_ids, CHUNK):
        rows = db.session.execute(
            select(POSTS.c.author_id, func.count().label("posts"), func.sum(REACTION_SUM).label("reactions"))
            .where(POSTS.c.id.in_(ids), POSTS.c.state == PUBLISHED)
            .group_by(POSTS.c.author_id)
        )
        for row in rows:
            one = found.setdefault(row.author_id, {"posts": 0, "reactions": 0})
            one["posts"] += row.posts
            one["reactions"] += int(row.reactions)
    return found


def _count(thread: ThreadRow, counted: Mapping[int | None, dict[str, int]], by: int) -> None:
    change_category(thread.category_id, posts=by * sum(one["posts"] for one in counted.values()))
    for author_id in sorted(id for id in counted if id is not None):
        one = counted[author_id]
        change_activity(author_id, thread.category_id, posts=by * one["posts"], reactions=by * one["reactions"])


def _solution_number(thread: ThreadRow) -> int | None:
    """The number of the post that solves the thread, while it is published there."""
    if thread.solution_post_id is None:
        return None
    return db.session.scalar(
        select(POSTS.c.number).where(
            POSTS.c.id == thread.solution_post_id, POSTS.c.thread_id == thread.id, POSTS.c.state == PUBLISHED
        )
    )
