"""Statuses and product areas as archives name them: found by name, and made where there is none yet.

A status whose address is that of its stage is named by the stage; any other one by its name, in one language or
several, with the stage beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, func, insert, select

from forum import text
from forum.community.actions import bump_epoch
from forum.core.database import db
from forum.core.exchange import Record
from forum.ideas.models import AREAS, NAME_LENGTH, NEW, STAGES, STATUSES, UNDER_REVIEW

Names = Mapping[str, str]
_SLUG_LENGTH = 60


def names_of(given: Any, language: str) -> Names:
    """A name by language from what an archive says: a text, or texts by language; empty for anything else."""
    if isinstance(given, str):
        given = {language: given}
    if not isinstance(given, dict):
        return {}
    cleaned = {str(tongue): text.clean_line(name).text for tongue, name in given.items() if isinstance(name, str)}
    return {tongue: text.shortened(name, NAME_LENGTH) for tongue, name in cleaned.items() if name}


def told(names: Any) -> Any:
    """A name as an archive says it: a text where there is one language only."""
    return next(iter(names.values())) if isinstance(names, dict) and len(names) == 1 else names


def _keys(row: Any) -> Iterable[str]:
    yield row.slug
    for name in row.name.values() if isinstance(row.name, dict) else (row.name,):
        yield name.casefold()


class Statuses:
    """The statuses, by stage and by any of their names."""

    def __init__(self, language: str) -> None:
        self._language = language
        rows = db.session.execute(select(STATUSES).order_by(STATUSES.c.position.desc(), STATUSES.c.id.desc())).all()
        self._known: dict[str, int] = {key: row.id for row in rows for key in _keys(row)}
        # A stage's own status comes before others of the stage, and these in their order.
        self._known |= {row.stage: row.id for row in rows}
        self._known |= {row.stage: row.id for row in rows if row.slug == text.slug(row.stage)}
        self._first = {row.id for row in rows if row.stage == NEW}

    @property
    def new(self) -> int:
        """The status that an idea has before it gets another one."""
        return self._known[NEW]

    def is_first(self, id: int) -> bool:
        """Whether an idea with this status has had it from the beginning."""
        return id in self._first

    def find(self, given: Record) -> int:
        """The status of an idea's record; one that nobody knows is made, of the stage given or else under review."""
        names = names_of(given.get("status"), self._language)
        for name in names.values():
            if (known := self._known.get(name.casefold())) is not None:
                return known
        if not names:
            return self.new
        stage = given.get("stage") if given.get("stage") in STAGES else UNDER_REVIEW
        id = _add(STATUSES, names, stage=stage)
        self._known |= {name.casefold(): id for name in names.values()}
        if stage == NEW:
            self._first.add(id)
        return id


class Areas:
    """The product areas, by category and any of their names."""

    def __init__(self, language: str, category_ids: Iterable[int]) -> None:
        self._language = language
        rows = db.session.execute(select(AREAS).where(AREAS.c.category_id.in_(set(category_ids)))).all()
        self._known: dict[tuple[int, str], int] = {(row.category_id, key): row.id for row in rows for key in _keys(row)}

    def find(self, given: Record, category_id: int) -> int | None:
        """The area of an idea's record; one that the category doesn't have yet is made."""
        names = names_of(given.get("area"), self._language)
        for name in names.values():
            if (known := self._known.get((category_id, name.casefold()))) is not None:
                return known
        if not names:
            return None
        id = _add(AREAS, names, category_id=category_id)
        self._known |= {(category_id, name.casefold()): id for name in names.values()}
        return id


def _add(table: Table, names: Names, **values: Any) -> int:
    """A status or area at the end of its list, at an address of its own."""
    taken = set(db.session.scalars(select(table.c.slug)))
    position = int(db.session.scalar(select(func.coalesce(func.max(table.c.position), 0))) or 0) + 1
    row = {"name": dict(names), "slug": _free(text.slug(next(iter(names.values()))), taken), "position": position}
    bump_epoch()
    return int(db.session.execute(insert(table).values(**row, **values).returning(table.c.id)).scalar_one())


def _free(slug: str, taken: Sequence[str] | set[str]) -> str:
    candidate, number = slug[:_SLUG_LENGTH], 1
    while candidate in taken:
        number += 1
        candidate = f"{slug[: _SLUG_LENGTH - 8]}-{number}"
    return candidate
