"""Dates, numbers and names as readers of each language write and sort them."""

from datetime import UTC, date, datetime

import pytest
from babel.localedata import locale_identifiers

from forum.core import formats, locale

MOMENT = datetime(2026, 11, 21, 23, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "form", "said"),
    [
        ("de", "medium", "22. Nov. 2026, 00:02"),
        ("de", "long", "22. November 2026, 00:02"),
        ("de", "date", "22. November 2026"),
        ("en", "medium", "22 Nov 2026, 00:02"),
        ("en", "long", "22 November 2026, 00:02"),
        ("en", "date", "22 November 2026"),
    ],
)
def test_a_moment_is_written_in_the_readers_words_and_zone(language: str, form: str, said: str) -> None:
    assert formats.written(MOMENT, form, language, "Europe/Berlin") == said


def test_every_language_that_could_be_added_has_its_dates() -> None:
    for language in sorted(one for one in locale_identifiers() if "_" not in one):
        for form in ("medium", "long", "date"):
            assert formats.written(MOMENT, form, language, "UTC")
        assert formats.month(date(2027, 3, 1), language)


def test_numbers_have_the_languages_separators() -> None:
    assert [formats.number(12345.5, language) for language in ("de", "en")] == ["12.345,5", "12,345.5"]


def test_zero_has_the_plural_in_german_and_english() -> None:
    said = [locale.translations(tongue).ngettext("%(num)s vote", "%(num)s votes", 0) for tongue in ("de", "de_formal")]
    assert said == ["%(num)s Stimmen"] * 2
    assert locale.translations("en").ngettext("%(num)s vote", "%(num)s votes", 0) == "%(num)s votes"


def test_names_are_sorted_as_in_a_dictionary() -> None:
    names = ["Zubehör", "öffentlich", "Ofen", "Änderung", "anfang", "Straße", "Strasse", "Azur", "Éclair", "Eis"]
    assert sorted(names, key=lambda name: (locale.sort_key(name), name)) == [
        "Änderung",
        "anfang",
        "Azur",
        "Éclair",
        "Eis",
        "Ofen",
        "öffentlich",
        "Strasse",
        "Straße",
        "Zubehör",
    ]


def test_a_language_is_called_by_its_name() -> None:
    assert [locale.name_of(one) for one in ("de", "en", "fr")] == ["Deutsch", "English", "Français"]
    assert [locale.name_of("de", reader) for reader in ("de", "en")] == ["Deutsch", "German"]
