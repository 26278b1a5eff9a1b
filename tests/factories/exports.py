"""Exports for tests, asked for and made through the verbs themselves."""

from datetime import datetime
from pathlib import Path
from typing import Any

from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.ideas.export import selection, snapshots
from forum.ideas.export.snapshots import Snapshot


def export(
    actor: Actor = SYSTEM, as_of: datetime | None = None, since: Snapshot | None = None, **chosen: Any
) -> Snapshot:
    """A snapshot that is ready, of what the keywords of `select_ideas` choose."""
    wanted = selection.select_ideas(actor, **chosen)
    moment = as_of or selection.present_minute()
    expected = snapshots.expected(wanted, moment)
    with transaction(actor) as fresh:
        number = snapshots.ask(fresh, wanted, moment, expected, since)
    return snapshots.make(number)


def rows(actor: Actor = SYSTEM, as_of: datetime | None = None, **chosen: Any) -> list[dict[str, Any]]:
    """The rows of a new snapshot."""
    return list(snapshots.rows_of(export(actor, as_of, **chosen)))


def content(made: Snapshot, form: str, folder: Path, since: Snapshot | None = None) -> bytes:
    """The bytes of a file of this format."""
    path = folder / f"ideas.{form}"
    snapshots.write(made, form, path, since)
    return path.read_bytes()
