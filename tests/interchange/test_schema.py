"""The JSON Schema says the same as the importer."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from forum.core import clock
from forum.demo.assemble import records as demo
from forum.interchange import schema
from forum.interchange.shapes import SHAPES, check
from tests.interchange.conftest import Archive
from tests.interchange.sample import whole

FILE = Path(__file__).parent.parent.parent / "docs" / "interchange.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(schema.schema())


def test_the_schema_in_docs_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == schema.text(), (
        "python -m forum.interchange.schema > docs/interchange.schema.json"
    )


def test_the_samples_and_the_demo_keep_to_the_schema() -> None:
    for record in (*whole(), *demo(clock.now())):
        VALIDATOR.validate(record)


def test_an_export_keeps_to_the_schema(archive: Archive) -> None:
    archive.bring_in(whole())
    for line in archive.take_out().read_text(encoding="utf-8").splitlines():
        VALIDATOR.validate(json.loads(line))


def mutations() -> list[tuple[str, dict[str, Any]]]:
    """Each record of the sample with each field taken away, emptied, and given each wrong value."""
    found = []
    for record in whole()[1:]:
        for name in record:
            if name in {"kind", "username", "body", "title", "text", "reason"}:
                wrong: list[Any] = [None, 7, []]
            else:
                wrong = [None, [[]], {"x": {}}, -1.5]
            found += [
                (f"{record['kind']}.{name}={value!r}", record | {name: value})
                for value in wrong
                if name != "kind" and not (name == "idea" and isinstance(value, dict))
            ]
    return found


@pytest.mark.parametrize("record", [record for _, record in mutations()], ids=[name for name, _ in mutations()])
def test_schema_and_importer_refuse_the_same(record: dict[str, Any]) -> None:
    try:
        check(record["kind"], record)
        is_taken = True
    except ValueError:
        is_taken = False
    assert VALIDATOR.is_valid(record) == is_taken


def test_every_kind_is_in_the_sample() -> None:
    assert {record["kind"] for record in whole()} == {"community", *SHAPES}
