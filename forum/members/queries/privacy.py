"""What a member shows of themselves, and when they were last here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, case, func, select

from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.members.models import MEMBERS, SIGN_INS

Presence = Literal["now", "day", "week", "month"]
ONLINE_FOR = timedelta(minutes=15)
"""Uses of a sign-in session are noted every ten minutes, after the answer: so whoever is here was seen since then."""
_REACHES: tuple[tuple[Presence, timedelta], ...] = (
    ("now", ONLINE_FOR),
    ("day", timedelta(days=1)),
    ("week", timedelta(days=7)),
    ("month", timedelta(days=30)),
)

LAST_HERE_AT: ColumnElement[datetime | None] = case(
    (
        MEMBERS.c.shows_presence,
        select(func.max(SIGN_INS.c.used_at)).where(SIGN_INS.c.member_id == MEMBERS.c.id).scalar_subquery(),
    )
)
"""When a member was last here, as a column beside MEMBERS: their sign-in sessions tell it, so nothing is written for
it. None where they don't show it, or have signed out everywhere."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """Who sees a member's profile (one of PROFILE_AUDIENCES), what of it is told besides, and what of theirs it
    gathers."""

    audience: str
    is_indexed: bool
    shows_presence: bool
    shows_votes: bool
    shows_threads: bool = True
    shows_posts: bool = True
    shows_ideas: bool = True


def privacy_of(actor: Actor) -> Privacy:
    """What the actor has chosen."""
    columns = (MEMBERS.c.profile_audience, *(MEMBERS.c[name] for name in Privacy.__slots__[1:]))
    return Privacy(*db.session.execute(select(*columns).where(MEMBERS.c.id == actor.member_id)).one())


def presence_of(last_here_at: datetime | None) -> Presence | None:
    """When somebody was last here, as coarse as others are told: in a quarter of an hour, a day, a week, a month."""
    if last_here_at is None:
        return None
    ago = clock.now() - last_here_at
    return next((name for name, reach in _REACHES if ago <= reach), None)
