"""check: dead letters, kept figures, the audit log's chain."""

import sys

import click

from forum.cli.house import open_house, settings

SHOWN = 50


def _dead_letters(fix: bool) -> int:
    from sqlalchemy import select

    from forum.core import queue
    from forum.core.database import db, transaction
    from forum.core.events import EVENTS
    from forum.core.jobs import JOBS

    count = 0
    for table in (EVENTS, JOBS):
        columns = (table.c.id, table.c.name, table.c.attempts, table.c.error)
        for row in db.session.execute(select(*columns).where(table.c.state == queue.DEAD).order_by(table.c.id)).all():
            count += 1
            last = (row.error or "").strip().splitlines()[-1:] or ["no reason noted"]
            click.echo(f"dead letter: {table.name} {row.id} {row.name} after {row.attempts} attempts: {last[0]}")
            if fix:
                with transaction():
                    queue.revive(table, row.id)
    return count


def _figures(fix: bool) -> int:
    from forum.wiring import CHECKS

    count = 0
    for room, compare in CHECKS.items():
        for of_room, difference in enumerate(compare(fix), 1):
            count += 1
            if of_room <= SHOWN:
                expected, found = difference.expected, difference.found
                click.echo(f"{room}: {difference.what} of {difference.id} is {found!r}, should be {expected!r}")
            elif of_room == SHOWN + 1:
                click.echo(f"{room}: and more")
    return count


def _audit() -> int:
    from forum.core import audit

    count = 0
    for entry in audit.broken_entries():
        count += 1
        click.echo(f"audit log: entry {entry} doesn't fit the chain: it, or one before it, was changed or removed")
    return count


@click.command()
@click.option("--fix", is_flag=True, help="Mend the figures and give dead letters a new set of attempts.")
def check(fix: bool) -> None:
    """Compare what is kept with what the rows say.

    Shows dead letters of events and jobs, counts that differ from what they count, and gaps in the audit log. Ends with
    code 1 when something was found, mended or not. A broken audit log can't be mended.

    \b
    Examples:
      forum check
      forum check --fix
    """
    with open_house(settings(), is_patient=True):
        dead, figures, broken = _dead_letters(fix), _figures(fix), _audit()
    if not dead + figures + broken:
        click.echo("Everything is as it should be.")
        return
    click.echo(f"{dead} dead letters, {figures} wrong figures, {broken} broken audit entries.")
    if fix:
        click.echo(
            "Figures are mended, dead letters wait for the worker again."
            if dead + figures
            else "Nothing could be mended."
        )
    sys.exit(1)
