"""serve, worker, migrate."""

import signal
import threading
from types import FrameType

import click

from forum.cli import launch
from forum.cli.demo import has_default_password
from forum.cli.house import fail, open_house, require_schema, settings
from forum.cli.setup import invitation
from forum.core.settings import Settings


def address(given: Settings) -> str:
    """Where a browser finds the community."""
    return given.base_url


@click.command()
@click.option("--no-worker", is_flag=True, help="Only the web server; workers run elsewhere (`forum worker`).")
def serve(no_worker: bool) -> None:
    """Start the web server and the worker.

    Both are watched: one that dies is started again. Ctrl-C or TERM ends them within seconds, and nothing that was
    acknowledged is lost. On an empty database a link is printed with which the community is set up in a browser.

    \b
    Examples:
      forum serve
      PORT=8080 forum serve
      FORUM_DATABASE_URL=postgresql+psycopg://forum@db/forum forum serve --no-worker
    """
    given = settings()
    present = require_schema(given)
    if not given.is_loopback and has_default_password(given):
        fail(
            f"HOST is {given.host}, but the log-ins of this demo have the default password, which is for this machine "
            "only: set FORUM_DEMO_PASSWORD and run `forum demo`.",
            2,
        )
    greeting = f"Tafelrunde is at {address(given)} (Ctrl-C ends it).\n"
    if present.has_setup:
        with open_house(given):
            greeting += invitation(given)
    launch.become(greeting, with_worker=not no_worker)


@click.command()
@click.option("--drain", is_flag=True, help="Work until nothing is due, then end.")
def worker(drain: bool) -> None:
    """Deliver events and do jobs: notifications, mail, timetable.

    One worker is part of `forum serve`. With PostgreSQL any number of them may run, on any number of machines.

    \b
    Examples:
      forum worker
      forum worker --drain
    """
    from forum.core import worker as loop

    given = settings()
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    with open_house(given):
        if drain:
            click.echo(f"{loop.drain(given)} done.")
        else:
            loop.run(given, stop)


@click.command()
@click.option(
    "--to", "revision", default="head", show_default=True, help="Another revision, or `base` for an empty database."
)
def migrate(revision: str) -> None:
    """Bring the database to the newest schema, or make it.

    \b
    Examples:
      forum migrate
      forum migrate --to base
    """
    from alembic.util import CommandError

    from forum.core import migrate as migrations
    from forum.core.database import db

    with open_house(settings(), must_be_current=False, is_patient=True):
        before = migrations.present(db.engine)
        try:
            migrations.to(db.engine, revision)
        except CommandError as error:
            fail(f"{error}.".replace("..", "."))
        after = migrations.present(db.engine)
    if before == after:
        click.echo(f"The database is at {after or 'base'} already.")
    else:
        click.echo(f"The database went from {before or 'base'} to {after or 'base'}.")
