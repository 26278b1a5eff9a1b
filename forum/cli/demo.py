"""demo: what `make run` starts."""

import hashlib
import hmac
from pathlib import Path
from typing import Any

import click

from forum.cli import launch, schema
from forum.cli.house import fail, open_house, settings, state
from forum.core.settings import DEFAULT_DEMO_PASSWORD, Settings

LOG_INS = ("admin", "manager", "moderator", "product", "customer")


@click.command()
@click.option("--no-serve", is_flag=True, help="Only prepare the database.")
def demo(no_serve: bool) -> None:
    """Start a community to look around in.

    Makes or migrates the database, loads the demo community when the database is empty, prints the log-ins, and starts
    web server and worker. With the default password it listens on this machine only; set FORUM_DEMO_PASSWORD to let
    others in.

    \b
    Examples:
      forum demo
      PORT=8080 forum demo
      HOST=0.0.0.0 FORUM_DEMO_PASSWORD=a-secret-of-yours forum demo
    """
    given = settings()
    is_default = given.demo_password == DEFAULT_DEMO_PASSWORD
    if is_default and not given.is_loopback:
        fail(
            f"HOST is {given.host}, but the demo's default password is for this machine only: set FORUM_DEMO_PASSWORD.",
            2,
        )
    if len(given.demo_password) < 10:
        fail("FORUM_DEMO_PASSWORD must have at least 10 characters.", 2)
    if not _is_ready(given):
        with open_house(given, must_be_current=False, is_patient=True):
            _prepare(given)
    if not no_serve:
        launch.become(_greeting(given, is_default))


def _seal(given: Settings, password: str) -> str:
    """What tells, without telling it, with which password the log-ins were made."""
    return hmac.new(given.secret_key.encode(), password.encode(), hashlib.sha256).hexdigest()


def _mark(given: Settings) -> Path:
    return given.data_dir / "demo-password"


def _has_seal(given: Settings, password: str) -> bool:
    return _mark(given).exists() and _mark(given).read_text(encoding="ascii") == _seal(given, password)


def has_default_password(given: Settings) -> bool:
    """Whether this is a demo whose log-ins anybody could guess."""
    return _has_seal(given, DEFAULT_DEMO_PASSWORD)


def _is_ready(given: Settings) -> bool:
    """Whether everything is in place, so that the server may start at once."""
    present = state(given)
    return present.is_demo and present.revision == schema.head() and _has_seal(given, given.demo_password)


def _greeting(given: Settings, is_default: bool) -> str:
    names = ", ".join(LOG_INS)
    lines = [
        "",
        f"  Tafelrunde is at  {given.base_url}",
        f"  Log-ins           {names}",
        f"  Password          {given.demo_password if is_default else 'the one in FORUM_DEMO_PASSWORD'}",
    ]
    if is_default:
        lines.append("                    (with this default password only this machine can reach it)")
    lines.append("                    Two-step sign-in is not asked for in the demo.")
    return "\n".join([*lines, "  Ctrl-C ends it.", "", ""])


def _prepare(given: Settings) -> None:
    from forum.community import queries as community
    from forum.core import migrate
    from forum.core.database import db
    from forum.interchange.head import has_content

    if migrate.present(db.engine) != migrate.head():
        click.echo("Bringing the database to the newest schema …", err=True)
        migrate.to(db.engine)
    present = community.current()
    if not present.is_demo and has_content() and not _was_interrupted():
        fail("The database has content of its own, so the demo is not loaded into it. Start it with `forum serve`.")
    if not present.is_demo:
        click.echo("Loading the demo community (once) …", err=True)
        _load()
    _set_passwords(given)


def _was_interrupted() -> bool:
    """Whether the only content is a demo whose loading was interrupted."""
    from sqlalchemy import func, select

    from forum.core import origins
    from forum.core.database import db
    from forum.demo.community import SOURCE
    from forum.interchange.references import TABLES
    from forum.members.models import MEMBERS

    known = len(origins.known(SOURCE, "member", LOG_INS))
    count = db.session.scalar(select(func.count()).select_from(MEMBERS))
    others = db.session.scalar(
        select(func.count())
        .select_from(origins.ORIGINS)
        .where(origins.ORIGINS.c.source != SOURCE, origins.ORIGINS.c.kind.in_(TABLES))
    )
    return bool(known and count and not others)


def _load() -> None:
    from forum.community import actions as community
    from forum.core import clock
    from forum.core.database import transaction
    from forum.demo.assemble import records
    from forum.interchange.read import import_records

    now = clock.now()
    summary = import_records(lambda: records(now), tell=lambda sentence: click.echo(sentence, err=True))
    if summary.bad_lines:
        fail("The demo community could not be loaded whole.")
    _finish()
    with transaction():
        community.set_up(is_demo=True, team_name="Velomark", two_factor_roles=[])


def _finish() -> None:
    """What the format doesn't carry: confirmed addresses, cases and ideas in work, what just happened."""
    from forum.core.database import transaction
    from forum.demo import finish
    from forum.demo.groups import set_up_groups

    with transaction():
        finish.confirm_everybody()
    set_up_groups()
    finish.claim_one_case()
    finish.work_on_ideas()
    finish.write_legal_texts()
    finish.show_the_brand()
    finish.let_something_happen()


def _set_passwords(given: Settings) -> None:
    """Gives the log-ins the demo's password when it is not the one that they got last time."""
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.members import actions, passwords
    from forum.members.queries import find_account

    if _has_seal(given, given.demo_password):
        return
    hashes: dict[str, Any] = {name: passwords.hashed(given.demo_password) for name in LOG_INS}
    with transaction(SYSTEM) as actor:
        for name, password_hash in hashes.items():
            member = find_account(name)
            if member is not None:
                actions.set_password(actor, member, password_hash)
    _mark(given).write_text(_seal(given, given.demo_password), encoding="ascii")
