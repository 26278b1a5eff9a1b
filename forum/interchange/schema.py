"""docs/interchange.schema.json, made from the table of the format.

`python -m forum.interchange.schema > docs/interchange.schema.json` writes it anew; a test fails when it is stale.
"""

import json
import sys
from typing import Any

from forum.interchange import values
from forum.interchange.shapes import FORMAT, SHAPES, Field, Shape

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _nullable(schema: Any) -> dict[str, Any]:
    return {"anyOf": [dict(schema), {"type": "null"}]}


def _field(field: Field) -> dict[str, Any]:
    made = dict(field.value.schema) if field.required else _nullable(field.value.schema)
    words = [field.explanation] if field.explanation else []
    if field.ref:
        line = "any" if field.later else "an earlier"
        words.append(f"refers to a {field.ref} on {line} line")
    return made | ({"description": "; ".join(words)} if words else {})


def _kind(kind: str, shape: Shape) -> dict[str, Any]:
    properties: dict[str, Any] = {"kind": {"const": kind}}
    required = ["kind"]
    if shape.has_id:
        properties["id"] = dict(values.REFERENCE.schema)
        properties["origin"] = _nullable(values.ORIGIN.schema) | {
            "description": "where the record came from, if that is another system than `source`"
        }
        required.append("id")
    for name, field in shape.fields.items():
        properties[name] = _field(field)
        if field.required:
            required.append(name)
    made: dict[str, Any] = {
        "title": kind,
        "description": shape.explanation,
        "type": "object",
        "properties": properties,
        "required": required,
    }
    if shape.one_of:
        made["oneOf"] = [
            {
                "required": [name],
                "properties": {name: {"not": {"type": "null"}}}
                | {other: {"type": "null"} for other in shape.one_of if other != name},
            }
            for name in shape.one_of
        ]
    if shape.needs:
        made["allOf"] = [
            {
                "if": {"required": [name], "properties": {name: {"const": word}}},
                "then": {"required": [needed], "properties": {needed: {"not": {"type": "null"}}}},
            }
            for name, word, needed in shape.needs
        ]
    return made


def _community() -> dict[str, Any]:
    return {
        "title": "community",
        "description": "the first line: which system the ids come from",
        "type": "object",
        "properties": {
            "kind": {"const": "community"},
            "format": {"const": FORMAT},
            "source": {"type": "string", "minLength": 1, "maxLength": 100},
            "name": _nullable(values.NAMES.schema),
            "description": _nullable(values.NAMES.schema),
            "languages": _nullable({"type": "array", "items": {"type": "string"}}),
            "export": _nullable(values.FLAG.schema)
            | {"description": "true in an export of this software: an empty community takes over its source and ids"},
        },
        "required": ["kind", "format", "source"],
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of one line."""
    kinds = {"community": _community()} | {kind: _kind(kind, shape) for kind, shape in SHAPES.items()}
    return {
        "$schema": DRAFT,
        "title": "One line of a community archive, interchange format 1",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(kinds)}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/{kind}"},
            }
            for kind in kinds
        ],
        "$defs": kinds,
    }


def text() -> str:
    """The schema as it stands in docs/."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
