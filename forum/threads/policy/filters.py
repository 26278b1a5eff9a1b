"""What the rules for reading say of one thing, as SQL for lists; a test compares the two."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true

from forum.core.actor import Actor
from forum.threads.models import (
    CATEGORIES,
    DELETED,
    GRANTS,
    HELD,
    MERGED,
    MODERATE,
    POSTS,
    PUBLISHED,
    SEEING,
    THREADS,
)
from forum.threads.policy.rules import MODERATORS, moderating_groups


def _is_seen(actor: Actor, category_id: ColumnElement[int]) -> ColumnElement[bool]:
    if actor.has_role(*MODERATORS):
        return true()
    return exists().where(
        GRANTS.c.category_id == category_id, GRANTS.c.verb.in_(SEEING), GRANTS.c.group_id.in_(actor.group_ids)
    )


def readable_categories(actor: Actor) -> ColumnElement[bool]:
    """Rows of CATEGORIES that `category.read` allows."""
    return _is_seen(actor, CATEGORIES.c.id)


def _in_readable_category(actor: Actor) -> ColumnElement[bool]:
    return _is_seen(actor, THREADS.c.category_id)


def moderated_threads(actor: Actor) -> ColumnElement[bool]:
    """Rows of THREADS in whose category the actor keeps order (`keeps_order`)."""
    if actor.has_role(*MODERATORS):
        return true()
    groups = moderating_groups(actor)
    if not groups:
        return false()
    return exists().where(
        GRANTS.c.category_id == THREADS.c.category_id, GRANTS.c.verb == MODERATE, GRANTS.c.group_id.in_(groups)
    )


def _in_readable_state(actor: Actor, table: Any) -> ColumnElement[bool]:
    """Of rows of `table`, joined with their THREADS."""
    if actor.has_role(*MODERATORS):
        return true()
    own = and_(table.c.author_id == actor.id, table.c.state.in_((DELETED, HELD))) if actor.id is not None else false()
    return or_(table.c.state == PUBLISHED, own, moderated_threads(actor))


def readable_threads(actor: Actor) -> ColumnElement[bool]:
    """Rows of THREADS that `thread.read` allows."""
    return and_(_in_readable_category(actor), _in_readable_state(actor, THREADS))


def shown_posts(actor: Actor) -> ColumnElement[bool]:
    """Rows of POSTS, joined with their THREADS, that the actor's pages show as published. What a merged thread begins
    with stands in the thread that it was merged into."""
    if actor.has_role(*MODERATORS):
        return true()
    shown = and_(_in_readable_category(actor), THREADS.c.state.in_((PUBLISHED, MERGED)), POSTS.c.state == PUBLISHED)
    return or_(shown, moderated_threads(actor))


def readable_posts(actor: Actor) -> ColumnElement[bool]:
    """Rows of POSTS, joined with their THREADS, that `post.read` allows."""
    return and_(readable_threads(actor), _in_readable_state(actor, POSTS))
