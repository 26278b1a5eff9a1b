"""The words in which `times.js` says how long ago something was: "3 minutes ago".

They travel with the scripts: a browser has them too, but takes longer to fetch its own than to run all our scripts, and
does so on each page.
"""

from datetime import timedelta
from typing import Literal

from babel import Locale
from babel.dates import format_timedelta

from forum.core.locale import translations

_Unit = Literal["minute", "hour", "day"]
_STEPS: dict[_Unit, int] = {"minute": 60, "hour": 24, "day": 15}
"""The units and how far each is counted: the plural forms up to there are the ones that can occur."""
_NO_OTHER_UNIT = 10_000


def forms_in(language: str) -> dict[str, object]:
    """By unit, "past" or "future", and plural form, with {} for the number; and `now`. Patterns and plural forms are
    CLDR's (Unicode Technical Standard 35)."""
    found: dict[str, object] = {"now": translations(language).gettext("now")}
    for unit in _STEPS:
        found[unit] = {"past": _forms(language, unit, -1), "future": _forms(language, unit, 1)}
    return found


def _forms(language: str, unit: _Unit, sign: int) -> dict[str, str]:
    plural_form = Locale.parse(language).plural_form
    forms: dict[str, str] = {}
    for count in range(1, _STEPS[unit]):
        away = timedelta(**{f"{unit}s": sign * count})
        words = format_timedelta(away, unit, _NO_OTHER_UNIT, True, "long", language)
        forms.setdefault(plural_form(count), words.replace(str(count), "{}"))
    return forms
