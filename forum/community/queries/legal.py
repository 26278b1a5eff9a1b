"""Legal texts: what holds, what held before, and for who writes them all versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from forum.access import require
from forum.community.legal import LEGAL_TEXTS, LOOKED_UP
from forum.community.models import VERSIONS
from forum.community.queries.house import current
from forum.core.actor import Actor
from forum.core.database import read
from forum.core.errors import NotFound
from forum.core.locale import languages as all_languages
from forum.core.paging import Page, cut, decode, encode

LIST_PAGE = 50


@dataclass(frozen=True, slots=True)
class LegalPage:
    """A version of a legal text as it is read: in which language it is, since when, and whether it still holds."""

    language: str
    number: int
    html: str
    changed_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class LegalVersionRow:
    """A version of a legal text in a list; `is_withdrawn`: from then on it was not there in that language."""

    number: int
    changed_at: datetime
    author_name: str
    note: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class FullLegalVersion:
    """A version of a legal text with its Markdown, its HTML, and the Markdown of the one before, None for the first."""

    row: LegalVersionRow
    body: str
    html: str
    former_body: str | None
    is_current: bool


_OTHER = VERSIONS.alias()
_NEWEST = VERSIONS.c.number == (
    select(func.max(_OTHER.c.number))
    .where(_OTHER.c.name == VERSIONS.c.name, _OTHER.c.language == VERSIONS.c.language)
    .scalar_subquery()
)
_HOLDS = and_(_NEWEST, VERSIONS.c.body != "")
"""The version that holds in its language, if it is there in that language."""
_PAGE = select(VERSIONS.c.language, VERSIONS.c.number, VERSIONS.c.html, VERSIONS.c.changed_at, _NEWEST)
_VERSION = select(
    VERSIONS.c.number,
    VERSIONS.c.changed_at,
    VERSIONS.c.author_name,
    VERSIONS.c.note,
    (VERSIONS.c.body == "").label("is_withdrawn"),
)


def legal_page(name: str, *languages: str) -> LegalPage:
    """The text in the first of these languages that it is in, else in any. Raises NotFound."""
    found = {row.language: LegalPage(*row) for row in read(_PAGE.where(VERSIONS.c.name == name, _HOLDS))}
    if not found:
        raise NotFound
    return next((found[language] for language in languages if language in found), next(iter(found.values())))


def _at(name: str, language: str, number: int) -> tuple[ColumnElement[bool], ...]:
    """Where a version stands. Raises NotFound for what can't be one."""
    if name not in LEGAL_TEXTS or language not in all_languages() or not 0 < number < 2**31:
        raise NotFound
    return (VERSIONS.c.name == name, VERSIONS.c.language == language, VERSIONS.c.number == number)


def earlier_legal_page(name: str, language: str, number: int) -> LegalPage:
    """A version that everybody may look up, as long as the text is there. Raises NotFound."""
    found = read(_PAGE.where(*_at(name, language, number), VERSIONS.c.body != "")).first()
    if found is None or name not in LOOKED_UP or name not in current().legal_texts:
        raise NotFound
    return LegalPage(*found)


def _versions(name: str, language: str) -> Select[Any]:
    chosen = _VERSION.where(VERSIONS.c.name == name, VERSIONS.c.language == language)
    return chosen.order_by(VERSIONS.c.number.desc())


def earlier_legal_pages(name: str, language: str) -> Sequence[LegalVersionRow]:
    """The newest versions of such a text that everybody may look up, at most fifty; none where nobody may."""
    if name not in LOOKED_UP:
        return ()
    rows = read(_versions(name, language).where(VERSIONS.c.body != "").limit(LIST_PAGE))
    return [LegalVersionRow(*row) for row in rows]


def _known(actor: Actor, name: str) -> None:
    require(actor, "community.change")
    if name not in LEGAL_TEXTS:
        raise NotFound


def legal_bodies(actor: Actor, name: str) -> dict[str, str]:
    """The Markdown of a legal text by language, for who may change it. Raises NotFound for an unknown name."""
    _known(actor, name)
    chosen = select(VERSIONS.c.language, VERSIONS.c.body).where(VERSIONS.c.name == name, _HOLDS)
    return {row.language: row.body for row in read(chosen)}


def legal_numbers(actor: Actor, name: str) -> dict[str, int]:
    """The newest version of a legal text by language. Raises NotFound for an unknown name."""
    _known(actor, name)
    chosen = select(VERSIONS.c.language, VERSIONS.c.number).where(VERSIONS.c.name == name, _NEWEST)
    return {row.language: row.number for row in read(chosen)}


def legal_history(actor: Actor, name: str, language: str, before: str | None = None) -> Page[LegalVersionRow]:
    """All versions of a legal text in a language, the newest first. Raises NotFound where there is none."""
    _known(actor, name)
    _at(name, language, 1)
    statement = _versions(name, language).limit(LIST_PAGE + 1)
    if (position := decode(before, int)) is not None:
        statement = statement.where(VERSIONS.c.number < position[0])
    if not (rows := [LegalVersionRow(*row) for row in read(statement)]):
        raise NotFound
    return cut(rows, LIST_PAGE, lambda row: encode(row.number))


def legal_version(actor: Actor, name: str, language: str, number: int) -> FullLegalVersion:
    """One version of a legal text, beside the one before. Raises NotFound."""
    _known(actor, name)
    at = _at(name, language, number)
    former = select(_OTHER.c.body).where(
        _OTHER.c.name == name, _OTHER.c.language == language, _OTHER.c.number == number - 1
    )
    chosen = _VERSION.add_columns(VERSIONS.c.body, VERSIONS.c.html, former.scalar_subquery(), _NEWEST)
    if (found := read(chosen.where(*at)).first()) is None:
        raise NotFound
    width = len(LegalVersionRow.__slots__)
    return FullLegalVersion(LegalVersionRow(*found[:width]), *found[width:])
