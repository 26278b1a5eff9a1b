"""Statuses and product areas: few, beside every idea, and so kept in the process until the community's epoch moves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from forum import access
from forum.core.actor import Actor
from forum.core.database import db, in_transaction
from forum.core.errors import NotFound
from forum.core.locale import text_in
from forum.ideas.models import AREAS, STATUSES
from forum.ideas.queries.rows import AreaRow, StatusRow
from forum.threads.queries.categories import STAMP
from forum.threads.queries.categories import catalogue as categories_at
from forum.threads.queries.rows import CategoryRow


@dataclass(slots=True)
class Catalogue:
    """All statuses and areas as of one stamp, in their order; rows by language are kept beside them."""

    stamp: str
    status_settings: tuple[Any, ...]
    area_settings: tuple[Any, ...]
    _statuses: dict[str, Mapping[int, StatusRow]] = field(default_factory=dict)
    _areas: dict[str, Mapping[int, AreaRow]] = field(default_factory=dict)

    def statuses(self, language: str) -> Mapping[int, StatusRow]:
        """Every status by id, in a language."""
        if language not in self._statuses:
            self._statuses[language] = {
                one.id: StatusRow(one.id, one.slug, text_in(one.name, language), one.name, one.stage, one.position)
                for one in self.status_settings
            }
        return self._statuses[language]

    def areas(self, language: str) -> Mapping[int, AreaRow]:
        """Every area by id, in a language."""
        if language not in self._areas:
            categories = self.categories(language)
            self._areas[language] = {
                one.id: AreaRow(
                    one.id,
                    one.slug,
                    text_in(one.name, language),
                    one.name,
                    categories[one.category_id],
                    one.position,
                )
                for one in self.area_settings
            }
        return self._areas[language]

    def categories(self, language: str) -> Mapping[int, CategoryRow]:
        """Every category by id, in a language."""
        return categories_at(self.stamp).rows(language)


_kept: "WeakKeyDictionary[Engine, Catalogue]" = WeakKeyDictionary()


def catalogue(stamp: str | None = None) -> Catalogue:
    """All statuses and areas. With the stamp that was just read, no statement is needed while nothing has changed."""
    if stamp is None:
        stamp = str(db.session.execute(select(STAMP)).scalar_one())
    kept = _kept.get(db.engine)
    if kept is not None and kept.stamp == stamp:
        return kept
    statuses = db.session.execute(select(STATUSES).order_by(STATUSES.c.position, STATUSES.c.id)).all()
    areas = db.session.execute(select(AREAS).order_by(AREAS.c.position, AREAS.c.id)).all()
    loaded = Catalogue(stamp, tuple(statuses), tuple(areas))
    if not in_transaction():  # what may yet be rolled back must not be kept
        _kept[db.engine] = loaded
    return loaded


def forget() -> None:
    """Drops what is kept in this process (for tests that exchange the database behind an engine)."""
    _kept.clear()


def statuses(actor: Actor, stamp: str | None = None) -> tuple[StatusRow, ...]:
    """All statuses, in their order."""
    return tuple(catalogue(stamp).statuses(actor.language).values())


def get_status(actor: Actor, wanted: int | str) -> StatusRow:
    """A status by id or slug. Raises NotFound."""
    for row in statuses(actor):
        if wanted in (row.id, row.slug):
            return row
    raise NotFound


def areas(actor: Actor, stamp: str | None = None) -> tuple[AreaRow, ...]:
    """The areas of categories that the actor may see, in their order."""
    rows = catalogue(stamp).areas(actor.language).values()
    return tuple(row for row in rows if access.may(actor, "category.read", row.category))


def areas_to_propose_in(actor: Actor, stamp: str | None = None) -> tuple[AreaRow, ...]:
    """The areas in which groups and roles let the actor propose, whatever else stands against it."""
    return tuple(row for row in areas(actor, stamp) if access.may(actor, "category.choose", row.category))


def get_area(actor: Actor, wanted: int | str, stamp: str | None = None) -> AreaRow:
    """An area by id or slug. Raises NotFound for one that isn't there or that the actor may not see."""
    for row in areas(actor, stamp):
        if wanted in (row.id, row.slug):
            return row
    raise NotFound
