"""How far the first run is, and whether there is one at all."""

import hashlib
import hmac
from dataclasses import dataclass
from threading import Event

from sqlalchemy import exists, or_, select

from forum.core.database import read
from forum.members.models import MEMBERS
from forum.setup.models import SETUP

SCREENS = ("community", "look", "account", "legal", "start")
"""By the word of their address, in order; `look`, `legal` and `start` may be skipped."""
ACCOUNT = SCREENS.index("account") + 1

_over = Event()


@dataclass(frozen=True, slots=True)
class Progress:
    """A first run under way: how many screens are passed, and what opens it."""

    passed: int
    link_hash: str | None
    browser_hash: str | None

    @property
    def has_account(self) -> bool:
        """Whether the administrator has an account: from then on the link opens nothing, and signing in does."""
        return self.passed >= ACCOUNT

    @property
    def is_complete(self) -> bool:
        """Whether every screen is done or skipped, so that the community can be opened."""
        return self.passed >= len(SCREENS)

    def is_opened_by(self, link: str) -> bool:
        return _fits(self.link_hash, link)

    def is_open_to(self, browser: str) -> bool:
        return _fits(self.browser_hash, browser)


def hashed(secret: str) -> str:
    """What is kept of a link's secret or a browser's key, both of 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _fits(kept: str | None, secret: str) -> bool:
    return kept is not None and hmac.compare_digest(kept, hashed(secret))


# An installation that got members in any other way (an import, `forum create-admin`) needs no first run.
_IN_PROGRESS = or_(SETUP.c.passed >= ACCOUNT, ~exists(select(MEMBERS.c.id)))
_PROGRESS = select(SETUP.c.passed, SETUP.c.link_hash, SETUP.c.browser_hash).where(_IN_PROGRESS)


def read_progress() -> Progress | None:
    """The first run as it is now, or None where the community is set up."""
    row = read(_PROGRESS).first()
    return Progress(*row) if row is not None else None


def progress() -> Progress | None:
    """The same for each request. That a community is set up is for ever: a process that has seen it asks no more."""
    found = None if _over.is_set() else read_progress()
    if found is None:
        _over.set()
    return found


def forget() -> None:
    """Drops what this process knows (for tests that exchange the database behind an application)."""
    _over.clear()
