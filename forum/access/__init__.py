"""The gate: what somebody may do is asked here by verb, and answered with a reason."""

from forum.access.gate import (
    NOT_YET,
    YES,
    Decision,
    absent,
    conflict,
    decide,
    may,
    no,
    publishing,
    require,
    rule,
    verbs,
)

__all__ = [
    "NOT_YET",
    "YES",
    "Decision",
    "absent",
    "conflict",
    "decide",
    "may",
    "no",
    "publishing",
    "require",
    "rule",
    "verbs",
]
