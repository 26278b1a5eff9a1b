"""A stub provider, and a browser."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.accounts import browser
from tests.factories.provider import StubProvider, serving


@pytest.fixture
def stub() -> Iterator[StubProvider]:
    with serving() as made:
        yield made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)
