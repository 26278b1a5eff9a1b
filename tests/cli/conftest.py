"""The command line as an operator meets it: real processes on a database of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import Place


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
