"""Whatever is typed gives a query or a clear notice."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forum.search import analysis
from forum.search.engines.postgresql import tsquery
from forum.search.query import Filter, parse


def clauses(raw: str) -> list[tuple[str, str, bool]]:
    return [(one.kind, one.text, one.is_excluded) for one in parse(raw).clauses]


def notices(raw: str) -> list[str]:
    return [one.code for one in parse(raw).notices]


def test_words_phrases_prefixes_and_exclusions() -> None:
    assert clauses('bike "front wheel" -old brak* -"two words"') == [
        ("word", "bike", False),
        ("phrase", "front wheel", False),
        ("word", "old", True),
        ("prefix", "brak*", False),
        ("phrase", "two words", True),
    ]
    assert clauses("„im Ernst gemeint“") == [("phrase", "im Ernst gemeint", False)]
    assert clauses("Fahrrad-Schloss E-1042") == [
        ("word", "Fahrrad", False),
        ("word", "Schloss", False),
        ("phrase", "E-1042", False),
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("in:general", Filter("in", "general")),
        ('kategorie:"Rund ums Rad"', Filter("in", "Rund ums Rad")),
        ("by:@anna", Filter("by", "anna")),
        ("-von:anna", Filter("by", "anna", is_excluded=True)),
        ("#node.js", Filter("tag", "node.js")),
        ("tag:#rad", Filter("tag", "rad")),
        ("is:solved", Filter("is", "solved")),
        ("ist:gelöst", Filter("is", "solved")),
        ("IST:Frage", Filter("is", "question")),
        ('status:"in progress"', Filter("status", "in progress")),
    ],
)
def test_filters_are_understood_in_both_languages(raw: str, expected: Filter) -> None:
    query = parse(raw)
    assert (query.filters, query.clauses, query.notices) == ((expected,), (), ())


def test_dates() -> None:
    query = parse("after:2025 vor:1.6.2026")
    assert (query.after, query.before) == (datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))
    assert parse("seit:heute").after is not None
    assert notices("before:2026-13") == notices("after:soon") == ["bad-date"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", ["empty"]),
        ("  \x00 ", ["empty"]),
        ("*", ["empty"]),
        ('"', ["empty"]),
        ("-bike", ["empty"]),
        ("🚲", ["empty"]),
        ("der die das", ["only-stop-words"]),
        ("field:", ["unknown-filter"]),
        ("colour:red", ["unknown-filter"]),
        ("is:purple", ["unknown-filter"]),
        ("in:", ["unknown-filter", "only-stop-words"]),
        ("b*", ["prefix-too-short"]),
        ("word " * 300, ["cut"]),
        (" ".join(f"word{number}" for number in range(30)), ["too-many-words"]),
        ("https://example.org std::vector 12:30", []),
    ],
)
def test_what_can_not_be_looked_for_is_said(raw: str, expected: list[str]) -> None:
    assert notices(raw) == expected


def test_an_unknown_filter_is_looked_for_as_words() -> None:
    assert clauses("colour:red") == [("phrase", "colour:red", False)]


def test_a_word_that_is_common_in_one_language_is_looked_for_in_the_other() -> None:
    assert clauses("hat") == [("word", "hat", False)]
    assert clauses("the red hat") == [("word", "red", False)]


_SIGNS = st.sampled_from(
    [*"ab E1-_.:\"'*#+@/()&|!<>\\ \n\t\x00äß½😀„“", "in:", "is:", "by:", "vor:", "status:", "²", "ﬁ", "\u0301"]
)


@given(st.one_of(st.text(max_size=600), st.lists(_SIGNS, max_size=60).map("".join)))
def test_no_input_is_an_error(raw: str) -> None:
    query = parse(raw)
    assert not query.is_empty or query.notices
    assert all(term for one in query.clauses for term in one.terms)
    tsquery(query.clauses)
    for language in ("de", "en", "fr"):
        assert all(term for token in analysis.tokens(raw, language) for term in token.terms)
    analysis.terms(raw, "de")
    analysis.grams(raw)


@given(st.text(st.sampled_from("abcdeäöüß-.+#' "), min_size=1, max_size=40), st.sampled_from(["de", "en"]))
@example(".a", "en")
def test_each_word_of_a_text_finds_it(text: str, language: str) -> None:
    there = analysis.terms(text, language)
    for clause in parse(text).clauses:
        if clause.kind == "word" and not clause.is_excluded and not parse(text).notices:
            assert set(clause.terms) & set(there)
