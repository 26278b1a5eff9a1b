"""The worker's queues."""

from forum.access import require
from forum.community.queries import QUEUES, dead_letter
from forum.core import audit, queue
from forum.core.actor import Actor
from forum.core.errors import Conflict, NotFound


def try_again(actor: Actor, name: str, row_id: int) -> None:
    """Gives an event or job that failed for good a new set of attempts. Raises Conflict if it isn't dead any more."""
    require(actor, "jobs.manage")
    if name not in QUEUES:
        raise NotFound
    if not queue.revive(QUEUES[name], row_id):
        raise Conflict("not-dead")
    is_job = name == "job"
    audit.record(
        actor,
        "job.try-again" if is_job else "event.try-again",
        ("job" if is_job else "event", row_id),
        before={"state": "dead"},
        after={"state": "waiting"},
    )


def dismiss(actor: Actor, name: str, row_id: int) -> None:
    """Lets an event or job that failed for good rest: it is never tried again. The audit log keeps what it was and whom
    it was about by their numbers alone: its words may be those of a mail to somebody who is gone, and what is in that
    log stays. Raises Conflict if it isn't dead any more."""
    require(actor, "jobs.manage")
    if name not in QUEUES:
        raise NotFound
    try:
        row = dead_letter(actor, name, row_id)
    except NotFound:
        raise Conflict("not-dead") from None
    if not queue.dismiss(QUEUES[name], row_id):
        raise Conflict("not-dead")
    is_job = name == "job"
    numbers = {key: value for key, value in row.payload.items() if isinstance(value, int)}
    said = {"name": row.name, "payload": numbers, "attempts": row.attempts}
    audit.record(
        actor, "job.dismiss" if is_job else "event.dismiss", ("job" if is_job else "event", row_id), before=said
    )
