"""Requests to join, as the team decides on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, literal, select, tuple_

from forum.access import require
from forum.core import paging
from forum.core.actor import Actor
from forum.core.audit import AuditEntry
from forum.core.database import UtcTime, db, read
from forum.core.errors import Invalid, NotFound
from forum.core.paging import Page, cut, encode
from forum.members.models import JOIN_REQUESTS, MEMBERS
from forum.members.queries.bulk import MOST_AT_ONCE

_PAGE = 30
_MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class JoinRequestRow:
    """Somebody who waits, and what they have answered; both texts are empty where nothing was asked. `is_unproved` as
    in `JoinRequest`."""

    id: int
    username: str
    display_name: str
    email: str
    question: str
    answer: str
    language: str
    confirmed_at: datetime
    is_unproved: bool


_REQUESTS = select(
    MEMBERS.c.id,
    MEMBERS.c.username,
    MEMBERS.c.display_name,
    MEMBERS.c.email,
    JOIN_REQUESTS.c.question,
    JOIN_REQUESTS.c.answer,
    MEMBERS.c.language,
    JOIN_REQUESTS.c.confirmed_at,
    JOIN_REQUESTS.c.is_unproved,
).join_from(JOIN_REQUESTS, MEMBERS, JOIN_REQUESTS.c.member_id == MEMBERS.c.id)
_SEEN = JOIN_REQUESTS.c.confirmed_at.is_not(None)


def join_requests(actor: Actor, after: str | None = None) -> Page[JoinRequestRow]:
    """Who waits for the team's approval with a confirmed address, the longest first."""
    require(actor, "member.admit")
    at = (JOIN_REQUESTS.c.confirmed_at, JOIN_REQUESTS.c.member_id)
    statement = _REQUESTS.where(_SEEN).order_by(*at).limit(_PAGE + 1)
    if (position := paging.decode(after, int, int)) is not None:
        statement = statement.where(tuple_(*at) > tuple_(literal(paging.moment(position[0]), UtcTime), position[1]))
    rows = [JoinRequestRow(*row) for row in db.session.execute(statement)]
    return cut(rows, _PAGE, lambda row: encode(paging.micros(row.confirmed_at), row.id))


def join_request(actor: Actor, member_id: int) -> JoinRequestRow:
    """One of them. Raises NotFound, also when it was decided meanwhile."""
    require(actor, "member.admit")
    row = db.session.execute(_REQUESTS.where(_SEEN, MEMBERS.c.id == member_id)).first()
    if row is None:
        raise NotFound
    return JoinRequestRow(*row)


def join_request_count(actor: Actor) -> int:
    """How many wait; a hundred for all that are more."""
    require(actor, "member.admit")
    some = select(JOIN_REQUESTS.c.member_id).where(_SEEN).limit(_MOST_COUNTED).subquery()
    return int(read(select(func.count()).select_from(some)).scalar_one())


def waiting_requests(actor: Actor, member_ids: Collection[int]) -> Sequence[JoinRequestRow]:
    """Those of these members who wait still, the longest first. Raises Invalid beside `members`: none, or too many."""
    require(actor, "member.admit")
    if not member_ids:
        raise Invalid("choose-members", field="members")
    if len(member_ids) > MOST_AT_ONCE:
        raise Invalid("too-many-members", field="members", limit=MOST_AT_ONCE)
    statement = _REQUESTS.where(_SEEN, MEMBERS.c.id.in_(member_ids))
    rows = db.session.execute(statement.order_by(JOIN_REQUESTS.c.confirmed_at, JOIN_REQUESTS.c.member_id))
    return [JoinRequestRow(*row) for row in rows]


def names_of_decided(actor: Actor, member_ids: Collection[int]) -> Sequence[str]:
    """User names of members whose request was decided, also where that has removed them: the audit log keeps those.
    Whose request still waits, such as for another address to be confirmed, isn't among them."""
    require(actor, "member.admit")
    if not member_ids:
        return []
    waits = exists().where(JOIN_REQUESTS.c.member_id == MEMBERS.c.id)
    rows = db.session.execute(select(MEMBERS.c.id, MEMBERS.c.username).where(MEMBERS.c.id.in_(member_ids), ~waits))
    names = {row.id: row.username for row in rows}
    refused = select(AuditEntry.target_id, AuditEntry.before).where(
        AuditEntry.target_kind == "member", AuditEntry.target_id.in_(member_ids), AuditEntry.act == "member.refuse"
    )
    names |= {row.target_id: row.before["name"] for row in db.session.execute(refused) if row.target_id not in names}
    return [names[id] for id in member_ids if id in names]


def has_asked_to_join(member_id: int) -> bool:
    """Whether the team has yet to approve this account, be its address confirmed or not."""
    asked = select(JOIN_REQUESTS.c.member_id).where(JOIN_REQUESTS.c.member_id == member_id)
    return read(asked).first() is not None
