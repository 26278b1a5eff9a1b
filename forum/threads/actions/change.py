"""Changing what is published: editing, taking back, removing, and undoing each."""

from sqlalchemy import case, func, select, update
from sqlalchemy import insert as plain_insert

from forum import access
from forum.core import audit, clock, events
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid
from forum.threads.actions.calling import call_groups
from forum.threads.actions.counters import (
    change_activity,
    change_category,
    change_thread,
    count_whole_thread,
    last_post,
)
from forum.threads.actions.drafting import Written, unique
from forum.threads.actions.pictures import note_pictures
from forum.threads.events import PostDeleted, PostEdited, PostRemoved, PostRestored
from forum.threads.models import DELETED, DRAFTS, MERGED, POSTS, PUBLISHED, REMOVED, REVISIONS, THREADS
from forum.threads.queries.doors import get_post
from forum.threads.queries.rows import PostRow


def edit_post(actor: Actor, post: PostRow, written: Written, base_revision: int) -> None:
    """Gives a post a new text; the old one stays as a revision. `post` comes locked from `get_post`.

    Raises Conflict (`changed-meanwhile`, with the present text and its revision) when somebody else was faster.
    """
    access.require(actor, "post.edit", post)
    if not written.body:
        raise Invalid("required", "body")
    if written.body == post.body:
        return
    if base_revision != post.revision:
        raise Conflict("changed-meanwhile", theirs=post.body, revision=post.revision)
    db.session.execute(
        plain_insert(REVISIONS).from_select(
            ["post_id", "number", "body", "author_id", "at"],
            select(
                POSTS.c.id,
                POSTS.c.revision,
                POSTS.c.body,
                case((POSTS.c.revision == 1, POSTS.c.author_id), else_=POSTS.c.edited_by_id),
                func.coalesce(POSTS.c.edited_at, POSTS.c.created_at),
            ).where(POSTS.c.id == post.id),
        )
    )
    db.session.execute(
        update(POSTS)
        .where(POSTS.c.id == post.id)
        .values(
            body=written.body,
            html=written.html,
            html_version=written.version,
            language=written.language,
            edited_at=clock.now(),
            edited_by_id=actor.id,
            revision=post.revision + 1,
        )
    )
    note_pictures([(post.id, written.html)])
    if post.number == 1:
        change_thread(post.thread.id, excerpt=written.excerpt, language=written.language)
        change_category(post.thread.category_id)
    else:
        change_thread(post.thread.id)
    db.session.execute(DRAFTS.delete().where(DRAFTS.c.member_id == actor.id, DRAFTS.c.place == f"edit:{post.id}"))
    if post.author_id != actor.id:
        audit.record(actor, "post.edit", ("post", post.id), before={"body": post.body}, after={"body": written.body})
    groups = call_groups(actor.id, post.id, written.groups) if actor.id is not None else []
    events.publish(PostEdited(post.thread.id, post.id, actor.id, unique(written.mentions, without=actor.id), groups))


def _solves(post: PostRow) -> bool:
    return post.thread.solution_post_id == post.id


def _reactions(post: PostRow) -> int:
    return sum(post.counts.values())


def _takes_thread_along(post: PostRow) -> bool:
    """Whether the thread has the state of this post; one that was merged stays so."""
    return post.number == 1 and post.thread.state != MERGED


def _hide(actor: Actor, post: PostRow, state: str) -> None:
    """From published to deleted or removed. The first post takes the whole thread along."""
    thread, counts = post.thread, post.thread.state == PUBLISHED
    if post.number == 1 and counts:
        count_whole_thread(thread.id, thread.category_id, -1)
    db.session.execute(
        update(POSTS).where(POSTS.c.id == post.id).values(state=state, hidden_by_id=actor.id, hidden_at=clock.now())
    )
    values = {"post_count": THREADS.c.post_count - 1, **last_post(thread.id)}
    if _takes_thread_along(post):
        change_thread(thread.id, state=state, **values)
        return
    solved = _solves(post) and thread.solution_number is not None
    if solved:
        values["solution_number"] = None
    change_thread(thread.id, **values)
    if counts:
        change_category(thread.category_id, posts=-1)
        change_activity(
            post.author_id, thread.category_id, posts=-1, reactions=-_reactions(post), solutions=-1 if solved else 0
        )


def _show(post: PostRow) -> None:
    """From deleted or removed to published."""
    thread = post.thread
    db.session.execute(
        update(POSTS).where(POSTS.c.id == post.id).values(state=PUBLISHED, hidden_by_id=None, hidden_at=None)
    )
    values = {"post_count": THREADS.c.post_count + 1, **last_post(thread.id)}
    if _takes_thread_along(post):
        change_thread(thread.id, state=PUBLISHED, **values)
        count_whole_thread(thread.id, thread.category_id, 1)
        return
    if _solves(post):
        values["solution_number"] = post.number
    change_thread(thread.id, **values)
    if thread.state == PUBLISHED:
        change_category(thread.category_id, posts=1)
        change_activity(
            post.author_id, thread.category_id, posts=1, reactions=_reactions(post), solutions=1 if _solves(post) else 0
        )


def _rename_hidden(post: PostRow, state: str) -> None:
    """From deleted to removed or back. That its author took it back stays noted; nothing is counted anew."""
    db.session.execute(update(POSTS).where(POSTS.c.id == post.id).values(state=state))
    change_thread(post.thread.id, **({"state": state} if _takes_thread_along(post) else {}))


def delete_post(actor: Actor, post: PostRow) -> None:
    """Takes one's own post back; it stays as a numbered placeholder. `post` comes locked from `get_post`."""
    access.require(actor, "post.delete", post)
    _hide(actor, post, DELETED)
    events.publish(PostDeleted(post.thread.id, post.id))


def restore_post(actor: Actor, post: PostRow) -> None:
    """Puts a post back that its author had taken back."""
    access.require(actor, "post.restore", post)
    _show(post)
    events.publish(PostRestored(post.thread.id, post.id))


def remove_post(actor: Actor, post_id: int) -> PostRow:
    """Removes a post by a decision of the moderators, which records it in the audit log; returns what was removed.

    What its author had taken back is removed too, so that it can't come back. Removing twice changes nothing.
    """
    post = get_post(actor, post_id, lock=True)
    access.require(actor, "post.remove", post)
    if post.state == PUBLISHED:
        _hide(actor, post, REMOVED)
    elif post.state == DELETED:
        _rename_hidden(post, REMOVED)
    elif post.state != REMOVED:
        db.session.execute(
            update(POSTS)
            .where(POSTS.c.id == post.id)
            .values(state=REMOVED, hidden_by_id=actor.id, hidden_at=clock.now())
        )
        change_thread(post.thread.id, **({"state": REMOVED} if _takes_thread_along(post) else {}))
    if post.state != REMOVED:
        events.publish(PostRemoved(post.thread.id, post.id))
    return post


def unremove_post(actor: Actor, post_id: int) -> PostRow:
    """Puts a post back when the decision that removed it is reversed. Doing it twice changes nothing.

    What its author had taken back before is taken back again, and not published against their will.
    """
    post = get_post(actor, post_id, lock=True)
    access.require(actor, "post.remove", post)
    if post.state == REMOVED and post.author_id is not None and post.hidden_by_id == post.author_id:
        _rename_hidden(post, DELETED)
        # Its author reads it again. Nobody else does: it isn't restored.
        events.publish(PostDeleted(post.thread.id, post.id))
    elif post.state == REMOVED:
        _show(post)
        events.publish(PostRestored(post.thread.id, post.id))
    return post
