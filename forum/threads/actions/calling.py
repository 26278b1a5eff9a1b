"""Groups that a post mentions: their members are notified, once for each post, and not all the time."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import func, select

from forum.core import clock
from forum.core.database import db, insert
from forum.core.errors import Invalid
from forum.members import queries as members
from forum.members.models import MEMBERS, MOST_CALLED
from forum.threads.models import GROUP_CALLS

CALLS_A_DAY = 5


def call_groups(member_id: int, post_id: int, group_ids: Collection[int]) -> list[int]:
    """Notes that a post mentions these groups, which its author may call (`group.call`); returns those that it didn't
    mention before. Raises Invalid beside `body` for a group of more than MOST_CALLED members, and for more than
    CALLS_A_DAY within a day."""
    if not group_ids:
        return []
    known = select(GROUP_CALLS.c.group_id).where(GROUP_CALLS.c.post_id == post_id)
    wanted = set(group_ids) - set(db.session.scalars(known))
    # Those that are there still, when the text has been written.
    new = sorted(members.groups_there(wanted))
    if not new:
        return []
    for group_id in new:
        if members.is_too_large_to_call(group_id):
            raise Invalid("group-too-large-to-call", "body", name=members.called(group_id)[0], limit=MOST_CALLED)
    # Held while they are counted: of two posts at once, the second sees what the first has called. Not more than that:
    # what each has written names the member already, and two who ask for the whole row would wait for each other.
    db.session.execute(select(MEMBERS.c.id).where(MEMBERS.c.id == member_id).with_for_update(key_share=True))
    now = clock.now()
    lately = select(func.count()).where(
        GROUP_CALLS.c.member_id == member_id, GROUP_CALLS.c.at > now - timedelta(days=1)
    )
    if (db.session.scalar(lately) or 0) + len(new) > CALLS_A_DAY:
        raise Invalid("groups-called-often", "body", limit=CALLS_A_DAY)
    rows = [{"post_id": post_id, "group_id": id, "member_id": member_id, "at": now} for id in new]
    db.session.execute(insert(GROUP_CALLS).on_conflict_do_nothing(), rows)
    return new
