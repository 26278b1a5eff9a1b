"""What `forum check` finds: a figure that a room keeps, beside the one that its rows say."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Difference:
    """One thing that isn't as it should be; `what` names table and column, such as `thread.post_count`."""

    what: str
    id: int | str
    expected: Any
    found: Any
