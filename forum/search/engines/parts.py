"""Reading one segment of a Whoosh index: whole posting lists at once, where Whoosh's own matchers go from one document
to the next; and the few facts of each document in memory."""

import math
import struct
import weakref
from array import array
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from typing import Any

from whoosh import columns, fields, formats
from whoosh.reading import TermNotFound

KINDS = ("post", "member")
_FACTS = struct.Struct("<Bqqqqq")
NOBODY = 0
"""What stands for a thread, category or author that a document doesn't have."""


class Weights(fields.FieldType):  # type: ignore[misc]
    """A field of terms, each with how much it weighs in its document."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def index(self, value: Mapping[str, float], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, weight in value.items():
            yield term.encode(), 1, weight, b""


class Places(fields.FieldType):  # type: ignore[misc]
    """A field of terms, each with how much it weighs and where it stands."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), None)

    def index(
        self, value: Mapping[str, tuple[float, "array[int]"]], **_options: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, (weight, places) in value.items():
            yield term.encode(), 1, weight, places.tobytes()


SCHEMA = fields.Schema(
    key=fields.ID(),
    facts=fields.COLUMN(columns.FixedBytesColumn(_FACTS.size)),
    stems=Weights(),
    surfaces=Places(),
    grams=Weights(),
)


def facts(kind: str, ref: int, thread: int | None, category: int | None, author: int | None, created: int) -> bytes:
    """What is kept in memory of a document; `created` in microseconds."""
    return _FACTS.pack(KINDS.index(kind) + 1, ref, thread or NOBODY, category or NOBODY, author or NOBODY, created)


class Part:
    """One segment. It never changes, but for the documents that are deleted in it."""

    def __init__(self, storage: Any, segment: Any) -> None:
        codec, files = segment.codec(), segment.open_compound_file(storage)
        weakref.finalize(self, files.close)
        self._terms = codec.terms_reader(files, segment)
        self.size: int = segment.doc_count_all()
        self.deleted: frozenset[int] = frozenset()
        self.kinds = bytearray(self.size)
        self.refs, self.threads, self.categories, self.authors, self.created = (
            array("q", bytes(8 * self.size)) for _ in range(5)
        )
        per_document = codec.per_document_reader(files, segment)
        kept = per_document.column_reader("facts", SCHEMA["facts"].column_type)
        for number, (kind, ref, thread, category, author, created) in enumerate(_FACTS.iter_unpack(b"".join(kept))):
            self.kinds[number] = kind
            self.refs[number], self.threads[number] = ref, thread
            self.categories[number], self.authors[number], self.created[number] = category, author, created
        per_document.close()

    @cached_property
    def newest(self) -> int:
        return max(self.created, default=0)

    @cached_property
    def _ids(self) -> tuple[int, int]:
        return min(self.refs, default=0), max(self.refs, default=-1)

    def may_have(self, ref_id: int) -> bool:
        """Whether a document with this id can be among its own."""
        first, last = self._ids
        return first <= ref_id <= last

    def _blocks(self, field: str, term: str) -> Iterator[tuple[Any, Any, Any]]:
        """The posting list of a term, block after block: numbers as differences, weights, values."""
        try:
            matcher = self._terms.matcher(field, term.encode(), SCHEMA[field].format)
        except TermNotFound:
            return
        while True:
            matcher._read_data()
            yield matcher._data
            if matcher._lastblock:
                return
            matcher._next_block()

    def frequency(self, field: str, term: str) -> int:
        """How many documents have a term, deleted ones included."""
        try:
            return int(self._terms.doc_frequency(field, term.encode()))
        except KeyError:
            return 0

    def documents(self, field: str, term: str) -> set[int]:
        """The numbers of the documents with a term, deleted ones included."""
        found: set[int] = set()
        for numbers, _, _ in self._blocks(field, term):
            found.update(accumulate(numbers))
        return found

    def weights(self, field: str, term: str) -> Iterator[tuple[int, float]]:
        """Pairs of document and weight."""
        for numbers, noted, _ in self._blocks(field, term):
            is_same = noted is None or isinstance(noted, float)
            weights = (1.0 if noted is None else noted,) * len(numbers) if is_same else noted
            yield from zip(accumulate(numbers), weights, strict=True)

    def places(self, term: str, among: set[int]) -> "dict[int, array[int]]":
        """Where a surface stands in those of the documents that have it."""
        found: dict[int, array[int]] = {}
        for numbers, _, values in self._blocks("surfaces", term):
            for number, value in zip(accumulate(numbers), values, strict=True):
                if number in among:
                    found[number] = array("H", value)
        return found

    def beginning_with(self, prefix: str) -> Iterator[str]:
        """The surfaces that begin so."""
        start = prefix.encode()
        for field, term in self._terms.terms_from("surfaces", start):
            if field != "surfaces" or not term.startswith(start):
                return
            yield term.decode()

    def all_documents(self) -> set[int]:
        return set(range(self.size))


def rarity(documents: int, frequency: int) -> float:
    """How much a term says that so many of the documents have."""
    return math.log(1 + documents / (1 + frequency))
