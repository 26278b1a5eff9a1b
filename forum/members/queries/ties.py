"""Members among each other: whom one follows, and whom one has blocked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Table, exists, select

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import db
from forum.members.models import BLOCKS, MEMBERS, MOST_BLOCKED, MOST_FOLLOWED, ROLES, SUBSCRIPTIONS
from forum.members.queries.people import Face, face_columns

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TieRow:
    """A member in one's own list of those one follows or has blocked, with since when."""

    face: Face
    since: datetime


def followed(actor: Actor) -> Sequence[TieRow]:
    """Whom the actor follows, the last one first: all of them, MOST_FOLLOWED at most."""
    return _own(actor, SUBSCRIPTIONS, SUBSCRIPTIONS.c.followed_id, MOST_FOLLOWED)


def blocked(actor: Actor) -> Sequence[TieRow]:
    """Whom the actor has blocked, the last one first: all of them, MOST_BLOCKED at most."""
    return _own(actor, BLOCKS, BLOCKS.c.blocked_id, MOST_BLOCKED)


def _own(actor: Actor, table: Table, other: Column[int], most: int) -> Sequence[TieRow]:
    require(actor, "member.browse")
    statement = (
        select(*face_columns(), table.c.since)
        .join_from(table, MEMBERS, MEMBERS.c.id == other)
        .where(table.c.member_id == actor.member_id)
        .order_by(table.c.since.desc(), other.desc())
        .limit(most)
    )
    return [TieRow(Face(*row[:-1]), row[-1]) for row in db.session.execute(statement)]


def is_following(actor: Actor, member_id: int) -> bool:
    """Whether the actor follows this member; one statement, none for guests."""
    if actor.id is None:
        return False
    tie = (SUBSCRIPTIONS.c.member_id == actor.id, SUBSCRIPTIONS.c.followed_id == member_id)
    return db.session.scalar(select(SUBSCRIPTIONS.c.since).where(*tie)) is not None


def followers(member_id: int, after: int, most: int) -> Sequence[int]:
    """Who follows this member: ids in their order, from beyond `after` on."""
    statement = select(SUBSCRIPTIONS.c.member_id).where(
        SUBSCRIPTIONS.c.followed_id == member_id, SUBSCRIPTIONS.c.member_id > after
    )
    return db.session.scalars(statement.order_by(SUBSCRIPTIONS.c.member_id).limit(most)).all()


def at_odds(member_id: int, others: Iterable[int]) -> frozenset[int]:
    """Which of the others aren't notified of what this member does: who has blocked them, and whom they have blocked.

    What somebody of the team does is told to everybody; and a block of somebody who joined the team since counts no
    longer. One statement for five hundred others, and one before.
    """
    wanted, found = sorted(set(others)), set[int]()
    if not wanted or _is_staff(member_id):
        return frozenset()
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        by_them = select(BLOCKS.c.member_id).where(BLOCKS.c.blocked_id == member_id, BLOCKS.c.member_id.in_(some))
        of_theirs = select(BLOCKS.c.blocked_id).where(
            BLOCKS.c.member_id == member_id,
            BLOCKS.c.blocked_id.in_(some),
            ~exists().where(ROLES.c.member_id == BLOCKS.c.blocked_id),
        )
        found.update(db.session.scalars(by_them.union(of_theirs)))
    return frozenset(found)


def _is_staff(member_id: int) -> bool:
    return db.session.scalar(select(ROLES.c.role).where(ROLES.c.member_id == member_id).limit(1)) is not None
