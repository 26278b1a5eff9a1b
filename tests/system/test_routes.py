"""Every route answers every kind of viewer as the table in routes.py says."""

from typing import Any

import pytest
from werkzeug.exceptions import HTTPException, NotFound

from forum.http import forgery
from tests.factories.visitor import Visitor
from tests.factories.world import SECRETS
from tests.system.conftest import Stage
from tests.system.routes import ROWS, VIEWERS, Row

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.full)]
on_engines = pytest.mark.parametrize("stage", ENGINES, indirect=True)
rows = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
WITHOUT_TOKEN = ("/unsubscribe/{unsubscribe_token}", "/login/with/company/logout")
"""What programs send that have seen no form of ours; `forum.http.forgery` names each."""
WHO_KNOW = ("partner", "moderator", "manager", "admin")
"""To whom the private category is open."""
rows_with_a_token = pytest.mark.parametrize(
    "row", [row for row in ROWS if row.method == "POST" and row.address not in WITHOUT_TOKEN], ids=lambda row: row.name
)


def _visitor(stage: Stage, name: str) -> Visitor:
    return Visitor(stage.app, None if name == "guest" else stage.world.members[name])


def _form(stage: Stage, row: Row) -> dict[str, Any]:
    filled = {name: stage.world.address(value) for name, value in (row.form or {}).items()}
    return filled | row.files()


def _ask(stage: Stage, row: Row, name: str) -> tuple[int, set[str]]:
    """The status, and the words of the private category that the answer says without having been told them."""
    visitor, address, form = _visitor(stage, name), stage.world.address(row.address), _form(stage, row)
    answer = visitor.get(address) if row.method == "GET" else visitor.post(address, **form)
    told = f"{address} {' '.join(map(str, form.values()))}".lower()
    said = f"{answer.headers}\n{answer.get_data().decode(errors='replace')}"
    answer.close()
    return answer.status_code, {word for word in SECRETS if word in said and word.lower() not in told}


@on_engines
@rows
def test_each_viewer_gets_the_answer_of_the_table(stage: Stage, row: Row) -> None:
    """And whoever may not see the private category finds no trace of it: in no page, list, file, answer or refusal."""
    answers, traces = {}, {}
    for name in VIEWERS:
        answers[name], found = _ask(stage, row, name)
        if found and name not in WHO_KNOW:
            traces[name] = found
        if row.method == "POST":
            stage.again()
    assert answers == row.expected
    assert traces == {}


@on_engines
@rows_with_a_token
def test_nothing_is_written_without_the_token_against_forged_requests(stage: Stage, row: Row) -> None:
    for name in ("guest", "author", "admin"):
        answer = _visitor(stage, name).post_without_token(stage.world.address(row.address), **_form(stage, row))
        assert answer.status_code == 400, name


def test_what_needs_no_token_is_named_in_one_place() -> None:
    assert len(forgery.WITHOUT_TOKEN) == len(WITHOUT_TOKEN)


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_the_table_has_every_route(stage: Stage) -> None:
    adapter = stage.app.url_map.bind("localhost")
    covered = set()
    for row in ROWS:
        try:
            rule, _values = adapter.match(stage.world.address(row.address).split("?")[0], row.method, return_rule=True)
        except (NotFound, HTTPException) as error:
            pytest.fail(f"{row.name}: {error}")
        covered.add((row.method, rule.rule))
    served = {
        (method, rule.rule) for rule in stage.app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert served - covered == set()
