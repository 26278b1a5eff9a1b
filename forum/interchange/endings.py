"""References that may name a later line wait in a file on disk and are set when all lines are read."""

import json
import tempfile
from collections.abc import Callable, Iterator
from itertools import groupby

from forum.core import origins
from forum.core.database import transaction
from forum.core.exchange import Intake, Line, batched
from forum.ideas import records as ideas
from forum.interchange import references
from forum.interchange.references import MERGED
from forum.interchange.summary import Summary
from forum.threads import records as threads

BATCH = 500
_KINDS = {"solution": "post", MERGED: "thread"}
_WRONG = {"solution": "is a post of another thread", MERGED: "is no idea that this one can be merged into"}

Waiting = tuple[str, int, str, str]
"""What, line number, thread, target."""


class Endings:
    """What waits for the end; each is set once, so that a later import doesn't undo what was changed here since."""

    def __init__(self, intake: Intake, summary: Summary) -> None:
        self._intake, self._summary = intake, summary
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  closed by close()

    def add(self, what: str, line: Line, target: str) -> None:
        self._file.write(json.dumps([what, line.number, line.source_id, target]) + "\n")

    def close(self) -> None:
        self._file.close()

    def resolve(self) -> None:
        """Sets everything that waits, in batches."""
        for batch in batched(self._read(), BATCH):
            with transaction():
                for what, group in groupby(sorted(batch), key=lambda waiting: waiting[0]):
                    self._set(what, list(group))

    def _read(self) -> Iterator[Waiting]:
        self._file.seek(0)
        for text in self._file:
            what, number, thread, target = json.loads(text)
            yield what, number, thread, target

    def _set(self, what: str, waiting: list[Waiting]) -> None:
        done = origins.known(self._intake.source, what, [thread for _, _, thread, _ in waiting])
        threads_here = references.known(self._intake, "thread", [thread for _, _, thread, _ in waiting])
        targets = references.known(self._intake, _KINDS[what], [target for *_, target in waiting])
        found: dict[int, int] = {}
        lines: dict[int, Waiting] = {}
        for entry in waiting:
            _, number, thread, target = entry
            if thread in done or thread not in threads_here:
                continue
            if not targets.get(target):
                self._refuse(number, what, target)
                continue
            found[threads_here[thread]] = targets[target]
            lines[threads_here[thread]] = entry
        setters: dict[str, Callable[[dict[int, int]], set[int]]] = {
            "solution": threads.bring_in_solutions,
            MERGED: ideas.merge_ideas,
        }
        wrong = setters[what](found) if found else set()
        for id in sorted(wrong):
            _, number, _, target = lines[id]
            self._intake.notes.refuse(number, f"{what} {target!r} {_WRONG[what]}; it is left out")
        origins.remember(
            self._intake.source, what, {lines[id][2]: target for id, target in found.items() if id not in wrong}
        )

    def _refuse(self, number: int, what: str, target: str) -> None:
        reason = f"{what} refers to {_KINDS[what]} {target!r}, which is not known; the reference is left out"
        self._intake.notes.refuse(number, reason)
