"""The formula: which of two posts comes first, all else being alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from forum.search import analysis
from forum.search.query import Clause
from forum.search.ranking import Facts, share_in_title, worth

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PLAIN = Facts(
    text=10.0,
    title="Pump leaks",
    title_language="en",
    is_first=False,
    is_solution=False,
    is_solved=False,
    reactions=0,
    created_at=NOW - timedelta(days=365),
)


def word(text: str) -> Clause:
    return Clause(text, "word", tuple(term for token in analysis.tokens(text, "en") for term in token.terms))


ASKED = (word("pump"), word("valve"))


def of(facts: Facts) -> float:
    return worth(facts, 10.0, ASKED, NOW)


def test_each_part_lifts_a_post() -> None:
    for better in (
        replace(PLAIN, text=12.0),
        replace(PLAIN, is_first=True),
        replace(PLAIN, title="Pump and valve"),
        replace(PLAIN, is_solution=True),
        replace(PLAIN, is_first=True, is_solved=True),
        replace(PLAIN, reactions=3),
        replace(PLAIN, created_at=NOW),
    ):
        assert of(better) > of(PLAIN)


def test_the_solution_is_worth_more_than_a_question_that_is_solved() -> None:
    solved = replace(PLAIN, is_first=True, is_solved=True, title="Nothing")
    assert of(replace(PLAIN, is_solution=True, title="Nothing")) > of(solved)


def test_words_in_text_and_title_outweigh_age() -> None:
    old = replace(PLAIN, is_first=True, title="Valve of the pump", created_at=NOW - timedelta(days=3650))
    assert of(old) > of(replace(PLAIN, text=7.0, created_at=NOW))


def test_reactions_count_less_and_less_and_no_further_than_to_their_limit() -> None:
    few, some, many = (of(replace(PLAIN, reactions=count)) for count in (0, 10, 20))
    assert some - few > many - some > 0
    assert of(replace(PLAIN, reactions=100)) == of(replace(PLAIN, reactions=100_000))


def test_a_post_from_the_future_and_an_engine_without_scores_do_no_harm() -> None:
    assert of(replace(PLAIN, created_at=NOW + timedelta(days=9))) == of(replace(PLAIN, created_at=NOW))
    assert worth(replace(PLAIN, text=0.0), 0.0, (), NOW) >= 0


def test_the_share_in_the_title_counts_words_phrases_and_prefixes() -> None:
    assert share_in_title("The pumps leak", "en", ASKED) == 0.5
    assert share_in_title("Cold water", "en", [Clause("cold water", "phrase", ("cold", "water"), (1, 2))]) == 1.0
    assert share_in_title("Charger", "en", [Clause("charg*", "prefix", ("charg",))]) == 1.0
    assert share_in_title("Charger", "en", [replace(word("charger"), is_excluded=True)]) == 0.0
