"""PostgreSQL: the index as rows of `search_document`, its terms as tsvector made by our own analysis.

No dictionary of the server takes part: it gets the same terms at the same places as Whoosh does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    Text,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from forum.core.database import db, read, transaction
from forum.search.documents import Document
from forum.search.engines import NEWEST_MATCHES, Hit, Key, Order, Where
from forum.search.models import DOCUMENTS, MEMBER, POST
from forum.search.query import Clause, Query

KINDS = (POST, MEMBER)
_AT_ONCE = 500
_DROPPED_AT_ONCE = 20_000
_MOST_GRAMS = 120


def quoted(term: str) -> str:
    """A lexeme as it stands in the text form of tsvector and tsquery."""
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def vector(document: Document) -> str:
    """A document's terms with their places, those of the title marked."""
    places: dict[str, list[str]] = {}
    for terms, mark in ((document.title, "A"), (document.body, "")):
        for term, where in terms.items():
            places.setdefault(term, []).extend(f"{place}{mark}" for place in where)
    return " ".join(f"{quoted(term)}:{','.join(where)}" for term, where in places.items())


def tsquery(clauses: Iterable[Clause]) -> str:
    """The clauses as a tsquery; empty without any."""
    return " & ".join(f"!{_part(one)}" if one.is_excluded else _part(one) for one in clauses)


def _part(clause: Clause) -> str:
    if clause.kind == "prefix":
        return f"{quoted(clause.terms[0])}:*"
    if clause.kind == "word":
        return f"({' | '.join(quoted(term) for term in clause.terms)})"
    text = quoted(clause.terms[0])
    for before, (term, place) in zip(
        clause.places, list(zip(clause.terms, clause.places, strict=True))[1:], strict=False
    ):
        text += f" <{place - before}> {quoted(term)}"
    return f"({text})"


# ---------------------------------------------------------------- statements, each built once for its shape

_WORDS = cast(bindparam("words"), TSQUERY)
_GRAMS = cast(bindparam("grams"), TSQUERY)
_IDS = ARRAY(BigInteger())
_TIME = DOCUMENTS.c.created_at.type
_HIT = (DOCUMENTS.c.kind, DOCUMENTS.c.ref_id, DOCUMENTS.c.thread_id, DOCUMENTS.c.created_at)
_NEWEST_FIRST = (DOCUMENTS.c.created_at.desc(), DOCUMENTS.c.ref_id.desc())

_CONDITIONS: Mapping[str, ColumnElement[bool]] = {
    "words": DOCUMENTS.c.words.op("@@")(_WORDS),
    "categories": or_(
        DOCUMENTS.c.category_id == func.any(bindparam("categories", type_=_IDS)), DOCUMENTS.c.kind == MEMBER
    ),
    "threads": DOCUMENTS.c.thread_id == func.any(bindparam("threads", type_=_IDS)),
    "not_threads": DOCUMENTS.c.thread_id != func.all(bindparam("not_threads", type_=_IDS)),
    "authors": DOCUMENTS.c.author_id == func.any(bindparam("authors", type_=_IDS)),
    "not_authors": or_(
        DOCUMENTS.c.author_id.is_(None), DOCUMENTS.c.author_id != func.all(bindparam("not_authors", type_=_IDS))
    ),
    "after": DOCUMENTS.c.created_at >= bindparam("after", type_=_TIME),
    "before": DOCUMENTS.c.created_at < bindparam("before", type_=_TIME),
    "place": tuple_(DOCUMENTS.c.created_at, DOCUMENTS.c.ref_id)
    < tuple_(bindparam("place_time", type_=_TIME), bindparam("place_id", type_=BigInteger())),
}


def _chosen(shape: frozenset[str]) -> list[ColumnElement[bool]]:
    return [
        DOCUMENTS.c.generation == bindparam("generation"),
        DOCUMENTS.c.kind == func.any(bindparam("kinds", type_=ARRAY(Text()))),
        *(condition for name, condition in _CONDITIONS.items() if name in shape),
    ]


@lru_cache(maxsize=200)
def _newest(shape: frozenset[str]) -> Select[Any]:
    statement = select(*_HIT, literal(0.0)).where(*_chosen(shape))
    return statement.order_by(*_NEWEST_FIRST).limit(bindparam("most"))


@lru_cache(maxsize=200)
def _best(shape: frozenset[str]) -> Select[Any]:
    if "words" not in shape:
        return _newest(shape)
    newest = select(*_HIT, DOCUMENTS.c.words).where(*_chosen(shape)).order_by(*_NEWEST_FIRST).limit(NEWEST_MATCHES)
    found = newest.subquery("newest")
    rank = func.ts_rank(found.c.words, _WORDS, 1).label("score")
    hit = (found.c.kind, found.c.ref_id, found.c.thread_id, found.c.created_at)
    return (
        select(*hit, rank)
        .order_by(rank.desc(), found.c.created_at.desc(), found.c.ref_id.desc())
        .limit(bindparam("most"))
    )


@lru_cache(maxsize=200)
def _similar(shape: frozenset[str]) -> Select[Any]:
    rank = func.ts_rank(DOCUMENTS.c.grams, _GRAMS).label("score")
    alike = DOCUMENTS.c.grams.op("@@")(_GRAMS)
    statement = select(*_HIT, rank).where(alike, *_chosen(shape))
    return statement.order_by(rank.desc(), DOCUMENTS.c.ref_id.desc()).limit(bindparam("most"))


def _given(where: Where) -> dict[str, Any]:
    given: dict[str, Any] = {"kinds": sorted(where.kinds), "after": where.after, "before": where.before}
    for name in ("categories", "threads", "not_threads", "authors", "not_authors"):
        ids = getattr(where, name)
        given[name] = None if ids is None else sorted(ids)
    return {name: value for name, value in given.items() if value is not None}


class Postgresql:
    """One generation of the index, as rows beside those of others."""

    def __init__(self, generation: int) -> None:
        self._generation = generation

    def make_empty(self) -> None:
        """As `WritableEngine.begin`."""
        db.session.execute(delete(DOCUMENTS).where(DOCUMENTS.c.generation == self._generation))

    def drop(self) -> None:
        """As `WritableEngine.drop`."""
        some = (
            select(DOCUMENTS.c.kind, DOCUMENTS.c.ref_id)
            .where(DOCUMENTS.c.generation == self._generation)
            .limit(_DROPPED_AT_ONCE)
        )
        row = tuple_(DOCUMENTS.c.kind, DOCUMENTS.c.ref_id)
        while True:
            with transaction():
                gone = db.session.execute(
                    delete(DOCUMENTS)
                    .where(DOCUMENTS.c.generation == self._generation, row.in_(some))
                    .returning(DOCUMENTS.c.ref_id)
                )
                if not gone.all():
                    return

    def refresh(self) -> None:
        """As `WritableEngine.refresh`: rows are always there."""

    def last(self, kind: str) -> int:
        """As `WritableEngine.last`."""
        wanted = (DOCUMENTS.c.generation == self._generation, DOCUMENTS.c.kind == kind)
        return int(read(select(func.max(DOCUMENTS.c.ref_id)).where(*wanted)).scalar() or 0)

    def contents(self) -> Iterator[tuple[str, int]]:
        """As `Engine.contents`."""
        for kind in KINDS:
            last = 0
            while True:
                wanted = (
                    DOCUMENTS.c.generation == self._generation,
                    DOCUMENTS.c.kind == kind,
                    DOCUMENTS.c.ref_id > last,
                )
                statement = select(DOCUMENTS.c.ref_id).where(*wanted).order_by(DOCUMENTS.c.ref_id)
                ids = read(statement.limit(_DROPPED_AT_ONCE)).scalars().all()
                if not ids:
                    break
                yield from ((kind, id) for id in ids)
                last = ids[-1]

    def write(self, documents: Sequence[Document], gone: Iterable[tuple[str, int]]) -> None:
        """As `Engine.write`."""
        rows = {(one.kind, one.ref_id): self._row(one) for one in documents}
        out = [*gone, *rows]
        with transaction():
            for start in range(0, len(out), _AT_ONCE):
                row = tuple_(DOCUMENTS.c.kind, DOCUMENTS.c.ref_id)
                db.session.execute(
                    delete(DOCUMENTS).where(
                        DOCUMENTS.c.generation == self._generation, row.in_(out[start : start + _AT_ONCE])
                    )
                )
            if rows:
                db.session.execute(insert(DOCUMENTS), list(rows.values()))

    def _row(self, document: Document) -> dict[str, Any]:
        return {
            "generation": self._generation,
            "kind": document.kind,
            "ref_id": document.ref_id,
            "thread_id": document.thread_id,
            "category_id": document.category_id,
            "author_id": document.author_id,
            "created_at": document.created_at,
            "words": vector(document),
            "grams": " ".join(map(quoted, document.grams)) if document.grams else None,
        }

    # ------------------------------------------------------------ asking

    def _hits(self, statement: Select[Any], given: Mapping[str, Any], limit: int) -> Sequence[Hit]:
        rows = read(statement, {**given, "generation": self._generation, "most": limit})
        return [
            Hit(kind, ref_id, thread_id, created_at, float(score))
            for kind, ref_id, thread_id, created_at, score in rows
        ]

    def candidates(
        self, query: Query, where: Where, order: Order, limit: int, before: Key | None = None
    ) -> Sequence[Hit]:
        """As `Engine.candidates`."""
        given = _given(where)
        if words := tsquery(query.clauses):
            given["words"] = words
        shape = set(given)
        if before is not None:
            shape.add("place")
            given |= {"place_time": before.created_at, "place_id": before.ref_id}
        build = _newest if order == "newest" else _best
        return self._hits(build(frozenset(shape)), given, limit)

    def similar(self, grams: Sequence[str], where: Where, limit: int) -> Sequence[Hit]:
        """As `Engine.similar`."""
        if not grams:
            return []
        given = _given(where)
        shape = frozenset(given)
        given["grams"] = " | ".join(map(quoted, grams[:_MOST_GRAMS]))
        return self._hits(_similar(shape), given, limit)
