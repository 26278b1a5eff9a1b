"""The language and the time zone of an answer."""

from contextvars import ContextVar
from gettext import NullTranslations

from flask import Flask, g
from flask_babel import Babel, Domain, get_locale, refresh
from markupsafe import escape

from forum.core import locale
from forum.http import viewer

_SOURCE = NullTranslations()
"""The words as they stand in templates: English."""
_words: ContextVar[NullTranslations] = ContextVar("words")
_spoken: ContextVar[str] = ContextVar("spoken", default="en")


class Catalogues(Domain):
    """Texts from the house's own catalogues instead of compiled files."""

    def get_translations(self) -> NullTranslations:
        found = get_locale()
        return locale.translations(found.language if found else "en")


class HouseBabel(Babel):
    """Flask-Babel with the house's catalogues."""

    domain_instance = Catalogues()


def of_answer() -> str:
    """The language this answer is written in; before the database can be asked, the browser's."""
    if "language" not in g:
        g.language = viewer.actor().language
    return str(g.language)


def settle(language: str) -> None:
    """Writes this answer in a given language, whatever else is known: for errors that leave no database to ask."""
    g.language = language
    refresh()


def speak(language: str) -> None:
    """Makes a language the one that templates are written in until the next call in this context.

    Flask-Babel looks the language up for each sentence anew; a page has a hundred of them.
    """
    _words.set(locale.translations(language))
    _spoken.set(language)


def spoken() -> str:
    """The language that templates are written in at the moment."""
    return _spoken.get()


def _gettext(text: str, /, **values: object) -> str:
    """A sentence for a template.

    Jinja's own version fills in values even where there are none, a hundred times a page.
    """
    said = _words.get(_SOURCE).gettext(text)
    return escape(said) % values if values else said


def _ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    return escape(_words.get(_SOURCE).ngettext(one, many, num)) % ({"num": num} | values)


def _time_zone() -> str:
    return viewer.community().time_zone if viewer.actor().is_guest else viewer.actor().time_zone


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    HouseBabel(app, locale_selector=of_answer, timezone_selector=_time_zone)
    app.jinja_env.globals |= {"_": _gettext, "gettext": _gettext, "ngettext": _ngettext}
