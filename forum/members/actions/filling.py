"""What members, and the team about them, fill into the fields of profiles."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete, select

from forum import text
from forum.access import require
from forum.core import audit
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Invalid
from forum.core.locale import SOURCE, languages, text_in
from forum.members.actions.automatic import fit_to_groups
from forum.members.models import (
    CHOICE,
    FIELD_LINK_LENGTH,
    FIELD_TEXT_LENGTH,
    LINK,
    PROFILE_FIELDS,
    PROFILE_VALUES,
    Member,
)
from forum.members.names import is_invisible
from forum.members.queries.admin import held_roles


def fill_in(actor: Actor, member: Member, given: Mapping[int, str]) -> None:
    """Keeps these values, by the field's id; an empty one takes away what was there, a field that isn't named keeps it,
    and one that was removed meanwhile, or that the team fills in, is left out. Who belongs to groups by a choice does
    so at once. Raises Invalid beside `field_<id>` for what the field can't hold."""
    require(actor, "member.edit", member)
    _keep(member.id, given, is_by_team=False)


def fill_in_by_team(actor: Actor, member: Member, given: Mapping[int, str]) -> None:
    """The same of the fields that the team fills in; kept in the audit log."""
    require(actor, "member.groups", held_roles(member.id))
    before, after = _keep(member.id, given, is_by_team=True)
    if after:
        audit.record(actor, "member.fields", ("member", member.id), before=before, after=after)


def _keep(member_id: int, given: Mapping[int, str], *, is_by_team: bool) -> tuple[dict[str, str], dict[str, str]]:
    """What was in those of these fields that are filled in so and change, and what is now, in words."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    if not given:
        return before, after
    wanted = select(PROFILE_FIELDS).where(PROFILE_FIELDS.c.id.in_(given), PROFILE_FIELDS.c.is_by_team.is_(is_by_team))
    fields = db.session.execute(wanted.order_by(PROFILE_FIELDS.c.id).with_for_update(read=True)).all()
    own = PROFILE_VALUES.c.member_id == member_id, PROFILE_VALUES.c.field_id.in_([field.id for field in fields])
    held = {row.field_id: row.value for row in db.session.execute(select(PROFILE_VALUES).where(*own))}
    values = {}
    for field in fields:
        name = text_in(field.name, SOURCE)
        words = {str(option["key"]): text_in(option["name"], SOURCE) for option in field.options}
        value = values[field.id] = checked_value(field.kind, list(words), given[field.id], field.id)
        former = held.get(field.id, "")
        if value != former:
            before[name], after[name] = words.get(former, former), words.get(value, value)
    emptied = [id for id in held if not values[id]]
    if emptied:
        gone = PROFILE_VALUES.c.member_id == member_id, PROFILE_VALUES.c.field_id.in_(emptied)
        db.session.execute(delete(PROFILE_VALUES).where(*gone))
    rows = [{"member_id": member_id, "field_id": id, "value": value} for id, value in values.items() if value]
    if rows:
        statement = insert(PROFILE_VALUES).values(rows)
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=[PROFILE_VALUES.c.member_id, PROFILE_VALUES.c.field_id],
                set_={"value": statement.excluded.value},
            )
        )
    if any(field.kind == CHOICE and held.get(field.id, "") != values[field.id] for field in fields):
        fit_to_groups([member_id])
    return before, after


def bring_in_values(given: Mapping[int, Mapping[str, Any]]) -> int:
    """What an archive says of new members, by member and name of a field: kept where a field is called so in some
    language and can hold it. Returns how many values are left out."""
    if not any(given.values()):
        return 0
    fields = {
        name.casefold(): field
        for field in db.session.execute(select(PROFILE_FIELDS))
        for name in {text_in(field.name, language) for language in languages()}
    }
    rows: dict[tuple[int, int], str] = {}
    left_out = 0
    for member_id, values in given.items():
        for name, said in values.items():
            field = fields.get(name.casefold())
            value = _value_said(field, said) if field is not None else ""
            if field is None or not value:
                left_out += 1
            else:
                rows[member_id, field.id] = value
    if rows:
        kept = [{"member_id": member, "field_id": field, "value": value} for (member, field), value in rows.items()]
        db.session.execute(insert(PROFILE_VALUES), kept)
    return left_out


def _value_said(field: Any, said: Any) -> str:
    """The value as it is kept, of an option by any of its names; empty where the field can't hold it."""
    if not isinstance(said, str):
        return ""
    if field.kind == CHOICE:
        return next((str(option["key"]) for option in field.options if said in option["name"].values()), "")
    try:
        return checked_value(field.kind, [], said, field.id)
    except Invalid:
        return ""


def checked_value(kind: str, keys: list[str], given: str, id: int) -> str:
    """The value as it is kept; empty for none. Raises Invalid beside `field_<id>`."""
    at = f"field_{id}"
    if is_invisible(" ".join(given.split())):
        raise Invalid("invisible-signs", at)
    value = text.clean_line(given).text
    if not value:
        return ""
    if kind == CHOICE:
        if value not in keys:
            raise Invalid("unknown-choice", at)
        return value
    if kind == LINK:
        return _checked_link(value, at)
    if len(value) > FIELD_TEXT_LENGTH:
        raise Invalid("too-long", at, limit=FIELD_TEXT_LENGTH)
    return value


def _checked_link(value: str, at: str) -> str:
    """An address of the web, with what stands before it if that was left out."""
    if "://" not in value and ":" not in value.partition("/")[0]:
        value = f"https://{value}"
    if len(value) > FIELD_LINK_LENGTH:
        raise Invalid("too-long", at, limit=FIELD_LINK_LENGTH)
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid("field-link", at) from error
    is_web = parts.scheme in {"http", "https"} and "." in host.strip(".") and not parts.username and not parts.password
    if not is_web or any(sign in value for sign in " \\<>\"'`{}|^"):
        raise Invalid("field-link", at)
    return value
