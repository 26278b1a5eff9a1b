"""What can be done at the desk. The first parameter is who acts; the gate is asked first; the caller has the
transaction. Locks: case, then thread, category, member."""

from forum.moderation.actions.claim import claim, release
from forum.moderation.actions.decide import MOST_DAYS, DecisionDraft, decide, until_of
from forum.moderation.actions.lifting import ask_for_end, end_suspension
from forum.moderation.actions.reporting import LONGEST_TEXT, MOST_A_DAY, Made, report
from forum.moderation.actions.reverse import reverse
from forum.moderation.actions.suspending import suspend, unsuspend
from forum.moderation.models import ACTS, FOR_DAYS

__all__ = [
    "ACTS",
    "FOR_DAYS",
    "LONGEST_TEXT",
    "MOST_A_DAY",
    "MOST_DAYS",
    "DecisionDraft",
    "Made",
    "ask_for_end",
    "claim",
    "decide",
    "end_suspension",
    "release",
    "report",
    "reverse",
    "suspend",
    "unsuspend",
    "until_of",
]
