"""What a field may hold: each value is checked, converted, and described for the JSON Schema."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from forum.moderation.models import ACTS

ID_LENGTH = 200
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
EARLIEST_YEAR, LATEST_YEAR = 1900, 9000
ACT_WORDS = {act: act for act in ACTS} | {"remove_and_warn": "remove_warn", "none": "no_action"}


class Wrong(ValueError):
    """A value that its field can't hold; the message is the end of a sentence about the field."""


class Removed:
    """Counts control characters and lone surrogates that were taken out."""

    count = 0


@dataclass(frozen=True, slots=True)
class Value:
    """One kind of value: `convert` raises Wrong."""

    convert: Callable[[Any, Removed], Any]
    schema: Mapping[str, Any]


def _clean(given: str, removed: Removed) -> str:
    cleaned, count = _UNWANTED.subn("", given)
    removed.count += count
    return cleaned


def _text(given: Any, removed: Removed) -> str:
    if not isinstance(given, str):
        raise Wrong("is not a text")
    return _clean(given, removed)


def _reference(given: Any, removed: Removed) -> str:
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str):
        raise Wrong("is not an id")
    cleaned = _clean(given, removed).strip()
    if not cleaned or len(cleaned) > ID_LENGTH:
        raise Wrong(f"is not an id of 1 to {ID_LENGTH} characters")
    return cleaned


def _time(given: Any, _removed: Removed) -> datetime:
    if not isinstance(given, str):
        raise Wrong("is not a time")
    try:
        at = datetime.fromisoformat(given.strip())
    except ValueError:
        raise Wrong("is not a time in ISO 8601") from None
    if not EARLIEST_YEAR <= at.year < LATEST_YEAR:
        raise Wrong("is not between the years 1900 and 9000")
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _number(given: Any, _removed: Removed) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not -(2**31) <= given < 2**31:
        raise Wrong("is not a whole number of 32 bits")
    return given


def _flag(given: Any, _removed: Removed) -> bool:
    if not isinstance(given, bool):
        raise Wrong("is neither true nor false")
    return given


def _names(given: Any, removed: Removed) -> Any:
    if isinstance(given, str):
        return _clean(given, removed)
    if isinstance(given, dict) and given and all(isinstance(word, str) for word in given.values()):
        return {_clean(language, removed): _clean(word, removed) for language, word in given.items()}
    raise Wrong("is neither a text nor texts by language")


def _version(given: Any, removed: Removed) -> str:
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    return _text(given, removed)


def _object(given: Any, removed: Removed) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Wrong("is not an object")
    cleaned: dict[str, Any] = _deep(given, removed)
    return cleaned


def _deep(given: Any, removed: Removed) -> Any:
    if isinstance(given, str):
        return _clean(given, removed)
    if isinstance(given, list):
        return [_deep(one, removed) for one in given]
    if isinstance(given, dict):
        return {_clean(name, removed): _deep(one, removed) for name, one in given.items()}
    if isinstance(given, float) and not math.isfinite(given):
        raise Wrong("has a number that is none")
    return given


def one_of(*words: str) -> Value:
    """One of these words."""

    def convert(given: Any, _removed: Removed) -> str:
        if given not in words or not isinstance(given, str):
            raise Wrong(f"is none of {', '.join(words)}")
        return given

    return Value(convert, {"enum": list(words)})


def list_of(value: Value) -> Value:
    """A list of such values."""

    def convert(given: Any, removed: Removed) -> list[Any]:
        if not isinstance(given, list):
            raise Wrong("is not a list")
        return [value.convert(one, removed) for one in given]

    return Value(convert, {"type": "array", "items": value.schema})


def _act(given: Any, _removed: Removed) -> str:
    if not isinstance(given, str) or given not in ACT_WORDS:
        raise Wrong(f"is none of {', '.join(ACT_WORDS)}")
    return ACT_WORDS[given]


def _parts(given: Any, removed: Removed, **parts: tuple[Value, bool]) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Wrong("has a part that is not an object")
    found: dict[str, Any] = {}
    for name, (value, required) in parts.items():
        one = given.get(name)
        if one is None and required:
            raise Wrong(f"has a part without {name}")
        try:
            found[name] = None if one is None else value.convert(one, removed)
        except ValueError as error:
            raise Wrong(f"has a part whose {name} {error}") from None
    return found


TEXT = Value(_text, {"type": "string"})
REFERENCE = Value(_reference, {"type": ["string", "integer"], "minLength": 1, "maxLength": ID_LENGTH})
TIME = Value(_time, {"type": "string", "format": "date-time"})
NUMBER = Value(_number, {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1})
FLAG = Value(_flag, {"type": "boolean"})
NAMES = Value(
    _names,
    {"oneOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}]},
)
VERSION = Value(_version, {"type": ["string", "integer"]})
OBJECT = Value(_object, {"type": "object"})
ACT = Value(_act, {"enum": list(ACT_WORDS)})


def _object_schema(**parts: tuple[Value, bool]) -> dict[str, Any]:
    null = {"type": "null"}
    nullable = {name: {"anyOf": [value.schema, null]} for name, (value, required) in parts.items() if not required}
    plain = {name: value.schema for name, (value, required) in parts.items() if required}
    return {"type": "object", "properties": plain | nullable, "required": sorted(plain)}


_REVISION: dict[str, tuple[Value, bool]] = {"body": (TEXT, True), "author": (REFERENCE, False), "at": (TIME, False)}
_RULE: dict[str, tuple[Value, bool]] = {
    "number": (NUMBER, True),
    "title": (NAMES, True),
    "text": (NAMES, True),
    "severity": (NUMBER, False),
}
_ORIGIN: dict[str, tuple[Value, bool]] = {"source": (TEXT, True), "id": (REFERENCE, True), "username": (TEXT, False)}


def _origins(given: Any, removed: Removed) -> list[dict[str, Any]]:
    return [_parts(one, removed, **_ORIGIN) for one in (given if isinstance(given, list) else [given])]


REVISION = Value(lambda given, removed: _parts(given, removed, **_REVISION), _object_schema(**_REVISION))
RULE = Value(lambda given, removed: _parts(given, removed, **_RULE), _object_schema(**_RULE))
ORIGIN = Value(_origins, {"anyOf": [_object_schema(**_ORIGIN), {"type": "array", "items": _object_schema(**_ORIGIN)}]})
