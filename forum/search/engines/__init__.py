"""What an engine of search can do, said once for Whoosh and PostgreSQL; `forum.search.index` hands out the right one.

An engine returns a bounded set of candidates by id. What the reader may see of them is asked of the database again, and
one formula (`forum.search.ranking`) puts them in order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from forum.search.documents import Document
from forum.search.query import Query

Order = Literal["newest", "relevance"]
NEWEST_MATCHES = 2_000
"""By relevance, so many of the newest matches are looked at."""


class SearchAway(Exception):
    """There is no index that can be read; the worker is making one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One document that fits. `score` is the engine's own measure of the text, 0 where it was not asked for; larger
    is better, comparable inside one answer only."""

    kind: str
    ref_id: int
    thread_id: int | None
    created_at: datetime
    score: float


@dataclass(frozen=True, slots=True)
class Where:
    """Where to look; None is everywhere. Members are in no category, so `categories` leaves them alone; `threads`
    leaves posts only. `after` is included, `before` is not."""

    kinds: frozenset[str] = frozenset({"post"})
    categories: frozenset[int] | None = None
    threads: frozenset[int] | None = None
    not_threads: frozenset[int] | None = None
    authors: frozenset[int] | None = None
    not_authors: frozenset[int] | None = None
    after: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A place in the order newest first: what follows is older."""

    created_at: datetime
    ref_id: int


class Engine(Protocol):
    """One generation of the index."""

    def candidates(
        self, query: Query, where: Where, order: Order, limit: int, before: Key | None = None
    ) -> Sequence[Hit]:
        """At most `limit` documents that fit: the newest ones (after the place `before`), or the best of the
        `NEWEST_MATCHES` newest. A query without words fits everything. Raises SearchAway."""
        ...

    def similar(self, grams: Sequence[str], where: Where, limit: int) -> Sequence[Hit]:
        """At most `limit` first posts that share most of these grams (`analysis.grams`), the best first. Raises
        SearchAway."""
        ...

    def contents(self) -> Iterator[tuple[str, int]]:
        """Kind and id of every document, each once, in no order. Raises SearchAway."""
        ...

    def write(self, documents: Sequence[Document], gone: Iterable[tuple[str, int]]) -> None:
        """Puts documents in, each in place of an older one of the same kind and id, and takes others out; all of it is
        there, and lasts, when it returns. For the worker and a rebuild only, which write one after the other."""
        ...
