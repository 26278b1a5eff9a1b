"""From text to terms, the same for both engines: splitting, folding, stems of German and English.

Each word gives a surface (folded: `Mueller` and `Müller` are one) at its place, and a stem, marked by `~`. Words are
looked for by their stems, phrases, codes and prefixes by surfaces. Stop words are left out, but count as places; inside
a code (`in-app`, `IT-100`) they are words like others.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from forum.search.stopwords import ENGLISH, GERMAN

STOP_WORDS = {"de": GERMAN, "en": ENGLISH}

MOST_CHARACTERS = 60
"""A longer word is found by its beginning."""
LAST_PLACE = 16_383
MOST_PLACES = 255
MOST_BYTES = 700_000
_BYTES_OF_A_PLACE = 8
"""What PostgreSQL's tsvector can hold, with some room."""
GRAM_LENGTH = 4
_SHORTEST_STEMMED = 3
_KNOWN_WORDS = 65_536

# A word; `C++`, `C#` and the like keep their signs. Joints make codes of words: e-1042, node.js, user@x, snake_case.
_WORD = re.compile(r"[^\W_]+(?:['’\u00ad][^\W_]+)*(?:\+\+(?![\w+])|#(?![\w#]))?")
_HYPHENS = frozenset("-‑")
_JOINTS = _HYPHENS | frozenset(".@/_:&+")
_APOSTROPHES = re.compile("['’\u00ad]")
_POSSESSIVE = re.compile("['’]s$")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "oe", "å": "a"})
_SPELLED_OUT = re.compile(r"(?<![aeiouyq])([aou])e")
_PLURAL = re.compile(r"(?<=..)(?:(?<![egl])(?<!gr)a|(?<![lo])o|(?<![aeonb])i|(?<![aeo])u|(?<![aeou])y)s$")
"""Akkus, Fotos, Kameras, Taxis, Handys: what the German stemmer leaves alone; not Glas, kostenlos, Ergebnis or Haus."""
_AS_UMLAUT = {"a": "ä", "o": "ö", "u": "ü"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word in a text: the terms it is found by (its surface first, then its stem), its place among the words,
    counted from 1, and where it stands in the text."""

    terms: tuple[str, ...]
    place: int
    start: int
    end: int


def fold(word: str) -> str:
    """The one spelling of a word: small, umlauts and ß written out, without accents, at most `MOST_CHARACTERS` long."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).casefold().translate(_UMLAUTS)
        if not word.isascii():
            apart = unicodedata.normalize("NFKD", word)
            word = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return word.casefold()[:MOST_CHARACTERS]


class _Stemmer(Protocol):
    def stem(self, word: str) -> str: ...


@cache
def _stemmers() -> Mapping[str, _Stemmer]:
    from whoosh.lang.snowball.english import EnglishStemmer
    from whoosh.lang.snowball.german import GermanStemmer

    return {"de": GermanStemmer(), "en": EnglishStemmer()}


def _stem(surface: str, language: str) -> str:
    if language == "de":
        surface = _SPELLED_OUT.sub(lambda found: _AS_UMLAUT[found[1]], surface)
        if _PLURAL.search(surface):
            surface = surface[:-1]
    return f"~{fold(_stemmers()[language].stem(surface))}"


def _stems(surface: str, language: str) -> tuple[str, ...]:
    """The stems of a folded word, marked; in both languages if it is in another one. Codes, numbers and very short
    words have none."""
    if len(surface) < _SHORTEST_STEMMED or not surface.isalpha():
        return ()
    if language in STOP_WORDS:
        return (_stem(surface, language),)
    return tuple(dict.fromkeys(_stem(surface, one) for one in STOP_WORDS))


@lru_cache(_KNOWN_WORDS)
def _terms_of(word: str, language: str) -> tuple[tuple[str, ...], bool]:
    """The terms of a word as it stands in a text, and whether it is a stop word."""
    surface = fold(_APOSTROPHES.sub("", _POSSESSIVE.sub("", word)))
    return (surface, *_stems(surface, language)), surface in STOP_WORDS.get(language, ())


def _is_joined(text: str, start: int, end: int) -> bool:
    """Whether the word there is a part of a code."""
    last = len(text) - 1
    if start > 1 and text[start - 1] in _JOINTS and text[start - 2].isalnum():
        return True
    return end < last and text[end] in _JOINTS and text[end + 1].isalnum()


@dataclass(frozen=True, slots=True)
class Word:
    """A word as somebody typed it; `sign_before` is what joins it to the word before, where nothing else lies between
    them."""

    text: str
    surface: str
    place: int
    sign_before: str
    is_in_code: bool

    @property
    def is_plain(self) -> bool:
        """Whether it has letters only, and enough of them for a stem."""
        return self.surface.isalpha() and len(self.surface) >= _SHORTEST_STEMMED


def joined(run: Sequence[Word]) -> str:
    """The one word that `E-Mail` is besides, folded; empty for other codes."""
    if len(run) == 2 and len(run[0].surface) == 1 and run[1].is_plain and run[1].sign_before in _HYPHENS:
        return run[0].surface + run[1].surface
    return ""


def words(text: str) -> Iterator[Word]:
    """The words of something typed, stop words included."""
    last_end = -1
    for place, found in enumerate(_WORD.finditer(text), 1):
        start, end = found.span()
        terms_here, _ = _terms_of(found[0], "")
        signs = () if is_stop_word(terms_here[0]) else _signs(text, start, terms_here[0])  # no text is found by those
        dotted = [sign for sign in signs if sign[0] == "."]
        sign = text[start - 1] if last_end == start - 1 and text[start - 1] in _JOINTS else ""
        if terms_here[0]:
            yield Word(found[0], (dotted or terms_here)[0], place, sign, _is_joined(text, start, end))
        last_end = end


def tokens(text: str, language: str) -> Iterator[Token]:
    """The words of a text but for its language's stop words."""
    before = ""
    before_end = -1
    for place, found in enumerate(_WORD.finditer(text), 1):
        known, is_common = _terms_of(found[0], language)
        start, end = found.span()
        if known[0] and (not is_common or _is_joined(text, start, end)):
            more = _signs(text, start, known[0])
            if before_end == start - 1 and len(before) == 1 and text[start - 1] in _HYPHENS and len(known) > 1:
                more += _terms_of(before + found[0], language)[0]
            yield Token(known + more, place, start, end)
        before, before_end = found[0], end


def _signs(text: str, start: int, surface: str) -> tuple[str, ...]:
    """What a word is besides because of the signs around it: `.net`, and `c` of `c++`."""
    more: tuple[str, ...] = ()
    if surface[-1:] in {"+", "#"}:
        more = (surface.rstrip("+#"),)
    if start and text[start - 1] == "." and surface.isalpha() and (start == 1 or text[start - 2].isspace()):
        more = (*more, f".{surface}")
    return more


def terms(text: str, language: str, first_place: int = 0) -> dict[str, list[int]]:
    """Each term of a text with the places where it stands, counted from `first_place` + 1. Of a text of more than
    `LAST_PLACE` words the beginning counts, of a word that stands there often `MOST_PLACES` of its places."""
    found: dict[str, list[int]] = {}
    size = 0
    for token in tokens(text, language):
        place = token.place + first_place
        if place > LAST_PLACE or size > MOST_BYTES:
            break
        for term in token.terms:
            places = found.get(term)
            if places is None:
                found[term] = [place]
                size += len(term.encode()) + _BYTES_OF_A_PLACE
            elif len(places) < MOST_PLACES and places[-1] != place:
                places.append(place)
                size += _BYTES_OF_A_PLACE
    return found


def query_terms(surface: str) -> tuple[str, ...]:
    """The terms any of which a document may have that a typed word, given by its surface, is looked for by: its
    stems in both languages, or for a code itself."""
    return _stems(surface, "") or (surface,)


def is_stop_word(surface: str) -> bool:
    """Whether a word is one in any of the languages, so that texts in it are not found by it."""
    return any(surface in words for words in STOP_WORDS.values())


def grams(text: str) -> tuple[str, ...]:
    """Pieces of `GRAM_LENGTH` characters of the words of a text, each once, by which similar texts are found: `_fahr`,
    `fahrr`, … `ad_`. Stop words have none."""
    found: dict[str, None] = {}
    for match in _WORD.finditer(text):
        surface = _terms_of(match[0], "")[0][0]
        if is_stop_word(surface):
            continue
        word = f"_{surface}_"
        for start in range(max(1, len(word) - GRAM_LENGTH + 1)):
            found[word[start : start + GRAM_LENGTH]] = None
    return tuple(found)
