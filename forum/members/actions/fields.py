"""The fields of profiles as the operator defines them. Values that no longer fit their field go at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from forum.access import require
from forum.community.words import Words, one_line
from forum.core import audit
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid, NotFound
from forum.core.ordering import held_order, moved, write_order
from forum.members.actions.automatic import fit_everybody, forget_choices
from forum.members.models import (
    CHOICE,
    FIELD_KINDS,
    FIELD_NAME_LENGTH,
    MOST_CHOICES,
    MOST_FIELDS,
    PROFILE_AUDIENCES,
    PROFILE_FIELDS,
    PROFILE_VALUES,
)
from forum.members.queries.automatic import groups_filled_by

LEAST_CHOICES = 2


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A field: its name by language, what it holds, who sees it, the options of a choice by language, each on a line of
    its own: the first lines of all languages are one option; and whether the team alone fills it in."""

    name: Words
    kind: str
    audience: str
    options: Words = field(default_factory=dict)
    is_by_team: bool = False


def create_field(actor: Actor, draft: FieldDraft) -> int:
    """Adds a field at the end; returns its id. Raises Invalid beside what won't do, Conflict for one too many."""
    require(actor, "profile_field.manage")
    values = _checked(draft, [])
    if len(held_order(PROFILE_FIELDS)) >= MOST_FIELDS:
        raise Conflict("fields-many", limit=MOST_FIELDS)
    position = int(db.session.scalar(select(func.coalesce(func.max(PROFILE_FIELDS.c.position), 0))) or 0) + 1
    made = insert(PROFILE_FIELDS).values(position=position, **values).returning(PROFILE_FIELDS.c.id)
    id = int(db.session.execute(made).scalar_one())
    audit.record(actor, "profile_field.create", ("profile_field", id), after=values)
    return id


def update_field(actor: Actor, id: int, draft: FieldDraft) -> None:
    """Changes a field, but not what it holds. Options keep whoever chose them as long as one of their words stays;
    choices of one that is gone go with it, and nobody belongs to a group by it any more. What members have filled
    in goes, too, when the team takes a field over; one that leads into groups is not left to them again. Raises as
    `create_field` does."""
    require(actor, "profile_field.manage")
    before = _held(id)
    values = _checked(draft, before.options)
    if values["kind"] != before.kind:
        raise Invalid("field-kind-stays", "kind")
    filled = groups_filled_by(actor, id)
    if before.is_by_team and not values["is_by_team"] and filled:
        raise Invalid("field-fills-groups", "filled_by", groups=", ".join(name for _id, name in filled))
    former = {name: getattr(before, name) for name in values}
    if former == values:
        return
    db.session.execute(update(PROFILE_FIELDS).where(PROFILE_FIELDS.c.id == id).values(**values))
    if before.kind == CHOICE:
        kept = [option["key"] for option in values["options"]]
        gone = PROFILE_VALUES.c.field_id == id, PROFILE_VALUES.c.value.not_in(kept)
        db.session.execute(delete(PROFILE_VALUES).where(*gone))
        forget_choices(id, kept)
    if values["is_by_team"] and not before.is_by_team:
        db.session.execute(delete(PROFILE_VALUES).where(PROFILE_VALUES.c.field_id == id))
        for group_id, _name in filled:
            fit_everybody(group_id)
    audit.record(actor, "profile_field.update", ("profile_field", id), before=former, after=values)


def move_field(actor: Actor, id: int, direction: str) -> None:
    """Moves a field by a place, `up` or `down`, in the order as it is now. Raises NotFound."""
    require(actor, "profile_field.manage")
    present = held_order(PROFILE_FIELDS)
    order = moved(present, id, direction)
    if order != present:
        write_order(PROFILE_FIELDS, order)
        states = {"order": present}, {"order": order}
        audit.record(actor, "profile_field.order", ("profile_field", None), before=states[0], after=states[1])


def delete_field(actor: Actor, id: int) -> None:
    """Removes a field and what members have filled in; nobody belongs to a group by it any more. Raises NotFound."""
    require(actor, "profile_field.manage")
    before = _held(id)
    forget_choices(id)
    db.session.execute(delete(PROFILE_VALUES).where(PROFILE_VALUES.c.field_id == id))
    db.session.execute(delete(PROFILE_FIELDS).where(PROFILE_FIELDS.c.id == id))
    former = {name: getattr(before, name) for name in ("name", "kind", "audience", "options", "is_by_team")}
    audit.record(actor, "profile_field.delete", ("profile_field", id), before=former)


def _held(id: int) -> Any:
    found = db.session.execute(select(PROFILE_FIELDS).where(PROFILE_FIELDS.c.id == id).with_for_update()).first()
    if found is None:
        raise NotFound
    return found


def _checked(draft: FieldDraft, former: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The columns of a field. Raises Invalid beside `name`, `kind`, `audience` or `options`, or `name_de` …"""
    names = one_line(draft.name, "name", FIELD_NAME_LENGTH)
    if not names:
        raise Invalid("required", "name")
    if draft.kind not in FIELD_KINDS:
        raise Invalid("unknown-choice", "kind")
    if draft.audience not in PROFILE_AUDIENCES:
        raise Invalid("unknown-choice", "audience")
    options = _options(draft.options, former) if draft.kind == CHOICE else []
    return {
        "name": names,
        "kind": draft.kind,
        "audience": draft.audience,
        "options": options,
        "is_by_team": draft.is_by_team,
    }


def _options(given: Mapping[str, str], former: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The options with their keys, by which members' choices know them: one that has a word of a former one in the same
    language keeps its key."""
    lines = {language: [line for line in said.splitlines() if line.strip()] for language, said in given.items()}
    lines = {language: said for language, said in lines.items() if said}
    if len({len(said) for said in lines.values()}) > 1:
        raise Invalid("options-uneven", "options")
    wanted = [
        one_line(dict(zip(lines, together, strict=True)), "options", FIELD_NAME_LENGTH)
        for together in zip(*lines.values(), strict=True)
    ]
    if len(wanted) < LEAST_CHOICES:
        raise Invalid("options-few", "options", limit=LEAST_CHOICES)
    if len(wanted) > MOST_CHOICES:
        raise Invalid("options-many", "options", limit=MOST_CHOICES)
    for language in lines:
        if len({words.get(language, "").casefold() for words in wanted}) < len(wanted):
            raise Invalid("options-twice", f"options_{language}")
    free = {str(option["key"]): option["name"] for option in former}
    newest = max((int(key) for key in free), default=0)
    made: list[dict[str, Any]] = []
    for words in wanted:
        key = next((key for key, name in free.items() if words.items() & name.items()), None)
        if key is None:
            newest += 1
            key = str(newest)
        else:
            del free[key]
        made.append({"key": key, "name": words})
    return made
