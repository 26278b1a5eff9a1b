"""The door: one idea, if the actor may know of it; with `lock`, its thread and then itself, held to the end."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from forum.core.actor import Actor
from forum.core.database import BigId, db
from forum.core.errors import NotFound
from forum.ideas.models import IDEAS
from forum.ideas.queries.catalogue import catalogue
from forum.ideas.queries.rows import AreaRow, IdeaRow
from forum.members.models import MEMBERS
from forum.threads.models import THREADS
from forum.threads.queries.categories import STAMP
from forum.threads.queries.doors import LARGEST_ID, THREAD_COLUMNS, WIDTH, admit, thread_row
from forum.threads.queries.people import PERSON_WIDTH, person, person_columns
from forum.threads.queries.rows import ThreadRow

_owner, _answerer = MEMBERS.alias("owner"), MEMBERS.alias("answerer")
_ID = bindparam("id", type_=BigId)

IDEA_COLUMNS = (
    IDEAS.c.status_id,
    IDEAS.c.area_id,
    IDEAS.c.target_month,
    IDEAS.c.vote_count,
    IDEAS.c.staff_vote_count,
    IDEAS.c.trend,
    IDEAS.c.answer_body,
    IDEAS.c.answer_html,
    IDEAS.c.answered_at,
    IDEAS.c.status_change_id,
    IDEAS.c.root_id,
    IDEAS.c.from_post_id,
    IDEAS.c.created_at,
    IDEAS.c.updated_at,
    *person_columns(_owner),
    *person_columns(_answerer),
)
IDEA_WIDTH = len(IDEA_COLUMNS)


def with_people(source: Any) -> Any:
    """Joins to what has IDEAS the people that IDEA_COLUMNS tell of."""
    return source.outerjoin(_owner, _owner.c.id == IDEAS.c.owner_id).outerjoin(
        _answerer, _answerer.c.id == IDEAS.c.answered_by_id
    )


_IDEA = (
    select(*THREAD_COLUMNS, STAMP, *IDEA_COLUMNS)
    .select_from(with_people(THREADS.join(IDEAS, IDEAS.c.thread_id == THREADS.c.id)))
    .where(THREADS.c.id == _ID)
)
_LOCK_THREAD = select(THREADS.c.id).where(THREADS.c.id == _ID).with_for_update()
_LOCK_IDEA = select(IDEAS.c.thread_id).where(IDEAS.c.thread_id == _ID).with_for_update()


def area_of(areas: Mapping[int, AreaRow], area_id: int | None, category_id: int) -> AreaRow | None:
    """The area of an idea; none when its thread was moved to another category, whose readers it isn't meant for."""
    area = areas.get(area_id) if area_id is not None else None
    return area if area is not None and area.category.id == category_id else None


def idea_row(columns: Sequence[Any], thread: ThreadRow, stamp: str, language: str) -> IdeaRow:
    """A row from the values of IDEA_COLUMNS."""
    known = catalogue(stamp)
    status_id, area_id, target_month, votes, staff_votes, trend, answer_body, answer_html, *rest = columns
    answered_at, status_change_id, root_id, from_post_id, created_at, updated_at, *people = rest
    return IdeaRow(
        id=thread.id,
        thread=thread,
        status=known.statuses(language)[status_id],
        area=area_of(known.areas(language), area_id, thread.category_id),
        owner=person(people[:PERSON_WIDTH]),
        target_month=target_month,
        vote_count=votes,
        staff_vote_count=staff_votes,
        trend=trend,
        answer_body=answer_body,
        answer_html=answer_html,
        answered_by=person(people[PERSON_WIDTH:]),
        answered_at=answered_at,
        status_change_id=status_change_id,
        root_id=root_id,
        from_post_id=from_post_id,
        created_at=created_at,
        updated_at=updated_at,
    )


def get_idea(actor: Actor, id: int, *, lock: bool = False) -> IdeaRow:
    """An idea with its thread. Raises NotFound for what is no idea or not to be known of, Gone for one that was deleted
    or removed, Moved for one that was merged into another."""
    if not 0 < id <= LARGEST_ID:
        raise NotFound
    if lock:
        for statement in (_LOCK_THREAD, _LOCK_IDEA):
            db.session.execute(statement, {"id": id})
    row = db.session.execute(_IDEA, {"id": id}).first()
    if row is None:
        raise NotFound
    stamp = row[WIDTH]
    category = catalogue(stamp).categories(actor.language)[row[1]]
    thread = admit(actor, thread_row(row[:WIDTH], category))
    return idea_row(row[WIDTH + 1 :], thread, stamp, actor.language)
