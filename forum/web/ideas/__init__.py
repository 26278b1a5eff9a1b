"""The ideas board: the list, an idea's page, proposing, votes, and what the product team does."""

from forum.web.ideas import board, exports, merging, propose, show, team, votes
from forum.web.ideas.frame import bp

__all__ = ["board", "bp", "exports", "merging", "propose", "show", "team", "votes"]
