"""Lists of threads: one statement each, by key, every part of it bounded by an index."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    union_all,
)

from forum.core import paging
from forum.core.actor import Actor
from forum.core.database import BigId, UtcTime, read
from forum.core.paging import Page
from forum.members.models import MEMBERS
from forum.threads.models import CATEGORIES, PUBLISHED, READ_POSITIONS, SUBSCRIPTIONS, THREAD_TAGS, THREADS
from forum.threads.queries.categories import PEOPLE_EPOCH, STAMP, catalogue
from forum.threads.queries.people import PERSON_WIDTH, person, person_columns
from forum.threads.queries.rows import CategoryRow, TalkRow, address_of

View = Literal["latest", "new", "unanswered"]
VIEWS: tuple[View, ...] = ("latest", "new", "unanswered")
SIZE = 30
MOST_PINNED = 20
OPEN_QUESTIONS = 4
RECENT = 200
"""Among how many of the newest threads open questions are looked for."""

_MAIN, _PINNED, _OPEN = 0, 1, 2
# Written out, not bound: only so can the engines tell that a partial index fits.
_PUBLISHED = THREADS.c.state == literal_column(f"'{PUBLISHED}'")
_UNANSWERED = and_(_PUBLISHED, THREADS.c.post_count <= literal_column("1"))

_MEMBER = bindparam("member", type_=BigId)
_AUTHOR = bindparam("author", type_=BigId)
_MOMENT, _LAST_ID = bindparam("moment", type_=UtcTime), bindparam("last_id", type_=BigId)

_starter, _last = MEMBERS.alias("starter"), MEMBERS.alias("last_author")
_reader = MEMBERS.alias("reader")
_COLUMNS = (
    THREADS.c.id,
    THREADS.c.slug,
    THREADS.c.title,
    THREADS.c.kind,
    THREADS.c.language,
    THREADS.c.excerpt,
    THREADS.c.tags,
    THREADS.c.post_count,
    THREADS.c.pinned_at,
    THREADS.c.closed_at,
    THREADS.c.solution_number,
    THREADS.c.category_id,
    THREADS.c.created_at,
    THREADS.c.last_post_at,
    THREADS.c.last_number,
)
_WIDTH = len(_COLUMNS)
_READ_ALL_BEFORE = select(_reader.c.read_all_before).where(_reader.c.id == _MEMBER).scalar_subquery()
_UNREAD = and_(
    THREADS.c.last_post_at > _READ_ALL_BEFORE, THREADS.c.last_number > func.coalesce(READ_POSITIONS.c.number, 0)
)
_MUTED = (
    select(SUBSCRIPTIONS.c.thread_id)
    .where(
        SUBSCRIPTIONS.c.thread_id == THREADS.c.id,
        SUBSCRIPTIONS.c.member_id == _MEMBER,
        SUBSCRIPTIONS.c.level == "muted",
    )
    .exists()
)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The front page: pinned threads (on its first stretch only), the list, and questions that nobody has answered."""

    pinned: Sequence[TalkRow]
    talks: Page[TalkRow]
    open_questions: Sequence[TalkRow]


class _Shape(NamedTuple):
    """What a list's statement depends on; everything else is a parameter."""

    view: View | Literal["tag", "author"]
    is_first: bool
    is_member: bool
    scope: Literal["all", "some", "one"]


def _cursor(row: TalkRow) -> str:
    return paging.encode(paging.micros(row.last_post_at), row.id)


def _after(before: str | None) -> dict[str, Any]:
    """The parameters of a cursor. Raises NotFound for one that is not ours."""
    values = paging.decode(before, int, int)
    return {"moment": paging.moment(values[0]), "last_id": values[1]} if values else {}


def _with_reading(source: Any) -> Any:
    """Joins how far a member has read; guests have read nothing and are told nothing."""
    return source.outerjoin(
        READ_POSITIONS, and_(READ_POSITIONS.c.thread_id == THREADS.c.id, READ_POSITIONS.c.member_id == _MEMBER)
    )


def _newest(shape: _Shape, *conditions: ColumnElement[bool], limit: int) -> Select[Any]:
    statement = _in_scope(select(THREADS.c.id).where(_PUBLISHED, *conditions), shape)
    return statement.order_by(THREADS.c.last_post_at.desc(), THREADS.c.id.desc()).limit(limit)


def _in_scope(statement: Select[Any], shape: _Shape) -> Select[Any]:
    """Only where the reader may look, or in the one category asked for."""
    if shape.scope == "some":
        return statement.where(THREADS.c.category_id.in_(bindparam("categories", expanding=True, type_=BigId)))
    if shape.scope == "one":
        return statement.where(THREADS.c.category_id == bindparam("category", type_=BigId))
    return statement


def _main(shape: _Shape) -> Select[Any]:
    """The ids of the list itself."""
    if shape.view == "tag":
        statement = _newest(shape, THREAD_TAGS.c.tag == bindparam("tag", type_=String), limit=SIZE + 1)
        statement = statement.join_from(THREAD_TAGS, THREADS, THREADS.c.id == THREAD_TAGS.c.thread_id)
        statement = statement.order_by(None).order_by(THREAD_TAGS.c.thread_id.desc())
        return statement if shape.is_first else statement.where(THREAD_TAGS.c.thread_id < _LAST_ID)
    if shape.view == "author":
        order = (THREADS.c.created_at, THREADS.c.id)
        statement = _in_scope(select(THREADS.c.id).where(_PUBLISHED, THREADS.c.author_id == _AUTHOR), shape)
        statement = statement.order_by(*(column.desc() for column in order)).limit(SIZE + 1)
        return statement if shape.is_first else statement.where(tuple_(*order) < tuple_(_MOMENT, _LAST_ID))
    conditions: list[ColumnElement[bool]] = []
    if not shape.is_first:
        conditions.append(tuple_(THREADS.c.last_post_at, THREADS.c.id) < tuple_(_MOMENT, _LAST_ID))
    if shape.view == "unanswered":
        return _newest(shape, _UNANSWERED, *conditions, limit=SIZE + 1)
    if shape.view == "new":
        statement = _newest(shape, _UNREAD, ~_MUTED, *conditions, limit=SIZE + 1)
        return statement.select_from(_with_reading(THREADS))
    return _newest(shape, THREADS.c.pinned_at.is_(None), *conditions, limit=SIZE + 1)


@lru_cache(maxsize=100)
def _statement(shape: _Shape) -> Select[Any]:
    """All lists of a page in one statement. Built once for each shape: building it and working out its key would cost
    more than the database does."""
    lists = {_MAIN: _main(shape)}
    if shape.is_first and shape.view == "latest":
        # No order and no state here, or SQLite walks through all threads instead of the short index of pinned ones.
        pinned = select(THREADS.c.id).where(THREADS.c.pinned_at.is_not(None)).limit(MOST_PINNED)
        lists[_PINNED] = _in_scope(pinned, shape)
    if shape.is_first and shape.view == "latest" and shape.scope != "one":
        recent = _newest(shape, limit=RECENT).add_columns(THREADS.c.post_count, THREADS.c.kind, THREADS.c.closed_at)
        near = recent.subquery("recent")
        asked = select(near.c.id).where(near.c.post_count <= 1, near.c.kind == "question", near.c.closed_at.is_(None))
        lists[_OPEN] = asked.limit(OPEN_QUESTIONS)
    parts = []
    for number, ids in lists.items():
        inner = ids.subquery()
        parts.append(select(literal(number).label("bucket"), inner.c.id))
    picked = union_all(*parts).subquery("picked")
    columns = [picked.c.bucket, STAMP, *_COLUMNS, *person_columns(_starter), *person_columns(_last)]
    source = (
        picked.join(THREADS, THREADS.c.id == picked.c.id)
        .outerjoin(_starter, _starter.c.id == THREADS.c.author_id)
        .outerjoin(_last, _last.c.id == THREADS.c.last_author_id)
    )
    if shape.is_member:
        columns += [READ_POSITIONS.c.number, _READ_ALL_BEFORE]
        source = _with_reading(source)
    return select(*columns).select_from(source).where(_PUBLISHED)


def _fetch(actor: Actor, shape: _Shape, stamp: str | None, **parameters: Any) -> FrontPage:
    """The page of this shape, each list in the order of last activity."""
    if shape.is_member:
        parameters["member"] = actor.id
    rows = read(_statement(shape), parameters).all()
    found: dict[int, list[TalkRow]] = {_MAIN: [], _PINNED: [], _OPEN: []}
    if rows:
        categories = catalogue(stamp or rows[0][1]).rows(actor.language)
        for row in rows:
            found[row[0]].append(_talk(row[2:], categories, actor))
    if shape.view == "tag":
        found[_MAIN].sort(key=lambda talk: talk.id, reverse=True)
        talks = paging.cut(found[_MAIN], SIZE, lambda talk: paging.encode(talk.id))
        return FrontPage((), talks, ())
    if shape.view == "author":
        found[_MAIN].sort(key=lambda talk: (talk.created_at, talk.id), reverse=True)
        talks = paging.cut(found[_MAIN], SIZE, lambda talk: paging.encode(paging.micros(talk.created_at), talk.id))
        return FrontPage((), talks, ())
    for talks_of in found.values():
        talks_of.sort(key=lambda talk: (talk.last_post_at, talk.id), reverse=True)
    return FrontPage(found[_PINNED], paging.cut(found[_MAIN], SIZE, _cursor), found[_OPEN])


def _where(actor: Actor, stamp: str) -> tuple[Literal["all", "some"], dict[str, Any]]:
    """Where the reader may look; nothing to ask where that is everywhere."""
    everything, visible = catalogue(stamp).settings, catalogue(stamp).visible(actor)
    if len(visible) == len(everything):
        return "all", {}
    return "some", {"categories": [row.id for row in visible]}


def _stamp_now() -> str:
    return str(read(select(STAMP)).scalar_one())


def front_page(actor: Actor, view: View, before: str | None = None, stamp: str | None = None) -> FrontPage:
    """Conversations of all categories that the actor may see. Raises NotFound for a cursor that is not ours."""
    stamp = stamp or _stamp_now()
    scope, where = _where(actor, stamp)
    shape = _Shape(_fitting(view, actor), not before, actor.id is not None, scope)
    return _fetch(actor, shape, stamp, **where, **_after(before))


def _fitting(view: View, actor: Actor) -> View:
    """Nothing is new for a guest, so they get the latest."""
    return "latest" if view == "new" and actor.id is None else view


def category_page(
    actor: Actor, category: CategoryRow, view: View, before: str | None = None, stamp: str | None = None
) -> FrontPage:
    """Conversations of one category, which the actor got through `get_category`."""
    shape = _Shape(_fitting(view, actor), not before, actor.id is not None, "one")
    return _fetch(actor, shape, stamp, category=category.id, **_after(before))


def tag_page(actor: Actor, tag: str, before: str | None = None, stamp: str | None = None) -> Page[TalkRow]:
    """Conversations with a tag, the youngest first; empty where there is none that the actor may see."""
    stamp = stamp or _stamp_now()
    scope, where = _where(actor, stamp)
    last = paging.decode(before, int)
    after = {"last_id": last[0]} if last else {}
    return _fetch(actor, _Shape("tag", not last, actor.id is not None, scope), stamp, tag=tag, **where, **after).talks


def threads_of(actor: Actor, member_id: int, before: str | None = None, stamp: str | None = None) -> Page[TalkRow]:
    """Conversations that a member has started, ideas included, the youngest first; empty where there is none that the
    actor may see. Raises NotFound for a cursor that is not ours."""
    stamp = stamp or _stamp_now()
    scope, where = _where(actor, stamp)
    shape = _Shape("author", not before, actor.id is not None, scope)
    return _fetch(actor, shape, stamp, author=member_id, **where, **_after(before)).talks


def _talk(row: Sequence[Any], categories: Any, actor: Actor) -> TalkRow:
    people = row[_WIDTH:]
    id, slug, title, kind, language, excerpt, tags, post_count, *rest = row[:_WIDTH]
    pinned_at, closed_at, solution_number, category_id, created_at, last_post_at, last_number = rest
    is_unread, new_url = False, None
    if actor.id is not None:
        read_number, read_all_before = people[2 * PERSON_WIDTH :]
        # Who only looks is nobody: there is no row that says from when on things are new to them.
        is_new = read_all_before is not None and last_post_at > read_all_before
        is_unread = is_new and last_number > (read_number or 0)
        if is_unread and read_number:
            new_url = address_of(kind, id, slug, min(read_number + 1, last_number))
    return TalkRow(
        id=id,
        slug=slug,
        title=title,
        kind=kind,
        language=language,
        excerpt=excerpt,
        tags=tags,
        reply_count=max(0, post_count - 1),
        is_pinned=pinned_at is not None,
        is_closed=closed_at is not None,
        is_solved=solution_number is not None,
        is_unread=is_unread,
        category=categories[category_id],
        author=person(people[:PERSON_WIDTH]),
        last_author=person(people[PERSON_WIDTH : 2 * PERSON_WIDTH]),
        created_at=created_at,
        last_post_at=last_post_at,
        new_url=new_url,
    )


_VERSIONS = select(STAMP, PEOPLE_EPOCH, select(func.coalesce(func.sum(CATEGORIES.c.version), 0)).scalar_subquery())


def lists_version() -> tuple[Any, ...]:
    """A value that changes with anything that a list of threads shows to guests."""
    return tuple(read(_VERSIONS).one())
