"""Asking the worker for what takes a while, and keeping what it found."""

from forum.core import clock, jobs
from forum.core.actor import SYSTEM
from forum.core.database import db, insert, transaction
from forum.core.errors import Refused
from forum.search.models import SIMILAR
from forum.search.queries import STALE_AFTER, similar_ids
from forum.threads.queries import get_thread


def ask_for_similar(thread_id: int) -> None:
    """Asks the worker to look for threads similar to this one, once in the time they stay fresh."""
    number = int(clock.now().timestamp() // STALE_AFTER.total_seconds())
    jobs.enqueue("search.find_similar", unique_key=f"similar:{thread_id}@{number}", thread_id=thread_id)


def find_similar(thread_id: int) -> None:
    """Works out which threads are similar to this one, and keeps it. Raises SearchAway while there is no index."""
    try:
        thread = get_thread(SYSTEM, thread_id)
    except Refused:  # deleted or merged meanwhile: nothing is shown under it any more
        return
    row = {"thread_id": thread.id, "others": similar_ids(thread), "found_at": clock.now()}
    with transaction():
        statement = insert(SIMILAR).values(**row)
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=[SIMILAR.c.thread_id],
                set_={"others": statement.excluded.others, "found_at": statement.excluded.found_at},
            )
        )
