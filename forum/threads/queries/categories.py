"""The categories: few, on every page, and so kept in the process until the community's epoch moves."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, String, cast, func, select

from forum import access
from forum.community.models import COMMUNITY
from forum.core.actor import Actor
from forum.core.database import db, in_transaction
from forum.core.errors import NotFound
from forum.core.locale import text_in
from forum.threads.models import CATEGORIES, GRANTS, MODERATE, PUBLISHED, SEEING, THREADS
from forum.threads.queries.rows import CategoryRow, ThreadRow

STAMP = select(COMMUNITY.c.key + ":" + cast(COMMUNITY.c.epoch, String)).where(COMMUNITY.c.id == 1).scalar_subquery()
"""To be selected beside other columns, so that knowing the community and its epoch costs no statement of its own."""

PEOPLE_EPOCH = select(COMMUNITY.c.people_epoch).where(COMMUNITY.c.id == 1).scalar_subquery()


@dataclass(frozen=True, slots=True)
class CategorySettings:
    """A category as the operator edits it; name and description in all languages."""

    id: int
    slug: str
    name: Any
    description: Any
    hue: int
    position: int
    parent_id: int | None
    grants: frozenset[tuple[str, int]]


@dataclass(slots=True)
class Catalogue:
    """All categories as of one stamp; what is derived from them for a kind of reader is kept beside them."""

    stamp: str
    settings: tuple[CategorySettings, ...]
    _by_language: dict[str, Mapping[int, CategoryRow]] = field(default_factory=dict)
    _visible: dict[Hashable, tuple[CategoryRow, ...]] = field(default_factory=dict)

    def rows(self, language: str) -> Mapping[int, CategoryRow]:
        """Every category by id, in a language."""
        if language not in self._by_language:
            self._by_language[language] = {
                one.id: CategoryRow(
                    one.id,
                    one.slug,
                    text_in(one.name, language),
                    text_in(one.description, language),
                    one.hue,
                    one.position,
                    one.parent_id,
                    one.grants,
                )
                for one in self.settings
            }
        return self._by_language[language]

    def visible(self, actor: Actor) -> tuple[CategoryRow, ...]:
        """Those that the actor may see, in their order."""
        kind = (actor.language, actor.group_ids, actor.roles, actor.is_system)
        if kind not in self._visible:
            if len(self._visible) > 500:
                self._visible.clear()
            rows = self.rows(actor.language).values()
            self._visible[kind] = tuple(row for row in rows if access.may(actor, "category.read", row))
        return self._visible[kind]


_kept: "WeakKeyDictionary[Engine, Catalogue]" = WeakKeyDictionary()


def _load(stamp: str) -> Catalogue:
    rows = db.session.execute(
        select(
            CATEGORIES.c.id,
            CATEGORIES.c.slug,
            CATEGORIES.c.name,
            CATEGORIES.c.description,
            CATEGORIES.c.hue,
            CATEGORIES.c.position,
            CATEGORIES.c.parent_id,
            GRANTS.c.verb,
            GRANTS.c.group_id,
        )
        .join_from(CATEGORIES, GRANTS, GRANTS.c.category_id == CATEGORIES.c.id, isouter=True)
        .order_by(CATEGORIES.c.position, CATEGORIES.c.id)
    ).all()
    grants: dict[int, set[tuple[str, int]]] = {}
    for row in rows:
        found = grants.setdefault(row.id, set())
        if row.verb is not None:
            found.add((row.verb, row.group_id))
    first = {row.id: row for row in reversed(rows)}
    settings = tuple(
        CategorySettings(
            id=id,
            slug=first[id].slug,
            name=first[id].name,
            description=first[id].description,
            hue=first[id].hue,
            position=first[id].position,
            parent_id=first[id].parent_id,
            grants=frozenset(given),
        )
        for id, given in grants.items()
    )
    return Catalogue(stamp, settings)


def catalogue(stamp: str | None = None) -> Catalogue:
    """All categories. With the stamp that was just read, no statement is needed as long as nothing has changed."""
    if stamp is None:
        stamp = db.session.execute(select(STAMP)).scalar_one()
    kept = _kept.get(db.engine)
    if kept is not None and kept.stamp == stamp:
        return kept
    loaded = _load(stamp)
    if not in_transaction():  # what may yet be rolled back must not be kept
        _kept[db.engine] = loaded
    return loaded


def forget() -> None:
    """Drops what is kept in this process (for tests that exchange the database behind an engine)."""
    _kept.clear()


def categories(actor: Actor, stamp: str | None = None) -> tuple[CategoryRow, ...]:
    """The categories that the actor may see, in their order."""
    return catalogue(stamp).visible(actor)


def categories_to_start_in(actor: Actor, stamp: str | None = None) -> tuple[CategoryRow, ...]:
    """The categories in which groups and roles let the actor start a thread, whatever else stands against it."""
    return tuple(row for row in categories(actor, stamp) if access.may(actor, "category.choose", row))


def categories_to_move_to(actor: Actor, thread: ThreadRow, stamp: str | None = None) -> tuple[CategoryRow, ...]:
    """The categories among which the actor may move a thread, its own included."""
    return tuple(
        row for row in categories(actor, stamp) if access.may(actor, "thread.move", replace(thread, category=row))
    )


def categories_moderated_by(actor: Actor, group_id: int, stamp: str | None = None) -> tuple[CategoryRow, ...]:
    """The categories that a group may moderate. Raises Denied unless the actor may manage them."""
    access.require(actor, "category.manage")
    return tuple(row for row in catalogue(stamp).rows(actor.language).values() if (MODERATE, group_id) in row.grants)


def opens_categories(group_ids: Iterable[int], stamp: str | None = None) -> bool:
    """Whether a category names one of these groups: who is in it may see or do there what not everybody may. It asks no
    permission, so it is nothing to show."""
    asked = set(group_ids)
    return any(group in asked for row in catalogue(stamp).settings for _verb, group in row.grants)


@dataclass(frozen=True, slots=True)
class GrantedCategory:
    """A category that names a group: for what (some of VERBS), and whether nobody else may see it but the team."""

    id: int
    name: str
    verbs: frozenset[str]
    is_its_alone: bool


def categories_naming(actor: Actor, group_id: int, stamp: str | None = None) -> tuple[GrantedCategory, ...]:
    """The categories that say what a group may do in them. Raises Denied unless the actor may manage them."""
    access.require(actor, "category.manage")
    found = []
    for row in catalogue(stamp).rows(actor.language).values():
        verbs = frozenset(verb for verb, group in row.grants if group == group_id)
        if verbs:
            seeing = {group for verb, group in row.grants if verb in SEEING}
            found.append(GrantedCategory(row.id, row.name, verbs, seeing == {group_id}))
    return tuple(found)


def threads_held(actor: Actor, category_id: int) -> tuple[int, int]:
    """How many threads stand in a category, and how many of them are shown to its readers."""
    access.require(actor, "category.manage")
    shown = func.count().filter(THREADS.c.state == PUBLISHED)
    every, some = db.session.execute(select(func.count(), shown).where(THREADS.c.category_id == category_id)).one()
    return every, some


def get_category(actor: Actor, wanted: int | str, stamp: str | None = None) -> CategoryRow:
    """A category by id or slug. Raises NotFound for one that isn't there or that the actor may not see."""
    for row in categories(actor, stamp):
        if wanted in (row.id, row.slug):
            return row
    raise NotFound


def category_is_there(category_id: int) -> bool:
    """Whether there is this category; it stays until the transaction ends."""
    if not 0 < category_id < 2**63:
        return False
    held = select(CATEGORIES.c.id).where(CATEGORIES.c.id == category_id)
    return db.session.scalar(held.with_for_update(read=True, key_share=True)) is not None


def category_settings(actor: Actor) -> tuple[CategorySettings, ...]:
    """All categories as the operator edits them. Raises Denied unless the actor may manage them."""
    access.require(actor, "category.manage")
    return catalogue().settings
