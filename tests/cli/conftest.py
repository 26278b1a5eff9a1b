"""The command line as an operator meets it: real processes on a database of their own."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import Place

KIM = ["create-admin", "--username", "kim", "--email", "kim@example.org", "--password-stdin"]
LEE = ["create-admin", "--username", "lee", "--email", "lee@example.org", "--password-stdin"]
PASSWORD = "correct horse battery\n"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without content."""
    place = Place(tmp_path_factory.mktemp("migrated"))
    done = place.call("migrate")
    assert done.returncode == 0, done.stderr
    return place.database


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Place]:
    """A place without a database."""
    place = Place(tmp_path)
    yield place
    place.close()


@pytest.fixture
def place(bare: Place, migrated: Path) -> Place:
    """A place with a migrated database."""
    bare.take(migrated)
    return bare


@pytest.fixture
def team(place: Place) -> Place:
    """Two administrators, kim and lee."""
    for command in (KIM, LEE):
        assert place.call(*command, given=PASSWORD).returncode == 0
    return place


def rows(place: Place, statement: str) -> list[Any]:
    """What the database of the place answers."""
    with sqlite3.connect(place.database) as connection:
        return connection.execute(statement).fetchall()
