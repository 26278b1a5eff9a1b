"""The same cases on both engines: what one finds, the other finds too."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from forum.core.database import transaction
from forum.search import analysis, index
from forum.search.documents import Document
from forum.search.engines import Key, Where, whoosh
from forum.search.index import WritableEngine
from forum.search.query import parse

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def engine(app: Flask) -> WritableEngine:
    """An empty index."""
    with transaction():
        generation = index.start()
    return index.engine_of(generation)


def post(id: int, body: str, language: str = "en", *, title: str = "", **fields: object) -> Document:
    """A post of thread 1 in category 1 by member 1; each one is a day younger than the one before."""
    values: dict[str, object] = {"thread_id": 1, "category_id": 1, "author_id": 1}
    values |= {"created_at": BEGAN + timedelta(days=id), **fields}
    return Document(
        "post",
        id,
        title=analysis.terms(title, language),
        body=analysis.terms(body, language, 100),
        grams=analysis.grams(title),
        **values,  # type: ignore[arg-type]
    )


def found(engine: WritableEngine, raw: str, **where: object) -> list[int]:
    """The ids of what fits, newest first; by relevance it must be the same ones."""
    place = Where(**where)  # type: ignore[arg-type]
    newest = [hit.ref_id for hit in engine.candidates(parse(raw), place, "newest", 50)]
    best = [hit.ref_id for hit in engine.candidates(parse(raw), place, "relevance", 50)]
    assert sorted(best) == sorted(newest)
    return newest


def test_words_are_found_in_their_forms_and_spellings(engine: WritableEngine) -> None:
    engine.write(
        [
            post(1, "Die Räder meiner Fahrräder sind aus der Müllerstraße.", "de"),
            post(2, "Das Fahrrad steht in der Muellerstrasse.", "de"),
            post(3, "My bicycles were stolen, running made no difference."),
            post(4, "Zwei Akkus für drei Autos", "de"),
            post(5, "Ein Akku im Auto; das Haus hat Mäuse.", "de"),
        ],
        (),
    )
    assert found(engine, "Akku") == found(engine, "Akkus") == found(engine, "Autos") == [5, 4]
    assert found(engine, "Maus") == [5]
    assert found(engine, "Hau") == []

    assert found(engine, "Fahrrad") == found(engine, "fahrraeder") == found(engine, "FAHRRÄDER") == [2, 1]
    assert found(engine, "Müllerstraße") == found(engine, "muellerstrasse") == [2, 1]
    assert found(engine, "bicycle") == found(engine, "run") == [3]
    assert found(engine, "Fahrrad stehen") == []
    assert found(engine, "Fahrrad steht") == [2]
    assert found(engine, "car") == []


@pytest.mark.parametrize(
    ("one", "many"),
    [
        *(("Akku", "Akkus"), ("Foto", "Fotos"), ("Kamera", "Kameras"), ("Taxi", "Taxis"), ("Handy", "Handys")),
        *(("Ergebnis", "Ergebnisse"), ("kostenlos", "kostenlose"), ("Glas", "Gläser"), ("Gras", "Gräser")),
        *(("Moos", "Moose"), ("Preis", "Preise"), ("Haus", "Häuser"), ("Kreis", "Kreise")),
    ],
)
def test_one_and_many_of_a_german_word_have_one_stem(one: str, many: str) -> None:
    assert list(analysis.terms(one, "de"))[-1] == list(analysis.terms(many, "de"))[-1]


def test_codes_are_found_as_written_and_by_their_parts(engine: WritableEngine) -> None:
    engine.write(
        [
            post(1, "Error E-1042 since the update to v2.3, see node.js and in-app help."),
            post(2, "I write C++ and C#, on .NET; mail user@example.org"),
            post(3, "C is not the same, and a net is for fish; E is a letter; 1042 a number"),
        ],
        (),
    )
    assert found(engine, "E-1042") == found(engine, "e-1042") == [1]
    assert found(engine, "1042") == [3, 1]
    assert found(engine, "node.js") == found(engine, "node") == found(engine, "v2.3") == found(engine, "in-app") == [1]
    assert found(engine, "C++") == found(engine, "c#") == found(engine, ".NET") == [2]
    assert found(engine, "net") == [3, 2]
    assert found(engine, "user@example.org") == found(engine, "example.org") == [2]


def test_a_hyphen_neither_parts_nor_joins(engine: WritableEngine) -> None:
    engine.write([post(1, "Meine E-Mail kam an.", "de"), post(2, "Schreib eine Email.", "de")], ())
    assert found(engine, "E-Mail") == found(engine, "email") == [2, 1]


def test_phrases_prefixes_and_what_is_left_out(engine: WritableEngine) -> None:
    engine.write(
        [
            post(1, "the front wheel of the old bicycle"),
            post(2, "the wheel in front, an old friend of a bicycle"),
            post(3, "Wheelchairs are another matter"),
        ],
        (),
    )
    assert found(engine, '"front wheel"') == [1]
    assert found(engine, '"wheel of the old"') == [1]
    assert found(engine, '"wheel front"') == []
    assert found(engine, "wheel*") == [3, 2, 1]
    assert found(engine, "wheel -friend") == [1]
    assert found(engine, 'bicycle -"front wheel"') == [2]
    assert found(engine, "wheel* -bicycl*") == [3]


def test_titles_are_found_and_no_phrase_leads_out_of_them(engine: WritableEngine) -> None:
    engine.write([post(1, "Chain and sprocket", title="Grease for the chain"), post(2, "grease grease and oil")], ())
    assert found(engine, "grease") == [2, 1]
    assert found(engine, '"chain chain"') == []


def test_places_are_kept_to(engine: WritableEngine) -> None:
    engine.write([post(n, "brake", category_id=n, thread_id=10 + n, author_id=20 + n) for n in (1, 2, 3)], ())
    assert found(engine, "brake", categories=frozenset({1, 3})) == [3, 1]
    assert found(engine, "brake", categories=frozenset()) == []
    assert found(engine, "brake", threads=frozenset({12})) == found(engine, "brake", authors=frozenset({22})) == [2]
    assert found(engine, "brake", not_threads=frozenset({12}), not_authors=frozenset({23})) == [1]
    assert found(engine, "brake", after=BEGAN + timedelta(days=2)) == [3, 2]
    assert found(engine, "brake", before=BEGAN + timedelta(days=2)) == [1]
    assert found(engine, "-nothing", authors=frozenset({21})) == [1]


def test_members_are_found_beside_posts(engine: WritableEngine) -> None:
    member = Document("member", 7, None, None, 7, BEGAN, analysis.terms("Anna Berg anna_b", ""))
    engine.write([post(7, "Anna wrote this"), member], ())
    assert found(engine, "anna") == [7]
    people = engine.candidates(parse("berg"), Where(kinds=frozenset({"member"}), categories=frozenset()), "newest", 5)
    assert [(hit.kind, hit.ref_id, hit.thread_id) for hit in people] == [("member", 7, None)]
    assert sorted(engine.contents()) == [("member", 7), ("post", 7)]
    assert (engine.last("post"), engine.last("member")) == (7, 7)


def test_pages_follow_each_other_also_at_the_same_moment(engine: WritableEngine) -> None:
    engine.write([post(n, "spoke", created_at=BEGAN + timedelta(days=n // 3)) for n in range(1, 12)], ())
    seen: list[int] = []
    key = None
    while hits := engine.candidates(parse("spoke"), Where(), "newest", 4, key):
        seen += [hit.ref_id for hit in hits]
        key = Key(hits[-1].created_at, hits[-1].ref_id)
    assert seen == list(range(11, 0, -1))


def test_the_better_text_comes_first_by_relevance(engine: WritableEngine) -> None:
    engine.write(
        [
            post(1, "A dynamo, and how a dynamo works: the dynamo hub", title="Dynamo"),
            post(2, "Many other words " * 20 + "dynamo"),
        ],
        (),
    )
    hits = engine.candidates(parse("dynamo"), Where(), "relevance", 5)
    assert [hit.ref_id for hit in hits] == [1, 2]
    assert hits[0].score > hits[1].score > 0


def test_a_document_takes_the_place_of_its_older_self_and_goes(engine: WritableEngine) -> None:
    engine.write([post(1, "first text"), post(2, "first text")], ())
    engine.write([post(1, "second text")], [("post", 2), ("post", 99)])
    assert (found(engine, "first"), found(engine, "second")) == ([], [1])
    assert list(engine.contents()) == [("post", 1)]
    engine.write([post(1, "second text")], ())
    assert found(engine, "second") == [1]


def test_many_small_writes_stay_one_index(engine: WritableEngine) -> None:
    for number in range(1, 41):
        engine.write([post(number, f"gear number{number}")], [("post", number - 3)] if number % 2 else ())
    gone = {number - 3 for number in range(1, 41, 2)}
    assert found(engine, "gear") == [number for number in range(40, 0, -1) if number not in gone]
    assert found(engine, "number40") == [40]


def test_similar_first_posts_share_pieces_of_words(engine: WritableEngine) -> None:
    engine.write(
        [
            post(1, "", "de", title="Fahrradschloss klemmt bei Frost", thread_id=1),
            post(2, "", "de", title="Schloss am Fahrrad eingefroren", thread_id=2),
            post(3, "", "de", title="Rechnung als PDF", thread_id=3, category_id=2),
        ],
        (),
    )
    alike = engine.similar(analysis.grams("Fahrradschlösser frieren ein"), Where(), 5)
    assert alike[0].ref_id in {1, 2}
    assert 3 not in {hit.ref_id for hit in alike}
    assert (
        engine.similar((), Where(), 5)
        == engine.similar(analysis.grams("Rechnung"), Where(categories=frozenset({1})), 5)
        == []
    )


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_what_is_similar_is_told_by_the_rarest_pieces_where_there_are_many(
    engine: WritableEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ["Kette mit Rost", *(f"Kette {number}" for number in range(20))]
    engine.write([post(id, "", "de", title=title, thread_id=id) for id, title in enumerate(titles, 1)], ())
    monkeypatch.setattr(whoosh, "MOST_POSTINGS", 10)
    assert [hit.ref_id for hit in engine.similar(analysis.grams("Rost an der Kette"), Where(), 5)] == [1]


@pytest.mark.parametrize(
    "text", ["' \\ : & | ! ( ) <-> *", "a'b\\c", "\x00", "😀", "½ ﬁ ﷽ ŉ", "x" * 300, "'' :*", "日本語 кот"]
)
def test_odd_signs_can_be_written_and_asked_for(engine: WritableEngine, text: str) -> None:
    engine.write([post(1, text, title=text)], ())
    found(engine, text)
    found(engine, f'"{text}" -{text} {text}*')


def test_a_text_of_any_size_can_be_written(engine: WritableEngine) -> None:
    words: Iterable[str] = (f"w{number:05}xyzzy" for number in range(20_000))
    engine.write([post(1, " ".join(words)), post(2, "ring " * 30_000), post(3, "ﷺ" * 80_000)], ())
    assert found(engine, "w00007xyzzy") == [1]
    assert found(engine, "ring") == [2]
