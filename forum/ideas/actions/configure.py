"""Product areas and statuses, as the operator edits them. Each stage keeps one status at least."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from forum import access, text
from forum.community import actions as community
from forum.core import audit, clock, ordering
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid, NotFound
from forum.ideas.models import AREAS, IDEAS, NAME_LENGTH, STAGES, STATUS_CHANGES, STATUSES
from forum.threads.queries import category_is_there


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """A product area; its name by language, and the category whose groups decide who sees its ideas."""

    name: Mapping[str, str]
    category_id: int
    slug: str = ""


@dataclass(frozen=True, slots=True)
class StatusDraft:
    """A status; its name by language, and the stage that says what it means."""

    name: Mapping[str, str]
    stage: str
    slug: str = ""


# ---------------------------------------------------------------- areas


def create_area(actor: Actor, draft: AreaDraft) -> int:
    """Adds an area at the end; returns its id. Raises Invalid for a name, an address or a category that won't do."""
    access.require(actor, "idea.configure")
    return _create(actor, AREAS, "area", _area_values(draft, None))


def update_area(actor: Actor, id: int, draft: AreaDraft) -> None:
    """Changes an area. Its category stays while ideas are in it (Conflict `area-has-ideas`): moving the area would show
    them to others without moving their threads."""
    access.require(actor, "idea.configure")
    values = _area_values(draft, id)
    before = _held(AREAS, id)
    if values["category_id"] != before.category_id and _has_ideas(IDEAS.c.area_id == id):
        raise Conflict("area-has-ideas")
    _change(actor, AREAS, "area", before, values)
    if values["slug"] != before.slug:
        _touch_all(IDEAS.c.area_id == id)


def move_area(actor: Actor, id: int, direction: str) -> None:
    """Moves an area by a place, `up` or `down`, in the order as it is now. Raises NotFound."""
    access.require(actor, "idea.configure")
    _move(actor, AREAS, "area", id, direction)


def delete_area(actor: Actor, id: int) -> None:
    """Removes an area. Its ideas stay where they are, without an area."""
    access.require(actor, "idea.configure")
    before = _held(AREAS, id)
    _touch_all(IDEAS.c.area_id == id, area_id=None)
    _remove(actor, AREAS, "area", before)


def _area_values(draft: AreaDraft, id: int | None) -> dict[str, Any]:
    # Held before the area is, in the order in which both are when the category is deleted.
    if not category_is_there(draft.category_id):
        raise Invalid("choose-category", "category")
    return {**_named(AREAS, draft.name, draft.slug, id), "category_id": draft.category_id}


# ---------------------------------------------------------------- statuses


def create_status(actor: Actor, draft: StatusDraft) -> int:
    """Adds a status at the end; returns its id. Raises Invalid for a name, an address or a stage that won't do."""
    access.require(actor, "idea.configure")
    return _create(actor, STATUSES, "status", _status_values(draft, None))


def update_status(actor: Actor, id: int, draft: StatusDraft) -> None:
    """Changes a status. Raises Conflict (`last-status-of-stage`) when its former stage would be left without any."""
    access.require(actor, "idea.configure")
    before = _held(STATUSES, id)
    values = _status_values(draft, id)
    if values["stage"] != before.stage:
        _require_another(before)
    _change(actor, STATUSES, "status", before, values)
    if (values["slug"], values["stage"]) != (before.slug, before.stage):
        _touch_all(IDEAS.c.status_id == id)


def move_status(actor: Actor, id: int, direction: str) -> None:
    """Moves a status by a place, as `move_area` does."""
    access.require(actor, "idea.configure")
    _move(actor, STATUSES, "status", id, direction)


def delete_status(actor: Actor, id: int) -> None:
    """Removes a status that no idea has or had. Raises Conflict (`status-has-ideas`, `last-status-of-stage`)."""
    access.require(actor, "idea.configure")
    before = _held(STATUSES, id)
    had = select(STATUS_CHANGES.c.id).where(STATUS_CHANGES.c.status_id == id).limit(1)
    if _has_ideas(IDEAS.c.status_id == id) or db.session.scalar(had) is not None:
        raise Conflict("status-has-ideas")
    _require_another(before)
    _remove(actor, STATUSES, "status", before)


def _status_values(draft: StatusDraft, id: int | None) -> dict[str, Any]:
    if draft.stage not in STAGES:
        raise Invalid("unknown-choice", "stage")
    return {**_named(STATUSES, draft.name, draft.slug, id), "stage": draft.stage}


def _require_another(status: Any) -> None:
    """New ideas, imports and the roadmap count on each stage having a status."""
    others = select(STATUSES.c.id).where(STATUSES.c.stage == status.stage, STATUSES.c.id != status.id).limit(1)
    if db.session.scalar(others) is None:
        raise Conflict("last-status-of-stage")


# ---------------------------------------------------------------- both


def _named(table: Table, given: Mapping[str, str], slug: str, id: int | None) -> dict[str, Any]:
    names = {language: name.strip() for language, name in given.items() if name.strip()}
    if not names:
        raise Invalid("required", "name")
    if any(len(name) > NAME_LENGTH for name in names.values()):
        raise Invalid("too-long", "name", limit=NAME_LENGTH)
    slug = text.slug(slug or names.get("en") or next(iter(names.values())))[:80]
    taken = select(table.c.id).where(table.c.slug == slug, table.c.id != (id or 0))
    if not slug or db.session.scalar(taken) is not None:
        raise Invalid("slug-taken", "slug")
    return {"name": names, "slug": slug}


def _touch_all(condition: Any, **values: Any) -> None:
    """Exports and the API name areas and statuses by their keys: whoever asks what is new is told of these ideas."""
    db.session.execute(update(IDEAS).where(condition).values(updated_at=clock.now(), **values))


def _has_ideas(condition: Any) -> bool:
    return db.session.scalar(select(IDEAS.c.thread_id).where(condition).limit(1)) is not None


def _held(table: Table, id: int) -> Any:
    found = db.session.execute(select(table).where(table.c.id == id).with_for_update()).first()
    if found is None:
        raise NotFound
    return found


def _create(actor: Actor, table: Table, what: str, values: Mapping[str, Any]) -> int:
    position = int(db.session.scalar(select(func.coalesce(func.max(table.c.position), 0))) or 0) + 1
    try:
        with db.session.begin_nested():
            id = int(
                db.session.execute(insert(table).values(position=position, **values).returning(table.c.id)).scalar_one()
            )
    except IntegrityError as error:  # somebody took the address between the look at it and the writing
        raise Invalid("slug-taken", "slug") from error
    _changed(actor, f"idea.{what}-create", (what, id), None, values)
    return id


def _change(actor: Actor, table: Table, what: str, before: Any, values: Mapping[str, Any]) -> None:
    former = {name: getattr(before, name) for name in values}
    if former == values:
        return
    try:
        with db.session.begin_nested():
            db.session.execute(update(table).where(table.c.id == before.id).values(**values))
    except IntegrityError as error:
        raise Invalid("slug-taken", "slug") from error
    _changed(actor, f"idea.{what}-update", (what, before.id), former, values)


def _remove(actor: Actor, table: Table, what: str, before: Any) -> None:
    db.session.execute(delete(table).where(table.c.id == before.id))
    _changed(actor, f"idea.{what}-delete", (what, before.id), {"slug": before.slug, "name": before.name}, None)


def _move(actor: Actor, table: Table, what: str, id: int, direction: str) -> None:
    present = ordering.held_order(table)
    order = ordering.moved(present, id, direction)
    if order != present:
        ordering.write_order(table, order)
        _changed(actor, f"idea.{what}-order", (what, None), {"order": present}, {"order": order})


def _changed(actor: Actor, act: str, target: tuple[str, int | None], before: Any, after: Any) -> None:
    community.bump_epoch()
    audit.record(actor, act, target, before=before, after=after)
