"""The page of an idea, what became of a member's votes, and the versions that guests' pages are kept by."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, and_, bindparam, case, literal_column, or_, select, tuple_

from forum import access
from forum.core import clock, paging
from forum.core.actor import Actor
from forum.core.database import BigId, UtcTime, read
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.ideas.models import IDEAS, MERGES, NOTES, STATUS_CHANGES, VOTES
from forum.ideas.queries.catalogue import catalogue
from forum.ideas.queries.doors import IDEA_COLUMNS, IDEA_WIDTH, idea_row, with_people
from forum.ideas.queries.made import BECAME
from forum.ideas.queries.rows import (
    IdeaRow,
    IdeaView,
    MergedIdea,
    MyVote,
    NoteRow,
    ReasonRow,
    StatusChangeRow,
    VotedIdea,
    VoteState,
)
from forum.ideas.queries.voters import IS_OPEN, OPEN_VOTES, VALID_VOTER
from forum.members.models import MEMBERS
from forum.threads.models import POSTS, PUBLISHED, THREADS
from forum.threads.policy import readable_threads
from forum.threads.queries.categories import STAMP
from forum.threads.queries.categories import catalogue as categories_at
from forum.threads.queries.lists import lists_version
from forum.threads.queries.page import shorten, thread_page, thread_version
from forum.threads.queries.people import person, person_columns

SIZE = 20
MOST_MERGED = 100
MOST_NOTES = 100
MOST_REASONS = 100
EXCERPT = 200
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

_ID, _MEMBER = bindparam("id", type_=BigId), bindparam("member", type_=BigId)
_changer, _author = MEMBERS.alias("changer"), MEMBERS.alias("author")

_CHANGE_COLUMNS = (
    STATUS_CHANGES.c.id,
    STATUS_CHANGES.c.status_id,
    case((STATUS_CHANGES.c.is_new_answer, STATUS_CHANGES.c.answer_html), else_=literal_column("''")),
    STATUS_CHANGES.c.is_new_answer,
    STATUS_CHANGES.c.at,
    *person_columns(_changer),
)
_IDEA_AND_HISTORY = (
    select(STAMP, *IDEA_COLUMNS, *_CHANGE_COLUMNS)
    .select_from(
        with_people(IDEAS)
        .outerjoin(STATUS_CHANGES, STATUS_CHANGES.c.idea_id == IDEAS.c.thread_id)
        .outerjoin(_changer, _changer.c.id == STATUS_CHANGES.c.actor_id)
    )
    .where(IDEAS.c.thread_id == _ID)
    .order_by(STATUS_CHANGES.c.at, STATUS_CHANGES.c.id)
)
_MERGED = (
    select(
        THREADS.c.id,
        THREADS.c.title,
        THREADS.c.excerpt,
        case((POSTS.c.state == PUBLISHED, POSTS.c.html), else_=literal_column("''")),
        THREADS.c.language,
        THREADS.c.created_at,
        MERGES.c.at,
        MERGES.c.votes_moved,
        MERGES.c.votes_overlapping,
        MERGES.c.moved_posts,
        *person_columns(_author),
    )
    .select_from(
        IDEAS.join(THREADS, THREADS.c.id == IDEAS.c.thread_id)
        .join(POSTS, and_(POSTS.c.thread_id == THREADS.c.id, POSTS.c.number == 1))
        .outerjoin(MERGES, and_(MERGES.c.source_id == IDEAS.c.thread_id, MERGES.c.undone_at.is_(None)))
        .outerjoin(_author, _author.c.id == THREADS.c.author_id)
    )
    .where(
        IDEAS.c.root_id == _ID,
        IDEAS.c.thread_id != _ID,
        THREADS.c.category_id.in_(bindparam("categories", expanding=True, type_=BigId)),
        or_(POSTS.c.state == PUBLISHED, bindparam("is_team", type_=Boolean)),
    )
    .order_by(IDEAS.c.thread_id)
    .limit(MOST_MERGED)
)
_MY_VOTE = (
    select(VALID_VOTER, VOTES.c.importance, VOTES.c.reason)
    .select_from(OPEN_VOTES)
    .where(VOTES.c.member_id == _MEMBER, IS_OPEN, IDEAS.c.root_id == _ID)
    .order_by(VOTES.c.id.desc())
    .limit(1)
)
_NOTES = (
    select(NOTES.c.id, NOTES.c.body, NOTES.c.at, *person_columns(_author))
    .select_from(NOTES.outerjoin(_author, _author.c.id == NOTES.c.author_id))
    .where(NOTES.c.idea_id == _ID)
    .order_by(NOTES.c.id.desc())
    .limit(MOST_NOTES)
)

_REASONS = (
    select(VOTES.c.importance, VOTES.c.reason, *person_columns(MEMBERS))
    .select_from(OPEN_VOTES.join(THREADS, THREADS.c.id == VOTES.c.idea_id))
    .where(
        IDEAS.c.root_id == _ID,
        IS_OPEN,
        VALID_VOTER,
        VOTES.c.reason != literal_column("''"),
        THREADS.c.category_id.in_(bindparam("categories", expanding=True, type_=BigId)),
    )
    .order_by(VOTES.c.id.desc())
    .limit(MOST_REASONS)
)


def idea_page(actor: Actor, id: int, page: str | int | None = None) -> IdeaView:
    """One page of an idea's thread with what an idea has besides; four statements for guests, up to seven for others.

    Raises as `thread_page` does, and NotFound for a thread that is no idea.
    """
    found = thread_page(actor, id, page, BECAME)
    rows = read(_IDEA_AND_HISTORY, {"id": id}).all()
    if not rows:
        raise NotFound
    stamp = rows[0][0]
    idea = idea_row(rows[0][1 : IDEA_WIDTH + 1], found.thread, stamp, actor.language)
    return IdeaView(
        idea=idea,
        page=found,
        my_vote=_my_vote(actor, id),
        history=_history([row[IDEA_WIDTH + 1 :] for row in rows], stamp, actor.language),
        merged=_merged_ideas(actor, idea, stamp),
        notes=_notes(actor, idea),
    )


def _history(rows: Sequence[Sequence[Any]], stamp: str, language: str) -> list[StatusChangeRow]:
    statuses = catalogue(stamp).statuses(language)
    return [
        StatusChangeRow(
            id=row[0],
            status=statuses[row[1]],
            answer_html=row[2],
            is_new_answer=row[3],
            at=row[4],
            actor=person(row[5:]),
        )
        for row in rows
        if row[0] is not None
    ]


def _merged_ideas(actor: Actor, idea: IdeaRow, stamp: str) -> list[MergedIdea]:
    """Those of categories that the actor may see: a merged idea stays in its own, wherever the other one goes. What was
    deleted or removed since is there for the team alone, which may undo the merge."""
    parameters = {
        "id": idea.id,
        "categories": [row.id for row in categories_at(stamp).visible(actor)],
        "is_team": bool(access.may(actor, "idea.merge", idea)),
    }
    return [_merged(row) for row in read(_MERGED, parameters)]


def _merged(row: Sequence[Any]) -> MergedIdea:
    id, title, excerpt, html, language, created_at, merged_at, moved, overlapping, moved_posts, *author = row
    return MergedIdea(
        id=id,
        title=title,
        author=person(author),
        excerpt=excerpt,
        html=html,
        language=language,
        created_at=created_at,
        merged_at=merged_at,
        votes_moved=moved or 0,
        votes_overlapping=overlapping or 0,
        comments_moved=len(moved_posts or ()),
    )


def _state(is_valid: object) -> VoteState:
    return "counted" if is_valid else "waiting"


def _my_vote(actor: Actor, id: int) -> MyVote | None:
    if actor.id is None:
        return None
    row = read(_MY_VOTE, {"id": id, "member": actor.id, "now": clock.now()}).first()
    return None if row is None else MyVote(_state(row[0]), row[1], row[2])


def _notes(actor: Actor, idea: IdeaRow) -> list[NoteRow]:
    if not access.may(actor, "idea.steer", idea):
        return []
    return [NoteRow(row[0], person(row[3:]), row[1], row[2]) for row in read(_NOTES, {"id": idea.id})]


def reasons(actor: Actor, idea: IdeaRow, stamp: str) -> Sequence[ReasonRow]:
    """What voters have told the team, the newest first; of merged ideas only where the actor may read their category.
    Raises Denied for others than the team."""
    access.require(actor, "idea.steer", idea)
    categories = [row.id for row in categories_at(stamp).visible(actor)]
    rows = read(_REASONS, {"id": idea.id, "now": clock.now(), "categories": categories})
    return [ReasonRow(person(author), importance, reason) for importance, reason, *author in rows]


# ---------------------------------------------------------------- what became of my votes

_SUPPORTED = (
    select(IDEAS.c.root_id)
    .join_from(VOTES, IDEAS, IDEAS.c.thread_id == VOTES.c.idea_id)
    .where(VOTES.c.member_id == _MEMBER, IS_OPEN)
    .distinct()
    .subquery("supported")
)
_IS_VALID = select(MEMBERS.c.id).where(MEMBERS.c.id == _MEMBER, VALID_VOTER).exists()
_VOTED = (
    select(
        THREADS.c.id,
        THREADS.c.slug,
        THREADS.c.title,
        THREADS.c.language,
        IDEAS.c.status_id,
        IDEAS.c.vote_count,
        IDEAS.c.answer_html,
        STATUS_CHANGES.c.at,
        _IS_VALID,
        STAMP,
    )
    .select_from(
        _SUPPORTED.join(IDEAS, IDEAS.c.thread_id == _SUPPORTED.c.root_id)
        .join(THREADS, THREADS.c.id == IDEAS.c.thread_id)
        .join(STATUS_CHANGES, STATUS_CHANGES.c.id == IDEAS.c.status_change_id)
    )
    .where(THREADS.c.state == PUBLISHED)
    .order_by(STATUS_CHANGES.c.at.desc(), THREADS.c.id.desc())
    .limit(SIZE + 1)
)
_FURTHER = _VOTED.where(
    tuple_(STATUS_CHANGES.c.at, THREADS.c.id)
    < tuple_(bindparam("moment", type_=UtcTime), bindparam("last_id", type_=BigId))
)


def my_votes(actor: Actor, before: str | None = None) -> Page[VotedIdea]:
    """What became of the ideas that the actor supports, the newest change first; bounded by their own votes.

    Raises NotFound for a cursor that is not ours.
    """
    parameters: dict[str, Any] = {"member": actor.member_id, "now": clock.now()}
    values = paging.decode(before, int, int)
    statement = _VOTED
    if values is not None:
        try:
            parameters |= {"moment": _BEGINNING + timedelta(microseconds=values[0]), "last_id": values[1]}
        except OverflowError as error:
            raise NotFound("cursor") from error
        statement = _FURTHER
    rows = read(statement.where(readable_threads(actor)), parameters).all()
    found = []
    for id, slug, title, language, status_id, vote_count, answer, at, is_valid, stamp in rows:
        found.append(
            VotedIdea(
                id=id,
                slug=slug,
                title=title,
                language=language,
                status=catalogue(stamp).statuses(actor.language)[status_id],
                vote_count=vote_count,
                answer_excerpt=shorten(answer, EXCERPT),
                at=at,
                state=_state(is_valid),
            )
        )
    return paging.cut(
        found, SIZE, lambda one: paging.encode((one.at - _BEGINNING) // timedelta(microseconds=1), one.id)
    )


# ---------------------------------------------------------------- versions


def board_version() -> tuple[Any, ...]:
    """A value that changes with anything that the board shows to guests: votes move their category's version too."""
    return lists_version()


def idea_version(id: int) -> tuple[Any, ...] | None:
    """A value that changes with anything that an idea's page shows to guests; None where there is none."""
    return thread_version(id)
