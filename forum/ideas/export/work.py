"""What the worker does for exports."""

from forum.ideas.export import files, snapshots


def export(export_id: int) -> None:
    """Makes the rows of an export that was asked for, and its files, so that nobody waits for them."""
    made = snapshots.make(export_id)
    if not made.is_ready:
        return
    for form in files.FORMATS:
        snapshots.file(made, form)
