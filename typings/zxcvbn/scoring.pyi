from collections.abc import Sequence
from typing import Any

def most_guessable_match_sequence(password: str, matches: Sequence[dict[str, Any]]) -> dict[str, Any]: ...
