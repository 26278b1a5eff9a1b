"""The language and the time zone of an answer."""

from contextvars import ContextVar
from gettext import NullTranslations
from typing import Any

from flask import Flask, g
from flask_babel import Babel, Domain, refresh
from markupsafe import escape

from forum.core import formats, locale
from forum.http import viewer

_SOURCE = NullTranslations()
"""The words as they stand in templates: English."""
_words: ContextVar[NullTranslations] = ContextVar("words")
_spoken: ContextVar[str] = ContextVar("spoken", default=locale.SOURCE)


class Catalogues(Domain):
    """Texts from the house's own catalogues instead of compiled files."""

    def get_translations(self) -> NullTranslations:
        return locale.translations(tongue_of_answer())

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        """A sentence about a number, which is written as the language writes numbers."""
        variables = {"num": formats.number(num, of_answer())} | variables
        return str(self.get_translations().ngettext(singular, plural, num) % variables)


class HouseBabel(Babel):
    """Flask-Babel with the house's catalogues."""

    domain_instance = Catalogues()


def of_answer() -> str:
    """The language this answer is written in; before the database can be asked, the browser's."""
    if "language" not in g:
        g.language = viewer.actor().language
    return str(g.language)


def tongue_of_answer() -> str:
    """The language this answer is written in, in the community's form of address."""
    if "tongue" not in g:
        g.tongue = viewer.community().tongue(of_answer())
    return str(g.tongue)


def settle(language: str) -> None:
    """Writes this answer in a given language, whatever else is known: for errors that leave no database to ask."""
    g.language = g.tongue = language
    refresh()


def speak(tongue: str) -> None:
    """Makes a tongue the one that templates are written in until the next call in this context.

    Flask-Babel looks the language up for each sentence anew; a page has a hundred of them.
    """
    _words.set(locale.translations(tongue))
    _spoken.set(tongue)


def spoken() -> str:
    """The tongue that templates are written in at the moment."""
    return _spoken.get()


def _gettext(text: str, /, **values: object) -> str:
    """A sentence for a template.

    Jinja's own version fills in values even where there are none, a hundred times a page.
    """
    said = _words.get(_SOURCE).gettext(text)
    return escape(said) % values if values else said


def _ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    said = formats.number(num, locale.language_of(_spoken.get()))
    return escape(_words.get(_SOURCE).ngettext(one, many, num)) % ({"num": said} | values)


def _time_zone() -> str:
    return viewer.community().time_zone if viewer.actor().is_guest else viewer.actor().time_zone


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = locale.SOURCE
    HouseBabel(app, locale_selector=of_answer, timezone_selector=_time_zone)
    app.jinja_env.globals |= {"_": _gettext, "gettext": _gettext, "ngettext": _ngettext}
