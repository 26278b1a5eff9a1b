"""What each kind of token gets from each address for programs."""

from typing import Any, NamedTuple

import pytest

from tests.factories.world import SECRETS
from tests.system.conftest import Stage
from tests.system.secrets import NOTHING
from tests.system.test_routes import on_engines

HOLDERS = {
    "product": "the product team, who may not see the private category",
    "product inside": "the same, and in its group",
    "manager": "sees every category",
    "admin": "sees every category",
    "customer": "was of the product team once",
    "customer inside": "the same, and in the group of the private category",
    "owing step": "an administrator who has yet to set up the second step",
    "unscoped": "of the product team, with a token that is for nothing",
    "unknown": "no token of ours",
    "none": "no token at all",
}
INSIDE = ("product inside", "manager", "admin")


class Row(NamedTuple):
    """An address and the status for each holder."""

    address: str
    expected: dict[str, int]


def _open(status: int, **others: int) -> dict[str, int]:
    """Whoever may read the board."""
    usual = dict.fromkeys(HOLDERS, status)
    refused = dict.fromkeys(("customer", "customer inside", "owing step", "unscoped"), 403)
    return usual | refused | {"unknown": 401, "none": 401} | others


def _hidden(status: int) -> dict[str, int]:
    return _open(404) | dict.fromkeys(INSIDE, status)


ROWS = (
    Row("/api/v1/ideas", _open(200)),
    Row("/api/v1/ideas?limit=1", _open(200)),
    Row("/api/v1/ideas?updated_since=2000-01-01T00:00:00Z", _open(200)),
    Row("/api/v1/ideas?area={area}&status=new", _open(200)),
    Row("/api/v1/ideas?area={secret_area}", _hidden(200)),
    Row("/api/v1/ideas?area=no-such-area", _open(404)),
    Row("/api/v1/ideas/{idea}", _open(200)),
    Row("/api/v1/ideas/{merged_idea}", _open(200)),
    Row("/api/v1/ideas/{secret_idea}", _hidden(200)),
    Row("/api/v1/ideas/990008", _open(404)),
    Row("/api/v1/ideas/{secret}", _open(404)),
    Row("/api/v1/openapi.json", dict.fromkeys(HOLDERS, 200)),
)
rows = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.address)


def _ask(stage: Stage, holder: str, address: str) -> Any:
    sent = {} if holder == "none" else {"Authorization": f"Bearer {stage.world.tokens[holder]}"}
    return stage.app.test_client().get(address, headers=sent)


@on_engines
@rows
def test_each_token_gets_the_answer_of_the_table(stage: Stage, row: Row) -> None:
    """And whoever may not see the private category finds no trace of it."""
    answers, traces = {}, {}
    address = stage.world.address(row.address)
    for holder in HOLDERS:
        answer = _ask(stage, holder, address)
        answers[holder] = answer.status_code
        said = f"{answer.headers}\n{answer.text}"
        found = {word for word in SECRETS if word in said and word not in address}
        if found and holder not in INSIDE:
            traces[holder] = found
    assert answers == row.expected
    assert traces == {}


@on_engines
@pytest.mark.parametrize("address", ["/api/v1/ideas/{secret_idea}", "/api/v1/ideas?area={secret_area}"])
def test_a_hidden_idea_is_answered_as_one_that_is_not_there(stage: Stage, address: str) -> None:
    for holder in HOLDERS.keys() - set(INSIDE):
        hidden = _ask(stage, holder, stage.world.address(address))
        nothing = _ask(stage, holder, address.format(**stage.world.places | NOTHING))
        said = hidden.text.replace(str(stage.world.places["secret_idea"]), "…")
        assert (hidden.status_code, said.replace(stage.world.places["secret_area"], "…")) == (
            nothing.status_code,
            nothing.text.replace(str(NOTHING["secret_idea"]), "…").replace(str(NOTHING["secret_area"]), "…"),
        ), holder


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_the_table_has_every_address_for_programs(stage: Stage) -> None:
    adapter = stage.app.url_map.bind("localhost")
    matched = (adapter.match(stage.world.address(row.address).split("?")[0], return_rule=True) for row in ROWS)
    covered = {rule.rule for rule, _values in matched}
    served = {rule.rule for rule in stage.app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert served - covered == set()
