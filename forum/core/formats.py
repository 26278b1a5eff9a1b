"""Dates, times and numbers as a language writes them."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, get_month_names
from babel.numbers import format_decimal

from forum.core.locale import SOURCE


def _place(language: str) -> str:
    """Where the language's customs are taken from: the source's words are British."""
    return "en_GB" if language == SOURCE else language


@cache
def _months(language: str, width: Literal["abbreviated", "wide"]) -> Mapping[int, str]:
    return dict(get_month_names(width, "format", _place(language)))


@cache
def _order(language: str, is_wide: bool) -> str:
    """Day, month and year as Unicode's CLDR puts them, for `%`: Babel's own formatting takes ten times as long as all
    the rest of a date."""
    place = Locale.parse(_place(language))
    found = place.date_formats["long"] if is_wide else place.datetime_skeletons["yMMMd"]
    return str(found.format)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def written(moment: datetime, form: str, language: str, zone: str) -> str:
    """A moment to the minute, in words of a language and in a zone: `21. Nov. 2026, 09:02`. The form `long` writes the
    month out, `date` does so and leaves the time away. A day has 24 hours everywhere."""
    local = moment.astimezone(_zone(zone))
    day = _order(language, form in {"long", "date"}) % {
        "d": local.day,
        "dd": f"{local.day:02}",
        "M": local.month,
        "MM": f"{local.month:02}",
        "MMM": _months(language, "abbreviated")[local.month],
        "MMMM": _months(language, "wide")[local.month],
        "y": local.year,
        "G": "",
    }
    return day if form == "date" else f"{day}, {local.hour:02}:{local.minute:02}"


def month(first: date, language: str) -> str:
    """A month: `März 2027`."""
    return format_skeleton("yMMMM", first, locale=_place(language))


@lru_cache(maxsize=2_000)
def of_bytes(size: int, language: str) -> str:
    """A size as people read it, with three digits at most: `512 B`, `1.5 MB`, `23 GB`."""
    amount, unit = float(size), "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return f"{number(round(amount, 1 if amount < 10 and unit != 'B' else 0), language)}\u00a0{unit}"


def number(value: float, language: str) -> str:
    """A number with the language's separators: `1.234,5`."""
    return format_decimal(value, locale=language)


_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would begin one."""
    return f"'{text}" if text.startswith(_FORMULA) else text
