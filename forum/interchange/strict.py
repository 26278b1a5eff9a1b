"""The check before a strict import: every line and every reference, without writing anything.

The ids that were seen wait in a temporary database on disk, so that memory doesn't grow with the archive.
"""

import sqlite3
from collections.abc import Callable, Iterator

from forum.community import queries as community
from forum.core.exchange import Intake, Line
from forum.interchange import head, references
from forum.interchange.lines import Parsed
from forum.interchange.shapes import SHAPES
from forum.interchange.summary import Summary


class _Seen:
    """Ids by kind on earlier lines."""

    def __init__(self) -> None:
        self._store = sqlite3.connect("", isolation_level=None)
        self._store.execute("CREATE TABLE seen (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID")
        self._store.execute("CREATE TABLE waiting (line INTEGER, what TEXT, target TEXT)")
        self._store.execute("BEGIN")

    def add(self, kind: str, id: str) -> None:
        self._store.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (kind, id))

    def has(self, kind: str, id: str) -> bool:
        return self._store.execute("SELECT 1 FROM seen WHERE kind = ? AND id = ?", (kind, id)).fetchone() is not None

    def wait(self, line: int, what: str, target: str) -> None:
        self._store.execute("INSERT INTO waiting VALUES (?, ?, ?)", (line, what, target))

    def waiting(self) -> Iterator[tuple[int, str, str]]:
        yield from self._store.execute("SELECT line, what, target FROM waiting ORDER BY line")

    def close(self) -> None:
        self._store.close()


def check_all(stream: Iterator[Parsed], tell: Callable[[str], None]) -> Summary:
    """Checks an archive from its first line to its last; `tell` hears of every bad one. Raises Unreadable."""
    from forum.interchange.read import checked

    first = head.read(next(stream, None))
    present = community.current()
    is_own = first.source == present.source or (first.is_export and not head.has_content())
    intake = Intake(first.source, is_own, present.default_language, present.time_zone, Summary().notes)
    summary = Summary(was_stopped=True)
    seen = _Seen()

    def refuse(number: int, reason: str) -> None:
        summary.bad_lines += 1
        tell(f"Line {number}: {reason}.")

    try:
        for parsed in stream:
            try:
                line, _ = checked(parsed)
            except ValueError as error:
                refuse(parsed.number, str(error))
                continue
            for kind, id, name in _references(line):
                if not seen.has(kind, id) and not references.known(intake, kind, [id]):
                    refuse(line.number, f"{name} refers to {kind} {id!r}, which is not known")
            if is_own and SHAPES[line.kind].has_id and references.own_id(line.source_id) is None:
                refuse(line.number, f"id {line.source_id!r} is not one of this community's own")
            for what, target in references.later(line):
                seen.wait(line.number, what, target)
            seen.add(line.kind, line.source_id)
        for number, what, target in seen.waiting():
            kind = "post" if what == "solution" else "thread"
            if not seen.has(kind, target) and not references.known(intake, kind, [target]):
                refuse(number, f"{what} refers to {kind} {target!r}, which is not known")
    finally:
        seen.close()
    return summary


def _references(line: Line) -> Iterator[tuple[str, str, str]]:
    for name, field in SHAPES[line.kind].fields.items():
        given = line.record[name]
        if field.ref and not field.later and given is not None:
            for id in given if isinstance(given, list) else (given,):
                yield field.ref, id, name
    for revision in line.record.get("revisions") or ():
        if revision["author"]:
            yield "member", revision["author"], "the author of a revision"
