"""import, export, rerender."""

import sys
from pathlib import Path

import click

from forum.cli.house import fail, open_house, settings


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--strict", is_flag=True, help="Check the whole file first; write nothing if a line is bad.")
@click.option("--with-roles", is_flag=True, help="Make members staff as the archive says.")
@click.option("--processes", type=click.IntRange(1, 64), help="Processes that render posts.  [default: one per core]")
def bring_in(file: Path, strict: bool, with_roles: bool, processes: int | None) -> None:
    """Bring in an archive in the interchange format (.jsonl or .jsonl.gz).

    Records are known by source, kind and id: a second run, or a run after an interruption, adds only what is missing. A
    bad line is named with its number and reason, left out, and counted; the command then ends with code 1. Every post
    is rendered when it ends. Nobody gets mail for imported posts. Pictures are looked for in a folder beside the file:
    `archive-files` for archive.jsonl.gz. docs/interchange.md describes the format.

    Into a database without content, roles come along. Into a community with content they do with --with-roles only,
    since whoever wrote the archive would name your staff; else they are left out and counted.

    \b
    Examples:
      forum import archive.jsonl.gz
      forum import --strict archive.jsonl
    """
    from forum.cli.progress import Progress
    from forum.interchange import read
    from forum.interchange.lines import Unreadable

    with open_house(settings(), is_patient=True):
        progress = Progress("Reading", file.stat().st_size)
        try:
            summary = read.import_file(
                file, strict=strict, with_roles=with_roles, processes=processes, progress=progress.to, tell=progress.say
            )
        except Unreadable as reason:
            progress.end()
            fail(str(reason))
        except KeyboardInterrupt:
            progress.end()
            fail("Interrupted. Run the command again: it goes on where it stopped.", 130)
        progress.end()
    for line in summary.lines():
        click.echo(line)
    sys.exit(1 if summary.bad_lines else 0)


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def take_out(file: Path) -> None:
    """Write the community in the interchange format (.jsonl, or .jsonl.gz to compress).

    Everything but passwords, sessions and secrets; the same content gives the same bytes. The file appears when it is
    complete; pictures go into a folder beside it, `backup-files` for backup.jsonl.gz. It holds what members wrote,
    e-mail addresses and reports: keep it safe.

    \b
    Examples:
      forum export backup.jsonl.gz
    """
    from forum.cli.progress import Progress
    from forum.interchange import write
    from forum.interchange.summary import plural

    with open_house(settings(), is_patient=True):
        total = write.estimate()
        progress = Progress("Writing", total)
        try:
            counts = write.export_file(file, progress=progress.to)
        except OSError as error:
            progress.end()
            fail(f"{file} can't be written: {error.strerror}.")
        progress.end()
    click.echo(f"{', '.join(plural(kind, count) for kind, count in counts.items()) or 'Nothing'}: {file}")


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also what the present version of the pipeline made.")
@click.option("--processes", type=click.IntRange(1, 64), help="Processes that render posts.  [default: one per core]")
def rerender(everything: bool, processes: int | None) -> None:
    """Make the HTML of all texts anew, where an older version of the text pipeline made it.

    Works in batches while the community runs; may be interrupted and run again.

    \b
    Examples:
      forum rerender
      forum rerender --all
    """
    from forum.cli.progress import Progress
    from forum.interchange import rerendering

    with open_house(settings(), is_patient=True):
        work = rerendering.Work(everything=everything)
        progress = Progress("Rendering", work.total())
        changed = work.run(processes, progress.to)
        progress.end()
    click.echo(f"{changed:,} texts were made anew.")
