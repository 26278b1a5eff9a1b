"""Comparing two versions."""

import random

import pytest

from forum.text import DiffLine, compare
from forum.text.diff import MAX_STEPS


def lines(rows: list[DiffLine], *kinds: str) -> str:
    return "\n".join("".join(text for _, text in row.parts) for row in rows if row.kind in kinds)


def test_changed_words_are_marked_within_their_line() -> None:
    assert compare("Be kind to all.\nEnd", "Be friendly to all.\nEnd") == [
        DiffLine("removed", ((False, "Be "), (True, "kind"), (False, " to all."))),
        DiffLine("added", ((False, "Be "), (True, "friendly"), (False, " to all."))),
        DiffLine("same", ((False, "End"),)),
    ]


def test_lines_that_share_little_are_wholly_new() -> None:
    assert compare("alpha beta", "something else entirely") == [
        DiffLine("removed", ((True, "alpha beta"),)),
        DiffLine("added", ((True, "something else entirely"),)),
    ]


def test_added_and_removed_lines() -> None:
    assert [row.kind for row in compare("a\nb\nc", "a\nc\nd")] == ["same", "removed", "same", "added"]
    assert compare("", "") == []
    assert [row.kind for row in compare("", "x")] == ["added"]


@pytest.mark.parametrize("seed", range(40))
def test_either_text_can_be_read_off_the_comparison(seed: int) -> None:
    dice = random.Random(seed)
    old = "\n".join(dice.choice("abcd") * dice.randint(0, 3) for _ in range(dice.randint(1, 40)))
    new = "\n".join(line for line in old.split("\n") + ["x"] * dice.randint(0, 9) if dice.random() > 0.3)
    rows = compare(old, new)

    assert lines(rows, "same", "removed") == old
    assert lines(rows, "same", "added") == new


def test_two_large_texts_without_anything_in_common_take_bounded_work() -> None:
    rows = compare("\n".join(f"a{i}" for i in range(20_000)), "\n".join(f"b{i}" for i in range(20_000)))

    assert len(rows) == 40_000
    assert MAX_STEPS <= 2_000_000


def test_a_change_in_a_large_text_is_still_found() -> None:
    old = [f"line {i}" for i in range(20_000)]
    new = [*old[:5_000], "inserted", *old[5_001:]]

    assert [row.kind for row in compare("\n".join(old), "\n".join(new)) if row.kind != "same"] == ["removed", "added"]
