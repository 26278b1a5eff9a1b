"""A null byte in a form, which PostgreSQL would refuse, is left out wherever it stands."""

from typing import Any

import pytest
from flask import Flask

from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.visitor import Visitor


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"look": "1", "body": "It is\0 bright.", "tags": "la\0mp"}, 200),
        ({"body": "It is bright.", "submission": "one\0"}, 303),
        ({"body": "It is bright.", "place_of_draft": "idea\0"}, 303),
    ],
)
def test_a_null_byte_in_a_form_is_left_out(app: Flask, form: dict[str, Any], status: int) -> None:
    ideas.area(name="Lamps")
    anna = Visitor(app, make.member("anna"))
    answer = anna.post("/ideas/new", title="A lamp\0 that dims", area="lamps\0", **form)
    assert answer.status_code == status


def test_names_and_numbers_that_no_database_takes(app: Flask) -> None:
    boss = Visitor(app, make.member("boss", "manager"))
    assert boss.post("/admin/areas/new", name_en="La\0mps", category=make.category()).status_code == 303
    assert boss.post("/admin/areas/new", name_en="Lights", category=10**25).status_code == 400
    assert boss.post("/settings/tokens", name="sync\0", scopes="ideas:read", days="90").status_code == 201
