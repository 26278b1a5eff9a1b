"""What the worker does for search besides keeping the index."""

from forum.search import actions


def find_similar(thread_id: int) -> None:
    """Looks for threads that are similar to this one."""
    actions.find_similar(thread_id)
