"""Whoever is refused something reads a sentence: each code that a room raises has one, in one place."""

import ast

from forum.http.reasons import SENTENCES, content, house, members
from tests.house.test_rules import ROOT

RAISE = {"Refused", "Invalid", "Conflict", "Denied", "TooMany", "no"}


def _raised() -> set[str]:
    found = set()
    for path in (ROOT / "forum").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in RAISE and isinstance(node.args[0].value, str):
                found.add(node.args[0].value)
    return found


def test_every_refusal_has_a_sentence() -> None:
    raised = _raised()
    assert "banned" in raised
    assert raised - set(SENTENCES) == set()


def test_no_refusal_has_two() -> None:
    assert sum(len(one.SENTENCES) for one in (members, content, house)) == len(SENTENCES)
