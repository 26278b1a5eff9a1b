"""The number at the bell, compared with what a member has not seen and may read, and mended.

First with what isn't hidden; then, for each member whose bell counts something or from whom something is hidden, with
what they may read. That differs where something wasn't hidden when it was to be, or wasn't shown again: before an
upgrade, say.
"""

from collections.abc import Iterator

from sqlalchemy import exists, func, or_, select

from forum.core.checks import Difference
from forum.core.database import db, transaction
from forum.members import actions as members
from forum.members.models import MEMBERS
from forum.members.queries import absent_actor, actors_of
from forum.notifications.actions import settle_member
from forum.notifications.models import NOTIFICATIONS
from forum.notifications.queries import waiting

_AT_ONCE = 500
_UNSEEN = (
    select(func.count())
    .where(
        NOTIFICATIONS.c.member_id == MEMBERS.c.id,
        NOTIFICATIONS.c.seen_at.is_(None),
        NOTIFICATIONS.c.hidden_at.is_(None),
    )
    .correlate(MEMBERS)
    .scalar_subquery()
)
_HAS_HIDDEN = exists().where(
    NOTIFICATIONS.c.member_id == MEMBERS.c.id, NOTIFICATIONS.c.seen_at.is_(None), NOTIFICATIONS.c.hidden_at.is_not(None)
)


def compare(fix: bool) -> Iterator[Difference]:
    """Yields each member whose number is wrong; with `fix` it is set right."""
    yield from _compare_counts(fix)
    yield from _compare_rights(fix)


def _compare_counts(fix: bool) -> Iterator[Difference]:
    wrong = select(MEMBERS.c.id, MEMBERS.c.unread_count).where(MEMBERS.c.unread_count != _UNSEEN)
    for row in db.session.execute(wrong.order_by(MEMBERS.c.id)).all():
        expected = _mended(row.id) if fix else _counted(row.id)
        yield Difference("member.unread_count", row.id, expected, row.unread_count)


def _counted(member_id: int) -> int:
    return db.session.scalar(select(_UNSEEN).select_from(MEMBERS).where(MEMBERS.c.id == member_id)) or 0


def _mended(member_id: int) -> int:
    """Locks the member first, so that nothing is told in between."""
    with transaction():
        db.session.execute(select(MEMBERS.c.id).where(MEMBERS.c.id == member_id).with_for_update())
        expected = _counted(member_id)
        members.set_unread(member_id, expected)
    return expected


def _compare_rights(fix: bool) -> Iterator[Difference]:
    """A stretch of members at a time, and a statement for each of them."""
    after = 0
    while rows := db.session.execute(
        select(MEMBERS.c.id, _UNSEEN.label("count"))
        .where(or_(MEMBERS.c.unread_count > 0, _HAS_HIDDEN), MEMBERS.c.id > after)
        .order_by(MEMBERS.c.id)
        .limit(_AT_ONCE)
    ).all():
        actors = actors_of(row.id for row in rows)
        for row in rows:
            expected = waiting(actors[row.id]) if row.id in actors else row.count
            if row.count != expected:
                yield Difference("member.unread_count", row.id, _settled(row.id) if fix else expected, row.count)
        after = rows[-1].id


def _settled(member_id: int) -> int:
    with transaction():
        settle_member(absent_actor(member_id))
    return _counted(member_id)
