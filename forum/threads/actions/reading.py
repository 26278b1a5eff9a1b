"""How far a member has read, and how closely they follow."""

from sqlalchemy import bindparam, text

from forum import access
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import UtcTime, db, insert
from forum.core.errors import Invalid
from forum.members import actions as members
from forum.threads.models import LEVELS, SUBSCRIPTIONS
from forum.threads.queries.rows import ThreadRow

# SQLAlchemy compiles an upsert anew each time, and this one follows every page of a member. Both engines take the text.
_NOTE = text(
    "INSERT INTO read_position (member_id, thread_id, number, read_at) "
    "VALUES (:member_id, :thread_id, :number, :read_at) "
    "ON CONFLICT (member_id, thread_id) DO UPDATE SET read_at = excluded.read_at, "
    "number = CASE WHEN excluded.number > read_position.number THEN excluded.number ELSE read_position.number END"
).bindparams(bindparam("read_at", type_=UtcTime))


def note_read(actor: Actor, thread_id: int, number: int) -> None:
    """Moves a member's read position forward, never back."""
    row = {"member_id": actor.member_id, "thread_id": thread_id, "number": number, "read_at": clock.now()}
    db.session.connection().execute(_NOTE, row)


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
