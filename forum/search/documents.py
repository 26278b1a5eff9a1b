"""What is put into the index: published posts, and members whose profiles are public."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, or_, select

from forum import text
from forum.core.database import read
from forum.members.models import MEMBERS
from forum.search import analysis
from forum.search.models import MEMBER, POST
from forum.threads.models import POSTS, PUBLISHED, THREADS

_GAP = 10
"""So many places lie between a title and its text: no phrase reaches from one into the other."""
_START_CHARACTERS = 300

Terms = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its terms with their places. `title` holds a first post's title and tags, a member's names."""

    kind: str
    ref_id: int
    thread_id: int | None
    category_id: int | None
    author_id: int | None
    created_at: datetime
    title: Terms = field(default_factory=dict)
    body: Terms = field(default_factory=dict)
    grams: tuple[str, ...] = ()


IS_PUBLIC = or_(MEMBERS.c.confirmed_at.is_not(None), MEMBERS.c.is_imported)
IS_SHOWN = (POSTS.c.state == PUBLISHED) & (THREADS.c.state == PUBLISHED) & POSTS.c.number.is_not(None)

_OF_POSTS = (
    select(
        POSTS.c.id,
        POSTS.c.thread_id,
        POSTS.c.number,
        POSTS.c.author_id,
        POSTS.c.created_at,
        POSTS.c.language,
        POSTS.c.html,
        THREADS.c.category_id,
        THREADS.c.title,
        THREADS.c.tags,
    )
    .join_from(POSTS, THREADS, THREADS.c.id == POSTS.c.thread_id)
    .where(IS_SHOWN)
)
_OF_MEMBERS = select(MEMBERS.c.id, MEMBERS.c.username, MEMBERS.c.display_name, MEMBERS.c.joined_at).where(IS_PUBLIC)


def of_posts(ids: Collection[int]) -> list[Document]:
    """The documents of those posts that are shown to everybody who may see their category."""
    return [_of_post(row) for row in read(_OF_POSTS.where(POSTS.c.id.in_(ids)))] if ids else []


def of_members(ids: Collection[int]) -> list[Document]:
    """The documents of those members whom others may know of."""
    return [_of_member(row) for row in read(_OF_MEMBERS.where(MEMBERS.c.id.in_(ids)))] if ids else []


def _of_post(row: Row[tuple[object, ...]]) -> Document:
    words = text.plain_text(row.html)
    title: dict[str, list[int]] = {}
    grams: tuple[str, ...] = ()
    first_place = 0
    if row.number == 1:
        headline = " \n ".join((row.title, *row.tags))
        title = analysis.terms(headline, row.language)
        first_place = len(headline) // 2 + _GAP
        grams = analysis.grams(f"{row.title} {words[:_START_CHARACTERS]}")
    return Document(
        POST,
        row.id,
        row.thread_id,
        row.category_id,
        row.author_id,
        row.created_at,
        title,
        analysis.terms(words, row.language, first_place),
        grams,
    )


def _of_member(row: Row[tuple[object, ...]]) -> Document:
    names = analysis.terms(f"{row.display_name} \n {row.username}", "")
    return Document(MEMBER, row.id, None, None, row.id, row.joined_at, names)
