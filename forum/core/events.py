"""The event log, which is the outbox: what happened is written in the transaction in which it happened.

The worker hands each event to its reactions, which `wiring` lists. A reaction's writes and the note that it is done are
one transaction, so each effect happens once even when a worker is killed half-way.
"""

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import delete, select, text
from sqlalchemy import insert as plain_insert
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock, queue
from forum.core.database import NEVER_REUSED, Base, Json, db, in_transaction, table_of, transaction

KEPT_DAYS = 90
CHANNEL = "forum_queue"
_AT_ONCE = 500

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """A fact in the past tense; its fields are ids and plain values."""


Reaction = Callable[[Any], None]
Reactions = Mapping[type[Event], Sequence[Reaction]]


class EventRow(queue.Queued, Base):
    """One event; `delivered` names the reactions that are done while others of it still fail."""

    __tablename__ = "event"
    __table_args__ = (*queue.indexes("event"), NEVER_REUSED)

    delivered: Mapped[list[str]] = mapped_column(Json, default=list)


EVENTS = table_of(EventRow)
_kinds: dict[str, type[Event]] = {}
_reactions: dict[type[Event], tuple[Reaction, ...]] = {}


def install(reactions: Reactions) -> None:
    """Takes the table of reactions; only listed events may be published."""
    _kinds.clear()
    _reactions.clear()
    for kind, listeners in reactions.items():
        _kinds[kind.__name__] = kind
        _reactions[kind] = tuple(listeners)


def reaction_name(reaction: Reaction) -> str:
    """`room.subscribers.on_something`, stable over restarts."""
    return f"{reaction.__module__.removeprefix('forum.')}.{reaction.__name__}"


def publish(event: Event) -> None:
    """Writes an event into the log, in the caller's transaction. Raises LookupError for an event that is not wired."""
    publish_all([event])


def publish_all(events: Sequence[Event]) -> None:
    """The same of many at once, in few statements."""
    rows = [_row(event) for event in events]
    for start in range(0, len(rows), _AT_ONCE):
        db.session.execute(plain_insert(EVENTS), rows[start : start + _AT_ONCE])
    if any(row["state"] == queue.WAITING for row in rows):
        wake()


def _row(event: Event) -> dict[str, Any]:
    if type(event) not in _reactions:
        raise LookupError(f"{type(event).__name__} is not listed in wiring.REACTIONS")
    if not in_transaction():
        raise RuntimeError(f"{type(event).__name__} was published outside a transaction")
    now = clock.now()
    return {
        "name": type(event).__name__,
        "payload": asdict(event),
        "state": queue.WAITING if _reactions[type(event)] else queue.DONE,
        "created_at": now,
        "due_at": now,
        "attempts": 0,
        "delivered": [],
    }


def wake() -> None:
    """Tells waiting workers of new rows when the caller's transaction commits (PostgreSQL; elsewhere they poll)."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text(f"NOTIFY {CHANNEL}"))


def _deliver(row: queue.Claimed) -> None:
    kind = _kinds.get(row.name)
    if kind is None:
        with transaction():
            queue.postpone(EVENTS, row, f"no such event: {row.name}")
        return
    try:
        event = kind(**row.payload)
    except TypeError as error:  # written by another version of the program
        with transaction():
            queue.postpone(EVENTS, row, f"{row.name} has other fields now: {error}")
        return
    with transaction():
        held = select(EVENTS.c.delivered).where(queue.still_held(EVENTS, row)).with_for_update()
        delivered: list[str] | None = db.session.scalars(held).first()
        if delivered is None:
            return
        failures: list[str] = []
        for reaction in _reactions[kind]:
            name = reaction_name(reaction)
            if name in delivered:
                continue
            try:
                with db.session.begin_nested():
                    reaction(event)
                delivered = [*delivered, name]
            except Exception:  # one listener's failure must not keep the others from hearing
                log.exception("reaction failed", reaction=name, event_id=row.id, attempts=row.attempts)
                failures.append(f"{name}: {traceback.format_exc()}")
        if failures:
            queue.postpone(EVENTS, row, "\n".join(failures), delivered=delivered)
        else:
            queue.finish(EVENTS, row.id)


def work(slot: str) -> int:
    """Delivers one batch of due events; returns how many were taken."""
    rows = queue.claim(EVENTS, slot)
    for row in rows:
        _deliver(row)
    return len(rows)


def forget_old() -> None:
    """Removes events whose reactions were all done 90 days ago."""
    with transaction():
        before = clock.now() - timedelta(days=KEPT_DAYS)
        db.session.execute(delete(EVENTS).where(EVENTS.c.state == queue.DONE, EVENTS.c.created_at < before))
