"""The importer: an archive as a stream of batches, each written in one transaction together with its origins.

A run that is killed has written whole batches; the next one finds them by their origins and goes on behind them. Texts
are rendered ahead of the writer, outside of any transaction.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forum.community import queries as community
from forum.core import audit
from forum.core.actor import SYSTEM
from forum.core.database import transaction
from forum.core.exchange import Intake, Line
from forum.ideas.records.ideas import answer_of
from forum.interchange import head, lines, references, strict
from forum.interchange.endings import Endings
from forum.interchange.lines import Parsed
from forum.interchange.rendering import Promise, Raw, Renderer
from forum.interchange.shapes import SHAPES, check
from forum.interchange.summary import Summary
from forum.interchange.writer import Writer
from forum.media import pictures
from forum.media import records as media
from forum.text import MAX_TITLE_CHARS
from forum.threads.records.threads import full_title

BATCH_RECORDS = 1000
BATCH_BYTES = 8 * 1024 * 1024
AHEAD = 3
"""Batches that are being rendered while an earlier one is written."""

_WITH_TEXT = ("post", "member", "thread")

ProgressTo = Callable[[int], None]
Tell = Callable[[str], None]


@dataclass(slots=True)
class Batch:
    """Checked lines, and the texts of some of them, which are being rendered."""

    lines: list[Line] = field(default_factory=list)
    texts: list[Line] = field(default_factory=list)
    promise: Promise | None = None
    position: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)


def _ignore(*_: object) -> None:
    """Nobody watches."""


def import_file(
    path: Path,
    *,
    strict: bool = False,
    with_roles: bool = False,
    processes: int | None = None,
    progress: ProgressTo = _ignore,
    tell: Tell = _ignore,
) -> Summary:
    """Imports an archive. `tell` hears of each line that is left out, `progress` the bytes that are done.

    Members become staff as the archive says where it comes into an empty database, elsewhere only `with_roles`.

    With `strict` everything is checked first, and nothing is written when a line is bad. The audit log keeps what came
    in. Raises Unreadable for a file that is no archive.
    """
    return _run(lambda: lines.read(path), strict, processes, progress, tell, path, with_roles=with_roles)


def import_records(records: Callable[[], Iterable[dict[str, Any]]], *, tell: Tell = _ignore) -> Summary:
    """Imports records from memory, the first one being the community's; `records` is called anew for each pass."""
    return _run(lambda: lines.numbered(records()), False, None, _ignore, tell)


def _run(
    parsed: Callable[[], Iterator[Parsed]],
    is_strict: bool,
    processes: int | None,
    progress: ProgressTo,
    tell: Tell,
    path: Path | None = None,
    *,
    with_roles: bool = False,
) -> Summary:
    files = media.folder_of(path) if path is not None else None
    began = time.monotonic()
    if is_strict:
        checked = strict.check_all(parsed(), tell)
        if checked.bad_lines:
            return checked
    stream = parsed()
    first = head.read(next(stream, None))
    standing = head.settle(first)
    present = community.current()
    summary = Summary()
    intake = Intake(
        source=first.source,
        is_own=standing.is_own,
        default_language=present.default_language,
        time_zone=present.time_zone,
        notes=summary.notes,
        with_roles=with_roles or standing.came_first,
    )
    if files is not None:
        summary.notes.count("pictures beside the archive", media.bring_in(files))
    is_whole = False
    try:
        with Renderer(processes) as renderer:
            _Import(intake, summary, renderer, progress, tell, files).run(stream)
        head.finish(first)
        is_whole = True
    finally:
        if path is not None:
            _note(path, intake, summary, is_whole=is_whole)
    summary.seconds = time.monotonic() - began
    return summary


def _note(path: Path, intake: Intake, summary: Summary, *, is_whole: bool) -> None:
    """An entry for what a file has brought, also where the import was interrupted; the run that goes on has one for
    the rest. Where nothing was new there is nothing to tell."""
    new = {kind: count for kind, count in summary.new.items() if count}
    if not new:
        return
    after = {
        "file": path.name,
        "source": intake.source,
        "new": new,
        "left_out": summary.bad_lines,
        "with_roles": intake.with_roles,
        "is_whole": is_whole,
    }
    with transaction(SYSTEM) as system:
        audit.record(system, "community.import", ("community", None), after=after)


class _Import:
    """One pass over an archive behind its first line."""

    def __init__(
        self,
        intake: Intake,
        summary: Summary,
        renderer: Renderer,
        progress: ProgressTo,
        tell: Tell,
        files: Path | None,
    ) -> None:
        self._intake, self._summary, self._renderer = intake, summary, renderer
        self._progress, self._tell, self._files = progress, tell, files
        self._endings = Endings(intake, summary)
        self._writer = Writer(intake, summary)
        self._long_titles: dict[str, str] = {}

    def run(self, stream: Iterator[Parsed]) -> None:
        waiting: deque[Batch] = deque()
        try:
            for batch in self._batches(stream):
                self._begin(batch)
                waiting.append(batch)
                if len(waiting) > AHEAD:
                    self._end(waiting.popleft())
            while waiting:
                self._end(waiting.popleft())
            self._endings.resolve()
            self._report([])
        finally:
            self._endings.close()

    def _batches(self, stream: Iterator[Parsed]) -> Iterator[Batch]:
        batch, size = Batch(), 0
        for parsed in stream:
            batch.position = parsed.position
            size += parsed.size
            self._take(parsed, batch)
            if len(batch.lines) + len(batch.bad) >= BATCH_RECORDS or size >= BATCH_BYTES:
                yield batch
                batch, size = Batch(), 0
        yield batch

    def _take(self, parsed: Parsed, batch: Batch) -> None:
        try:
            line, removed = checked(parsed)
        except ValueError as error:
            batch.bad.append((parsed.number, str(error)))
            return
        self._summary.notes.count("control characters and lone surrogates removed", removed)
        batch.lines.append(line)
        for what, target in references.later(line):
            self._endings.add(what, line, target)

    def _begin(self, batch: Batch) -> None:
        """Finds out which texts are new and begins to render them."""
        known: set[tuple[str, str]] = set()
        for kind in _WITH_TEXT:
            ids = [line.source_id for line in batch.lines if line.kind == kind and _has_text(line)]
            known |= {(kind, id) for id in references.known(self._intake, kind, ids)} if ids else set()
        raws = []
        for line in batch.lines:
            if line.kind == "thread":
                self._note_title(line)
            elif line.kind == "member" and ("member", line.source_id) not in known:
                self._take_pictures(line)
            if (line.kind, line.source_id) in known or not _has_text(line):
                if line.kind == "post":
                    self._long_titles.pop(line.record["thread"], None)
                continue
            raws.append(self._raw(line))
            batch.texts.append(line)
        if raws:
            batch.promise = self._renderer.ask(raws)

    def _take_pictures(self, line: Line) -> None:
        """The member's face and banner as uploads of ours, made so outside of any transaction."""
        for what, words, make in (("avatar", "faces", pictures.avatar), ("banner", "banners", pictures.banner)):
            if name := line.record[what]:
                line.record[what] = media.take_in(self._files, name, make) if self._files is not None else None
                if line.record[what] is None:
                    self._summary.notes.count(f"{words} that aren't beside the archive (left out)")

    def _note_title(self, line: Line) -> None:
        title = full_title(line.record)
        if len(title) > MAX_TITLE_CHARS:
            self._long_titles[line.source_id] = title

    def _raw(self, line: Line) -> Raw:
        name = f"{self._intake.source}/{line.kind}/{line.source_id}"
        if line.kind == "member":
            return Raw(line.record["about"] or "", name)
        if line.kind == "thread":
            return Raw(answer_of(line.record), name)
        body = line.record["body"]
        title = self._long_titles.pop(line.record["thread"], None) if body.strip() else None
        return Raw(body, name, title or "")

    def _end(self, batch: Batch) -> None:
        """Writes a batch when its texts are rendered."""
        made = batch.promise.result() if batch.promise else []
        for line, one in zip(batch.texts, made, strict=True):
            line.rendered = one
        self._writer.write(batch.lines)
        self._report(batch.bad)
        self._progress(batch.position)

    def _report(self, bad: list[tuple[int, str]]) -> None:
        """Tells of the lines that were left out, in their order."""
        found = sorted([*bad, *self._summary.notes.bad])
        self._summary.notes.bad.clear()
        self._summary.bad_lines += len(found)
        for number, reason in found:
            self._tell(f"Line {number}: {reason}.")


def _has_text(line: Line) -> bool:
    """Whether there is something to render: of a thread, only an idea's official answer."""
    return line.kind in ("post", "member") or (line.kind == "thread" and bool(answer_of(line.record)))


def checked(parsed: Parsed) -> tuple[Line, int]:
    """The line with its values converted, and how many signs were removed. Raises ValueError with the reason."""
    if parsed.value is None:
        raise ValueError(parsed.reason)
    kind = parsed.value.get("kind")
    if not isinstance(kind, str) or kind not in SHAPES:
        raise ValueError(
            "is a second first line" if kind == "community" else f"has the unknown kind {str(kind)[:40]!r}"
        )
    try:
        record, removed = check(kind, parsed.value)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    source_id = record["id"] if SHAPES[kind].has_id else ""
    return Line(parsed.number, kind, source_id, record), removed
