"""ideas export, ideas snapshots."""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forum.cli.house import fail, open_house, settings
from forum.cli.refusals import refuse

if TYPE_CHECKING:
    from forum.ideas.export.snapshots import Snapshot

FORMATS = ("csv", "xlsx", "json", "jsonl")
_SENTENCES = {
    "no-such-snapshot": "There is no snapshot {number}.",
    "no-such-status": "There is no status {name}.",
    "no-such-area": "There is no product area {name}.",
    "time-unreadable": "--as-of lies before all communities.",
    "as-of-future": "--as-of lies in the future.",
    "export-not-ready": "Snapshot {number} is not ready.",
    "export-lost": "The rows of snapshot {number} are no longer in the data directory.",
    "disk-full": "The export can't be written: the disk is full.",
    "not-writable": "The export can't be written into the data directory.",
}


@click.group()
def ideas() -> None:
    """The ideas board: exports for product teams."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of `ideas export` say."""

    top: int | None
    form: str | None
    statuses: tuple[str, ...]
    areas: tuple[str, ...]
    as_of: datetime | None
    since: int | None
    number: int | None
    output: Path | None

    @property
    def file_format(self) -> str:
        """The format that is named, or that the file's name ends with."""
        ending = self.output.suffix[1:] if self.output else ""
        return self.form or (ending if ending in FORMATS else "csv")


def _moment(_context: click.Context, _option: click.Parameter, given: str | None) -> datetime | None:
    """A time in UTC, to the minute or finer; without a zone it is in UTC."""
    if given is None:
        return None
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        raise click.BadParameter("Use a time such as 2026-11-21T09:00Z.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@ideas.command()
@click.option("--top", type=click.IntRange(1), help="Only the first so many by votes.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="What is written.  [default: csv]")
@click.option("--status", "statuses", multiple=True, help="Only with this status or stage; may be given several times.")
@click.option("--area", "areas", multiple=True, help="Only of this product area; may be given several times.")
@click.option("--as-of", callback=_moment, help="Votes, status and answer as of then, in UTC.  [default: now]")
@click.option("--since", type=click.IntRange(1), help="Only what has changed since this snapshot.")
@click.option("--snapshot", "number", type=click.IntRange(1), help="Write this snapshot again instead of a new one.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file.  [default: the output]")
def export(**given: Any) -> None:
    """Write the ideas with the most votes for a product team.

    Every export is a numbered snapshot; its number is said on the error output. The same content and the same --as-of
    give the same bytes. docs/ideas-export.md describes the columns.

    \b
    Examples:
      forum ideas export --top 100 --format xlsx --output ideas.xlsx
      forum ideas export --status planned --status "in progress" --format jsonl
      forum ideas export --since 12 --output changes.csv
      forum ideas export --snapshot 12 --format json
    """
    asked = Asked(**given)
    if asked.output is None and asked.file_format == "xlsx" and sys.stdout.isatty():
        fail("A workbook doesn't fit on a terminal: name a file with --output.", 2)
    if asked.number is not None and (asked.top or asked.statuses or asked.areas or asked.as_of):
        fail("--snapshot writes what was exported then: it goes with --format, --since and --output only.", 2)
    from forum.core.actor import SYSTEM
    from forum.core.errors import Refused
    from forum.ideas.export.snapshots import get_snapshot

    with open_house(settings(), is_patient=True):
        try:
            earlier = get_snapshot(SYSTEM, asked.since) if asked.since is not None else None
            made = get_snapshot(SYSTEM, asked.number) if asked.number is not None else _made(asked, earlier)
            _write(made, asked, earlier)
        except Refused as refused:
            refuse(refused, _SENTENCES)


def _made(asked: Asked, earlier: "Snapshot | None") -> "Snapshot":
    """A new snapshot, made with a progress bar; what isn't said is as in the earlier one it is compared with."""
    from forum.cli.progress import Progress
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.core.errors import Refused
    from forum.ideas.export import selection, snapshots

    before = earlier.selection if earlier else selection.Selection()
    chosen = selection.select_ideas(
        SYSTEM,
        top=asked.top or before.top,
        statuses=asked.statuses or before.statuses,
        areas=asked.areas or before.areas,
    )
    as_of = selection.check_as_of(asked.as_of) if asked.as_of is not None else selection.present_minute()
    expected = snapshots.expected(chosen, as_of)
    with transaction(SYSTEM) as actor:
        number = snapshots.ask(actor, chosen, as_of, expected, earlier)
    progress = Progress("Exporting", expected)
    made = snapshots.make(number, progress.to)
    progress.end()
    if not made.is_ready:
        refuse(Refused(made.error), _SENTENCES)
    return made


def _copy(made: "Snapshot", form: str, output: Path | None, earlier: "Snapshot | None") -> None:
    """Writes to the output, or to a device or pipe, which no file may replace."""
    from forum.ideas.export import snapshots

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        snapshots.write(made, form, path, earlier)
        with path.open("rb") as file:
            if output is None:
                shutil.copyfileobj(file, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                with output.open("wb") as device:
                    shutil.copyfileobj(file, device)


def _write(made: "Snapshot", asked: Asked, earlier: "Snapshot | None") -> None:
    output, form = asked.output, asked.file_format
    from forum.ideas.export import snapshots

    try:
        if output is not None and (output.is_file() or not output.exists()):
            snapshots.write(made, form, output, earlier)
        else:
            _copy(made, form, output, earlier)
    except OSError as error:
        fail(f"{output or 'The output'} can't be written: {error.strerror}.")
    what = f"what has changed since snapshot {earlier.id}" if earlier else f"{made.rows_done:,} ideas"
    where = f": {output}" if output else ""
    click.echo(f"Snapshot {made.id}, as of {made.as_of:%Y-%m-%d %H:%M} UTC, {what}{where}", err=True)


@ideas.command("snapshots")
def list_snapshots() -> None:
    """List the newest exports, with who made them and the sums of their rows.

    \b
    Examples:
      forum ideas snapshots
    """
    from forum.core.actor import SYSTEM
    from forum.ideas.export.snapshots import snapshots

    with open_house(settings()):
        for one in snapshots(SYSTEM).rows:
            who = one.actor_name or "command line"
            rest = one.sha256 or one.error or f"{one.percent} %"
            click.echo(
                f"{one.id:>5}  {one.as_of:%Y-%m-%d %H:%M} UTC  {one.rows_done:>9,}  {one.state:<8} {who}  {rest}"
            )
