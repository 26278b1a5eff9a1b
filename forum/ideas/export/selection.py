"""Which ideas an export takes, and the moment it is as of."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import read
from forum.core.errors import Invalid
from forum.ideas.models import AREAS, STAGES, STATUSES
from forum.threads.models import CATEGORIES
from forum.threads.policy import readable_categories

MOST_ROWS = 1_048_575
"""What a sheet of a workbook takes below its heading."""
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Selection:
    """The first `top` ideas (None: all) with one of these statuses and areas (none: any), in these categories.

    Statuses are keys or stages, areas are keys. The categories are those that whoever asked could read then.
    """

    top: int | None = None
    statuses: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    categories: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same for a column."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "Selection":
        """What `as_json` has kept."""
        return cls(kept.get("top"), *(tuple(kept.get(name, ())) for name in ("statuses", "areas", "categories")))


def readable_category_ids(actor: Actor) -> tuple[int, ...]:
    """The categories that the actor may read now."""
    return tuple(read(select(CATEGORIES.c.id).where(readable_categories(actor)).order_by(CATEGORIES.c.id)).scalars())


def select_ideas(
    actor: Actor, *, top: int | None = None, statuses: Sequence[str] = (), areas: Sequence[str] = ()
) -> Selection:
    """What the actor asks for, checked: raises Invalid for a number out of range and for names of nothing."""
    if top is not None and not 1 <= top <= MOST_ROWS:
        raise Invalid("export-top", field="top", limit=MOST_ROWS)
    categories = readable_category_ids(actor)
    known_statuses = {*STAGES, *read(select(STATUSES.c.slug)).scalars()}
    known_areas = set(read(select(AREAS.c.slug).where(AREAS.c.category_id.in_(categories))).scalars())
    _check(statuses, known_statuses, "status")
    _check(areas, known_areas, "area")
    return Selection(top, tuple(dict.fromkeys(statuses)), tuple(dict.fromkeys(areas)), categories)


def _check(names: Sequence[str], known: set[str], field: str) -> None:
    for name in names:
        if name not in known:
            raise Invalid(f"no-such-{field}", field=field, name=name[:80])


def status_ids(statuses: Sequence[str]) -> list[int]:
    """The statuses that are meant by keys and stages."""
    rows = read(select(STATUSES.c.id, STATUSES.c.slug, STATUSES.c.stage)).all()
    return [row.id for row in rows if row.slug in statuses or row.stage in statuses]


def area_ids(areas: Sequence[str]) -> list[int]:
    """The areas that are meant by keys."""
    return list(read(select(AREAS.c.id).where(AREAS.c.slug.in_(areas))).scalars())


def present_minute() -> datetime:
    """Now, to the minute: its end, so that all that was done until now is in it."""
    begun = clock.now().replace(second=0, microsecond=0)
    return begun if begun == clock.now() else begun + timedelta(minutes=1)


def check_as_of(as_of: datetime) -> datetime:
    """The moment that was asked for. Raises Invalid for one that is yet to come, or lies before all communities."""
    if as_of > present_minute():
        raise Invalid("as-of-future", field="as_of")
    if as_of < _EARLIEST:
        raise Invalid("time-unreadable", field="as_of")
    return as_of.astimezone(UTC)
