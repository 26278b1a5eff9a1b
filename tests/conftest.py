"""What all tests stand on: the application on a fresh database, SQLite always and PostgreSQL where there is one."""

import contextvars
import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings

from forum.core.database import db
from tests.factories import mail
from tests.places import Postgresql, Sqlite, back_to

# How long an example takes says something of the machine, not of the program. The same commit is tried with the same
# examples; to look for new ones is a run of its own.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.register_profile("wide", deadline=None, max_examples=2_000)
hypothesis_settings.load_profile("house")

REQUIRE_ALL = os.environ.get("FORUM_TEST_REQUIRE_ALL") == "1"
ADMIN_URL = os.environ.get("FORUM_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


def skip_or_fail(reason: str) -> None:
    """What a test does whose surroundings are missing: skip here, fail where everything must be there."""
    if REQUIRE_ALL:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A throw-away database, dropped at the end; no existing one is touched."""
    admin = sa.create_engine(ADMIN_URL, isolation_level="AUTOCOMMIT")
    name = f"forum_test_{uuid.uuid4().hex[:12]}"
    try:
        with admin.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
            connection.execute(sa.text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    except (sa.exc.OperationalError, ModuleNotFoundError) as error:
        skip_or_fail(f"no PostgreSQL: {str(error).splitlines()[0]}")
    yield admin.url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


class Browser(FlaskClient):
    """A test client whose requests don't see the test's own application context, as real ones wouldn't."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        db.session.rollback()
        return answer


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sqlite]:
    place = Sqlite(tmp_path_factory.mktemp("sqlite"))
    yield place
    _close(place.app)


@pytest.fixture(scope="session")
def _postgresql(tmp_path_factory: pytest.TempPathFactory, postgresql_url: str) -> Iterator[Postgresql]:
    place = Postgresql(tmp_path_factory.mktemp("postgresql"), postgresql_url)
    yield place
    _close(place.app)
    place.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on an empty, migrated database, with an application context pushed."""
    place: Sqlite | Postgresql = request.getfixturevalue(f"_{request.param}")
    back_to(place)
    place.app.test_client_class = Browser
    with place.app.app_context():
        place.app.config.update(RATE_LIMITS=False, GUEST_CACHE=True)
        mail.forget(place.app)
        yield place.app
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A guest's browser."""
    return app.test_client()
