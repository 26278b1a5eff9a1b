"""The first run's link, its screens and its end."""

import secrets

from sqlalchemy import delete, select, update

from forum.access import require
from forum.community.actions import set_up
from forum.community.queries import current
from forum.core import audit
from forum.core.actor import ROLES, SYSTEM, Actor
from forum.core.database import db
from forum.core.errors import Denied, NotFound
from forum.setup.models import SETUP
from forum.setup.queries import ACCOUNT, Progress, hashed, read_progress

_TARGET = ("setup", None)


def _held() -> Progress:
    """The first run; whoever else changes it comes afterwards. Raises NotFound where there is none."""
    db.session.execute(select(SETUP.c.id).with_for_update())
    found = read_progress()
    if found is None:
        raise NotFound
    return found


def new_link() -> str | None:
    """The secret of a new link; the one before it opens nothing any more. None where no link is needed: the community
    is set up, or its administrator signs in."""
    try:
        found = _held()
    except NotFound:
        _end()
        return None
    if found.has_account:
        return None
    link = secrets.token_urlsafe(32)
    db.session.execute(update(SETUP).values(link_hash=hashed(link)))
    return link


def open_link(link: str) -> str | None:
    """Exchanges a link for the key of the one browser that goes on from now. A link opens once: None for one that was
    used, replaced, or never printed."""
    if not _held().is_opened_by(link):
        return None
    browser = secrets.token_urlsafe(32)
    db.session.execute(update(SETUP).values(link_hash=None, browser_hash=hashed(browser)))
    audit.record(SYSTEM, "setup.begin", _TARGET)
    return browser


def pass_screen(actor: Actor, browser: str, number: int) -> None:
    """Notes that a screen (the first is 1) is done or skipped; to be called first in the transaction of what it does.

    `browser` is the key of the browser that asks. With the account's screen, link and key end. Raises NotFound where
    the community is set up or an earlier screen is missing, Denied for everybody but whoever has opened the newest
    link, and later the administrators.
    """
    found = _held()
    require(actor, "setup.go_on", found)
    if actor.is_system and not found.is_open_to(browser):
        raise Denied("setup-elsewhere")
    if number > found.passed + 1:
        raise NotFound
    if number > found.passed:
        db.session.execute(update(SETUP).values(passed=number))
    if number == ACCOUNT:
        db.session.execute(update(SETUP).values(link_hash=None, browser_hash=None))


def finish(actor: Actor) -> None:
    """Opens the community: nothing is left of the first run. Raises NotFound while a screen is missing, Denied."""
    found = _held()
    require(actor, "setup.go_on", found)
    if not found.is_complete:
        raise NotFound
    _end()
    audit.record(actor, "setup.finish", _TARGET, after={"two_factor_roles": current().two_factor_roles})


def _end() -> None:
    """Leaves nothing of the first run. From then on the whole team signs in in two steps, unless that was decided
    otherwise before."""
    over = db.session.execute(delete(SETUP).returning(SETUP.c.id)).first()
    if over is not None:
        roles = current().two_factor_roles
        set_up(two_factor_roles=list(ROLES) if roles is None else roles)
