"""Opening the house for one command: settings, database, wiring, without the web part."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from forum.cli import schema
from forum.core.settings import SettingError, Settings, install, load


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Ends the command with one sentence on the error output."""
    click.echo(sentence, err=True)
    sys.exit(code)


def settings() -> Settings:
    """The settings; a wrong one ends the command with its sentence and code 2."""
    try:
        return load()
    except SettingError as error:
        fail(str(error), 2)


def state(given: Settings) -> schema.State:
    """What the database has; one that can't be reached ends the command with a sentence."""
    try:
        return schema.state(given)
    except schema.Unreachable as reason:
        fail(f"The database can't be reached: {reason}.".replace("..", "."))


def require_schema(given: Settings) -> schema.State:
    """What the database has; ends the command unless it is at the newest schema."""
    found = state(given)
    if found.revision != schema.head():
        fail("The database is not at the newest schema. Run `forum migrate` first.")
    return found


@contextmanager
def open_house(given: Settings, *, must_be_current: bool = True, is_patient: bool = False) -> Iterator[None]:
    """An application context with the database and the wiring; `is_patient` where one statement may take minutes.

    A database that can't be reached, or that is not at the newest schema when it must be, ends the command with a
    sentence, and so does whatever a room refuses.
    """
    if must_be_current:
        require_schema(given)
    else:
        state(given)
    from flask import Flask
    from sqlalchemy.exc import OperationalError

    from forum import wiring
    from forum.cli.refusals import refuse
    from forum.core import database, logging, mail
    from forum.core.database import db
    from forum.core.errors import Refused

    logging.set_up(given)
    install(given)
    app = Flask("forum", static_folder=None)
    app.extensions["settings"] = given
    database.init_app(app, given, is_patient=is_patient)
    mail.install(mail.Mailer(given))
    wiring.install()
    with app.app_context():
        try:
            yield
        except OperationalError as error:
            reason = (str(error.orig).strip().splitlines() or [""])[0]
            fail(f"The database refused: {reason}.")
        except Refused as refused:
            refuse(refused)
        finally:
            db.session.remove()
            db.engine.dispose()
