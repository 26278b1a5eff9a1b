"""What every answer forbids the browser, whoever makes it: a page, one kept for all guests, an error, the API, a script."""

import pytest

from tests.factories.visitor import Visitor
from tests.system.conftest import Stage

PLACES = ("/", "/", "/t/{thread}", "/nothing/here", "/api/v1/ideas", "/healthz", "/login", "/rules")


def _policy(written: str) -> dict[str, list[str]]:
    parts = [one.split() for one in written.split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("who", ["guest", "author", "admin"])
def test_nothing_but_our_own_files_runs_or_is_loaded(stage: Stage, who: str) -> None:
    visitor: Visitor = Visitor(stage.app, stage.world.members.get(who))
    for place in PLACES:
        answer = visitor.get(stage.world.address(place))
        policy = _policy(answer.headers["Content-Security-Policy"])
        for name in ("default-src", "script-src", "style-src", "connect-src", "worker-src", "form-action"):
            assert policy[name] == ["'self'"], (place, name)
        assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"], place
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
