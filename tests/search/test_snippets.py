"""Passages: cut where most of what was asked for stands, with the matches marked and nothing changed."""

from hypothesis import given
from hypothesis import strategies as st

from forum.search import analysis, snippets
from forum.search.query import Clause


def word(text: str) -> Clause:
    stems = tuple(
        term for language in ("de", "en") for token in analysis.tokens(text, language) for term in token.terms
    )
    return Clause(text, "word", stems)


def marked(pieces: snippets.Passage) -> list[str]:
    return [text for text, is_match in pieces if is_match]


def joined(pieces: snippets.Passage) -> str:
    return "".join(text for text, _ in pieces)


def test_a_word_is_marked_in_all_its_forms() -> None:
    text = "Die Pumpe tropft. Zwei Pumpen tropfen schneller als eine."
    found = snippets.passage(text, "de", [word("Pumpen"), word("tropfen")])
    assert joined(found) == text
    assert marked(found) == ["Pumpe", "Pumpen", "tropfen"]


def test_umlauts_and_their_spellings_are_the_same_word() -> None:
    assert marked(snippets.passage("Herr Müller grüßt", "de", [word("mueller"), word("gruesst")])) == [
        "Müller",
        "grüßt",
    ]


def test_a_short_text_is_shown_whole_and_a_long_one_around_the_match() -> None:
    filler = "Etwas ganz anderes steht hier zuerst. " * 40
    found = snippets.passage(f"{filler}Die Dichtung tropft. {filler}", "de", [word("Dichtung")])
    assert marked(found) == ["Dichtung"]
    assert joined(found).startswith("… ")
    assert joined(found).endswith(" …")
    assert len(joined(found)) <= snippets.LENGTH + 4


def test_the_passage_with_most_of_what_was_asked_for_wins() -> None:
    filler = "lorem ipsum dolor sit amet " * 30
    text = f"A valve alone. {filler} The valve of the pump leaks. {filler} A pump alone."
    assert "valve of the pump" in joined(snippets.passage(text, "en", [word("valve"), word("pump")])).replace("… ", "")


def test_a_phrase_is_marked_only_where_it_stands_together() -> None:
    phrase = Clause("cold water", "phrase", ("cold", "water"), (1, 2))
    found = snippets.passage("Water, cold and clear. Only cold water helps; cold is not enough.", "en", [phrase])
    assert marked(found) == ["cold water"]


def test_a_phrase_reaches_over_stop_words() -> None:
    places = {token.terms[0]: token.place for token in analysis.tokens("valve of the pump", "en")}
    phrase = Clause("valve of the pump", "phrase", ("valve", "pump"), (places["valve"], places["pump"]))
    found = snippets.passage("Open the valve of the pump now. A valve pump is something else.", "en", [phrase])
    assert marked(found) == ["valve of the pump"]


def test_a_prefix_marks_whole_words() -> None:
    found = snippets.passage("Ladegerät, Ladekabel und Kabel", "de", [Clause("lade*", "prefix", ("lade",))])
    assert marked(found) == ["Ladegerät", "Ladekabel"]


def test_what_is_excluded_is_not_marked() -> None:
    excluded = Clause("kabel", "word", word("kabel").terms, is_excluded=True)
    assert marked(snippets.passage("Ein Kabel", "de", [excluded])) == []


def test_a_text_without_a_match_is_shown_from_its_beginning() -> None:
    text = "Es war einmal ein Wasserkocher. " * 40
    found = snippets.passage(text, "de", [word("Toaster")])
    assert marked(found) == []
    assert text.startswith(joined(found).removesuffix(" …"))


def test_a_very_long_word_is_marked_whole() -> None:
    long = "a" * 59 + "b"
    found = snippets.passage(f"{'x ' * 300}{long} {'y ' * 300}", "en", [Clause(long, "prefix", (long[:20],))])
    assert marked(found) == [long]


_TEXT = st.text(alphabet="abAB äöß.-\n\t<&>'\"*9", max_size=600)


@given(_TEXT, st.lists(st.text(alphabet="abäöß9", min_size=1, max_size=4), max_size=4))
def test_whatever_the_text_a_passage_is_a_stretch_of_it(text: str, wanted: list[str]) -> None:
    clauses = [word(one) for one in wanted if word(one).terms]
    clauses += [Clause(one, "prefix", (analysis.fold(one),)) for one in wanted]
    found = snippets.passage(text, "de", clauses)
    shown = joined(found).removeprefix("… ").removesuffix(" …")
    assert shown in " ".join(text.split())
    assert all(piece for piece, _ in found)
    assert joined(snippets.marked(text, "de", clauses)) == text
