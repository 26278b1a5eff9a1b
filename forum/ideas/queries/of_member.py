"""What a member proposed and what they support, as far as the reader may see it; bounded by what is theirs."""

from typing import Any

from sqlalchemy import Select, exists, literal_column, select, tuple_

from forum.core import paging
from forum.core.actor import Actor
from forum.core.database import read
from forum.core.paging import Page
from forum.ideas.models import IDEAS, VOTES
from forum.ideas.queries.board import SIZE, listed
from forum.ideas.queries.rows import IdeaListRow
from forum.ideas.queries.voters import IS_OPEN
from forum.threads.models import PUBLISHED, THREADS
from forum.threads.policy import readable_threads

_IS_SHOWN = (THREADS.c.kind == literal_column("'idea'"), THREADS.c.state == literal_column(f"'{PUBLISHED}'"))


def proposed_by(actor: Actor, member_id: int, before: str | None = None) -> Page[IdeaListRow]:
    """The ideas that a member proposed, the youngest first; not those that were merged into others. Raises NotFound for
    a cursor that is not ours."""
    order = (THREADS.c.created_at, THREADS.c.id)
    statement = select(THREADS.c.id, THREADS.c.created_at).where(THREADS.c.author_id == member_id, *_IS_SHOWN)
    if (position := paging.decode(before, int, int)) is not None:
        statement = statement.where(tuple_(*order) < (paging.moment(position[0]), position[1]))
    page = _cut(actor, statement.order_by(*(column.desc() for column in order)))
    return _listed(actor, page)


def supported_by(actor: Actor, member_id: int, before: str | None = None) -> Page[IdeaListRow]:
    """The ideas that a member supports, the latest vote first. Who supported one that was merged supports what it was
    merged into; whoever supported both is shown once. Raises NotFound for a cursor that is not ours."""
    later, same = VOTES.alias("later"), IDEAS.alias("same")
    has_later = exists().where(
        later.c.member_id == member_id,
        later.c.withdrawn_at.is_(None),
        later.c.id > VOTES.c.id,
        later.c.idea_id == same.c.thread_id,
        same.c.root_id == IDEAS.c.root_id,
    )
    statement = (
        select(IDEAS.c.root_id, VOTES.c.id)
        .join_from(VOTES, IDEAS, IDEAS.c.thread_id == VOTES.c.idea_id)
        .join(THREADS, THREADS.c.id == IDEAS.c.root_id)
        .where(VOTES.c.member_id == member_id, IS_OPEN, *_IS_SHOWN, ~has_later)
    )
    if (position := paging.decode(before, int)) is not None:
        statement = statement.where(VOTES.c.id < position[0])
    return _listed(actor, _cut(actor, statement.order_by(VOTES.c.id.desc())))


def _cut(actor: Actor, statement: Select[Any]) -> Page[Any]:
    """A stretch of what the actor may read, before it is known what the rows show."""
    rows = read(statement.where(readable_threads(actor)).limit(SIZE + 1)).all()
    return paging.cut(rows, SIZE, _cursor)


def _cursor(row: Any) -> str:
    return paging.encode(row[1]) if isinstance(row[1], int) else paging.encode(paging.micros(row[1]), row[0])


def _listed(actor: Actor, page: Page[Any]) -> Page[IdeaListRow]:
    return Page(listed(actor, [row[0] for row in page.rows]), page.older)
