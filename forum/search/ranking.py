"""The formula that puts what fits in order by relevance, the same for both engines.

    worth = 1.0 · text + 0.5 · title + 0.25 · solution + 0.2 · reactions + 0.3 · age

- text: the engine's measure of the text, as a share of the best one among the candidates;
- title: which share of what was asked for stands in the title of the thread; half of it for a reply;
- solution: 1 for the post that solves a question, 0.5 for a question that is solved;
- reactions: log(1 + n) / log(1 + 50), at most 1, of the post's reactions and an idea's votes together;
- age: halved with every year that has passed since the post was written.

So the words decide, and of posts that fit alike the answered, appreciated and younger ones come first. The parts are
between 0 and 1; the weights were set by looking at what the demo community and imported mailing lists yield.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from forum.search.analysis import tokens
from forum.search.query import Clause

TEXT, TITLE, SOLUTION, REACTIONS, AGE = 1.0, 0.5, 0.25, 0.2, 0.3
MANY_REACTIONS = 50
HALF_LIFE_DAYS = 365.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the formula looks at; `text` as the engine gave it."""

    text: float
    title: str
    title_language: str
    is_first: bool
    is_solution: bool
    is_solved: bool
    reactions: int
    created_at: datetime


@lru_cache(maxsize=5_000)
def _terms(title: str, language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """All terms of a title, and its surfaces."""
    found = list(tokens(title, language))
    return frozenset(term for token in found for term in token.terms), tuple(token.terms[0] for token in found)


def share_in_title(title: str, language: str, clauses: Sequence[Clause]) -> float:
    """Which share of what was asked for stands in a title."""
    wanted = [one for one in clauses if not one.is_excluded]
    if not wanted:
        return 0.0
    terms, surfaces = _terms(title, language)
    return sum(_stands_in(clause, terms, surfaces) for clause in wanted) / len(wanted)


def _stands_in(clause: Clause, terms: frozenset[str], surfaces: Sequence[str]) -> bool:
    if clause.kind == "word":
        return not terms.isdisjoint(clause.terms)
    if clause.kind == "prefix":
        return any(surface.startswith(clause.terms[0]) for surface in surfaces)
    return terms.issuperset(clause.terms)


def worth(facts: Facts, best_text: float, clauses: Sequence[Clause], now: datetime) -> float:
    """How far up a post belongs at this moment, by the formula above."""
    title = share_in_title(facts.title, facts.title_language, clauses)
    reactions = math.log1p(max(0, facts.reactions)) / math.log1p(MANY_REACTIONS)
    days = max(0.0, (now - facts.created_at).total_seconds() / 86_400)
    return (
        TEXT * (facts.text / best_text if best_text > 0 else 0.0)
        + TITLE * (title if facts.is_first else title / 2)
        + SOLUTION * (1.0 if facts.is_solution else 0.5 if facts.is_first and facts.is_solved else 0.0)
        + REACTIONS * min(1.0, reactions)
        + AGE * math.exp2(-days / HALF_LIFE_DAYS)
    )
