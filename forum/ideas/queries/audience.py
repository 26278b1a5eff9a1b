"""Who is told of what becomes of an idea, in stretches by the member's id: an idea may have any number of voters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, bindparam, select, union

from forum.core.database import BigId, db
from forum.core.errors import NotFound
from forum.ideas.models import IDEAS, MERGES, STATUS_CHANGES, STATUSES, VOTES
from forum.ideas.queries.voters import IS_OPEN
from forum.threads.models import POSTS, PUBLISHED, SUBSCRIPTIONS, THREADS

_IDEAS, _MUTED = (bindparam(name, expanding=True, type_=BigId) for name in ("ideas", "muted"))
_AFTER = bindparam("after", type_=BigId)

_AUTHORS = select(THREADS.c.author_id.label("id")).where(THREADS.c.id.in_(_IDEAS), THREADS.c.author_id > _AFTER)
_VOTERS = select(VOTES.c.member_id.label("id")).where(VOTES.c.idea_id.in_(_IDEAS), IS_OPEN, VOTES.c.member_id > _AFTER)
_COMMENTERS = select(POSTS.c.author_id.label("id")).where(
    POSTS.c.thread_id.in_(_IDEAS), POSTS.c.state == PUBLISHED, POSTS.c.author_id > _AFTER
)


def _stretch(*parts: Any) -> Any:
    members = union(*parts).subquery()
    muted = select(SUBSCRIPTIONS.c.member_id).where(
        SUBSCRIPTIONS.c.thread_id.in_(_MUTED), SUBSCRIPTIONS.c.level == "muted"
    )
    limit = bindparam("most", type_=Integer)
    return select(members.c.id).where(members.c.id.not_in(muted)).order_by(members.c.id).limit(limit)


_SUPPORTERS = _stretch(_AUTHORS, _VOTERS)
_CONCERNED = _stretch(_AUTHORS, _VOTERS, _COMMENTERS)


def below(idea_id: int) -> Sequence[int]:
    """The idea itself and all that were merged into it, directly or into one of these."""
    root_id = select(IDEAS.c.root_id).where(IDEAS.c.thread_id == idea_id).scalar_subquery()
    rows = select(THREADS.c.id, THREADS.c.merged_into_id).join_from(IDEAS, THREADS, THREADS.c.id == IDEAS.c.thread_id)
    into: dict[int | None, list[int]] = {}
    for row in db.session.execute(rows.where(IDEAS.c.root_id == root_id)):
        into.setdefault(row.merged_into_id, []).append(row.id)
    found = [idea_id]
    for id in found:
        found += into.get(id, ())
    return found


def concerned(idea_id: int, after: int, most: int) -> Sequence[int]:
    """Authors, voters and commenters of an idea and of all that were merged into it, each once, by id, but for those
    who have muted one of them."""
    ideas = below(idea_id)
    return list(db.session.scalars(_CONCERNED, {"ideas": ideas, "muted": ideas, "after": after, "most": most}))


def supporters(idea_id: int, target_id: int, after: int, most: int) -> Sequence[int]:
    """Whom it concerns that an idea was merged into another: its authors and voters, but for those who have muted one
    of the two."""
    ideas = below(idea_id)
    values = {"ideas": ideas, "muted": [*ideas, target_id], "after": after, "most": most}
    return list(db.session.scalars(_SUPPORTERS, values))


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A status change as it is told: the status by language, and the official answer as it stood from then on."""

    idea_id: int
    status: Any
    is_new_status: bool
    answer_body: str
    answer_html: str
    actor_id: int | None


def told_change(change_id: int) -> ToldChange:
    """What is told of a status change. Raises NotFound."""
    former = STATUS_CHANGES.alias("former")
    before = (
        select(former.c.status_id)
        .where(former.c.idea_id == STATUS_CHANGES.c.idea_id, former.c.id < STATUS_CHANGES.c.id)
        .order_by(former.c.id.desc())
        .limit(1)
        .correlate(STATUS_CHANGES)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(
            STATUS_CHANGES.c.idea_id,
            STATUSES.c.name,
            STATUS_CHANGES.c.status_id.is_distinct_from(before),
            STATUS_CHANGES.c.answer_body,
            STATUS_CHANGES.c.answer_html,
            STATUS_CHANGES.c.actor_id,
        )
        .join_from(STATUS_CHANGES, STATUSES, STATUSES.c.id == STATUS_CHANGES.c.status_id)
        .where(STATUS_CHANGES.c.id == change_id)
    ).first()
    if row is None:
        raise NotFound
    return ToldChange(*row)


@dataclass(frozen=True, slots=True)
class ToldMerge:
    """A merge that holds, as it is told."""

    source_id: int
    target_id: int
    title: str
    author_id: int | None
    actor_id: int | None


def told_merge(merge_id: int) -> ToldMerge | None:
    """What is told of a merge; None when it was undone."""
    row = db.session.execute(
        select(MERGES.c.source_id, MERGES.c.target_id, THREADS.c.title, THREADS.c.author_id, MERGES.c.actor_id)
        .join_from(MERGES, THREADS, THREADS.c.id == MERGES.c.source_id)
        .where(MERGES.c.id == merge_id, MERGES.c.undone_at.is_(None))
    ).first()
    return None if row is None else ToldMerge(*row)
