"""Languages: the catalogues, and the words of a language outside a request (mails, the command line).

Catalogues are read from the `.po` files themselves when the application starts: there is no compiled file to forget.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("de", "en")
"""Languages of the interface; the source language of all texts is English."""

FOLDER = Path(__file__).parent.parent / "translations"
_loaded: dict[str, NullTranslations] = {}


def translations(language: str) -> NullTranslations:
    """The catalogue of a language; the source language's is empty."""
    if language not in _loaded:
        path = FOLDER / language / "LC_MESSAGES" / "messages.po"
        if path.exists():
            compiled = BytesIO()
            with path.open("rb") as file:
                write_mo(compiled, read_po(file, locale=language))
            compiled.seek(0)
            _loaded[language] = Translations(compiled)
        else:
            _loaded[language] = NullTranslations()
    return _loaded[language]


def known(language: str | None, default: str) -> str:
    """The language if the interface has it, else the default."""
    return language if language in LANGUAGES else default


def nearest(tag: str) -> str:
    """The interface's language for a tag that an archive may have brought, such as `de-AT`; English for others."""
    return known(tag.partition("-")[0].lower(), "en")


def text_in(value: Any, language: str) -> str:
    """One language's version of a text that is a string or {"de": …, "en": …}; another one's if that is missing."""
    if isinstance(value, dict):
        return str(value.get(language) or value.get("en") or next(iter(value.values()), ""))
    return str(value or "")
