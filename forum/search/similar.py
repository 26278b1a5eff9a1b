"""How similar two texts are: the cosine of their pieces of words, so that German compounds and other forms count.

A title weighs more than the text below it. A piece that few of the candidates have says more than one that many have:
rarity is taken among the candidates themselves, so no statistics have to be kept.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from forum.search import analysis

BODY_WEIGHT = 0.3
COMMON = 0.3
"""What a piece weighs that every candidate has."""
BODY_CHARACTERS = 600
"""So much of a text is looked at."""
ENOUGH = 0.12
"""Below this, two texts have a few letters in common and nothing else."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thread that may be similar: its title and the beginning of its text."""

    id: int
    title: str
    excerpt: str = ""


def pieces(title: str, body: str) -> Sequence[str]:
    """What the engine looks for similar threads by."""
    return analysis.grams(f"{title}\n{body[:BODY_CHARACTERS]}")


@lru_cache(maxsize=500)  # the same candidates come again with each letter that somebody types
def _vector(title: str, body: str) -> Mapping[str, float]:
    below = dict.fromkeys(analysis.grams(body[:BODY_CHARACTERS]), BODY_WEIGHT)
    return below | dict.fromkeys(analysis.grams(title), 1.0)


def rank(title: str, body: str, candidates: Sequence[Candidate]) -> list[tuple[int, float]]:
    """The candidates that are similar to a title and text as (id, cosine), the most similar first."""
    wanted = _vector(title, body)
    found = [(one.id, _vector(one.title, one.excerpt)) for one in candidates]
    having = Counter(piece for _, vector in found for piece in vector)
    rarity = {piece: COMMON + math.log((len(found) + 1) / (count + 1)) for piece, count in having.items()}
    unknown = COMMON + math.log(len(found) + 1)

    def length(vector: Mapping[str, float]) -> float:
        return math.sqrt(sum((weight * rarity.get(piece, unknown)) ** 2 for piece, weight in vector.items()))

    own = length(wanted)
    scored = []
    for id, vector in found:
        shared = sum(weight * wanted[piece] * rarity[piece] ** 2 for piece, weight in vector.items() if piece in wanted)
        cosine = shared / (own * length(vector)) if shared else 0.0
        if cosine >= ENOUGH:
            scored.append((id, cosine))
    return sorted(scored, key=lambda one: (-one[1], one[0]))
