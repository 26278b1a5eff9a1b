"""search: the index, checked against the database, and made anew."""

import sys

import click

from forum.cli.house import open_house, settings
from forum.cli.progress import Progress

SHOWN = 50


@click.group()
def search() -> None:
    """Check the search index or make it anew.

    The worker keeps the index. It makes one by itself where there is none, and where it is broken or another
    database's.
    """


@search.command()
@click.option("--fix", is_flag=True, help="Have the worker write what is wrong once more.")
def check(fix: bool) -> None:
    """Compare the index with the database.

    Ends with code 1 when a document is missing or too many. What has yet to be written by the worker is no difference.

    \b
    Examples:
      forum search check
      forum search check --fix
    """
    from forum.search import checks, pending

    with open_house(settings(), is_patient=True):
        waiting = pending.count()
        if waiting:
            click.echo(f"{waiting} changes wait for the worker.")
        count = 0
        for count, difference in enumerate(checks.compare(fix), 1):
            if count <= SHOWN:
                id = f" {difference.id}" if difference.id else ""
                click.echo(f"{difference.what}{id} is {difference.found}, should be {difference.expected}")
            elif count == SHOWN + 1:
                click.echo("and more")
    if not count:
        click.echo("The index has what it should have.")
        return
    click.echo(f"{count} differences." + (" The worker writes them once more." if fix else ""))
    sys.exit(1)


@search.command()
def rebuild() -> None:
    """Make the index anew, beside the one that is in use.

    It is searched as before until the new one has everything. What was begun and not finished is gone on with, here or
    by the worker.

    \b
    Examples:
      forum search rebuild
    """
    from forum.cli.house import fail
    from forum.search import index, indexer

    with open_house(settings(), is_patient=True):
        with index.alone("build") as mine:
            if not mine:
                fail("Another process makes the index just now.")
            generation = index.building() or indexer.start()
            total = indexer.size()
            progress = Progress("Index", total)
            done = 0
            while seen := indexer.step(generation, indexer.STEP_ALONE):
                done += seen
                progress.to(done, f"{done:,} of {total:,}")
            while not indexer.finish(generation):
                indexer.rest()
            progress.end()
        click.echo("The new index is in use.")
