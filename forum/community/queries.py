"""Reading the community: its row, own styles, legal texts, the worker's rows and the audit log."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, not_, select

from forum.access import require
from forum.community.frame import Frame, links_of
from forum.community.legal import LEGAL_TEXTS
from forum.community.logo import Logo
from forum.community.look import Look
from forum.community.marks import mark_of
from forum.community.models import COMMUNITY, STYLE, TEXTS
from forum.community.registration import Registration, registration_of
from forum.community.welcome import Welcome
from forum.core import queue
from forum.core.actor import Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, read, table_of
from forum.core.errors import NotFound
from forum.core.events import EVENTS
from forum.core.jobs import JOBS
from forum.core.locale import text_in, tongue
from forum.core.paging import Page, cut, decode, encode


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """The installation as pages need it."""

    key: str
    source: str
    names: Any
    descriptions: Any
    languages: list[str]
    default_language: str
    is_formal: bool
    time_zone: str
    brand_colour: str
    corners: str
    theme: str
    style_mark: str
    logo_parts: Mapping[str, Any]
    header_links: Sequence[Mapping[str, Any]]
    foot_text: Mapping[str, str]
    foot_links: Sequence[Mapping[str, Any]]
    welcome_parts: Mapping[str, Any]
    registration_parts: Mapping[str, Any]
    team_name: str
    two_factor_roles: Sequence[str] | None
    is_sso_only: bool
    is_demo: bool
    legal_texts: list[str]
    binding_version: int
    epoch: int
    people_epoch: int

    @property
    def stamp(self) -> str:
        """Which community, and as of when: what is cached in the process is kept under it."""
        return f"{self.key}:{self.epoch}"

    @property
    def mark(self) -> str:
        """What tells one state of its names, languages and time zone from another."""
        return mark_of(
            {
                "name": self.names,
                "description": self.descriptions,
                "team_name": self.team_name,
                "languages": self.languages,
                "default_language": self.default_language,
                "is_formal": self.is_formal,
                "time_zone": self.time_zone,
            }
        )

    @property
    def look(self) -> Look:
        return Look(self.brand_colour, self.corners, self.theme, self.style_mark)

    def tongue(self, language: str) -> str:
        """How the community speaks this language: formally, where it has chosen so and a catalogue says how."""
        return tongue(language, self.is_formal)

    @property
    def logo(self) -> Logo | None:
        return Logo(**self.logo_parts) if self.logo_parts else None

    @property
    def frame(self) -> Frame:
        return Frame(links_of(self.header_links), self.foot_text, links_of(self.foot_links))

    @property
    def welcome(self) -> Welcome | None:
        return Welcome(**self.welcome_parts) if self.welcome_parts else None

    @property
    def registration(self) -> Registration:
        return registration_of(self.registration_parts)

    def name(self, language: str) -> str:
        return text_in(self.names, language)

    def description(self, language: str) -> str:
        return text_in(self.descriptions, language)


_CURRENT = select(
    COMMUNITY.c.key,
    COMMUNITY.c.source,
    COMMUNITY.c.name,
    COMMUNITY.c.description,
    COMMUNITY.c.languages,
    COMMUNITY.c.default_language,
    COMMUNITY.c.is_formal,
    COMMUNITY.c.time_zone,
    COMMUNITY.c.brand_colour,
    COMMUNITY.c.corners,
    COMMUNITY.c.theme,
    COMMUNITY.c.style_mark,
    COMMUNITY.c.logo,
    COMMUNITY.c.header_links,
    COMMUNITY.c.foot_text,
    COMMUNITY.c.foot_links,
    COMMUNITY.c.welcome,
    COMMUNITY.c.registration,
    COMMUNITY.c.team_name,
    COMMUNITY.c.two_factor_roles,
    COMMUNITY.c.is_sso_only,
    COMMUNITY.c.is_demo,
    COMMUNITY.c.legal_texts,
    COMMUNITY.c.binding_version,
    COMMUNITY.c.epoch,
    COMMUNITY.c.people_epoch,
).where(COMMUNITY.c.id == 1)
"""The columns stand in the order of CommunityRow's fields."""


def current() -> CommunityRow:
    """The community, read anew. The first migration makes its row, so there always is one."""
    return CommunityRow(*read(_CURRENT).one())


def own_style() -> str:
    """The operator's own style sheet; empty when there is none."""
    return str(read(select(STYLE.c.css)).scalar() or "")


@dataclass(frozen=True, slots=True)
class LegalPage:
    """A legal text as it is read: in which language it is there, and since when."""

    language: str
    html: str
    changed_at: datetime


def legal_page(name: str, *languages: str) -> LegalPage:
    """The text in the first of these languages that it is in, else in any. Raises NotFound."""
    columns = [TEXTS.c[column] for column in LegalPage.__slots__]
    found = {row.language: LegalPage(*row) for row in read(select(*columns).where(TEXTS.c.name == name))}
    if not found:
        raise NotFound
    return next((found[language] for language in languages if language in found), next(iter(found.values())))


def legal_bodies(actor: Actor, name: str) -> dict[str, str]:
    """The Markdown of a legal text by language, for who may change it. Raises NotFound for an unknown name."""
    require(actor, "community.change")
    if name not in LEGAL_TEXTS:
        raise NotFound
    return {row.language: row.body for row in read(select(TEXTS.c.language, TEXTS.c.body).where(TEXTS.c.name == name))}


def new_key() -> str:
    """A key for a new installation; it names the source of its export."""
    return str(uuid.uuid4())


# ---------------------------------------------------------------- the worker's rows and the audit log

QUEUES: Mapping[str, Table] = {"event": EVENTS, "job": JOBS}
"""The two queues by the word that stands in addresses."""
AUDIT = table_of(AuditEntry)
LIST_PAGE = 50


@dataclass(frozen=True, slots=True)
class WorkRow:
    """An event or job that waits or has failed for good; `error` is the end of the last failure's trace."""

    id: int
    name: str
    payload: Mapping[str, Any]
    state: str
    created_at: datetime
    due_at: datetime
    attempts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Work:
    """One queue: how many rows wait and how many are dead, and one page of those in `state`."""

    waiting_count: int
    dead_count: int
    page: Page[WorkRow]


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


def work(actor: Actor, name: str, state: str, before: str | None = None) -> Work:
    """Rows of a queue (`event`, `job`) that are `waiting` or `dead`, the newest first. Raises NotFound."""
    require(actor, "jobs.manage")
    if name not in QUEUES or state not in {queue.WAITING, queue.DEAD}:
        raise NotFound
    table = QUEUES[name]
    figures = db.session.execute(
        select(table.c.state, func.count()).where(table.c.state != queue.DONE).group_by(table.c.state)
    )
    counts = {row[0]: row[1] for row in figures}
    columns = [table.c[column] for column in WorkRow.__slots__]
    statement = select(*columns).where(table.c.state == state).order_by(table.c.id.desc()).limit(LIST_PAGE + 1)
    if (position := decode(before, int)) is not None:
        statement = statement.where(table.c.id < position[0])
    rows: Sequence[WorkRow] = [WorkRow(*row) for row in db.session.execute(statement)]
    page = cut(rows, LIST_PAGE, lambda row: encode(row.id))
    return Work(counts.get(queue.WAITING, 0), counts.get(queue.DEAD, 0), page)


def _not_noted_about(actor: Actor) -> ColumnElement[bool]:
    """Whom a note of the team is about finds no trace of it."""
    own = and_(AUDIT.c.target_kind == "member", AUDIT.c.target_id == (actor.id or 0))
    return not_(and_(own, AUDIT.c.act.like("note.%")))


def audit_of(actor: Actor, kind: str, target_id: int) -> Sequence[AuditRow]:
    """The newest entries about one thing, at most fifty."""
    require(actor, "audit.read")
    columns = [AUDIT.c[column] for column in AuditRow.__slots__]
    about = (AUDIT.c.target_kind == kind, AUDIT.c.target_id == target_id)
    rows = db.session.execute(
        select(*columns).where(*about, _not_noted_about(actor)).order_by(AUDIT.c.id.desc()).limit(LIST_PAGE)
    )
    return [AuditRow(*row) for row in rows]


def audit_log(actor: Actor, before: str | None = None) -> Page[AuditRow]:
    """Every act of staff, the newest first."""
    require(actor, "audit.read")
    columns = [AUDIT.c[column] for column in AuditRow.__slots__]
    statement = select(*columns).where(_not_noted_about(actor)).order_by(AUDIT.c.id.desc()).limit(LIST_PAGE + 1)
    if (position := decode(before, int)) is not None:
        statement = statement.where(AUDIT.c.id < position[0])
    rows = [AuditRow(*row) for row in db.session.execute(statement)]
    return cut(rows, LIST_PAGE, lambda row: encode(row.id))
