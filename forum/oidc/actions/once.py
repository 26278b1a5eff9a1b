"""What works only once: a way to a provider and back, a logout token."""

import hashlib
from datetime import timedelta

from forum.core import clock
from forum.core.database import db, insert
from forum.core.errors import Conflict
from forum.oidc.models import USED


def use_up(thing: str, lasts: timedelta) -> None:
    """Notes that something was used that works only once, for as long as it could work. Raises Conflict the second
    time."""
    row = {"hash": hashlib.sha256(thing.encode()).hexdigest(), "until": clock.now() + lasts}
    added = insert(USED).values(row).on_conflict_do_nothing().returning(USED.c.hash)
    if db.session.execute(added).first() is None:
        raise Conflict("sign-in-used")
