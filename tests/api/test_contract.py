"""A public contract tester asks the whole OpenAPI document of the running application."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.api.openapi import document
from tests.api.test_ideas import token_of
from tests.factories import ideas
from tests.factories import threads as make

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("default")]  # the tester's own warnings are not ours
schemathesis = pytest.importorskip("schemathesis")


@pytest.mark.parametrize("has_token", [True, False], ids=["with a token", "without"])
@pytest.mark.parametrize("path", document()["paths"])
def test_every_answer_is_as_described(app: Flask, path: str, has_token: bool) -> None:
    """Requests as described and others, with and without a token, by all checks that the tester has."""
    team, area = make.member("pia", "product"), ideas.area(name="Lamps")
    for number in range(3):
        posted = ideas.idea(make.member(), area, f"Idea {number}", tags="a")
        ideas.vote(make.member(), posted.thread_id, importance="nice", reason="So.")
    token = {"Authorization": f"Bearer {token_of(team)}"} if has_token else {}
    headers = {"Accept-Encoding": "identity", **token}
    operation = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)[path]["GET"]
    modes = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    cases = st.one_of(operation.as_strategy(generation_mode=mode) for mode in modes)

    @settings(max_examples=200 if has_token else 40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(cases)
    def holds(case: Any) -> None:
        case.call_and_validate(headers=headers)

    holds()
