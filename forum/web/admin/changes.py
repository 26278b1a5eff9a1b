"""What an act changed, as the audit log shows it: in short beside others, and in full as a difference."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from forum.web.differences import differences

SHORT = 60
"""Longer values are cut off where entries stand in a list."""

_Change = tuple[str, Any, Any]


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Sequence[tuple[str, str, str]]:
    """What an act changed: name, value before and value after; an empty text where there was none. What was before and
    after alike is left out. Of what has parts (`registration.mode`) those that differ, of long lists what has gone and
    what has come."""
    these, those = before or {}, after or {}
    found = []
    for name, *both in _parts(_otherwise(these, those), _otherwise(those, these)):
        former, present = _briefly(*both) if all(isinstance(one, list) for one in both) else both
        found.append((name, _said(former), _said(present)))
    return found


def in_full(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Sequence[tuple[str, Any]]:
    """What an act changed, each name with the rows that `components/diff.html` draws."""
    return [
        (name, differences(_lines(former), _lines(present)))
        for name, former, present in _parts(before or {}, after or {})
        if _lines(former) or _lines(present)
    ]


def _parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[_Change]:
    for name in dict.fromkeys([*before, *after]):
        former, present = before.get(name), after.get(name)
        if not (isinstance(former or present, dict) and isinstance(present or former, dict)):
            yield name, former, present
            continue
        these, those = former or {}, present or {}
        for part, was, becomes in _parts(_otherwise(these, those), _otherwise(those, these)):
            if _said(was) or _said(becomes):
                yield f"{name}.{part}", was, becomes


def _otherwise(these: Mapping[str, Any], those: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in these.items() if name not in those or those[name] != value}


def _briefly(former: list[Any], present: list[Any]) -> tuple[list[Any], list[Any]]:
    """Both, or of long ones what the other lacks, unless that is nothing."""
    if max(len(_said(former)), len(_said(present))) <= SHORT:
        return former, present
    had, has = ({json.dumps(one) for one in these} for these in (former, present))
    gone = [one for one in former if json.dumps(one) not in has]
    come = [one for one in present if json.dumps(one) not in had]
    return (gone, come) if gone or come else (former, present)


def _said(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, list):
        return ", ".join(" = ".join(map(_said, one)) if isinstance(one, list) else _said(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _lines(value: Any) -> str:
    """A value as text, what a list holds each on a line of its own."""
    return "\n".join(_said([one]) for one in value) if isinstance(value, list) else _said(value)
