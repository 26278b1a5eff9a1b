"""Whose votes count, as SQL: said once, for counts, lists and exports alike."""

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_

from forum.core.database import UtcTime
from forum.ideas.models import IDEAS, VOTES
from forum.members.models import MEMBERS, ROLES

NOW = bindparam("now", type_=UtcTime)
"""The moment for which VALID_VOTER asks; every statement that has it is given `now`."""

VALID_VOTER: ColumnElement[bool] = and_(
    or_(MEMBERS.c.confirmed_at.is_not(None), MEMBERS.c.is_imported),
    MEMBERS.c.banned_at.is_(None),
    or_(MEMBERS.c.silenced_until.is_(None), MEMBERS.c.silenced_until <= NOW),
)
"""Rows of MEMBERS whose votes count at `now`: confirmed or imported, neither banned nor silenced."""

IS_STAFF: ColumnElement[bool] = exists().where(ROLES.c.member_id == MEMBERS.c.id)
"""Whether a row of MEMBERS has a role: such votes are counted and shown apart."""

OPEN_VOTES = VOTES.join(IDEAS, IDEAS.c.thread_id == VOTES.c.idea_id).join(MEMBERS, MEMBERS.c.id == VOTES.c.member_id)
"""Votes with the idea that they were given to, which knows its root, and their members; IS_OPEN tells which stand."""

IS_OPEN: ColumnElement[bool] = VOTES.c.withdrawn_at.is_(None)
