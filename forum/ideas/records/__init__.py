"""Ideas and votes in the interchange format: an idea is a field of its thread's record."""

from sqlalchemy import func, select

from forum.core.database import db
from forum.ideas.models import VOTES
from forum.ideas.records.ideas import bring_in_ideas, with_ideas
from forum.ideas.records.merges import merge_ideas
from forum.ideas.records.rerender import outdated_answers, outdated_count, write_html
from forum.ideas.records.votes import bring_in_votes, votes

__all__ = [
    "bring_in_ideas",
    "bring_in_votes",
    "count",
    "merge_ideas",
    "outdated_answers",
    "outdated_count",
    "votes",
    "with_ideas",
    "write_html",
]


def count() -> int:
    """How many records the export will have of this room."""
    return db.session.scalar(select(func.count()).select_from(VOTES)) or 0
