"""Merging duplicates and undoing it. Votes stay with the idea that they were given to; whose count they go into is a
matter of `root_id`, so nobody counts twice, and undoing a merge has nothing to move back but comments and followers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy import insert as plain_insert

from forum import access
from forum.core import audit, clock, events
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Conflict, Moved, NotFound
from forum.core.exchange import CHUNK, batched
from forum.ideas.actions.counting import recount, touch
from forum.ideas.events import IdeasMerged, IdeasUnmerged
from forum.ideas.models import IDEAS, MERGES, VOTES
from forum.ideas.queries.audience import below
from forum.ideas.queries.doors import get_idea
from forum.ideas.queries.rows import IdeaRow
from forum.ideas.queries.voters import IS_OPEN, OPEN_VOTES, VALID_VOTER
from forum.threads import actions as threads
from forum.threads.models import MERGED, POSTS, PUBLISHED, SUBSCRIPTIONS, THREADS
from forum.threads.queries import ThreadRow, get_merged, get_thread

FOLLOWING = ("watching", "tracking")


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What moved, and how many voters were there already."""

    merge_id: int
    votes_moved: int
    votes_overlapping: int
    comments_moved: int


def merge(actor: Actor, source_id: int, target_id: int) -> MergeResult:
    """Merges an idea into another one: its votes count there, its comments and followers move there, and its address
    leads there. Locks both.

    Raises Conflict for an idea and itself (`merge-self`), for one that is merged already (`already-merged`, or
    `merge-circle` where it was merged into the source), and where more people read the target's category than the
    source's (`merge-opens`).
    """
    access.require(actor, "idea.inbox")
    if source_id == target_id:
        raise Conflict("merge-self")
    source, target = _both(actor, source_id, target_id)
    access.require(actor, "idea.merge", source)
    access.require(actor, "idea.merge", target)
    if threads.opens(source.thread.category, target.thread.category):
        raise Conflict("merge-opens")
    voters, overlapping = _voters(source_id, target_id)
    followers = _follow(source.thread, target.thread)
    moved = threads.merge_thread(actor, source.thread, target.thread)
    db.session.execute(update(IDEAS).where(IDEAS.c.root_id == source_id).values(root_id=target_id))
    merge_id = int(
        db.session.execute(
            plain_insert(MERGES)
            .values(
                source_id=source_id,
                target_id=target_id,
                actor_id=actor.id,
                at=clock.now(),
                votes_moved=voters - overlapping,
                votes_overlapping=overlapping,
                moved_posts=[list(place) for place in moved],
                new_followers=followers,
            )
            .returning(MERGES.c.id)
        ).scalar_one()
    )
    touch([source_id])
    recount([target_id])
    result = MergeResult(merge_id, voters - overlapping, overlapping, len(moved))
    audit.record(
        actor,
        "idea.merge",
        ("idea", source_id),
        after={
            "target": target_id,
            "merge": merge_id,
            "votes_moved": result.votes_moved,
            "votes_overlapping": overlapping,
            "comments_moved": len(moved),
        },
    )
    events.publish(IdeasMerged(source_id, target_id, merge_id))
    return result


def unmerge(actor: Actor, source_id: int) -> ThreadRow:
    """Undoes the merge of an idea: its votes count for itself again, its comments are back at their numbers, and who
    began to follow the other idea by the merge no longer does. Locks both; returns the idea's thread.

    Raises Conflict for an idea that isn't merged (`not-merged`), and for one whose target was merged further since
    (`merge-outer`): that is undone first.
    """
    access.require(actor, "idea.inbox")
    source, target = get_merged(actor, source_id)
    if source.kind != "idea":
        raise NotFound
    access.require(actor, "category.read", target.category)
    if target.state == MERGED:
        raise Conflict("merge-outer", title=target.title)
    _lock_ideas(source.id, target.id)
    done = _last_merge(source.id, target.id)
    moved = [(post_id, old, new) for post_id, old, new in done.moved_posts] if done is not None else []
    comments = threads.unmerge_thread(actor, source, target, moved)
    if done is not None:
        _unfollow(source, target, done)
        db.session.execute(
            update(MERGES).where(MERGES.c.id == done.id).values(undone_by_id=actor.id, undone_at=clock.now())
        )
    for ids in batched(below(source.id), CHUNK):
        db.session.execute(update(IDEAS).where(IDEAS.c.thread_id.in_(ids)).values(root_id=source.id))
    recount([source.id, target.id])
    merge_id = done.id if done is not None else 0
    audit.record(
        actor,
        "idea.unmerge",
        ("idea", source.id),
        before={"target": target.id, "merge": merge_id},
        after={"comments_moved": comments},
    )
    events.publish(IdeasUnmerged(source.id, target.id, merge_id))
    return source


def _both(actor: Actor, source_id: int, target_id: int) -> tuple[IdeaRow, IdeaRow]:
    """Both ideas, locked in the order of their ids, so that of two merges at once one waits for the other."""
    found = {}
    for id in sorted((source_id, target_id)):
        try:
            found[id] = get_idea(actor, id, lock=True)
        except Moved as moved:
            if id == target_id and moved.thread_id == source_id:
                raise Conflict("merge-circle") from moved
            there = get_thread(actor, moved.thread_id)
            raise Conflict("already-merged", title=there.title, address=moved.address) from moved
    return found[source_id], found[target_id]


def _lock_ideas(*ids: int) -> None:
    db.session.execute(
        select(IDEAS.c.thread_id).where(IDEAS.c.thread_id.in_(ids)).order_by(IDEAS.c.thread_id).with_for_update()
    )


def _voters(source_id: int, target_id: int) -> tuple[int, int]:
    """How many members support the source now, and how many of them the target too."""
    voters = select(VOTES.c.member_id).select_from(OPEN_VOTES).where(IS_OPEN, VALID_VOTER)
    ours = voters.where(IDEAS.c.root_id == source_id).distinct().subquery()
    theirs = voters.where(IDEAS.c.root_id == target_id)
    row = db.session.execute(
        select(func.count(), func.count().filter(ours.c.member_id.in_(theirs))).select_from(ours),
        {"now": clock.now()},
    ).one()
    return row[0], row[1]


def _last_merge(source_id: int, target_id: int) -> Any:
    """The merge that holds; None for one that came with an import."""
    return db.session.execute(
        select(MERGES)
        .where(MERGES.c.source_id == source_id, MERGES.c.target_id == target_id, MERGES.c.undone_at.is_(None))
        .order_by(MERGES.c.id.desc())
        .limit(1)
    ).first()


# ---------------------------------------------------------------- followers


def _starter_follows(thread: ThreadRow) -> Any:
    """The member who started a thread follows it without a row."""
    chosen = select(SUBSCRIPTIONS.c.member_id).where(SUBSCRIPTIONS.c.thread_id == thread.id)
    return and_(THREADS.c.id == thread.id, THREADS.c.author_id.is_not(None), THREADS.c.author_id.not_in(chosen))


def _follow(source: ThreadRow, target: ThreadRow) -> Sequence[int]:
    """Lets the followers of one thread follow another, unless they have chosen otherwise there; returns who is new."""
    rows = select(SUBSCRIPTIONS.c.member_id, SUBSCRIPTIONS.c.level).where(
        SUBSCRIPTIONS.c.thread_id == source.id, SUBSCRIPTIONS.c.level.in_(FOLLOWING)
    )
    levels = {row.member_id: row.level for row in db.session.execute(rows)}
    starter = db.session.scalar(select(THREADS.c.author_id).where(_starter_follows(source)))
    if starter is not None:
        levels[starter] = "watching"
    levels.pop(target.author_id or 0, None)  # who started the target watches it without a row, and goes on doing so
    new: list[int] = []
    for some in batched(sorted(levels.items()), CHUNK):
        added = [{"thread_id": target.id, "member_id": member_id, "level": level} for member_id, level in some]
        statement = insert(SUBSCRIPTIONS).values(added).on_conflict_do_nothing()
        new += db.session.scalars(statement.returning(SUBSCRIPTIONS.c.member_id))
    return sorted(new)


def _unfollow(source: ThreadRow, target: ThreadRow, done: Any) -> None:
    """Takes back what `_follow` gave, but for those who chose another level since, or took part in the thread."""
    before = SUBSCRIPTIONS.alias("before")
    given = (
        select(before.c.level)
        .where(before.c.thread_id == source.id, before.c.member_id == SUBSCRIPTIONS.c.member_id)
        .correlate(SUBSCRIPTIONS)
        .scalar_subquery()
    )
    takes_part = (
        select(POSTS.c.id)
        .where(
            POSTS.c.thread_id == target.id,
            POSTS.c.author_id == SUBSCRIPTIONS.c.member_id,
            POSTS.c.state == PUBLISHED,
            POSTS.c.created_at >= done.at,
        )
        .correlate(SUBSCRIPTIONS)
        .exists()
    )
    for ids in batched(done.new_followers, CHUNK):
        db.session.execute(
            delete(SUBSCRIPTIONS).where(
                SUBSCRIPTIONS.c.thread_id == target.id,
                SUBSCRIPTIONS.c.member_id.in_(ids),
                or_(SUBSCRIPTIONS.c.level == given, and_(given.is_(None), SUBSCRIPTIONS.c.level == "watching")),
                ~takes_part,
            )
        )
