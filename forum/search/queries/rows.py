"""What the pages of search are given: frozen rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forum.search.query import Notice, Query
from forum.search.snippets import Passage
from forum.threads.queries import CategoryRow, Person


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A thread or an idea that is about the same. Only ideas have a status and votes; `is_settled` says of an idea
    that nobody votes any more, `is_solved` of a question that it has its answer."""

    id: int
    address: str
    title: str
    kind: str
    status_name: str
    vote_count: int
    is_settled: bool
    language: str
    is_solved: bool = False
    reply_count: int = 0


@dataclass(frozen=True, slots=True)
class Alike:
    """What is similar to a thread; `is_due` when the worker should look (again)."""

    rows: Sequence[SimilarRow]
    has_been_looked_for: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A post that fits, with its thread. `title` and `passage` are pieces of text with whether each is a match."""

    post_id: int
    thread_id: int
    number: int
    address: str
    kind: str
    title: Passage
    passage: Passage
    language: str
    title_language: str
    category: CategoryRow
    author: Person | None
    created_at: datetime
    tags: Sequence[str]
    reply_count: int
    is_solved: bool
    is_solution: bool
    is_closed: bool
    status_name: str
    stage: str
    vote_count: int

    @property
    def is_first(self) -> bool:
        return self.number == 1


@dataclass(frozen=True, slots=True)
class Found:
    """One stretch of what was found. `people`, `tags` and `alike` (threads that nearly fit, where few do) are on the
    first one only; `order` is the one in use."""

    query: Query
    order: str
    rows: Sequence[FoundRow]
    older: str | None
    notices: Sequence[Notice]
    people: Sequence[Person] = ()
    tags: Sequence[str] = ()
    alike: Sequence[SimilarRow] = ()
