"""The fields of profiles, and what members have filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.core.exchange import CHUNK, batched
from forum.core.locale import SOURCE, text_in
from forum.members.models import CHOICE, LINK, PROFILE_FIELDS, PROFILE_VALUES
from forum.members.policy import Account, visible_fields


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field as the operator has defined it; names by language. `options` are those of a choice, each with its key;
    one that `is_by_team` is filled in by the team alone."""

    id: int
    names: Mapping[str, str]
    kind: str
    audience: str
    options: Sequence[tuple[str, Mapping[str, str]]]
    is_by_team: bool

    def name(self, language: str) -> str:
        return text_in(self.names, language)


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field to fill in, in the language of who does so, with what stands there so far."""

    id: int
    name: str
    kind: str
    audience: str
    options: Sequence[tuple[str, str]]
    value: str


@dataclass(frozen=True, slots=True)
class ShownField:
    """What a member has filled in, as a reader sees it; `address` is where a link leads."""

    name: str
    text: str
    address: str = ""


_COLUMNS = (
    PROFILE_FIELDS.c.id,
    PROFILE_FIELDS.c.name,
    PROFILE_FIELDS.c.kind,
    PROFILE_FIELDS.c.audience,
    PROFILE_FIELDS.c.options,
    PROFILE_FIELDS.c.is_by_team,
)
_ORDER = (PROFILE_FIELDS.c.position, PROFILE_FIELDS.c.id)


def _field(row: Any) -> FieldRow:
    options = [(str(option["key"]), option["name"]) for option in row.options]
    return FieldRow(row.id, row.name, row.kind, row.audience, options, row.is_by_team)


def profile_fields(actor: Actor) -> Sequence[FieldRow]:
    """All fields in their order, for those who define them."""
    require(actor, "profile_field.manage")
    return [_field(row) for row in db.session.execute(select(*_COLUMNS).order_by(*_ORDER))]


def profile_field(actor: Actor, id: int) -> FieldRow:
    """One of them. Raises NotFound."""
    found = next((row for row in profile_fields(actor) if row.id == id), None)
    if found is None:
        raise NotFound
    return found


def own_fields(actor: Actor) -> Sequence[OwnField]:
    """The fields that members fill in, with what the actor has."""
    return _to_fill_in(actor.member_id, actor.language, is_by_team=False)


def team_fields(actor: Actor, member_id: int) -> Sequence[OwnField]:
    """The fields that the team fills in, with what stands there about a member."""
    require(actor, "member.list")
    return _to_fill_in(member_id, actor.language, is_by_team=True)


def _to_fill_in(member_id: int, language: str, *, is_by_team: bool) -> Sequence[OwnField]:
    own = and_(PROFILE_VALUES.c.field_id == PROFILE_FIELDS.c.id, PROFILE_VALUES.c.member_id == member_id)
    rows = db.session.execute(
        select(*_COLUMNS, PROFILE_VALUES.c.value)
        .select_from(PROFILE_FIELDS.outerjoin(PROFILE_VALUES, own))
        .where(PROFILE_FIELDS.c.is_by_team.is_(is_by_team))
        .order_by(*_ORDER)
    )
    found = []
    for row in rows:
        field = _field(row)
        options = [(key, text_in(words, language)) for key, words in field.options]
        found.append(OwnField(row.id, field.name(language), row.kind, row.audience, options, row.value or ""))
    return found


def shown_fields(actor: Actor, member: Account) -> Sequence[ShownField]:
    """What a member has filled in, as far as the actor may see each field; the profile's own audience is asked by
    `member.know` before."""
    rows = db.session.execute(
        select(*_COLUMNS, PROFILE_VALUES.c.value)
        .join_from(PROFILE_VALUES, PROFILE_FIELDS, PROFILE_FIELDS.c.id == PROFILE_VALUES.c.field_id)
        .where(PROFILE_VALUES.c.member_id == member.id, visible_fields(actor, member))
        .order_by(*_ORDER)
    )
    return [shown for row in rows if (shown := _shown(row, actor.language)) is not None]


def _shown(row: Any, language: str) -> ShownField | None:
    field = _field(row)
    name = field.name(language)
    if row.kind == CHOICE:
        words = dict(field.options).get(row.value)
        return ShownField(name, text_in(words, language)) if words else None
    if row.kind == LINK:
        return ShownField(name, row.value.partition("://")[2].removesuffix("/"), row.value)
    return ShownField(name, row.value)


@dataclass(frozen=True, slots=True)
class SeenChoice:
    """A field with several options that a reader may see filled in, in their language; options with their keys."""

    id: int
    name: str
    options: Sequence[tuple[str, str]]


def seen_choices(actor: Actor) -> Sequence[SeenChoice]:
    """The fields by which the actor may look for members: what they see on any profile that they may know."""
    require(actor, "member.browse")
    kept = PROFILE_FIELDS.c.kind == CHOICE, visible_fields(actor, None)
    found = [_field(row) for row in db.session.execute(select(*_COLUMNS).where(*kept).order_by(*_ORDER))]
    return [
        SeenChoice(
            field.id,
            field.name(actor.language),
            [(key, text_in(words, actor.language)) for key, words in field.options],
        )
        for field in found
    ]


def filled_in(member_ids: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
    """What each of these members has filled in, by the field's name, for the export; asks nobody's permission."""
    found: dict[int, dict[str, str]] = {}
    for chunk in batched(member_ids, CHUNK):
        for row in db.session.execute(
            select(PROFILE_VALUES.c.member_id, PROFILE_VALUES.c.value, *_COLUMNS)
            .join_from(PROFILE_VALUES, PROFILE_FIELDS, PROFILE_FIELDS.c.id == PROFILE_VALUES.c.field_id)
            .where(PROFILE_VALUES.c.member_id.in_(chunk))
            .order_by(PROFILE_VALUES.c.member_id, *_ORDER)
        ):
            options = {key: text_in(words, SOURCE) for key, words in _field(row).options}
            value = options.get(row.value, "") if row.kind == CHOICE else row.value
            found.setdefault(row.member_id, {})[text_in(row.name, SOURCE)] = value
    return found
