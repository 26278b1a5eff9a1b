"""Each line that the security log may hold is met by a test: what nobody asserts would be missed by nobody either."""

import re
from pathlib import Path
from typing import get_args

from forum.core.logging import SecurityKind
from forum.http.suspicion import LINES

_TESTS = "\n".join(path.read_text() for path in sorted(Path("tests").rglob("*.py")))


def test_each_kind_of_line_is_met_by_a_test() -> None:
    assert {kind for kind in get_args(SecurityKind) if f'"{kind}"' not in _TESTS} == set()


def test_each_refusal_that_is_noted_is_met_by_a_test() -> None:
    """By its line, as `(kind, what)`: whether it is refused is another question."""
    unmet = {code for code, (kind, what) in LINES.items() if not re.search(rf'"{kind}",\s+"{what}"', _TESTS)}
    assert unmet == set()
