"""How far a member has read, and how closely they follow."""

from functools import lru_cache
from typing import Any

from sqlalchemy import case

from forum import access
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Invalid
from forum.members import actions as members
from forum.threads.models import LEVELS, READ_POSITIONS, SUBSCRIPTIONS
from forum.threads.queries.rows import ThreadRow


@lru_cache(maxsize=2)
def _note(dialect: str) -> Any:  # noqa: ARG001  `insert` differs by it
    """Built once for each engine: it follows every page that a member reads."""
    statement = insert(READ_POSITIONS)
    new = statement.excluded
    further = case((new.number > READ_POSITIONS.c.number, new.number), else_=READ_POSITIONS.c.number)
    return statement.on_conflict_do_update(
        index_elements=[READ_POSITIONS.c.member_id, READ_POSITIONS.c.thread_id],
        set_={"number": further, "read_at": new.read_at},
    )


def note_read(actor: Actor, thread_id: int, number: int) -> None:
    """Moves a member's read position forward, never back."""
    row = {"member_id": actor.member_id, "thread_id": thread_id, "number": number, "read_at": clock.now()}
    connection = db.session.connection()
    connection.execute(_note(connection.dialect.name), row)


def mark_read(actor: Actor, thread_id: int, number: int) -> None:
    """Notes that a member has seen a thread up to this post; the caller has shown it to them."""
    if not actor.is_guest:
        note_read(actor, thread_id, number)


def mark_all_read(actor: Actor) -> None:
    """Nothing that was written until now is new to the member any more."""
    access.require(actor, "draft.write")
    members.note_all_read(actor.member_id, clock.now())


def follow(actor: Actor, thread: ThreadRow, level: str) -> None:
    """Sets how closely the member follows a thread. Raises Invalid for an unknown level."""
    access.require(actor, "thread.follow", thread)
    if level not in LEVELS:
        raise Invalid("unknown-choice", "level")
    statement = insert(SUBSCRIPTIONS).values(thread_id=thread.id, member_id=actor.member_id, level=level)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[SUBSCRIPTIONS.c.thread_id, SUBSCRIPTIONS.c.member_id], set_={"level": level}
        )
    )
