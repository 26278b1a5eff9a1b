"""The page of a thread: as many statements for 20 posts as for 20,000."""

import html as entities
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, ScalarSelect, Select, String, and_, bindparam, func, null, select

from forum.core import paging
from forum.core.actor import Actor
from forum.core.database import BigId, read
from forum.core.errors import NotFound
from forum.members.models import MEMBERS
from forum.threads.models import (
    DELETED,
    DRAFTS,
    POSTS,
    PUBLISHED,
    REACTION_ROWS,
    READ_POSITIONS,
    SUBSCRIPTIONS,
    THREADS,
)
from forum.threads.policy import keeps_order
from forum.threads.queries.categories import PEOPLE_EPOCH, STAMP, catalogue
from forum.threads.queries.doors import COUNTS, LARGEST_ID, THREAD_COLUMNS, WIDTH, admit, thread_row
from forum.threads.queries.people import PERSON_WIDTH, is_folded, person, person_columns
from forum.threads.queries.rows import NOTHING_MINE, Mine, PostView, Solution, ThreadPage, ThreadRow

SOLUTION_CHARACTERS = 280
_TAG = re.compile(r"<[^>]*>?")
_WITHIN_WORDS = re.compile(r"</?(?:a|code|del|em|kbd|mark|s|span|strong|sub|sup)(?:\s[^>]*)?>")
_BLANKS = re.compile(r"\s+")

_solution, _solver = POSTS.alias("solution"), MEMBERS.alias("solver")
_SOLUTION_COLUMNS = (_solution.c.html, _solution.c.language, *person_columns(_solver))
_SOLUTION_WIDTH = len(_SOLUTION_COLUMNS)
_MINE_COLUMNS = (READ_POSITIONS.c.number, SUBSCRIPTIONS.c.level, DRAFTS.c.body, DRAFTS.c.fields)

_SHOWN = THREADS.outerjoin(
    _solution, and_(_solution.c.id == THREADS.c.solution_post_id, THREADS.c.solution_number.is_not(None))
).outerjoin(_solver, _solver.c.id == _solution.c.author_id)
# Statements are built once, with parameters: building one and working out its key costs more than the database does.
_ID, _MEMBER = bindparam("id", type_=BigId), bindparam("member", type_=BigId)
_FOR_GUESTS = select(*THREAD_COLUMNS, STAMP, *_SOLUTION_COLUMNS).select_from(_SHOWN).where(THREADS.c.id == _ID)
_FOR_MEMBERS = (
    select(*THREAD_COLUMNS, STAMP, *_SOLUTION_COLUMNS, *_MINE_COLUMNS)
    .select_from(
        _SHOWN.outerjoin(
            READ_POSITIONS, and_(READ_POSITIONS.c.thread_id == THREADS.c.id, READ_POSITIONS.c.member_id == _MEMBER)
        )
        .outerjoin(SUBSCRIPTIONS, and_(SUBSCRIPTIONS.c.thread_id == THREADS.c.id, SUBSCRIPTIONS.c.member_id == _MEMBER))
        .outerjoin(DRAFTS, and_(DRAFTS.c.member_id == _MEMBER, DRAFTS.c.place == bindparam("place", type_=String)))
    )
    .where(THREADS.c.id == _ID)
)
_VERSION = select(THREADS.c.version, STAMP, PEOPLE_EPOCH).where(THREADS.c.id == _ID)

_OWN_REACTIONS = (
    select(func.aggregate_strings(REACTION_ROWS.c.kind, ","))
    .where(REACTION_ROWS.c.post_id == POSTS.c.id, REACTION_ROWS.c.member_id == _MEMBER)
    .correlate(POSTS)
    .scalar_subquery()
)
_POSTS = select(
    POSTS.c.id,
    POSTS.c.number,
    POSTS.c.author_id,
    POSTS.c.state,
    POSTS.c.html,
    POSTS.c.language,
    POSTS.c.reply_to_number,
    POSTS.c.created_at,
    POSTS.c.edited_at,
    POSTS.c.revision,
    POSTS.c.hidden_by_id,
    *COUNTS,
    *person_columns(MEMBERS),
).select_from(POSTS.outerjoin(MEMBERS, MEMBERS.c.id == POSTS.c.author_id))
_PAGE = _POSTS.where(
    POSTS.c.thread_id == _ID,
    POSTS.c.number.between(bindparam("first", type_=Integer), bindparam("last", type_=Integer)),
).order_by(POSTS.c.number)


@lru_cache(maxsize=8)
def _page_statements(also: ScalarSelect[str] | None) -> tuple[Select[Any], Select[Any]]:
    """The statements for a page's posts, for guests and for members."""
    page = _PAGE.add_columns(null() if also is None else also)
    return page, page.add_columns(_OWN_REACTIONS)


def shorten(html: str, most: int = SOLUTION_CHARACTERS) -> str:
    """The first words of stored HTML as plain text."""
    plain = _BLANKS.sub(" ", entities.unescape(_TAG.sub(" ", _WITHIN_WORDS.sub("", html[: most * 8])))).strip()
    return plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0] + " …"


def thread_page(
    actor: Actor, id: int, page: str | int | None = None, also: ScalarSelect[str] | None = None
) -> ThreadPage:
    """One page of a thread; `page` as the reader asked for it. `also` is what an upper room wants to know of each post:
    it is asked in the same statement, and stands in the post's `also`. Give the same object each time.

    Raises NotFound for a thread the actor may not know of and for a page that isn't there, Gone for a thread that was
    deleted or removed.
    """
    if not 0 < id <= LARGEST_ID:
        raise NotFound
    if actor.id is None:
        row = read(_FOR_GUESTS, {"id": id}).first()
    else:
        row = read(_FOR_MEMBERS, {"id": id, "member": actor.id, "place": f"thread:{id}"}).first()
    if row is None:
        raise NotFound
    category = catalogue(row[WIDTH]).rows(actor.language)[row[1]]
    thread = admit(actor, thread_row(row[:WIDTH], category))
    number = paging.page_number(None if page is None else str(page), thread.last_number)
    rows = _rows(actor, thread, number, also)
    mine = NOTHING_MINE
    if actor.id is not None:
        read_number, level, draft_body, draft_fields = row[WIDTH + 1 + _SOLUTION_WIDTH :]
        mine = Mine(read_number or 0, level or "normal", draft_body or "", draft_fields or {}, _reactions(rows))
    return ThreadPage(
        thread=thread,
        page=number,
        pages=paging.pages_in(thread.last_number),
        posts=_posts(actor, thread, number, rows),
        solution=_solution_of(actor, thread, row[WIDTH + 1 : WIDTH + 1 + _SOLUTION_WIDTH]),
        mine=mine,
    )


def _solution_of(actor: Actor, thread: ThreadRow, columns: Sequence[Any]) -> Solution | None:
    html, language, *solver = columns
    if thread.solution_number is None or html is None:
        return None
    author = person(solver)
    folded = is_folded(actor, author)
    return Solution(thread.solution_number, "" if folded else shorten(html), language, author, folded)


def _rows(actor: Actor, thread: ThreadRow, page: int, also: ScalarSelect[str] | None) -> Sequence[Any]:
    first, last = paging.number_range(page)
    asked = {"id": thread.id, "first": first, "last": last}
    for_guests, for_members = _page_statements(also)
    if actor.id is None:
        return read(for_guests, asked).all()
    return read(for_members, {**asked, "member": actor.id}).all()


def _reactions(rows: Sequence[Any]) -> frozenset[tuple[int, str]]:
    return frozenset((row[0], kind) for row in rows if row[-1] for kind in row[-1].split(","))


def _posts(actor: Actor, thread: ThreadRow, page: int, rows: Sequence[Any]) -> list[PostView]:
    sees_all = keeps_order(actor, thread.category)
    posts = [_view(row, thread, actor, sees_all) for row in rows]
    if (
        page == 1
        and posts
        and any(post.author_id != posts[0].author_id for post in posts[1:] if post.state == PUBLISHED)
    ):
        posts[0] = posts[0]._replace(has_answers_of_others=True)
    return posts


def _view(row: Any, thread: ThreadRow, actor: Actor, sees_all: bool) -> PostView:
    id, number, author_id, state, html, language, reply_to, created, edited, revision, hidden_by, *rest = row
    is_own_deleted = state == DELETED and author_id is not None and author_id == actor.id == hidden_by
    is_shown = state == PUBLISHED or sees_all or is_own_deleted
    return PostView(
        id,
        number,
        person(rest[4 : 4 + PERSON_WIDTH]),
        author_id,
        state,
        html if is_shown else "",
        language,
        reply_to,
        created,
        edited,
        revision,
        (rest[0], rest[1], rest[2], rest[3]),
        hidden_by,
        thread,
        thread.last_number > paging.NUMBERED_PAGE,
        rest[4 + PERSON_WIDTH] if is_shown else None,
    )


def thread_version(id: int) -> tuple[Any, ...] | None:
    """A value that changes with anything that the page of this thread shows to guests; None where there is none."""
    if not 0 < id <= LARGEST_ID:
        return None
    row = read(_VERSION, {"id": id}).first()
    return None if row is None else tuple(row)
