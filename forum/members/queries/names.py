"""The names that members had before: they lead to them as ever."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from forum.core import clock
from forum.core.database import db
from forum.members.models import FORMER_NAMES, NAMES

RENAMED_EVERY = timedelta(days=30)


def found_earlier(begins: Any) -> ColumnElement[bool]:
    """Whether the member of this row of NAMES is found by an earlier one already, from `begins` on: of several that
    fit, the first counts."""
    earlier = NAMES.alias("earlier")
    return exists().where(
        earlier.c.member_id == NAMES.c.member_id, earlier.c.key >= begins, earlier.c.key < NAMES.c.key
    )


def former_names(member_id: int) -> Sequence[str]:
    """A member's former user names, the last one first."""
    statement = select(FORMER_NAMES.c.username).where(FORMER_NAMES.c.member_id == member_id)
    return db.session.scalars(statement.order_by(FORMER_NAMES.c.until.desc(), FORMER_NAMES.c.name)).all()


def former_names_of_many(member_ids: Iterable[int]) -> Mapping[int, Sequence[str]]:
    """The former user names by member, without an order; whoever has none is left out."""
    found: dict[int, list[str]] = {}
    wanted = FORMER_NAMES.c.member_id.in_(list(member_ids))
    for id, username in db.session.execute(select(FORMER_NAMES.c.member_id, FORMER_NAMES.c.username).where(wanted)):
        found.setdefault(id, []).append(username)
    return found


def may_rename_from(member_id: int) -> datetime | None:
    """From when on a member may take another user name; None where that is now."""
    statement = select(func.max(FORMER_NAMES.c.until)).where(FORMER_NAMES.c.member_id == member_id)
    last: datetime | None = db.session.scalar(statement)
    begins = last + RENAMED_EVERY if last is not None else None
    return begins if begins is not None and begins > clock.now() else None
