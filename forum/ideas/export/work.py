"""What the worker does for exports."""

from contextlib import suppress

from forum.core.actor import SYSTEM
from forum.core.errors import Conflict
from forum.ideas.export import files, snapshots


def export(export_id: int) -> None:
    """Makes the rows of an export that was asked for, and its files, so that nobody waits for them; also those that say
    what has changed since an earlier one, if that still has its rows."""
    made = snapshots.make(export_id)
    if not made.is_ready:
        return
    for form in files.FORMATS:
        snapshots.file(made, form)
    if made.since_id is None:
        return
    since = snapshots.get_snapshot(SYSTEM, made.since_id)
    with suppress(Conflict):
        for form in files.FORMATS:
            snapshots.file(made, form, since)
