"""What pages and actions are given: frozen rows.

Those of which a page makes dozens are named tuples: a frozen dataclass takes three times as long to make.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from forum.threads.models import IDEA, PUBLISHED


def address_of(kind: str, thread_id: int, slug: str, number: int | None = None) -> str:
    """Where a thread, or one post of it by its number, is shown: ideas have a place of their own."""
    place = "ideas" if kind == IDEA else "t"
    return f"/{place}/{thread_id}/{slug}" + (f"/{number}" if number is not None else "")


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category in one reader's language; `grants` are pairs of a verb and the group it is granted to."""

    id: int
    slug: str
    name: str
    description: str
    hue: int
    position: int
    parent_id: int | None
    grants: frozenset[tuple[str, int]]


class Person(NamedTuple):
    """A member as shown beside what they wrote; `avatar` is the name of an upload or None."""

    id: int
    username: str
    display_name: str
    avatar: str | None
    standing: str
    is_staff: bool


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread as actions need it."""

    id: int
    category: CategoryRow
    kind: str
    title: str
    slug: str
    language: str
    author_id: int | None
    state: str
    created_at: datetime
    excerpt: str
    tags: Sequence[str]
    closed_at: datetime | None
    pinned_at: datetime | None
    solution_post_id: int | None
    solution_number: int | None
    last_number: int
    post_count: int
    last_post_at: datetime
    last_author_id: int | None
    version: int
    merged_into_id: int | None

    @property
    def category_id(self) -> int:
        return self.category.id

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_pinned(self) -> bool:
        return self.pinned_at is not None

    @property
    def is_solved(self) -> bool:
        return self.solution_number is not None

    @property
    def address(self) -> str:
        return address_of(self.kind, self.id, self.slug)


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post with its thread, as actions need it."""

    id: int
    thread: ThreadRow
    number: int | None
    author_id: int | None
    state: str
    body: str
    html: str
    language: str
    reply_to_number: int | None
    created_at: datetime
    edited_at: datetime | None
    revision: int
    hidden_by_id: int | None
    hidden_at: datetime | None
    submission_id: str | None
    counts: Mapping[str, int]
    has_answers_of_others: bool

    @property
    def thread_id(self) -> int:
        return self.thread.id

    @property
    def is_published(self) -> bool:
        return self.state == PUBLISHED and self.thread.state == PUBLISHED

    @property
    def address(self) -> str:
        return address_of(self.thread.kind, self.thread.id, self.thread.slug, self.number)


class PostView(NamedTuple):
    """A post on the page of its thread. The text of one that the reader may not read is empty. `also` is what the page
    was asked for besides."""

    id: int
    number: int
    author: Person | None
    author_id: int | None
    state: str
    html: str
    language: str
    reply_to_number: int | None
    created_at: datetime
    edited_at: datetime | None
    revision: int
    counts: tuple[int, int, int, int]
    hidden_by_id: int | None
    thread: ThreadRow
    has_answers_of_others: bool
    also: str | None = None


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer to a question, in short; without its words where the reader has blocked who gave it."""

    number: int
    excerpt: str
    language: str
    author: Person | None
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Mine:
    """What is the reader's own on a thread's page."""

    read_number: int
    level: str
    draft_body: str
    draft_fields: Mapping[str, Any]
    reactions: frozenset[tuple[int, str]]


NOTHING_MINE = Mine(0, "normal", "", {}, frozenset())


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One page of a thread."""

    thread: ThreadRow
    page: int
    pages: int
    posts: Sequence[PostView]
    solution: Solution | None
    mine: Mine

    @property
    def first_unread(self) -> int | None:
        """The number of the first post that is new since the last visit; None when nothing is, or on the first one."""
        if 0 < self.mine.read_number < self.thread.last_number:
            return self.mine.read_number + 1
        return None


class TalkRow(NamedTuple):
    """A thread in a list."""

    id: int
    slug: str
    title: str
    kind: str
    language: str
    excerpt: str
    tags: Sequence[str]
    reply_count: int
    is_pinned: bool
    is_closed: bool
    is_solved: bool
    is_unread: bool
    category: CategoryRow
    author: Person | None
    last_author: Person | None
    created_at: datetime
    last_post_at: datetime
    new_url: str | None

    @property
    def address(self) -> str:
        return address_of(self.kind, self.id, self.slug)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What a member has typed and not yet published."""

    id: int
    place: str
    title: str
    body: str
    fields: Mapping[str, Any]
    updated_at: datetime
    thread_title: str
    thread_language: str
    address: str


@dataclass(frozen=True, slots=True)
class RecentPost:
    """A post in the list of what a member wrote."""

    id: int
    number: int
    thread_id: int
    thread_kind: str
    thread_slug: str
    thread_title: str
    language: str
    excerpt: str
    created_at: datetime
    category: CategoryRow

    @property
    def address(self) -> str:
        return address_of(self.thread_kind, self.thread_id, self.thread_slug, self.number)


@dataclass(frozen=True, slots=True)
class ActivitySum:
    """What a member did in the categories that the reader may see."""

    threads: int
    posts: int
    reactions_received: int
    solutions: int


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One text that a post has or had."""

    number: int
    body: str
    at: datetime
    author: Person | None
