"""The worker's queues."""

from forum.access import require
from forum.community.queries import QUEUES
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
    audit.record(actor, f"{name}.try-again", (name, row_id))
