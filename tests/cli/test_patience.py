"""Commands that read or write everything may take longer than a page."""

import pytest
from sqlalchemy import text

from forum.cli.house import open_house
from forum.core.database import db
from tests.places import Postgresql


@pytest.mark.parametrize(("is_patient", "limit"), [(False, "30s"), (True, "0")])
def test_a_long_statement_is_ended_for_pages_and_not_for_commands(
    _postgresql: Postgresql,  # noqa: PT019  its settings are asked for
    is_patient: bool,
    limit: str,
) -> None:
    with open_house(_postgresql.settings, is_patient=is_patient):
        assert db.session.scalar(text("SHOW statement_timeout")) == limit
