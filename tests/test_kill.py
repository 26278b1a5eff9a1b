"""Killed at any moment, nothing that was acknowledged is lost and nobody hears of anything twice."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.processes import Place
from tests.storm import storm


@pytest.fixture(params=["sqlite", "postgresql"])
def community(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, str]]:
    """A place with a migrated database, and the database's address."""
    place = Place(tmp_path)
    url = f"sqlite:///{place.database}"
    if request.param == "postgresql":
        url = request.getfixturevalue("empty_postgresql")
        place.settings["FORUM_DATABASE_URL"] = url
    assert place.call("migrate").returncode == 0
    yield place, url
    place.close()


@pytest.fixture
def empty_postgresql(postgresql_url: str) -> Iterator[str]:
    """A database beside the one of the other tests, dropped at the end."""
    name = f"forum_test_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield admin.url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def test_a_worker_that_is_killed_while_it_delivers_loses_and_doubles_nothing(community: tuple[Place, str]) -> None:
    place, url = community
    with storm(place, url, reports=8) as weather:
        weather.blow(replies=40, reports=8, kills=10, web_too=False, pause=0.6)
        weather.calm()
        weather.check()


@pytest.mark.full
def test_two_hundred_kills_of_worker_and_web_server(community: tuple[Place, str]) -> None:
    place, url = community
    with storm(place, url, reports=200) as weather:
        weather.blow(replies=800, reports=200, kills=200, web_too=True, pause=1.0)
        weather.calm(900)
        weather.check()
