"""What ends at its time."""

from forum.core.actor import SYSTEM
from forum.core.database import transaction
from forum.moderation import actions


def end_suspension(decision_id: int) -> None:
    """Lets a member take part again whose suspension is over, unless something else bans them."""
    with transaction(SYSTEM) as system:
        actions.end_suspension(system, decision_id)
