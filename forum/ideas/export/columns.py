"""What an export holds: its columns in their order, and the same as a JSON Schema.

Columns are only ever added, at the end; what one means never changes. Each addition raises SCHEMA_VERSION.
`python -m forum.ideas.export.columns > docs/ideas-export.schema.json` writes the schema anew; a test fails when it is
stale.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from forum.ideas.models import STAGES

SCHEMA_VERSION = 1
MOST_COMMENTS = 3
MOST_REASONS = 100
RECENT_DAYS = 30
DRAFT = "https://json-schema.org/draft/2020-12/schema"

Kind = Literal["number", "text", "time", "words", "texts", "numbers", "comments"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, what kind of value it holds, what that means."""

    name: str
    kind: Kind
    description: str
    is_nullable: bool = False
    choices: Sequence[str] = ()


COLUMNS: tuple[Column, ...] = (
    Column("schema_version", "number", "Version of these columns; it grows when a column is added."),
    Column("as_of", "time", "The moment that votes, status and answer are as of."),
    Column("rank", "number", "Place by votes; of equals the older idea first, then the smaller id."),
    Column("id", "number", "The idea's number, which never changes."),
    Column("address", "text", "Where the idea is shown."),
    Column("title", "text", "Title."),
    Column("text", "text", "The idea as it was written, in Markdown."),
    Column("text_plain", "text", "The same without markup."),
    Column("language", "text", "Language of the idea, such as `de`."),
    Column("status", "text", "Key of the status at `as_of`, such as `under-review`; the operator may add some."),
    Column("stage", "text", "What the status means: one of six words that stay.", choices=STAGES),
    Column("category", "text", "Key of the category."),
    Column("area", "text", "Key of the product area.", is_nullable=True),
    Column("tags", "words", "Tags."),
    Column("owner", "text", "User name of the one in the product team who looks after it.", is_nullable=True),
    Column("target", "text", "Month for which it is meant, as `2027-03`.", is_nullable=True),
    Column("votes", "number", "Members who support it or an idea merged into it, each counted once."),
    Column("votes_30_days", "number", f"Those of them who voted in the {RECENT_DAYS} days before `as_of`."),
    Column("staff_votes", "number", "Votes of people with a role, which `votes` leaves out."),
    Column("votes_nice", "number", "Those of `votes` to whom it would be nice."),
    Column("votes_important", "number", "Those of `votes` to whom it is important."),
    Column("votes_essential", "number", "Those of `votes` to whom it is essential."),
    Column("first_vote_at", "time", "The oldest of `votes` whose time is known.", is_nullable=True),
    Column("last_vote_at", "time", "The newest of them.", is_nullable=True),
    Column("reasons", "texts", f"Reasons that voters gave, the newest first, at most {MOST_REASONS}."),
    Column("comment_count", "number", "Published comments."),
    Column("comments", "comments", f"Up to {MOST_COMMENTS} comments with the most reactions; none without any."),
    Column("merged_ids", "numbers", "Ideas that were merged into this one."),
    Column("created_at", "time", "When it was proposed."),
    Column("updated_at", "time", "When anything of it last changed."),
    Column("answer", "text", "The official answer at `as_of`, in Markdown; empty without one."),
)

NEW, CHANGED, GONE = CHANGES = ("new", "changed", "gone")

DIFFERENCE_COLUMNS: tuple[Column, ...] = (
    Column(
        "change",
        "text",
        "What happened since the earlier snapshot; `gone`: deleted, merged, hidden, or no longer in the selection.",
        choices=CHANGES,
    ),
    Column("votes_before", "number", "`votes` in the earlier snapshot; 0 for a new idea."),
    Column("votes_change", "number", "How `votes` moved since; of an idea that is gone all are lost."),
    *COLUMNS,
)
"""The columns of a file of differences. An idea that is gone has the other columns as they last were."""

_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "integer"}
_TIME: dict[str, Any] = {"type": "string", "format": "date-time"}
_COMMENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "address": _TEXT | {"description": "Where the comment is shown."},
        "text": _TEXT | {"description": "The comment without markup."},
        "reactions": _NUMBER | {"description": "How many reactions it got."},
    },
    "required": ["address", "text", "reactions"],
    "additionalProperties": False,
}
_KINDS: Mapping[Kind, Mapping[str, Any]] = {
    "number": _NUMBER,
    "text": _TEXT,
    "time": _TIME,
    "words": {"type": "array", "items": _TEXT},
    "texts": {"type": "array", "items": _TEXT},
    "numbers": {"type": "array", "items": _NUMBER},
    "comments": {"type": "array", "items": _COMMENT, "maxItems": MOST_COMMENTS},
}


def column_schema(column: Column) -> dict[str, Any]:
    """The JSON Schema of one column's value."""
    made = dict(_KINDS[column.kind])
    if column.choices:
        made["enum"] = list(column.choices)
    if column.is_nullable:
        made["type"] = [made["type"], "null"]
    return made | {"description": column.description}


def row_schema(columns: Sequence[Column]) -> dict[str, Any]:
    """The JSON Schema of one row. Readers must expect columns that they don't know."""
    return {
        "type": "object",
        "properties": {column.name: column_schema(column) for column in columns},
        "required": [column.name for column in columns],
    }


def _document(row: str, heading: str) -> dict[str, Any]:
    return {
        "description": heading,
        "type": "object",
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "as_of": _TIME | {"description": "The same as in each row."},
            "ideas": {"type": "array", "items": {"$ref": f"#/$defs/{row}"}},
        },
        "required": ["schema_version", "as_of", "ideas"],
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of a file in the format `json`; `$defs` has those of the lines of `jsonl`."""
    return {
        "$schema": DRAFT,
        "title": f"Export of ideas, version {SCHEMA_VERSION}",
        "anyOf": [{"$ref": "#/$defs/export"}, {"$ref": "#/$defs/differences"}],
        "$defs": {
            "export": _document("idea", "a whole export"),
            "differences": _document("difference", "what has changed since an earlier snapshot"),
            "idea": row_schema(COLUMNS) | {"description": "an idea"},
            "difference": row_schema(DIFFERENCE_COLUMNS) | {"description": "an idea that is new, changed or gone"},
        },
    }


def text() -> str:
    """The schema as it stands in docs/."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
