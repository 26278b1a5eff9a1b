"""Steering a thread: title, tags, category, closing, pinning, the solution."""

from dataclasses import replace
from typing import Any

from forum import access
from forum.core import audit, clock, events
from forum.core.actor import Actor
from forum.core.errors import Conflict, Invalid
from forum.threads.actions.counters import change_activity, change_category, change_thread, count_whole_thread
from forum.threads.actions.drafting import check_title
from forum.threads.actions.publish import write_tags
from forum.threads.events import (
    SolutionMarked,
    SolutionUnmarked,
    ThreadClosed,
    ThreadMoved,
    ThreadRenamed,
    ThreadReopened,
    ThreadTagged,
)
from forum.threads.models import PUBLISHED, TAGS_PER_THREAD
from forum.threads.queries.categories import category_is_there
from forum.threads.queries.doors import get_post
from forum.threads.queries.rows import CategoryRow, PostRow, ThreadRow


def _record(actor: Actor, act: str, thread: ThreadRow, before: Any, after: Any) -> None:
    """An act on somebody else's thread is an act of staff."""
    if thread.author_id != actor.id or actor.id is None:
        audit.record(actor, act, ("thread", thread.id), before={"value": before}, after={"value": after})


def rename(actor: Actor, thread: ThreadRow, title: str, slug: str) -> None:
    """Gives a thread another title. Its address with the old slug leads to the new one."""
    access.require(actor, "thread.edit", thread)
    check_title(title)
    if title == thread.title:
        return
    change_thread(thread.id, title=title, slug=slug)
    change_category(thread.category_id)
    _record(actor, "thread.rename", thread, thread.title, title)
    events.publish(ThreadRenamed(thread.id, actor.id))


def tag(actor: Actor, thread: ThreadRow, tags: tuple[str, ...]) -> None:
    """Sets a thread's tags, at most five. They come cleaned from `tags_of`."""
    access.require(actor, "thread.tag", thread)
    if len(tags) > TAGS_PER_THREAD:
        raise Invalid("too-many-tags", "tags", limit=TAGS_PER_THREAD)
    if list(tags) == list(thread.tags):
        return
    write_tags(thread.id, tags)
    change_thread(thread.id, tags=list(tags))
    change_category(thread.category_id)
    _record(actor, "thread.tag", thread, list(thread.tags), list(tags))
    events.publish(ThreadTagged(thread.id, actor.id))


def move(actor: Actor, thread: ThreadRow, category: CategoryRow) -> None:
    """Puts a thread into another category, with everything it counts for. The actor keeps order in both. Raises
    Invalid for a category that was deleted meanwhile."""
    access.require(actor, "thread.move", thread)
    if category.id == thread.category_id:
        return
    access.require(actor, "thread.move", replace(thread, category=category))
    if not category_is_there(category.id):
        raise Invalid("choose-category", "category")
    counts = thread.state == PUBLISHED
    ordered = sorted([(thread.category_id, -1), (category.id, 1)])  # one order of locks for all
    if counts:
        for category_id, by in ordered:
            count_whole_thread(thread.id, category_id, by)
    change_thread(thread.id, category_id=category.id)
    _record(actor, "thread.move", thread, thread.category_id, category.id)
    events.publish(ThreadMoved(thread.id, actor.id, thread.category_id, category.id))


def close(actor: Actor, thread: ThreadRow) -> None:
    """Nobody may reply any more. Closing a closed thread changes nothing."""
    access.require(actor, "thread.close", thread)
    if not thread.is_closed:
        change_thread(thread.id, closed_at=clock.now())
        change_category(thread.category_id)
        _record(actor, "thread.close", thread, None, "closed")
        events.publish(ThreadClosed(thread.id, actor.id))


def reopen(actor: Actor, thread: ThreadRow) -> None:
    """A closed thread takes replies again."""
    access.require(actor, "thread.close", thread)
    if thread.is_closed:
        change_thread(thread.id, closed_at=None)
        change_category(thread.category_id)
        _record(actor, "thread.reopen", thread, "closed", None)
        events.publish(ThreadReopened(thread.id, actor.id))


def pin(actor: Actor, thread: ThreadRow) -> None:
    """Puts a thread at the head of its lists."""
    access.require(actor, "thread.pin", thread)
    if not thread.is_pinned:
        change_thread(thread.id, pinned_at=clock.now())
        change_category(thread.category_id)
        _record(actor, "thread.pin", thread, None, "pinned")


def unpin(actor: Actor, thread: ThreadRow) -> None:
    """Puts a pinned thread back among the others."""
    access.require(actor, "thread.pin", thread)
    if thread.is_pinned:
        change_thread(thread.id, pinned_at=None)
        change_category(thread.category_id)
        _record(actor, "thread.unpin", thread, "pinned", None)


def _count_solution(thread: ThreadRow, author_id: int | None, by: int) -> None:
    if thread.state == PUBLISHED:
        change_activity(author_id, thread.category_id, solutions=by)


def _take_back_solution(actor: Actor, thread: ThreadRow) -> None:
    if thread.solution_number is not None and thread.solution_post_id is not None:
        former = get_post(actor, thread.solution_post_id)
        _count_solution(thread, former.author_id, -1)


def mark_solution(actor: Actor, post: PostRow) -> None:
    """Says that this post answers its question, in place of any other. `post` comes locked from `get_post`."""
    thread = post.thread
    access.require(actor, "thread.solve", thread)
    if not post.is_published or post.number is None or post.number == 1:
        raise Conflict("not-a-solution")
    if thread.solution_post_id == post.id and thread.is_solved:
        return
    _take_back_solution(actor, thread)
    _count_solution(thread, post.author_id, 1)
    change_thread(thread.id, solution_post_id=post.id, solution_number=post.number)
    change_category(thread.category_id)
    _record(actor, "thread.solve", thread, thread.solution_number, post.number)
    events.publish(SolutionMarked(thread.id, post.id, actor.id))


def unmark_solution(actor: Actor, thread: ThreadRow) -> None:
    """Says that the question is open again."""
    access.require(actor, "thread.solve", thread)
    if thread.solution_post_id is None:
        return
    _take_back_solution(actor, thread)
    change_thread(thread.id, solution_post_id=None, solution_number=None)
    change_category(thread.category_id)
    _record(actor, "thread.unsolve", thread, thread.solution_number, None)
    events.publish(SolutionUnmarked(thread.id, thread.solution_post_id, actor.id))
