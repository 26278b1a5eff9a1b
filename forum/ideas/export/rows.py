"""The rows of an export, made in batches: nothing in here grows with the number of ideas but eight bytes for each.

Votes, status and official answer are as of a moment in the past, told from their history, under today's merges and
today's valid voters; everything else is as it is now.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any

from sqlalchemy import BigInteger, Select, and_, bindparam, case, distinct, func, or_, select

from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import UtcTime, read
from forum.core.exchange import batched, iso
from forum.core.settings import installed
from forum.ideas.export.columns import MOST_COMMENTS, MOST_REASONS, RECENT_DAYS, SCHEMA_VERSION, Row
from forum.ideas.export.selection import Selection, area_ids, readable_category_ids, status_ids
from forum.ideas.models import AREAS, IDEAS, IMPORTANCES, NEW, STATUS_CHANGES, STATUSES, VOTES
from forum.ideas.queries.voters import IS_STAFF, VALID_VOTER
from forum.members.models import MEMBERS
from forum.text import plain_text
from forum.threads.models import CATEGORIES, MERGED, POSTS, PUBLISHED, THREADS

BATCH = 100
_AS_OF = bindparam("as_of", type_=UtcTime)
_IDS = bindparam("ids", expanding=True, type_=BigInteger)
_CATEGORIES = bindparam("categories", expanding=True, type_=BigInteger)

_root, _voted = IDEAS.alias("root"), IDEAS.alias("voted")

# ---------------------------------------------------------------- votes

_VOTES = _voted.join(VOTES, VOTES.c.idea_id == _voted.c.thread_id).join(MEMBERS, MEMBERS.c.id == VOTES.c.member_id)
_STOOD = and_(
    or_(VOTES.c.created_at.is_(None), VOTES.c.created_at <= _AS_OF),
    or_(VOTES.c.withdrawn_at.is_(None), VOTES.c.withdrawn_at > _AS_OF),
    VALID_VOTER,
)
_NEWEST_FIRST = (VOTES.c.created_at.desc().nulls_last(), VOTES.c.id.desc())

_COUNT = (
    select(func.count(distinct(VOTES.c.member_id)))
    .select_from(_VOTES)
    .where(_voted.c.root_id == _root.c.thread_id, _STOOD, ~IS_STAFF)
    .correlate(_root)
    .scalar_subquery()
)

_each = (
    select(
        _voted.c.root_id,
        VOTES.c.id,
        VOTES.c.idea_id,
        VOTES.c.created_at,
        VOTES.c.importance,
        VOTES.c.reason,
        case((IS_STAFF, 1), else_=0).label("is_staff"),
        func.row_number().over(partition_by=(_voted.c.root_id, VOTES.c.member_id), order_by=_NEWEST_FIRST).label("nth"),
    )
    .select_from(_VOTES)
    .where(_voted.c.root_id.in_(_IDS), _STOOD)
    .subquery("each")
)
_COUNTS_ONCE = _each.c.nth == 1
"""Of what one member gave to an idea and to those merged into it, the newest vote is the one that counts."""
_of_member = _each.c.is_staff == 0


def _number_of(*conditions: Any) -> Any:
    return func.sum(case((and_(*conditions), 1), else_=0))


_FIGURES = (
    select(
        _each.c.root_id,
        _number_of(_of_member),
        _number_of(_of_member, _each.c.created_at > bindparam("recent", type_=UtcTime)),
        _number_of(_each.c.is_staff == 1),
        *(_number_of(_of_member, _each.c.importance == importance) for importance in IMPORTANCES),
        func.min(case((_of_member, _each.c.created_at))),
        func.max(case((_of_member, _each.c.created_at))),
    )
    .where(_COUNTS_ONCE)
    .group_by(_each.c.root_id)
)
_NO_FIGURES = (0,) * (3 + len(IMPORTANCES)) + (None, None)

_given = (
    select(
        _each.c.root_id,
        _each.c.reason,
        func.row_number()
        .over(partition_by=_each.c.root_id, order_by=(_each.c.created_at.desc().nulls_last(), _each.c.id.desc()))
        .label("place"),
    )
    .join_from(_each, THREADS, THREADS.c.id == _each.c.idea_id)
    .where(_COUNTS_ONCE, _of_member, _each.c.reason != "", THREADS.c.category_id.in_(_CATEGORIES))
    .subquery("given")
)
_REASONS = (
    select(_given.c.root_id, _given.c.reason)
    .where(_given.c.place <= MOST_REASONS)
    .order_by(_given.c.root_id, _given.c.place)
)

# ---------------------------------------------------------------- status and answer

_WAS_MADE = case((STATUS_CHANGES.c.at <= _AS_OF, 1), else_=0)
_change = (
    select(
        STATUS_CHANGES.c.idea_id,
        STATUS_CHANGES.c.status_id,
        STATUS_CHANGES.c.answer_body,
        _WAS_MADE.label("was_made"),
        func.row_number()
        .over(
            partition_by=STATUS_CHANGES.c.idea_id,
            order_by=(_WAS_MADE.desc(), STATUS_CHANGES.c.at.desc(), STATUS_CHANGES.c.id.desc()),
        )
        .label("nth"),
    )
    .where(STATUS_CHANGES.c.idea_id.in_(_IDS))
    .subquery("change")
)
_CHANGES = select(_change.c.idea_id, _change.c.status_id, _change.c.answer_body, _change.c.was_made).where(
    _change.c.nth == 1
)
_FIRST_STATUS = select(STATUSES.c.id).where(STATUSES.c.stage == NEW).order_by(STATUSES.c.position, STATUSES.c.id)
_OF_ROOT = STATUS_CHANGES.c.idea_id == _root.c.thread_id
_STATUS_THEN = func.coalesce(
    select(STATUS_CHANGES.c.status_id)
    .where(_OF_ROOT, STATUS_CHANGES.c.at <= _AS_OF)
    .order_by(STATUS_CHANGES.c.at.desc(), STATUS_CHANGES.c.id.desc())
    .limit(1)
    .correlate(_root)
    .scalar_subquery(),
    case(
        (
            select(STATUS_CHANGES.c.id).where(_OF_ROOT).correlate(_root).exists(),
            _FIRST_STATUS.limit(1).scalar_subquery(),
        ),
        else_=_root.c.status_id,
    ),
)

# ---------------------------------------------------------------- the thread

_owner = MEMBERS.alias("owner")
_THREADS = (
    select(
        THREADS.c.id,
        THREADS.c.slug,
        THREADS.c.title,
        THREADS.c.language,
        THREADS.c.tags,
        THREADS.c.post_count,
        THREADS.c.created_at,
        POSTS.c.body,
        POSTS.c.html,
        CATEGORIES.c.slug.label("category"),
        AREAS.c.slug.label("area"),
        _owner.c.username.label("owner"),
        IDEAS.c.target_month,
        IDEAS.c.status_id,
        IDEAS.c.answer_body,
        IDEAS.c.updated_at,
    )
    .select_from(
        THREADS.join(IDEAS, IDEAS.c.thread_id == THREADS.c.id)
        .join(CATEGORIES, CATEGORIES.c.id == THREADS.c.category_id)
        .outerjoin(POSTS, and_(POSTS.c.thread_id == THREADS.c.id, POSTS.c.number == 1, POSTS.c.state == PUBLISHED))
        .outerjoin(AREAS, AREAS.c.id == IDEAS.c.area_id)
        .outerjoin(_owner, _owner.c.id == IDEAS.c.owner_id)
    )
    .where(THREADS.c.id.in_(_IDS))
)

_REACTIONS = POSTS.c.like_count + POSTS.c.thanks_count + POSTS.c.insightful_count + POSTS.c.celebrate_count
_comment = (
    select(
        POSTS.c.id,
        _REACTIONS.label("reactions"),
        func.row_number()
        .over(partition_by=POSTS.c.thread_id, order_by=(_REACTIONS.desc(), POSTS.c.number))
        .label("nth"),
    )
    .where(POSTS.c.thread_id.in_(_IDS), POSTS.c.number > 1, POSTS.c.state == PUBLISHED, _REACTIONS > 0)
    .subquery("comment")
)
_COMMENTS = (
    select(POSTS.c.thread_id, POSTS.c.number, POSTS.c.html, _comment.c.reactions)
    .join_from(_comment, POSTS, POSTS.c.id == _comment.c.id)
    .where(_comment.c.nth <= MOST_COMMENTS)
    .order_by(POSTS.c.thread_id, _comment.c.nth)
)
_MERGED = (
    select(IDEAS.c.root_id, IDEAS.c.thread_id)
    .join_from(IDEAS, THREADS, THREADS.c.id == IDEAS.c.thread_id)
    .where(
        IDEAS.c.root_id.in_(_IDS),
        IDEAS.c.thread_id != IDEAS.c.root_id,
        THREADS.c.state == MERGED,
        THREADS.c.category_id.in_(_CATEGORIES),
    )
    .order_by(IDEAS.c.root_id, IDEAS.c.thread_id)
)

# ---------------------------------------------------------------- which ideas, in which order


@dataclass(frozen=True, slots=True)
class Moment:
    """What an export is as of, and the moment at which it is made: who is a valid voter is asked for that one."""

    as_of: datetime
    now: datetime

    def values(self) -> dict[str, Any]:
        """The parameters of the statements."""
        return {"as_of": self.as_of, "now": self.now, "recent": self.as_of - timedelta(days=RECENT_DAYS)}


def _chosen(selection: Selection, *columns: Any) -> Select[Any]:
    """A SELECT from the ideas that fit, however many are wanted of them."""
    statement = (
        select(*columns)
        .join_from(_root, THREADS, THREADS.c.id == _root.c.thread_id)
        .where(
            THREADS.c.state == PUBLISHED,
            THREADS.c.created_at <= _AS_OF,
            THREADS.c.category_id.in_(selection.categories),
            _root.c.root_id == _root.c.thread_id,
        )
    )
    if selection.statuses:
        statement = statement.where(_STATUS_THEN.in_(status_ids(selection.statuses)))
    if selection.areas:
        statement = statement.where(_root.c.area_id.in_(area_ids(selection.areas)))
    return statement


def count(selection: Selection, as_of: datetime) -> int:
    """How many rows an export will have."""
    found = int(read(_chosen(selection, func.count()), {"as_of": as_of}).scalar_one())
    return found if selection.top is None else min(found, selection.top)


def _ranked(selection: Selection, moment: Moment) -> Iterator[int]:
    """The ids by rank. They come by age, as an index has them, and are gathered by votes: nothing is ever sorted."""
    statement = _chosen(selection, _root.c.thread_id, _COUNT.label("votes"))
    statement = statement.order_by(THREADS.c.created_at, THREADS.c.id).execution_options(yield_per=1000)
    by_votes: dict[int, array[int]] = {}
    for part in read(statement, {"as_of": moment.as_of, "now": moment.now}).partitions():
        for idea_id, votes in part:
            by_votes.setdefault(votes, array("q")).append(idea_id)
    ids = chain.from_iterable(by_votes[votes] for votes in sorted(by_votes, reverse=True))
    return islice(ids, selection.top)


def rows(selection: Selection, as_of: datetime) -> Iterator[Row]:
    """Every row, by rank; to be read inside one `core.exchange.snapshot()`."""
    moment = Moment(as_of, clock.now())
    rank = 0
    for ids in batched(_ranked(selection, moment), BATCH):
        made = _made(ids, selection.categories, moment)
        for idea_id in ids:
            rank += 1
            yield {**made[idea_id], "rank": rank}


def rows_for(actor: Actor, ids: Sequence[int]) -> dict[int, Row]:
    """The rows of these ideas by id, as they are now, for an actor who may read them; their rank is left open."""
    now = clock.now()
    return _made(ids, readable_category_ids(actor), Moment(now, now)) if ids else {}


# ---------------------------------------------------------------- one batch


def _made(ids: Sequence[int], categories: Sequence[int], moment: Moment) -> dict[int, Row]:
    values = moment.values() | {"ids": ids, "categories": categories}
    figures = {row[0]: row[1:] for row in _read(_FIGURES, values)}
    reasons = _gathered(_read(_REASONS, values))
    merged = _gathered(_read(_MERGED, values))
    comments: dict[int, list[Any]] = {}
    for row in _read(_COMMENTS, values):
        comments.setdefault(row.thread_id, []).append(row)
    changes = {row.idea_id: row for row in _read(_CHANGES, values)}
    statuses = {row.id: row for row in read(select(STATUSES)).all()}
    first_status = int(read(_FIRST_STATUS.limit(1)).scalar_one())
    base, made = installed().base_url, {}
    for row in _read(_THREADS, values):
        status_id, answer = _then(row, changes.get(row.id), first_status)
        votes, recent, staff, nice, important, essential, first, last = figures.get(row.id, _NO_FIGURES)
        address = f"{base}/ideas/{row.id}/{row.slug}"
        made[row.id] = {
            "schema_version": SCHEMA_VERSION,
            "as_of": iso(moment.as_of),
            "rank": None,
            "id": row.id,
            "address": address,
            "title": row.title,
            "text": row.body or "",
            "text_plain": plain_text(row.html or ""),
            "language": row.language,
            "status": statuses[status_id].slug,
            "stage": statuses[status_id].stage,
            "category": row.category,
            "area": row.area,
            "tags": list(row.tags),
            "owner": row.owner,
            "target": row.target_month,
            "votes": votes,
            "votes_30_days": recent,
            "staff_votes": staff,
            "votes_nice": nice,
            "votes_important": important,
            "votes_essential": essential,
            "first_vote_at": iso(first) if first else None,
            "last_vote_at": iso(last) if last else None,
            "reasons": reasons.get(row.id, []),
            "comment_count": max(0, row.post_count - 1),
            "comments": [
                {"address": f"{address}/{one.number}", "text": plain_text(one.html), "reactions": one.reactions}
                for one in comments.get(row.id, ())
            ],
            "merged_ids": merged.get(row.id, []),
            "created_at": iso(row.created_at),
            "updated_at": iso(row.updated_at),
            "answer": answer,
        }
    return made


def _read(statement: Select[Any], values: Mapping[str, Any]) -> Sequence[Any]:
    return read(statement, values).all()


def _gathered(pairs: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for idea_id, value in pairs:
        found.setdefault(idea_id, []).append(value)
    return found


def _then(idea: Any, change: Any, first_status: int) -> tuple[int, str]:
    """Status and official answer at the moment asked for: an idea without a history has always been as it is."""
    if change is None:
        return idea.status_id, idea.answer_body
    return (change.status_id, change.answer_body) if change.was_made else (first_status, "")
