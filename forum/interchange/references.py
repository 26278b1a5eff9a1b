"""From the ids of a source to ours: looked up by batch, so that memory doesn't grow with the archive."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from forum.core import origins
from forum.core.exchange import CHUNK, LEFT_OUT, Intake, Line, batched, existing
from forum.interchange.shapes import SHAPES
from forum.members import records as members
from forum.moderation import records as moderation
from forum.rules import records as rules
from forum.threads import records as threads

TABLES: Mapping[str, Table] = {**members.TABLES, **threads.TABLES, **rules.TABLES, **moderation.TABLES}
MERGED = "merged_into"
_MAX_ID = 2**63 - 1


def own_id(source_id: str) -> int | None:
    """The id that a record of our own export has here, or None for what is no id of ours."""
    if source_id.isascii() and source_id.isdecimal() and not source_id.startswith("0"):
        number = int(source_id) if len(source_id) < 20 else _MAX_ID + 1
        return number if number <= _MAX_ID else None
    return None


def known(intake: Intake, kind: str, ids: Iterable[str]) -> dict[str, int]:
    """Our ids of those records of the source that are here already."""
    found: dict[str, int] = {}
    for chunk in batched(set(ids), CHUNK):
        found |= origins.known(intake.source, kind, chunk)
    if intake.is_own:
        numbers = {number: id for id in set(ids) if id not in found and (number := own_id(id)) is not None}
        found |= {numbers[number]: number for number in existing(TABLES[kind], numbers)}
    return found


def known_by_origin(lines: Sequence[Line]) -> dict[int, int]:
    """Line numbers of records that say where they came from, where that very record is here already: our ids."""
    wanted: dict[tuple[str, str], dict[str, int]] = {}
    for line in lines:
        for origin in line.record.get("origin") or ():
            wanted.setdefault((origin["source"], line.kind), {})[origin["id"]] = line.number
    found: dict[int, int] = {}
    for (source, kind), numbers in wanted.items():
        for chunk in batched(numbers, CHUNK):
            found |= {numbers[id]: local for id, local in origins.known(source, kind, chunk).items()}
    return found


def named(lines: Iterable[Line]) -> dict[str, set[str]]:
    """The ids by kind that these records refer to."""
    found: dict[str, set[str]] = {}
    for line in lines:
        for name, field in SHAPES[line.kind].fields.items():
            given = line.record[name]
            if field.ref and not field.later and given is not None:
                found.setdefault(field.ref, set()).update(given if isinstance(given, list) else (given,))
        for revision in line.record.get("revisions") or ():
            if revision["author"]:
                found.setdefault("member", set()).add(revision["author"])
    return found


class Unknown(ValueError):
    """A reference that must be there names nothing."""


class AboutNothing(ValueError):
    """A reference that must be there names a post that was left out because it had no text."""


class Resolver:
    """Replaces ids of the source by ours in one record after another, in the order of the lines."""

    def __init__(self, intake: Intake, lines: Sequence[Line], own_lines: Mapping[tuple[str, str], int]) -> None:
        self._intake, self._own_lines = intake, own_lines
        self._ids = {kind: known(intake, kind, ids) for kind, ids in named(lines).items()}

    def note(self, line: Line) -> None:
        """The record has its id now, so that later ones may refer to it."""
        self._ids.setdefault(line.kind, {})[line.source_id] = line.id

    def resolve(self, line: Line) -> None:
        """Replaces every reference. Others than required ones may name nothing and are left out.

        Raises Unknown when a required one names nothing, AboutNothing when it names what was left out on purpose.
        """
        for name, field in SHAPES[line.kind].fields.items():
            given = line.record[name]
            if field.ref is None or field.later or given is None:
                continue
            if isinstance(given, list):
                found = [self._find(field.ref, one, line, name) for one in given]
                line.record[name] = [one for one in found if one]
                continue
            local = self._find(field.ref, given, line, name)
            if local is None and (field.required or name in SHAPES[line.kind].one_of):
                if self._ids.get(field.ref, {}).get(given) == LEFT_OUT:
                    raise AboutNothing
                raise Unknown(f"{name} refers to {field.ref} {given!r}, which is not known")
            line.record[name] = local
        for revision in line.record.get("revisions") or ():
            if revision["author"]:
                revision["author"] = self._find("member", revision["author"], line, "the author of a revision")

    def _find(self, kind: str, source_id: str, line: Line, name: str) -> int | None:
        own_line = self._own_lines.get((kind, source_id))
        local = self._ids.get(kind, {}).get(source_id)
        if local is None or (own_line is not None and own_line >= line.number):
            shape = SHAPES[line.kind]
            field = shape.fields.get(name)
            if field is None or not (field.required or name in shape.one_of):
                reason = f"{name} refers to {kind} {source_id!r}, which is not known; the reference is left out"
                self._intake.notes.refuse(line.number, reason)
            return None
        return None if local == LEFT_OUT else local


def later(line: Line) -> Iterable[tuple[str, str]]:
    """References that are set at the end: (what, id)."""
    if line.kind != "thread":
        return
    if line.record["solution"]:
        yield "solution", line.record["solution"]
    idea: dict[str, Any] = line.record["idea"] or {}
    target = idea.get(MERGED)
    if isinstance(target, (str, int)) and not isinstance(target, bool) and str(target).strip():
        yield MERGED, str(target).strip()
