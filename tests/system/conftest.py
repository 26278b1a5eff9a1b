"""The small community, built once for each engine and put back before each test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from forum.core.database import db
from tests.conftest import Browser
from tests.factories import world as worlds
from tests.factories.world import World
from tests.places import back_to

_built: dict[str, tuple[World, Any]] = {}


class Stage:
    """An application on the small community; `again()` puts everything back to its beginning, `empty()` takes all away."""

    def __init__(self, place: Any, world: World, frozen: Any) -> None:
        self.app: Flask = place.app
        self.world = world
        self.again: Callable[[], None] = lambda: back_to(place, frozen)
        self.empty: Callable[[], None] = lambda: back_to(place)


@pytest.fixture(params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The small community, as it was built."""
    place = request.getfixturevalue(f"_{request.param}")
    place.app.test_client_class = Browser
    with place.app.app_context():
        place.app.config.update(RATE_LIMITS=False, GUEST_CACHE=True)
        if request.param not in _built:
            back_to(place)
            _built[request.param] = (worlds.build(), place.freeze())
        made = Stage(place, *_built[request.param])
        made.again()
        yield made
        db.session.rollback()
