"""Work that waits for its time, and work that takes its time."""

from forum.core.database import transaction
from forum.ideas.actions.counting import recount_of_member
from forum.ideas.export.work import export

__all__ = ["export", "recount_member"]


def recount_member(member_id: int) -> None:
    """Counts the votes of a member whose silence has ended by itself."""
    with transaction():
        recount_of_member(member_id)
