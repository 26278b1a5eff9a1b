"""The doors: one thread or one post, if the actor may know of it; with `lock`, held until the transaction ends.

Locks are taken in the order thread, post, category, member.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select

from forum import access
from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db
from forum.core.errors import Conflict, Gone, Moved, NotFound
from forum.threads.models import DELETED, MERGED, MOVED, POST_ALIASES, POSTS, PUBLISHED, REACTIONS, REMOVED, THREADS
from forum.threads.policy import keeps_order
from forum.threads.queries.categories import STAMP, catalogue
from forum.threads.queries.rows import CategoryRow, PostRow, ThreadRow

LARGEST_ID = 2**63 - 1
JUST_NOW = timedelta(hours=1)

THREAD_COLUMNS = (
    THREADS.c.id,
    THREADS.c.category_id,
    THREADS.c.kind,
    THREADS.c.title,
    THREADS.c.slug,
    THREADS.c.language,
    THREADS.c.author_id,
    THREADS.c.state,
    THREADS.c.created_at,
    THREADS.c.excerpt,
    THREADS.c.tags,
    THREADS.c.closed_at,
    THREADS.c.pinned_at,
    THREADS.c.solution_post_id,
    THREADS.c.solution_number,
    THREADS.c.last_number,
    THREADS.c.post_count,
    THREADS.c.last_post_at,
    THREADS.c.last_author_id,
    THREADS.c.version,
    THREADS.c.merged_into_id,
)
WIDTH = len(THREAD_COLUMNS)

COUNTS = tuple(POSTS.c[f"{kind}_count"] for kind in REACTIONS)
POST_COLUMNS = (
    POSTS.c.id,
    POSTS.c.number,
    POSTS.c.author_id,
    POSTS.c.state,
    POSTS.c.body,
    POSTS.c.html,
    POSTS.c.language,
    POSTS.c.reply_to_number,
    POSTS.c.created_at,
    POSTS.c.edited_at,
    POSTS.c.revision,
    POSTS.c.hidden_by_id,
    POSTS.c.hidden_at,
    POSTS.c.submission_id,
    *COUNTS,
)

_others = POSTS.alias("answer")
ANSWERED_BY_OTHERS = (
    select(_others.c.id)
    .where(
        _others.c.thread_id == POSTS.c.thread_id,
        _others.c.number > 1,
        _others.c.state == PUBLISHED,
        _others.c.author_id.is_distinct_from(POSTS.c.author_id),
    )
    .correlate(POSTS)
    .exists()
)


def thread_row(columns: Sequence[Any], category: CategoryRow) -> ThreadRow:
    """A row from the values of THREAD_COLUMNS."""
    id, _category_id, *rest = columns
    return ThreadRow(id, category, *rest)


def _checked(id: int) -> int:
    """An id that fits the column; PostgreSQL would fail on a larger one."""
    if not 0 < id <= LARGEST_ID:
        raise NotFound
    return id


def gone(thread: ThreadRow) -> Gone:
    """What is said of a thread that was there."""
    return Gone("thread-removed" if thread.state == REMOVED else "thread-deleted")


def admit(actor: Actor, thread: ThreadRow) -> ThreadRow:
    """The thread itself if the actor may read it. Raises Gone for one that was open to them and no longer is, Moved for
    one that was merged into another that they may read."""
    if thread.merged_into_id is not None and thread.state == MERGED:
        access.require(actor, "category.read", thread.category)
        there = get_thread(actor, thread.merged_into_id)
        raise Moved(there.address, there.id)
    if access.may(actor, "thread.read", thread):
        return thread
    if thread.state in {REMOVED, DELETED} and access.may(actor, "category.read", thread.category):
        raise gone(thread)
    raise NotFound


def _one(statement: Select[Any], lock: bool, *tables: Any) -> Any:
    if lock:
        statement = statement.with_for_update(of=tables)
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound
    return row


_THREAD = select(*THREAD_COLUMNS, STAMP)
_ALIASED = (
    select(*THREAD_COLUMNS, STAMP, POSTS.c.number)
    .join_from(POST_ALIASES, POSTS, POSTS.c.id == POST_ALIASES.c.post_id)
    .join(THREADS, THREADS.c.id == POSTS.c.thread_id)
)
_POST = select(*THREAD_COLUMNS, STAMP, *POST_COLUMNS, ANSWERED_BY_OTHERS).join_from(
    POSTS, THREADS, THREADS.c.id == POSTS.c.thread_id
)


def _any_thread(actor: Actor, id: int, lock: bool) -> ThreadRow:
    row = _one(_THREAD.where(THREADS.c.id == _checked(id)), lock, THREADS)
    category = catalogue(row[WIDTH]).rows(actor.language)[row[1]]
    return thread_row(row[:WIDTH], category)


def get_thread(actor: Actor, id: int, *, lock: bool = False, number: int | None = None) -> ThreadRow:
    """A thread. Raises NotFound for one the actor may not know of, Gone for one that was deleted or removed, Moved for
    one that was merged into another; with the `number` of a post that stands elsewhere now, Moved with its place."""
    thread = _any_thread(actor, id, lock)
    if number is not None and access.may(actor, "category.read", thread.category):
        _follow_post(actor, thread.id, number)
    return admit(actor, thread)


def _follow_post(actor: Actor, thread_id: int, number: int) -> None:
    """Raises Moved for the old number of a post that was moved to another thread."""
    row = db.session.execute(
        _ALIASED.where(POST_ALIASES.c.thread_id == thread_id, POST_ALIASES.c.number == number)
    ).first()
    if row is not None:
        category = catalogue(row[WIDTH]).rows(actor.language)[row[1]]
        there = admit(actor, thread_row(row[:WIDTH], category))
        raise Moved(f"{there.address}/{row.number}", there.id)


def get_merged(actor: Actor, id: int) -> tuple[ThreadRow, ThreadRow]:
    """A merged thread and the one that it was merged into, both locked, for who may undo that.

    Raises Conflict (`not-merged`) for a thread that isn't merged, or no longer.
    """
    target_id = db.session.scalar(select(THREADS.c.merged_into_id).where(THREADS.c.id == _checked(id)))
    if target_id is None:
        get_thread(actor, id)  # absent and hidden threads look the same
        raise Conflict("not-merged")
    locked = {one: _any_thread(actor, one, lock=True) for one in sorted((id, target_id))}
    access.require(actor, "thread.unmerge", locked[id])
    if locked[id].merged_into_id != target_id:
        raise Conflict("not-merged")
    return locked[id], locked[target_id]


def _post_row(actor: Actor, row: Any) -> PostRow:
    category = catalogue(row[WIDTH]).rows(actor.language)[row[1]]
    thread = thread_row(row[:WIDTH], category)
    id, number, author_id, state, body, html, language, reply_to, created, edited, *rest = row[WIDTH + 1 :]
    revision, hidden_by, hidden_at, submission, *counts, answered = rest
    return PostRow(
        id=id,
        thread=thread,
        number=number,
        author_id=author_id,
        state=state,
        body=body,
        html=html,
        language=language,
        reply_to_number=reply_to,
        created_at=created,
        edited_at=edited,
        revision=revision,
        hidden_by_id=hidden_by,
        hidden_at=hidden_at,
        submission_id=submission,
        counts=dict(zip(REACTIONS, counts, strict=True)),
        has_answers_of_others=answered,
    )


def _admit_post(actor: Actor, post: PostRow) -> PostRow:
    if not (post.thread.state == MERGED and keeps_order(actor, post.thread.category)):  # decided on where it stands
        admit(actor, post.thread)
    if access.may(actor, "post.read", post):
        return post
    if post.state in {REMOVED, DELETED}:
        raise Gone("post-removed" if post.state == REMOVED else "post-deleted")
    raise NotFound


def get_post(actor: Actor, id: int, *, lock: bool = False) -> PostRow:
    """A post with its thread. Raises NotFound for one the actor may not know of, Gone for one that was there."""
    row = _one(_POST.where(POSTS.c.id == _checked(id)), lock, THREADS, POSTS)
    return _admit_post(actor, _post_row(actor, row))


def any_posts(ids: Collection[int]) -> Mapping[int, PostRow]:
    """Posts by id, whoever may read them: for asking the gate on behalf of many members."""
    rows = db.session.execute(_POST.where(POSTS.c.id.in_(ids)))
    found = (_post_row(SYSTEM, row) for row in rows)
    return {post.id: post for post in found}


def get_post_by_number(actor: Actor, thread_id: int, number: int) -> PostRow:
    """A post by its number in a thread. Raises like `get_post`, and Moved for one that stands elsewhere now."""
    if not 0 < number < 2**31:
        raise NotFound
    row = db.session.execute(
        _POST.where(POSTS.c.thread_id == _checked(thread_id), POSTS.c.number == number, POSTS.c.state != MOVED)
    ).first()
    if row is None:
        get_thread(actor, thread_id, number=number)
        raise NotFound
    return _admit_post(actor, _post_row(actor, row))


def sent_before(actor: Actor, submission_id: str) -> PostRow | None:
    """The post that the actor sent with this submission id, if there is one."""
    if not submission_id or actor.id is None:
        return None
    found = db.session.execute(
        _POST.where(POSTS.c.author_id == actor.id, POSTS.c.submission_id == submission_id)
    ).first()
    return None if found is None else _post_row(actor, found)


def said_last(actor: Actor, thread: ThreadRow, body: str, reply_to: int | None) -> PostRow | None:
    """The thread's newest post, if the actor has said the same in it within the last hour, and to the same post."""
    if thread.last_author_id != actor.id or actor.id is None:
        return None
    found = db.session.execute(
        _POST.where(
            POSTS.c.thread_id == thread.id,
            POSTS.c.number == thread.last_number,
            POSTS.c.number > 1,
            POSTS.c.author_id == actor.id,
            POSTS.c.state == PUBLISHED,
            POSTS.c.body == body,
            POSTS.c.reply_to_number.is_not_distinct_from(reply_to),
            POSTS.c.created_at > clock.now() - JUST_NOW,
        )
    ).first()
    return None if found is None else _post_row(actor, found)


def may_read_post(actor: Actor, post_id: int) -> bool:
    """Whether this member may read this post now; asked before somebody is told of it."""
    found = db.session.execute(_POST.where(POSTS.c.id == post_id)).first()
    return found is not None and access.may(actor, "post.read", _post_row(actor, found))
