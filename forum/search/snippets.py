"""The passage of a text that fits a query, cut out of the text as it stands in the database.

A passage is pieces of text, each with whether it is a match; the template alone makes marks of them, escaped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from forum.search.analysis import Token, tokens
from forum.search.query import Clause

Passage = tuple[tuple[str, bool], ...]

LENGTH = 240
LEAD = 60
"""So many characters stand before the first match, if the text has them."""
MOST_PLACES = 200
"""So many places of a text are looked at."""
_REACH = 400
"""A phrase is no longer than this."""

# A word is analysed only where it begins like something that was asked for: analysing all of a long text takes ten
# times as long. A stem begins like its words, but for `y` and `i`; signs may stand between the letters of a code.
_BEGINNING = 3
_ALIKE = {
    "a": "[aàáâãåäæ]e?",
    "c": "[cç]",
    "e": "[eèéêë]?",
    "i": "[iìíîïy]",
    "n": "[nñ]",
    "o": "[oòóôõöøœ]e?",
    "s": "[sß]",
    "u": "[uùúûü]e?",
    "y": "[yýÿi]",
}
_BETWEEN = "['’\u00ad‑-]?"


@dataclass(frozen=True, slots=True)
class Match:
    """Where a match stands in a text, and which of the clauses it is of."""

    start: int
    end: int
    clause: int


def _beginning(term: str) -> str:
    """A pattern of how words begin that a term may be found in."""
    signs = [sign for sign in term if sign.isalnum()][:_BEGINNING]
    return _BETWEEN.join(_ALIKE.get(sign, re.escape(sign)) for sign in signs)


@lru_cache(maxsize=500)
def _beginnings(clauses: tuple[Clause, ...]) -> re.Pattern[str] | None:
    firsts = chain.from_iterable(one.terms[:1] if one.kind == "phrase" else one.terms for one in clauses)
    patterns = dict.fromkeys(filter(None, map(_beginning, firsts)))
    return re.compile(f"(?<![^\\W_])(?:{'|'.join(patterns)})", re.IGNORECASE) if patterns else None


def matches(text: str, language: str, clauses: Sequence[Clause]) -> list[Match]:
    """The places that fit a clause which asks for something, in the order of the text."""
    wanted = tuple(clause for clause in clauses if not clause.is_excluded)
    pattern = _beginnings(wanted)
    if pattern is None:
        return []
    found: list[Match] = []
    for _, place in zip(range(MOST_PLACES), pattern.finditer(text), strict=False):
        before = max(0, place.start() - 2)  # the signs in front of a word belong to it
        here: list[Token] = []
        for token in tokens(text[before : place.start() + _REACH], language):
            if before + token.start >= place.end() and not any(one.kind == "phrase" for one in wanted):
                break
            here.append(token)
        found += _matches_at(before, place.start(), place.end(), here, wanted)
    return sorted(dict.fromkeys(found), key=lambda one: one.start)


def _matches_at(before: int, start: int, end: int, here: Sequence[Token], wanted: Sequence[Clause]) -> Iterator[Match]:
    """The matches that begin between start and end; `here` are the words from `before` on."""
    for number, token in enumerate(here):
        if not start <= before + token.start < end:
            continue
        for clause, one in enumerate(wanted):
            last: Token | None = None
            if one.kind == "phrase":
                last = _end_of(one, here[number:])
            elif one.kind == "prefix":
                last = token if token.terms[0].startswith(one.terms[0]) else None
            elif not set(one.terms).isdisjoint(token.terms):
                last = token
            if last is not None:
                yield Match(before + token.start, before + last.end, clause)


def _end_of(phrase: Clause, here: Sequence[Token]) -> Token | None:
    """The token that the phrase ends with if it begins with the first one."""
    at = {(token.place, term): token for token in here for term in token.terms}
    first = here[0].place - phrase.places[0]
    ends = [at.get((first + place, term)) for place, term in zip(phrase.places, phrase.terms, strict=True)]
    return None if None in ends else ends[-1]


def marked(text: str, language: str, clauses: Sequence[Clause]) -> Passage:
    """A whole short text, such as a title, with its matches."""
    return tuple(_pieces(text, matches(text, language, clauses), 0, len(text)))


def passage(text: str, language: str, clauses: Sequence[Clause]) -> Passage:
    """The stretch of about LENGTH characters that has most of what was asked for; the beginning where nothing fits."""
    text = " ".join(text.split())
    found = matches(text, language, clauses)
    start, end = _window(text, found)
    pieces = list(_pieces(text, [one for one in found if one.start >= start and one.end <= end], start, end))
    if start:
        pieces.insert(0, ("… ", False))
    if end < len(text):
        pieces.append((" …", False))
    return tuple(pieces)


def _window(text: str, found: Sequence[Match]) -> tuple[int, int]:
    """Beginning and end of the best stretch, between words."""
    best, best_worth = 0, (0, 0)
    for number, match in enumerate(found):
        inside = [one for one in found[number : number + 50] if one.end <= match.start + LENGTH - LEAD]
        worth = (len({one.clause for one in inside}), len(inside))
        if worth > best_worth:
            best, best_worth = match.start, worth
    if len(text) <= LENGTH:
        return 0, len(text)
    start = max(0, min(best - LEAD, len(text) - LENGTH))
    if start:
        blank = text.find(" ", start, best)
        start = blank + 1 if blank >= 0 else best
    end = start + LENGTH
    if end >= len(text):
        return start, len(text)
    blank = text.rfind(" ", start, end + 1)
    first = next((one.end for one in found if one.start == best), 0)  # however long that word is
    return start, min(max(blank if blank > start else end, first), len(text))


def _pieces(text: str, found: Sequence[Match], start: int, end: int) -> Iterator[tuple[str, bool]]:
    """The text between start and end, cut where matches begin and end; neighbours and overlaps are one."""
    at = start
    for first, last in _joined(found):
        if first > at:
            yield text[at:first], False
        yield text[first:last], True
        at = last
    if at < end:
        yield text[at:end], False


def _joined(found: Sequence[Match]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for one in found:
        if spans and one.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], one.end))
        else:
            spans.append((one.start, one.end))
    return spans
