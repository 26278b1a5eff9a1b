"""THE table of the format: which kinds there are, their fields, what each field holds and what it refers to.

docs/interchange.schema.json is made from it (`forum.interchange.schema`); docs/interchange.md explains it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forum.core.actor import ROLES
from forum.ideas.models import IMPORTANCES
from forum.interchange import values
from forum.interchange.values import Value
from forum.members.models import PROFILE_AUDIENCES
from forum.threads.models import KINDS, MOVED, REACTIONS, STATES

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how its value is checked, whether it must be there, the kind it refers to.

    A `later` reference may name a record on a later line and is resolved at the end.
    """

    value: Value
    required: bool = False
    ref: str | None = None
    later: bool = False
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of record; exactly one of `one_of` must be there. Each of `needs` names a field, a value of it, and the
    field that must be there with it."""

    fields: Mapping[str, Field]
    has_id: bool = True
    one_of: tuple[str, ...] = ()
    needs: tuple[tuple[str, str, str], ...] = ()
    explanation: str = ""


def _ref(kind: str, explanation: str = "", *, required: bool = False, later: bool = False) -> Field:
    return Field(values.REFERENCE, required, kind, later, explanation)


def _must(value: Value, explanation: str = "") -> Field:
    return Field(value, required=True, explanation=explanation)


def _may(value: Value, explanation: str = "") -> Field:
    return Field(value, explanation=explanation)


_TEAM_FIRST = ("member", *ROLES)

SHAPES: Mapping[str, Shape] = {
    "member": Shape(
        {
            "username": _must(values.TEXT, "made valid and unique; the original becomes the display name"),
            "display_name": _may(values.TEXT),
            "email": _may(values.TEXT),
            "joined_at": _may(values.TIME),
            "about": _may(values.TEXT, "Markdown"),
            "role": _may(values.one_of(*_TEAM_FIRST)),
            "roles": _may(values.list_of(values.one_of(*_TEAM_FIRST)), "all roles, where there are several"),
            "groups": _may(values.list_of(values.TEXT), "names"),
            "language": _may(values.TEXT),
            "avatar": _may(values.TEXT, "file name beside the archive"),
            "banner": _may(values.TEXT, "file name beside the archive"),
            "time_zone": _may(values.TEXT),
            "standing": _may(values.one_of("new", "regular", "trusted", "ambassador")),
            "confirmed_at": _may(values.TIME, "when the e-mail address was confirmed"),
            "profile_audience": _may(values.one_of(*PROFILE_AUDIENCES), "who sees the profile; absent: everybody"),
            "is_indexed": _may(values.FLAG, "whether search engines may list the profile; absent: they may"),
            "shows_presence": _may(values.FLAG, "whether others see when the member was last here; absent: no"),
            "profile_fields": _may(values.OBJECT, "what was filled in, by the field's name"),
            "shows_votes": _may(values.FLAG, "whether others see which ideas the member supports; absent: no"),
            "shows_threads": _may(values.FLAG, "whether the profile lists the threads they started; absent: yes"),
            "shows_posts": _may(values.FLAG, "whether the profile lists their posts; absent: yes"),
            "shows_ideas": _may(values.FLAG, "whether the profile lists the ideas they proposed; absent: yes"),
        },
        explanation="a person with an account",
    ),
    "category": Shape(
        {
            "name": _must(values.NAMES),
            "slug": _may(values.TEXT),
            "description": _may(values.NAMES),
            "position": _may(values.NUMBER),
            "parent": _ref("category"),
            "hue": _may(values.NUMBER, "colour, an angle from 0 to 359"),
            "groups_see": _may(values.list_of(values.TEXT), "absent: everyone"),
            "groups_start": _may(values.list_of(values.TEXT), "absent: members"),
            "groups_reply": _may(values.list_of(values.TEXT), "absent: members"),
            "groups_moderate": _may(values.list_of(values.TEXT), "absent: none"),
        },
        explanation="a place for threads",
    ),
    "thread": Shape(
        {
            "category": _ref("category", required=True),
            "title": _must(values.TEXT),
            "created_at": _must(values.TIME),
            "author": _ref("member", "absent: a former member"),
            "type": _may(values.one_of(*KINDS)),
            "tags": _may(values.list_of(values.TEXT)),
            "closed": _may(values.FLAG),
            "closed_at": _may(values.TIME),
            "pinned": _may(values.FLAG),
            "pinned_at": _may(values.TIME),
            "solution": _ref("post", later=True),
            "language": _may(values.TEXT),
            "idea": _may(
                values.OBJECT,
                "`status`, `status_at`, `area`, `answer`, `answered_at`, `target`; `merged_into` refers to a thread, "
                "on any line; the rest is kept",
            ),
        },
        explanation="a conversation",
    ),
    "post": Shape(
        {
            "thread": _ref("thread", required=True),
            "body": _must(values.TEXT, "Markdown"),
            "created_at": _must(values.TIME),
            "author": _ref("member", "absent: a former member"),
            "reply_to": _ref("post"),
            "edited_at": _may(values.TIME),
            "edited_by": _ref("member", "absent: the author"),
            "language": _may(values.TEXT),
            "state": _may(values.one_of(*STATES, MOVED), "`moved`: stands in another thread now; it has no text"),
            "hidden_at": _may(values.TIME, "when it was deleted or removed"),
            "hidden_by": _ref("member"),
            "revisions": _may(values.list_of(values.REVISION), "former texts, oldest first"),
        },
        explanation="one contribution; numbers follow the order of the file",
    ),
    "reaction": Shape(
        {
            "post": _ref("post", required=True),
            "member": _ref("member", required=True),
            "type": _must(values.one_of(*REACTIONS)),
            "created_at": _may(values.TIME),
        },
        has_id=False,
        explanation="one member's reaction of one type on one post",
    ),
    "vote": Shape(
        {
            "thread": _ref("thread", required=True),
            "member": _ref("member", required=True),
            "created_at": _may(values.TIME),
            "importance": _may(values.one_of(*IMPORTANCES), "how much it matters to them"),
            "reason": _may(values.TEXT, "in one sentence"),
        },
        has_id=False,
        explanation="one member's support of one idea",
    ),
    "rulebook": Shape(
        {
            "version": _must(values.VERSION),
            "effective_at": _must(values.TIME),
            "rules": _must(values.list_of(values.RULE)),
            "material": _may(values.FLAG, "must be accepted anew"),
            "label": _may(values.TEXT, "what it is called, where that is not its version"),
            "note": _may(values.TEXT),
        },
        explanation="one version of the rules",
    ),
    "acceptance": Shape(
        {
            "member": _ref("member", required=True),
            "rulebook": _ref("rulebook", required=True),
            "accepted_at": _must(values.TIME),
        },
        has_id=False,
        explanation="who accepted which version when",
    ),
    "report": Shape(
        {
            "member": _ref("member", "who reports", required=True),
            "post": _ref("post"),
            "about": _ref("member"),
            "text": _must(values.TEXT),
            "created_at": _must(values.TIME),
            "rulebook": _ref("rulebook"),
            "rule": _may(values.NUMBER, "number in the rulebook"),
            "evidence": _may(values.OBJECT, "the reported text as it was, in an export of a community's own"),
        },
        one_of=("post", "about"),
        explanation="one complaint",
    ),
    "decision": Shape(
        {
            "by": _ref("member", "absent or null: a former member"),
            "post": _ref("post"),
            "about": _ref("member"),
            "act": _must(values.ACT),
            "reason": _must(values.TEXT),
            "at": _must(values.TIME),
            "rulebook": _ref("rulebook"),
            "rule": _may(values.NUMBER),
            "reports": Field(values.list_of(values.REFERENCE), ref="report", explanation="ids"),
            "until": _may(values.TIME, "the end of a silence or suspension; the latter must have one"),
            "removed_post": _may(values.FLAG, "absent: by the state of the post"),
            "reversed_at": _may(values.TIME),
            "reversed_by": _ref("member"),
            "reversal_reason": _may(values.TEXT),
        },
        one_of=("post", "about"),
        needs=(("act", "suspend", "until"),),
        explanation="what was decided on the reports about one target",
    ),
}

ORDER = ("member", "category", "thread", "post", "reaction", "vote", "rulebook", "acceptance", "report", "decision")
"""Within a batch records are written kind by kind in this order, which agrees with what they refer to."""


def check(kind: str, value: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """The record with its values converted, and how many signs had to be removed for that.

    Raises ValueError with the reason when a field is missing or wrong.
    """
    shape = SHAPES[kind]
    record: dict[str, Any] = {}
    removed = values.Removed()
    if shape.has_id:
        record["id"] = _converted("id", values.REFERENCE, value.get("id"), removed, required=True)
        record["origin"] = _converted("origin", values.ORIGIN, value.get("origin"), removed, required=False)
    for name, field in shape.fields.items():
        record[name] = _converted(name, field.value, value.get(name), removed, required=field.required)
    for name, word, needed in shape.needs:
        if record[name] == word and record[needed] is None:
            raise ValueError(f"has the {name} {word} and no {needed}")
    if shape.one_of and sum(record[name] is not None for name in shape.one_of) != 1:
        raise ValueError(f"must have exactly one of {' and '.join(shape.one_of)}")
    return record, removed.count


def _converted(name: str, value: Value, given: Any, removed: values.Removed, *, required: bool) -> Any:
    if given is None:
        if required:
            raise ValueError(f"has no {name}")
        return None
    try:
        return value.convert(given, removed)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{name} {error}") from None
