"""Languages: the catalogues, and the words of a language outside a request (mails, the command line).

A language is there when its catalogue is (`translations/<code>/`); English needs none: the sources are written in it.
A second catalogue, `<code>_formal`, holds the sentences that differ where the community addresses people formally: in
German with "Sie" instead of "du". A **tongue** is a language in one of its forms of address: `de`, `de_formal`, `en`.

Catalogues are read from the `.po` files themselves when they are first needed: there is no compiled file to forget.
"""

import re
import unicodedata
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

SOURCE = "en"
"""The language that code and templates are written in."""
FOLDER = Path(__file__).parent.parent / "translations"
_FORMAL = "_formal"
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


@cache
def catalogues() -> frozenset[str]:
    """The tongues that have a catalogue."""
    return frozenset(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/messages.po"))


@cache
def languages() -> tuple[str, ...]:
    """The languages of the interface, by code."""
    return tuple(sorted({SOURCE} | {tongue for tongue in catalogues() if not tongue.endswith(_FORMAL)}))


@cache
def tongues() -> tuple[str, ...]:
    """The languages of the interface, in each of their forms of address."""
    return tuple(sorted({SOURCE} | catalogues()))


def tongue(language: str, is_formal: bool) -> str:
    """The language as a community speaks it that addresses people formally, or doesn't."""
    formal = f"{language}{_FORMAL}"
    return formal if is_formal and formal in catalogues() else language


def language_of(tongue: str) -> str:
    """The language of a tongue."""
    return tongue.removesuffix(_FORMAL)


@cache
def translations(tongue: str) -> NullTranslations:
    """The catalogue of a tongue: what the formal one lacks is said as in the other, what that lacks, in English."""
    if tongue not in catalogues():
        return NullTranslations()
    compiled = BytesIO()
    with (FOLDER / tongue / "LC_MESSAGES" / "messages.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language_of(tongue)))
    compiled.seek(0)
    found = Translations(compiled)
    if tongue.endswith(_FORMAL):
        found.add_fallback(translations(language_of(tongue)))
    return found


def forget() -> None:
    """Looks for catalogues anew (for tests that bring some of their own)."""
    for kept in (catalogues, languages, tongues, translations):
        kept.cache_clear()


def known(language: str | None, default: str) -> str:
    """The language if the interface has it, else the default."""
    return language if language in languages() else default


def nearest(tag: str) -> str:
    """The interface's language for a tag that an archive may have brought, such as `de-AT`; English for others."""
    return known(tag.partition("-")[0].lower(), SOURCE)


def text_in(value: Any, language: str) -> str:
    """One language's version of a text that is a string or {"de": …, "en": …}; another one's if that is missing."""
    if isinstance(value, dict):
        return str(value.get(language) or value.get(SOURCE) or next(iter(value.values()), ""))
    return str(value or "")


@lru_cache(maxsize=1_000)
def name_of(language: str, reader: str | None = None) -> str:
    """What a language is called in the reader's language: `Deutsch`, `German`; for None, in its own."""
    found = Locale(language).get_display_name(reader or language) or language
    return found if reader else found[:1].upper() + found[1:]


@lru_cache(maxsize=1_000)
def direction(language: str) -> str:
    """Which way a language is written: `ltr` or `rtl`."""
    return str(Locale(language).text_direction)


def sort_key(name: str) -> str:
    """What names are sorted by, as dictionaries do (DIN 5007-1): ä as a, ß as ss, accents and capitals aside."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def isolated(value: str) -> str:
    """A name or title of anybody for the middle of a sentence: one that runs from right to left takes nothing of what
    stands around it along (UAX #9, 2.7). All others stay as they are, but for signs that turn the direction."""
    if value.isascii():
        return value
    value = _TURNING.sub("", value)
    turns = any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in value)
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}" if turns else value
