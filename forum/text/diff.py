"""What changed between two texts, line by line and within the lines word by word, in bounded time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

MAX_STEPS = 2_000_000
"""Comparisons for one pair of texts; what is left then counts as rewritten."""

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_LIKENESS = 0.4


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a comparison; in `parts` each piece of its text with whether just that piece changed."""

    kind: Literal["same", "added", "removed"]
    parts: tuple[tuple[bool, str], ...]


@dataclass(slots=True)
class _Budget:
    left: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines (or words) `old[a:b]` that became `new[c:d]`; the same when `same`."""

    same: bool
    a: int
    b: int
    c: int
    d: int


def compare(old: str, new: str) -> list[DiffLine]:
    """All lines of `old` and `new` in order. Changed lines that stand for each other have their changed words
    marked."""
    before, after = old.split("\n") if old else [], new.split("\n") if new else []
    budget = _Budget(MAX_STEPS)
    out: list[DiffLine] = []
    for run in _runs(before, after, budget):
        if run.same:
            out.extend(DiffLine("same", ((False, line),)) for line in before[run.a : run.b])
        else:
            out.extend(_changed(before[run.a : run.b], after[run.c : run.d], budget))
    return out


def _changed(before: Sequence[str], after: Sequence[str], budget: _Budget) -> Iterator[DiffLine]:
    removed: list[DiffLine] = []
    added: list[DiffLine] = []
    for position in range(max(len(before), len(after))):
        if position < len(before) and position < len(after) and len(before) == len(after):
            one, other = _words(before[position], after[position], budget)
            removed.append(one)
            added.append(other)
            continue
        if position < len(before):
            removed.append(DiffLine("removed", ((True, before[position]),)))
        if position < len(after):
            added.append(DiffLine("added", ((True, after[position]),)))
    yield from removed
    yield from added


def _words(before: str, after: str, budget: _Budget) -> tuple[DiffLine, DiffLine]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs = list(_runs(old, new, budget))
    kept = sum(len(word) for run in runs if run.same for word in old[run.a : run.b])
    if kept < _LIKENESS * max(len(before), len(after)):
        return DiffLine("removed", ((True, before),)), DiffLine("added", ((True, after),))
    one = tuple((not run.same, "".join(old[run.a : run.b])) for run in runs if run.b > run.a)
    other = tuple((not run.same, "".join(new[run.c : run.d])) for run in runs if run.d > run.c)
    return DiffLine("removed", one), DiffLine("added", other)


def _runs(old: Sequence[str], new: Sequence[str], budget: _Budget) -> Iterator[_Run]:
    """Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986) between the common head and tail."""
    head = 0
    shorter = min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield _Run(True, 0, head, 0, head)
    a, b, c, d = head, len(old) - tail, head, len(new) - tail
    if a < b or c < d:
        yield from _middle(old, new, (a, b, c, d), budget)
    if tail:
        yield _Run(True, b, len(old), d, len(new))


def _middle(old: Sequence[str], new: Sequence[str], part: tuple[int, int, int, int], budget: _Budget) -> Iterator[_Run]:
    a, b, c, d = part
    matches = _matches(old[a:b], new[c:d], budget) if a < b and c < d else []
    x, y = a, c
    for i, j, length in matches:
        if a + i > x or c + j > y:
            yield _Run(False, x, a + i, y, c + j)
        x, y = a + i + length, c + j + length
        yield _Run(True, a + i, x, c + j, y)
    if x < b or y < d:
        yield _Run(False, x, b, y, d)


def _matches(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[tuple[int, int, int]]:
    """Runs of equal items as (start in old, start in new, length), in order; none when the budget runs out."""
    n, m = len(old), len(new)
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for distance in range(n + m + 1):
        trace.append(dict(furthest))
        budget.left -= 2 * distance + 1
        for k in range(-distance, distance + 1, 2):
            if k == -distance or (k != distance and furthest[k - 1] < furthest[k + 1]):
                x = furthest[k + 1]
            else:
                x = furthest[k - 1] + 1
            start = x
            while x < n and x - k < m and old[x] == new[x - k]:
                x += 1
            budget.left -= x - start
            furthest[k] = x
            if x >= n and x - k >= m:
                return _trail(trace, n, m)
        if budget.left < 0:
            return []
    return []


def _trail(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for distance in range(len(trace) - 1, -1, -1):
        furthest = trace[distance]
        k = x - y
        down = k == -distance or (k != distance and furthest[k - 1] < furthest[k + 1])
        previous_k = k + 1 if down else k - 1
        previous_x = furthest[previous_k] if distance else 0
        previous_y = previous_x - previous_k if distance else 0
        start_x = previous_x if down or not distance else previous_x + 1
        length = x - start_x
        if length:
            found.append((start_x, y - length, length))
        x, y = previous_x, previous_y
    found.reverse()
    return found
