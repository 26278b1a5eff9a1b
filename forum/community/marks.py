"""Marks of what an administrator writes: a form carries the mark of what it starts from, so that nobody overwrites
unseen what somebody else saved meanwhile."""

import hashlib
import json
from typing import Any


def mark_of(value: Any) -> str:
    """What tells one state of a value (of what JSON knows, and of tuples) from another: 16 hexadecimal digits."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
