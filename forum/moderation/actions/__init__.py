"""What can be done at the desk. The first parameter is who acts; the gate is asked first; the caller has the
transaction. Locks: case, then thread, category, member."""

from forum.moderation.actions.claim import claim, release
from forum.moderation.actions.decide import MOST_DAYS, DecisionDraft, decide, until_of
from forum.moderation.actions.reporting import LONGEST_TEXT, MOST_A_DAY, Made, report
from forum.moderation.actions.reverse import reverse
from forum.moderation.actions.suspending import suspend, unsuspend

__all__ = [
    "LONGEST_TEXT",
    "MOST_A_DAY",
    "MOST_DAYS",
    "DecisionDraft",
    "Made",
    "claim",
    "decide",
    "release",
    "report",
    "reverse",
    "suspend",
    "unsuspend",
    "until_of",
]
