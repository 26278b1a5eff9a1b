"""Deleting a category; before that, its threads find another place."""

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from forum import access
from forum.community import actions as community
from forum.core import audit, events, origins
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, NotFound
from forum.threads.actions.steer import move
from forum.threads.events import CategoriesChanged
from forum.threads.models import ACTIVITIES, CATEGORIES, GRANTS, THREADS
from forum.threads.queries.doors import THREAD_COLUMNS, thread_row
from forum.threads.queries.rows import CategoryRow

MOVED_AT_ONCE = 50
"""Each counts for many members, and nobody else can write meanwhile on SQLite."""
_KEPT = ("slug", "name", "description", "hue", "position", "parent_id")


def move_some_threads(actor: Actor, category: CategoryRow, target: CategoryRow) -> int:
    """Moves threads of a category into another one, the oldest first, at most MOVED_AT_ONCE; returns how many. All that
    stand there go, whether they are shown, hidden or merged into others, as each would by `move`: with its counts, its
    entry in the audit log and its event."""
    access.require(actor, "category.manage")
    if category.id == target.id:
        raise NotFound
    oldest = select(*THREAD_COLUMNS).where(THREADS.c.category_id == category.id).order_by(THREADS.c.id)
    rows = db.session.execute(oldest.limit(MOVED_AT_ONCE).with_for_update(of=THREADS)).all()
    for row in rows:
        move(actor, thread_row(row, category), target)
    return len(rows)


def delete_category(actor: Actor, id: int) -> None:
    """Removes a category that holds nothing, with who may do what in it. Categories below it stand where it stood; a
    further import of it makes it anew.

    Raises NotFound, Conflict (`category-holds-threads`, `category-holds-areas`) for one that holds something.
    """
    access.require(actor, "category.manage")
    found = db.session.execute(select(CATEGORIES).where(CATEGORIES.c.id == id).with_for_update()).first()
    if found is None:
        raise NotFound
    held = db.session.scalar(select(func.count()).where(THREADS.c.category_id == id)) or 0
    if held:
        raise Conflict("category-holds-threads", count=held)
    grants = db.session.execute(select(GRANTS.c.verb, GRANTS.c.group_id).where(GRANTS.c.category_id == id))
    before = {name: getattr(found, name) for name in _KEPT} | {"grants": sorted([*one] for one in grants)}
    db.session.execute(update(CATEGORIES).where(CATEGORIES.c.parent_id == id).values(parent_id=found.parent_id))
    db.session.execute(delete(ACTIVITIES).where(ACTIVITIES.c.category_id == id))
    origins.forget_one("category", id)
    try:
        with db.session.begin_nested():
            db.session.execute(delete(CATEGORIES).where(CATEGORIES.c.id == id))
    except IntegrityError as error:  # what upper rooms keep in it
        raise Conflict("category-holds-areas") from error
    community.bump_epoch()
    audit.record(actor, "category.delete", ("category", id), before=before)
    events.publish(CategoriesChanged(actor.id))
