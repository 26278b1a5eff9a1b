"""Ideas that an archive says were merged into others: they are merged here too, so that they can be unmerged."""

from collections.abc import Mapping

from sqlalchemy import func, insert, select, update

from forum.core import clock
from forum.core.actor import SYSTEM
from forum.core.database import db
from forum.core.exchange import rows_of
from forum.ideas.actions.counting import recount, touch
from forum.ideas.models import IDEAS, MERGES, VOTES
from forum.ideas.queries.voters import IS_OPEN
from forum.threads import actions as threads
from forum.threads.models import MERGED, PUBLISHED, THREADS
from forum.threads.queries import get_thread


def merge_ideas(targets: Mapping[int, int]) -> set[int]:
    """Merges each of these ideas into the one named, and counts what that changes.

    Returns those that can't be: what is merged already or no idea, and what would close a circle.
    """
    wrong: set[int] = set()
    for source_id in _innermost_first(targets):
        if not _merge(source_id, targets[source_id]):
            wrong.add(source_id)
    recount(targets.values())
    touch(targets.keys() - wrong)
    return wrong


def _innermost_first(targets: Mapping[int, int]) -> list[int]:
    """What was merged into something merged itself comes before that, as it happened."""

    def further(id: int) -> int:
        steps, seen = 0, {id}
        while (id := targets.get(id, 0)) and id not in seen:
            seen.add(id)
            steps += 1
        return steps

    return sorted(targets, key=lambda source_id: (-further(source_id), source_id))


def _merge(source_id: int, target_id: int) -> bool:
    found = rows_of(THREADS, (source_id, target_id), THREADS.c.state, THREADS.c.merged_into_id)
    roots = dict(
        db.session.execute(select(IDEAS.c.thread_id, IDEAS.c.root_id).where(IDEAS.c.thread_id.in_(list(found))))
        .tuples()
        .all()
    )
    if len(roots) < 2 or found[source_id].merged_into_id is not None or roots[target_id] == source_id:
        return False
    moved = _move(source_id, roots[target_id])
    db.session.execute(
        update(THREADS).where(THREADS.c.id == source_id).values(state=MERGED, merged_into_id=roots[target_id])
    )
    voters, overlapping = _voters(source_id, roots[target_id])
    db.session.execute(update(IDEAS).where(IDEAS.c.root_id == source_id).values(root_id=roots[target_id]))
    db.session.execute(
        insert(MERGES).values(
            source_id=source_id,
            target_id=roots[target_id],
            at=clock.now(),
            votes_moved=voters - overlapping,
            votes_overlapping=overlapping,
            moved_posts=moved,
            new_followers=[],
        )
    )
    return True


def _move(source_id: int, target_id: int) -> list[list[int]]:
    """Moves the comments. Of a thread that isn't public there is nobody to read them, and they stay."""
    found = rows_of(THREADS, (source_id, target_id), THREADS.c.state)
    if any(row.state != PUBLISHED for row in found.values()):
        return []
    source, target = (get_thread(SYSTEM, id) for id in (source_id, target_id))
    return [list(place) for place in threads.merge_thread(SYSTEM, source, target)]


def _voters(source_id: int, target_id: int) -> tuple[int, int]:
    """How many support the source, and how many of them the target too."""
    of_root = select(VOTES.c.member_id).join_from(VOTES, IDEAS, IDEAS.c.thread_id == VOTES.c.idea_id).where(IS_OPEN)
    ours = of_root.where(IDEAS.c.root_id == source_id).distinct().subquery()
    theirs = of_root.where(IDEAS.c.root_id == target_id)
    row = db.session.execute(
        select(func.count(), func.count().filter(ours.c.member_id.in_(theirs))).select_from(ours)
    ).one()
    return row[0], row[1]
