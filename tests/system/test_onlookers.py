"""Who looks at the site as others gets the answer that the route table has for those, and changes nothing."""

import pytest

from tests.factories.visitor import Visitor
from tests.factories.world import SECRETS
from tests.system.conftest import Stage
from tests.system.routes import ROWS
from tests.system.test_routes import WHO_KNOW, on_engines

TWINS = {
    "guest": "guest",
    "new": "new",
    "group-{testers}": "other",
    "group-{partners}": "partner",
    "group-{keepers}": "keeper",
}
"""Each viewpoint with the viewer of the table whose answers it gets."""
UNLIKE: dict[str, dict[str, int]] = {
    "group-{testers}": dict.fromkeys(
        ("/u/tester?part=card", "/u/tester/threads", "/u/tester/votes"),
        404,  # their own
    ),
    "group-{partners}": {"/report?post={secret_post}": 200},  # nobody has written it
    "group-{keepers}": dict.fromkeys(
        ("/moderation", "/moderation/cases/{case}", "/moderation/cases/{secret_case}"),
        403,  # nobody in particular has no desk
    ),
}
"""Where they get another: who only looks is nobody in particular."""


@pytest.fixture(params=TWINS)
def viewpoint(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _onlooker(stage: Stage, viewpoint: str) -> Visitor:
    visitor = Visitor(stage.app, stage.world.members["admin"])
    assert visitor.post("/admin/see-as", viewpoint=stage.world.address(viewpoint)).status_code == 303
    return visitor


def _expected(viewpoint: str) -> dict[str, int]:
    found = {}
    for row in ROWS:
        if row.method == "GET":
            has_account = row.address.startswith("/settings")
            found[row.address] = 403 if has_account else row.expected[TWINS[viewpoint]]
    unlike = UNLIKE.get(viewpoint, {})
    assert unlike.keys() <= found.keys()
    return found | unlike


@on_engines
def test_who_looks_gets_the_answers_of_those_they_look_as(stage: Stage, viewpoint: str) -> None:
    """And finds no trace of the private category where those wouldn't."""
    visitor, expected = _onlooker(stage, viewpoint), _expected(viewpoint)
    answers, traces = {}, {}
    for template in expected:
        address = stage.world.address(template)
        answer = visitor.get(address)
        answers[template] = answer.status_code
        said = f"{answer.headers}\n{answer.get_data().decode(errors='replace')}"
        answer.close()
        found = {word for word in SECRETS if word in said and word.lower() not in address.lower()}
        if found and TWINS[viewpoint] not in WHO_KNOW:
            traces[template] = found
    assert answers == expected
    assert traces == {}


@on_engines
def test_whatever_form_they_send_is_refused(stage: Stage, viewpoint: str) -> None:
    visitor = _onlooker(stage, viewpoint)
    sent = [row for row in ROWS if row.method == "POST" and row.address != "/see-as/end"]
    assert len(sent) > 100
    for row in sent:
        form = {name: stage.world.address(value) for name, value in (row.form or {}).items()} | row.files()
        answer = visitor.post(stage.world.address(row.address), **form)
        assert (answer.status_code, "only look" in answer.text) == (403, True), row.name
