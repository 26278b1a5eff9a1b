"""What a member settles with another one: following, blocking, taking it back. The other one learns nothing of it."""

from sqlalchemy import Table, delete, func, select

from forum.access import require
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Conflict, Invalid
from forum.members.models import BLOCKS, FOLLOWING, MEMBERS, MOST_BLOCKED, MOST_FOLLOWED, NORMAL, SUBSCRIPTIONS
from forum.members.queries import ProfileRow, is_following


def _count(actor: Actor, table: Table) -> int:
    """How many members the actor has in this table. Two requests of one member at once come one after the other, so
    that they don't go beyond what one may have."""
    db.session.execute(select(MEMBERS.c.id).where(MEMBERS.c.id == actor.member_id).with_for_update())
    own = select(func.count()).select_from(table).where(table.c.member_id == actor.member_id)
    return db.session.scalar(own) or 0


def follow(actor: Actor, member: ProfileRow, level: str) -> None:
    """Sets how closely the actor follows a member: `watching`, to hear of each thread they start, or `normal`. Doing it
    twice changes nothing. Raises Invalid for another level, Conflict beyond MOST_FOLLOWED."""
    if level not in FOLLOWING:
        raise Invalid("unknown-choice", "level")
    if level == NORMAL:
        unfollow(actor, member.id)
        return
    require(actor, "member.follow", member)
    if is_following(actor, member.id):
        return
    if _count(actor, SUBSCRIPTIONS) >= MOST_FOLLOWED:
        raise Conflict("followed-many", limit=MOST_FOLLOWED)
    row = {"member_id": actor.member_id, "followed_id": member.id, "since": clock.now()}
    db.session.execute(insert(SUBSCRIPTIONS).values(**row).on_conflict_do_nothing())


def unfollow(actor: Actor, member_id: int) -> None:
    """The actor follows this member no longer, also one who can't be seen any more."""
    require(actor, "member.browse")
    own = SUBSCRIPTIONS.c.member_id == actor.member_id
    db.session.execute(delete(SUBSCRIPTIONS).where(own, SUBSCRIPTIONS.c.followed_id == member_id))


def block(actor: Actor, member: ProfileRow) -> None:
    """From now on neither is notified of what the other does, the member's posts are folded for the actor, and the
    actor follows them no longer; what was told before stays. Blocking twice changes nothing. Raises Conflict beyond
    MOST_BLOCKED."""
    require(actor, "member.block", member)
    if member.id in actor.blocked_ids:
        return
    if _count(actor, BLOCKS) >= MOST_BLOCKED:
        raise Conflict("blocked-many", limit=MOST_BLOCKED)
    row = {"member_id": actor.member_id, "blocked_id": member.id, "since": clock.now()}
    db.session.execute(insert(BLOCKS).values(**row).on_conflict_do_nothing())
    unfollow(actor, member.id)


def unblock(actor: Actor, member_id: int) -> None:
    """The end of a block, also of somebody who can't be seen any more; without one nothing changes."""
    require(actor, "member.browse")
    own = BLOCKS.c.member_id == actor.member_id
    db.session.execute(delete(BLOCKS).where(own, BLOCKS.c.blocked_id == member_id))
