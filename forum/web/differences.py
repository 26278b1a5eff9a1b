"""What is different between two texts, as pages show it."""

import itertools
from typing import Any

from forum import text

LINES_AROUND = 2
"""Equal lines that are shown before and after a change; the others are only counted."""


def differences(old: str, new: str) -> list[tuple[str, Any]]:
    """What `components/diff.html` draws: lines with their changed words, and how many equal ones are left out."""
    lines = text.compare(old, new)
    changed = [index for index, line in enumerate(lines) if line.kind != "same"]
    near = {at for index in changed for at in range(index - LINES_AROUND, index + LINES_AROUND + 1)}
    rows: list[tuple[str, Any]] = []
    for is_shown, group in itertools.groupby(enumerate(lines), lambda pair: pair[0] in near or not changed):
        if is_shown:
            rows += [(line.kind, line.parts) for _index, line in group]
        else:
            rows.append(("skip", sum(1 for _ in group)))
    return rows
