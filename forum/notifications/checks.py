"""The number at the bell, compared with what a member has not seen, and mended."""

from collections.abc import Iterator

from sqlalchemy import func, select

from forum.core.checks import Difference
from forum.core.database import db, transaction
from forum.members import actions as members
from forum.members.models import MEMBERS
from forum.notifications.models import NOTIFICATIONS

_UNSEEN = (
    select(func.count())
    .where(NOTIFICATIONS.c.member_id == MEMBERS.c.id, NOTIFICATIONS.c.seen_at.is_(None))
    .correlate(MEMBERS)
    .scalar_subquery()
)


def compare(fix: bool) -> Iterator[Difference]:
    """Yields each member whose number is wrong; with `fix` it is set right."""
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
