"""Categories, as the operator edits them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.exc import IntegrityError

from forum import access, text
from forum.community import actions as community
from forum.core import audit, events, ordering
from forum.core.actor import EVERYONE, MEMBERS, Actor
from forum.core.database import db
from forum.core.errors import Invalid, NotFound
from forum.members import actions as members
from forum.members.models import GROUPS, OPEN
from forum.members.queries import LETS_ANYBODY_IN
from forum.threads.events import CategoriesChanged, GrantsChanged
from forum.threads.models import CATEGORIES, GRANTS, MODERATE, REPLY, SEE, START, VERBS

NAME_LENGTH = 60
OPEN_TO_ALL = frozenset({(SEE, EVERYONE), (START, MEMBERS), (REPLY, MEMBERS)})
"""Everyone reads, members write."""
TEAM_STARTS = OPEN_TO_ALL - {(START, MEMBERS)}
"""The same, but only the team starts threads."""


@dataclass(frozen=True, slots=True)
class CategoryDraft:
    """A category; name and description by language."""

    name: Mapping[str, str]
    description: Mapping[str, str] = field(default_factory=dict)
    hue: int = 200
    slug: str = ""
    grants: frozenset[tuple[str, int]] = OPEN_TO_ALL


def _checked(draft: CategoryDraft, id: int | None) -> dict[str, Any]:
    names = {language: name.strip() for language, name in draft.name.items() if name.strip()}
    if not names:
        raise Invalid("required", "name")
    if any(len(name) > NAME_LENGTH for name in names.values()):
        raise Invalid("too-long", "name", limit=NAME_LENGTH)
    if not 0 <= draft.hue < 360:
        raise Invalid("unknown-choice", "hue")
    slug = text.slug(draft.slug or names.get("en") or next(iter(names.values())))[:80]
    if not slug or _is_taken(slug, id):
        raise Invalid("slug-taken", "slug")
    described = {language: words.strip() for language, words in draft.description.items() if words.strip()}
    return {"name": names, "description": described, "hue": draft.hue, "slug": slug}


def _is_taken(slug: str, by_other_than: int | None) -> bool:
    taken = select(CATEGORIES.c.id).where(CATEGORIES.c.slug == slug, CATEGORIES.c.id != (by_other_than or 0))
    return db.session.scalar(taken) is not None


@contextmanager
def _slug_is_free() -> Iterator[None]:
    """Somebody may take the address between the look at it and the writing."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        raise Invalid("slug-taken", "slug") from error


def _check_grants(grants: frozenset[tuple[str, int]]) -> None:
    """Raises Invalid for a verb or group that there isn't, and for moderating by a group that whoever likes is in."""
    columns = (GROUPS.c.id, GROUPS.c.name, GROUPS.c.is_builtin, LETS_ANYBODY_IN.label("lets_anybody_in"))
    ids = {group for _verb, group in grants}
    # Held first and read then: a group that is opened at the same moment waits, or is seen as opened.
    db.session.execute(select(GROUPS.c.id).where(GROUPS.c.id.in_(ids)).order_by(GROUPS.c.id).with_for_update())
    groups = db.session.execute(select(*columns).where(GROUPS.c.id.in_(ids)).order_by(GROUPS.c.id)).all()
    if ids != {group.id for group in groups} or any(verb not in VERBS for verb, _group in grants):
        raise Invalid("unknown-choice", "grants")
    for group in groups:
        if (MODERATE, group.id) in grants and group.is_builtin:
            raise Invalid("moderating-everybody", MODERATE)
        if (MODERATE, group.id) in grants and group.lets_anybody_in:
            raise Invalid("moderating-open-group", MODERATE, name=group.name)


def check_way_in(group_id: int) -> None:
    """For who has said how one gets into a group: raises Invalid beside what lets everybody into one that may moderate
    a category."""
    moderates = exists().where(GRANTS.c.group_id == GROUPS.c.id, GRANTS.c.verb == MODERATE)
    wanted = select(GROUPS.c.way_in).where(GROUPS.c.id == group_id, LETS_ANYBODY_IN, moderates)
    way_in = db.session.scalar(wanted)
    if way_in is not None:
        raise Invalid("group-moderates", "way_in" if way_in == OPEN else "choices")


def _write_grants(actor: Actor, category_id: int, grants: frozenset[tuple[str, int]]) -> None:
    """A group that keeps order here from now on drops its open invitations and the links into it: whoever was asked in
    before isn't meant to moderate by that."""
    _check_grants(grants)
    former = delete(GRANTS).where(GRANTS.c.category_id == category_id).returning(GRANTS.c.verb, GRANTS.c.group_id)
    before = {(verb, group) for verb, group in db.session.execute(former)}
    for verb, group in sorted(grants - before):
        if verb == MODERATE:
            members.drop_invites(actor, group)
    rows = [{"category_id": category_id, "verb": verb, "group_id": group} for verb, group in sorted(grants)]
    if rows:
        db.session.execute(plain_insert(GRANTS), rows)


def _grants_of(category_id: int) -> dict[str, Any]:
    found = db.session.execute(select(GRANTS.c.verb, GRANTS.c.group_id).where(GRANTS.c.category_id == category_id))
    return {"grants": sorted([verb, group] for verb, group in found)}


def _changed(actor: Actor, act: str, category_id: int | None, before: Any, after: Any) -> None:
    """Tells guests' pages and every process of it, and keeps a record."""
    community.bump_epoch()
    audit.record(actor, act, ("category", category_id), before=before, after=after)
    events.publish(CategoriesChanged(actor.id))


def create_category(actor: Actor, draft: CategoryDraft) -> int:
    """Adds a category at the end; returns its id. Raises Invalid for a name or address that won't do."""
    access.require(actor, "category.manage")
    values = _checked(draft, None)
    position = int(db.session.scalar(select(func.coalesce(func.max(CATEGORIES.c.position), 0))) or 0) + 1
    fresh = {"position": position, "thread_count": 0, "post_count": 0, "version": 1, **values}
    with _slug_is_free():
        id = int(db.session.execute(plain_insert(CATEGORIES).values(fresh).returning(CATEGORIES.c.id)).scalar_one())
    _write_grants(actor, id, draft.grants)
    _changed(actor, "category.create", id, None, values | _grants_of(id))
    return id


def update_category(actor: Actor, id: int, draft: CategoryDraft) -> None:
    """Changes name, description, colour and address of a category; its grants stay."""
    access.require(actor, "category.manage")
    values = _checked(draft, id)
    columns = (CATEGORIES.c[name] for name in values)
    found = db.session.execute(select(*columns).where(CATEGORIES.c.id == id).with_for_update()).first()
    if found is None:
        raise NotFound
    changed = update(CATEGORIES).where(CATEGORIES.c.id == id).values(version=CATEGORIES.c.version + 1, **values)
    with _slug_is_free():
        db.session.execute(changed)
    _changed(actor, "category.update", id, found._asdict(), values)


def set_grants(actor: Actor, id: int, grants: frozenset[tuple[str, int]]) -> None:
    """Says which groups may see a category, start threads, reply and keep order in it. Raises Invalid for a group that
    isn't there, and beside `moderate` for one that holds everybody or that everybody may join."""
    access.require(actor, "category.manage")
    if db.session.scalar(select(CATEGORIES.c.id).where(CATEGORIES.c.id == id)) is None:
        raise NotFound
    before = _grants_of(id)
    _write_grants(actor, id, grants)
    after = {"grants": [list(one) for one in sorted(grants)]}
    _changed(actor, "category.grants", id, before, after)
    if after != before:
        events.publish(GrantsChanged(id))


def forget_group(actor: Actor, group_id: int) -> None:
    """No category names this group any more, which is about to be deleted: a category that it alone could see is the
    team's from now on."""
    access.require(actor, "category.manage")
    named = select(GRANTS.c.category_id).where(GRANTS.c.group_id == group_id).distinct()
    for category_id in sorted(db.session.scalars(named)):
        before = _grants_of(category_id)
        db.session.execute(delete(GRANTS).where(GRANTS.c.category_id == category_id, GRANTS.c.group_id == group_id))
        _changed(actor, "category.grants", category_id, before, _grants_of(category_id))


def move_category(actor: Actor, id: int, direction: str) -> None:
    """Moves a category by a place, `up` or `down`, in the order as it is now. Raises NotFound."""
    access.require(actor, "category.manage")
    present = ordering.held_order(CATEGORIES)
    order = ordering.moved(present, id, direction)
    if order != present:
        ordering.write_order(CATEGORIES, order)
        _changed(actor, "category.order", None, {"order": present}, {"order": order})
