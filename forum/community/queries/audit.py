"""The audit log: all of it, by who, act, target and time, and what was done to one thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, not_, or_, select, true, tuple_

from forum.access import require
from forum.core import paging
from forum.core.actor import SYSTEM, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, table_of
from forum.core.errors import NotFound
from forum.core.paging import Page, cut, encode, micros

AUDIT = table_of(AuditEntry)
LIST_PAGE = 50
MOST_LOOKED_AT = 2000

Others = tuple[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the audit log."""

    id: int
    at: datetime
    actor_name: str
    act: str
    target_kind: str
    target_id: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str


@dataclass(frozen=True, slots=True)
class SoughtEntries:
    """What is asked of entries; what is empty isn't asked. `name` is who acted, as it was written then: for accounts
    that are gone. What was done to `also`, a kind and ids, fits as what was done to the target does. Before `before`
    the time is counted without that moment itself."""

    actor_id: int | None = None
    name: str = ""
    act: str = ""
    target_kind: str = ""
    target_id: int | None = None
    also: Others | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class FullEntry:
    """An entry with what ties it to the one before it, and whose act it was, if that was a member."""

    entry: AuditRow
    actor_id: int | None
    hash: str
    previous_hash: str


_COLUMNS = [AUDIT.c[name] for name in AuditRow.__slots__]
_LATEST_FIRST = (AUDIT.c.at.desc(), AUDIT.c.id.desc())


def _not_noted_about(actor: Actor) -> ColumnElement[bool]:
    """Whom a note of the team is about finds no trace of it."""
    own = and_(AUDIT.c.target_kind == "member", AUDIT.c.target_id == (actor.id or 0))
    return not_(and_(own, AUDIT.c.act.like("note.%")))


def audit_entry(actor: Actor, entry_id: int) -> FullEntry:
    """One entry. Raises NotFound."""
    require(actor, "audit.read")
    columns = (*_COLUMNS, AUDIT.c.actor_id, AUDIT.c.hash, AUDIT.c.previous_hash)
    found = db.session.execute(select(*columns).where(AUDIT.c.id == entry_id, _not_noted_about(actor))).first()
    if found is None:
        raise NotFound
    width = len(_COLUMNS)
    return FullEntry(AuditRow(*found[:width]), *found[width:])


def _done_to(part: Any, kind: str, target_id: int, also: Others | None) -> ColumnElement[bool]:
    target = and_(part.target_kind == kind, part.target_id == target_id)
    return or_(target, and_(part.target_kind == also[0], part.target_id.in_(also[1]))) if also else target


def audit_of(actor: Actor, kind: str, target_id: int, also: Others | None = None) -> Sequence[AuditRow]:
    """The newest entries about one thing and `also` others, a kind and ids, at most fifty."""
    require(actor, "audit.read")
    about = _done_to(AUDIT.c, kind, target_id, also)
    statement = select(*_COLUMNS).where(about, _not_noted_about(actor)).order_by(*_LATEST_FIRST)
    return [AuditRow(*row) for row in db.session.execute(statement.limit(LIST_PAGE))]


def ended_under(actor: Actor, act: str, name: str) -> int | None:
    """The id of what an act ended that bore this name or slug (capitals aside), the last of several; one statement, of
    the newest MOST_LOOKED_AT entries of the act."""
    require(actor, "audit.read")
    entries = select(AUDIT.c.target_id, AUDIT.c.before).where(AUDIT.c.act == act).order_by(*_LATEST_FIRST)
    for target_id, before in db.session.execute(entries.limit(MOST_LOOKED_AT)):
        bore = (str((before or {}).get(part, "")).casefold() for part in ("name", "slug"))
        if name.casefold() in bore:
            return int(target_id)
    return None


def _walked(sought: SoughtEntries) -> ColumnElement[bool]:
    """What holds for the stretch that is looked through: of what is asked, that which the fewest entries fit."""
    if sought.target_kind and sought.target_id is not None:
        fits = _done_to(AUDIT.c, sought.target_kind, sought.target_id, sought.also)
        # By itself, so that it is the targets that are looked up, and not all entries of the time that is asked for.
        return AUDIT.c.id.in_(select(AUDIT.c.id).where(fits).correlate(None)) if sought.also else fits
    if sought.actor_id is not None:
        return AUDIT.c.actor_id == sought.actor_id
    if sought.name == SYSTEM.username:
        return AUDIT.c.actor_id.is_(None)
    if sought.act:
        return AUDIT.c.act == sought.act
    return AUDIT.c.target_kind == sought.target_kind if sought.target_kind else true()


def _fits(part: Any, sought: SoughtEntries) -> list[ColumnElement[bool]]:
    """All that is asked of an entry but the time."""
    asked = {
        part.actor_id: sought.actor_id,
        part.actor_name: sought.name or None,
        part.act: sought.act or None,
    }
    fits = [column == value for column, value in asked.items() if value is not None]
    if sought.target_kind and sought.target_id is not None:
        return [*fits, _done_to(part, sought.target_kind, sought.target_id, sought.also)]
    return [*fits, part.target_kind == sought.target_kind] if sought.target_kind else fits


def audit_log(actor: Actor, sought: SoughtEntries | None = None, before: str | None = None) -> Page[AuditRow]:
    """A stretch of the entries that fit, the latest first.

    Two statements at most, each of at most MOST_LOOKED_AT entries. So a page may hold fewer than there are, even none,
    and still lead on: then nothing else fitted among those looked at.
    """
    require(actor, "audit.read")
    sought = sought or SoughtEntries()
    here = [_walked(sought)]
    if sought.since is not None:
        here.append(AUDIT.c.at >= sought.since)
    if sought.before is not None:
        here.append(AUDIT.c.at < sought.before)
    if (position := paging.decode(before, int, int)) is not None:
        last = literal(paging.moment(position[0]), AUDIT.c.at.type), literal(position[1])
        here.append(tuple_(AUDIT.c.at, AUDIT.c.id) < tuple_(*last))
    stretch = select(AUDIT.c.id, AUDIT.c.at).where(*here).order_by(*_LATEST_FIRST)
    part = stretch.limit(MOST_LOOKED_AT).subquery("part")
    statement = (
        select(*_COLUMNS)
        .join_from(part, AUDIT, AUDIT.c.id == part.c.id)
        .where(*_fits(AUDIT.c, sought), _not_noted_about(actor))
        .order_by(part.c.at.desc(), part.c.id.desc())
        .limit(LIST_PAGE + 1)
    )
    rows = [AuditRow(*row) for row in db.session.execute(statement)]
    page = cut(rows, LIST_PAGE, lambda row: encode(micros(row.at), row.id))
    if page.older is not None:
        return page
    beyond = db.session.execute(stretch.offset(MOST_LOOKED_AT - 1).limit(2)).all()
    return Page(page.rows, encode(micros(beyond[0].at), beyond[0].id)) if len(beyond) == 2 else page
