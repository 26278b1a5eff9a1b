"""A community that nobody has set up yet, and what is entered to do so."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from forum.core.database import db, transaction
from forum.setup import actions, queries
from forum.setup.models import SETUP
from tests.factories.members import PASSWORD

NAMED = {"name_de": "Runde", "name_en": "Circle", "team_name": "Example", "languages": ["de", "en"]}
KIM = {"username": "kim", "display_name": "Kim Berg", "email": "kim@example.com", "password": PASSWORD}


@contextmanager
def not_set_up() -> Iterator[None]:
    """The empty database as it is before the first run; inside, that run may be begun and ended."""
    with transaction():
        db.session.execute(sa.insert(SETUP).values(id=1, passed=0))
    queries.forget()
    try:
        yield
    finally:
        with transaction():
            db.session.execute(sa.delete(SETUP))
        queries.progress()


def a_link() -> str:
    """The address that the console prints; the one before it no longer opens anything."""
    with transaction():
        link = actions.new_link()
    assert link is not None
    return f"/setup/link/{link}"


def least(screen: str) -> dict[str, object]:
    """What passes a screen with as little as it takes."""
    return {"community": NAMED, "account": KIM}.get(screen, {"skip": "1"})
