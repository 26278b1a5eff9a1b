"""Two members, and what waits at the bell of the one."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from forum.core.actor import Actor
from forum.core.database import db
from forum.core.worker import drain
from forum.members.models import MEMBERS
from forum.members.queries import actor_of
from forum.notifications import checks, queries
from tests.factories.members import a_member


@pytest.fixture
def anna(app: Flask) -> Actor:
    return a_member("anna")


@pytest.fixture
def ben(app: Flask) -> Actor:
    return a_member("ben")


@pytest.fixture
def at_the_bell(app: Flask, anna: Actor) -> Callable[[], int]:
    """How many notifications anna has to see once the worker has done its work; number and list agree."""

    def number_of() -> int:
        drain(app.extensions["settings"])
        db.session.rollback()
        rows = queries.notifications(actor_of(anna.member_id)).rows
        number = db.session.scalar(select(MEMBERS.c.unread_count).where(MEMBERS.c.id == anna.id))
        assert number == sum(row.is_unread for row in rows)
        assert list(checks.compare(False)) == []
        return int(number or 0)

    return number_of
