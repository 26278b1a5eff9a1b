"""The counts of an idea, worked out anew from the rows whenever something changes that they count.

This is the only place that writes them. Each change of a vote, a merge or a member's standing is followed by a recount
in its own transaction or a later one, under a lock on the threads, so that the last one to run has seen all before it.
Locks: thread, idea, category.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, func, not_, select, update

from forum.core import clock
from forum.core.database import BigId, db
from forum.core.exchange import CHUNK, batched
from forum.ideas.models import IDEAS, VOTES
from forum.ideas.queries.voters import IS_OPEN, IS_STAFF, NOW, OPEN_VOTES, VALID_VOTER
from forum.members.models import MEMBERS
from forum.threads.actions.counters import change_category
from forum.threads.models import THREADS

HALF_LIFE = timedelta(days=14)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_STEEPEST = 1000
"""Beyond 2 to this power a sum of many weights would leave the range of a double."""

_IDEAS = bindparam("ideas", expanding=True, type_=BigId)
_ROOTS = bindparam("roots", expanding=True, type_=BigId)

_ROOTS_OF = select(IDEAS.c.root_id).where(IDEAS.c.thread_id.in_(_IDEAS)).distinct().order_by(IDEAS.c.root_id)
_LOCK_THREADS = select(THREADS.c.id).where(THREADS.c.id.in_(_ROOTS)).order_by(THREADS.c.id).with_for_update()
_LOCK_IDEAS = (
    select(IDEAS.c.thread_id).where(IDEAS.c.thread_id.in_(_ROOTS)).order_by(IDEAS.c.thread_id).with_for_update()
)


def weight(created_at: datetime | None) -> float:
    """What a vote of this moment adds to the trend: it doubles every fortnight, and so all weights lose value alike.
    The order of their sums is at any moment that of votes which fade with a half-life of fourteen days."""
    if created_at is None:
        return 0.0
    exponent = (created_at - EPOCH) / HALF_LIFE
    return float(2.0 ** max(-_STEEPEST, min(_STEEPEST, exponent)))


# One row for each member and root: who supports several ideas of one root counts once, with the newest of the votes.
_VOTERS = (
    select(IDEAS.c.root_id, VOTES.c.member_id, func.max(VOTES.c.weight).label("weight"), IS_STAFF.label("is_staff"))
    .select_from(OPEN_VOTES)
    .where(IDEAS.c.root_id.in_(_ROOTS), IS_OPEN, VALID_VOTER)
    .group_by(IDEAS.c.root_id, VOTES.c.member_id, MEMBERS.c.id)
    .subquery("voters")
)
_root = IDEAS.alias("root")
COUNTED = (
    select(
        _root.c.thread_id.label("id"),
        func.count(_VOTERS.c.member_id).filter(not_(_VOTERS.c.is_staff)).label("vote_count"),
        func.count(_VOTERS.c.member_id).filter(_VOTERS.c.is_staff).label("staff_vote_count"),
        func.coalesce(func.sum(_VOTERS.c.weight).filter(not_(_VOTERS.c.is_staff)), 0.0).label("trend"),
    )
    .select_from(_root.outerjoin(_VOTERS, _VOTERS.c.root_id == _root.c.thread_id))
    .where(_root.c.thread_id.in_(_ROOTS))
    .group_by(_root.c.thread_id)
)
"""The counts of `roots` as their rows say at `now`."""

_sums = COUNTED.subquery("sums")
_WRITE = (
    update(IDEAS)
    .where(IDEAS.c.thread_id == _sums.c.id)
    .values(
        vote_count=_sums.c.vote_count,
        staff_vote_count=_sums.c.staff_vote_count,
        trend=_sums.c.trend,
        updated_at=NOW,
    )
)
_MOVE_THREADS = (
    update(THREADS)
    .where(THREADS.c.id.in_(_ROOTS))
    .values(version=THREADS.c.version + 1)
    .returning(THREADS.c.category_id)
)


def recount(idea_ids: Iterable[int]) -> None:
    """Sets the counts of the ideas that these ones count for, exactly as the rows say, in the caller's transaction.

    Guests' pages of them and of their lists are made anew.
    """
    for chunk in batched(sorted(set(idea_ids)), CHUNK):
        roots = _hold_roots(chunk)
        if not roots:
            continue
        db.session.execute(_WRITE, {"roots": roots, "now": clock.now()})
        moved = set(db.session.scalars(_MOVE_THREADS, {"roots": roots}))
        for category_id in sorted(moved):
            change_category(category_id)


def _hold_roots(idea_ids: Sequence[int]) -> Sequence[int]:
    """The ideas that these ones count for, locked. A merge that was under way may have changed which they are until it
    gave its locks up."""
    held: Sequence[int] = []
    while (roots := list(db.session.scalars(_ROOTS_OF, {"ideas": idea_ids}))) != held:
        for lock in (_LOCK_THREADS, _LOCK_IDEAS):
            db.session.execute(lock, {"roots": roots})
        held = roots
    return held


def recount_of_member(member_id: int) -> None:
    """Recounts all ideas that a member supports: whether and where their votes count has changed."""
    supported = select(VOTES.c.idea_id).where(VOTES.c.member_id == member_id, IS_OPEN)
    recount(db.session.scalars(supported).all())


def touch(idea_ids: Collection[int]) -> None:
    """Notes that something else of these ideas has changed, for whoever asks what is new since a moment."""
    if idea_ids:
        db.session.execute(update(IDEAS).where(IDEAS.c.thread_id.in_(idea_ids)).values(updated_at=clock.now()))
