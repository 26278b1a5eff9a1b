"""Fields of profiles: defining them, filling them in, and who sees what was filled in."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from forum.core import actor as actors
from forum.core.actor import SYSTEM, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Invalid, NotFound
from forum.members import actions, queries
from forum.members.actions import FieldDraft
from forum.members.models import MEMBERS, MOST_FIELDS, PROFILE_VALUES
from tests.factories.members import a_field, a_member, fill

CHOICE = {"en": "Cargo\nTrekking", "de": "Lastenrad\nReiserad"}


def value_of(member: Actor, field: int) -> str:
    return next(one.value for one in queries.own_fields(member) if one.id == field)


def shown(viewer: Actor, member: Actor) -> dict[str, str]:
    return {one.name: one.text for one in queries.shown_fields(viewer, queries.profile(viewer, member.username))}


def keys(field: int) -> dict[str, str]:
    """The options by their English words."""
    return {words["en"]: key for key, words in queries.profile_field(SYSTEM, field).options}


def change(field: int, **options: str) -> None:
    with transaction() as system:
        actions.update_field(system, field, FieldDraft({"en": "Bike"}, "choice", "everybody", options))


def test_each_audience_sees_its_fields_and_the_owner_and_the_team_all(app: Flask) -> None:
    anna, ben, mod = a_member("anna"), a_member("ben"), a_member("mod", roles=("moderator",))
    for audience in ("everybody", "members", "staff"):
        fill(anna, {a_field(audience, audience=audience): f"for {audience}"})
    seen = {"everybody": "for everybody", "members": "for members", "staff": "for staff"}
    assert shown(anna, anna) == shown(mod, anna) == seen
    del seen["staff"]
    assert shown(ben, anna) == seen
    assert shown(actors.guest(), anna) == {"everybody": "for everybody"}


def test_a_choice_is_kept_by_its_key_and_shown_in_the_readers_language(app: Flask) -> None:
    anna, german = a_member("anna"), a_member("gerd", language="de")
    field = a_field("Bike", "choice", options=CHOICE)
    fill(anna, {field: keys(field)["Trekking"]})
    assert shown(anna, anna) == {"Bike": "Trekking"}
    assert shown(german, anna) == {"Bike de": "Reiserad"}
    change(field, en="Touring\nCargo\nRacing", de="Reiserad\nLastenrad\nRennrad")
    assert shown(anna, anna) == {"Bike": "Touring"}
    change(field, en="Cargo\nRacing")
    assert shown(anna, anna) == {}
    assert value_of(anna, field) == ""


def test_a_new_option_never_takes_over_who_chose_a_removed_one(app: Flask) -> None:
    field = a_field("Bike", "choice", options=CHOICE)
    before = keys(field)
    change(field, en="Cargo\nRacing")
    after = keys(field)
    assert after["Cargo"] == before["Cargo"]
    assert after["Racing"] not in before.values()


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  Berlin \n Mitte ", "Berlin Mitte"),
        ("text", "<b>bold</b>", "<b>bold</b>"),
        ("text", "👩‍🔧", "👩‍🔧"),
        ("text", "   ", ""),
        ("link", "example.org", "https://example.org"),
        ("link", "example.org/ä?b=1#c", "https://example.org/ä?b=1#c"),
        ("link", "HTTP://example.org/", "HTTP://example.org/"),
        ("link", "", ""),
    ],
)
def test_what_fits_is_kept_in_one_line(app: Flask, kind: str, typed: str, kept: str) -> None:
    anna, field = a_member("anna"), a_field("F", kind)
    fill(anna, {field: typed})
    assert value_of(anna, field) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("text", "x" * 201, "too-long"),
        ("text", "left\u202eright", "invisible-signs"),
        ("choice", "99", "unknown-choice"),
        ("choice", "Cargo", "unknown-choice"),
        ("link", "javascript:alert(1)", "field-link"),
        ("link", "javascript://example.org/%0aalert(1)", "field-link"),
        ("link", "data:text/html,x", "field-link"),
        ("link", "ftp://example.org", "field-link"),
        ("link", "mailto:a@example.org", "field-link"),
        ("link", "https://", "field-link"),
        ("link", "https://nodots", "field-link"),
        ("link", "https://example.org@evil.test", "field-link"),
        ("link", "https://example.org:99999", "field-link"),
        ("link", "https://[broken", "field-link"),
        ("link", "https://exa mple.org", "field-link"),
        ("link", "https://example.org/\\evil", "field-link"),
        ("link", "https://example.org/" + "x" * 300, "too-long"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_and_nothing_changes(app: Flask, kind: str, typed: str, code: str) -> None:
    anna, field = a_member("anna"), a_field("F", kind, options=CHOICE if kind == "choice" else {})
    other = a_field("Other")
    with pytest.raises(Invalid) as refused:
        fill(anna, {other: "kept?", field: typed})
    assert (refused.value.code, refused.value.field) == (code, f"field_{field}")
    assert value_of(anna, other) == ""


def test_fields_that_are_not_named_stay_and_those_that_are_gone_are_left_out(app: Flask) -> None:
    anna, first, second = a_member("anna"), a_field("A"), a_field("B")
    fill(anna, {first: "one", second: "two"})
    fill(anna, {second: "", 2**40: "nothing"})
    assert [one.value for one in queries.own_fields(anna)] == ["one", ""]


def test_values_go_with_their_field_and_with_the_account(app: Flask) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    first, second = a_field("A"), a_field("B")
    for member in (anna, ben):
        fill(member, {first: "one", second: "two"})
    with transaction() as system:
        actions.delete_field(system, first)
        db.session.execute(delete(MEMBERS).where(MEMBERS.c.id == ben.member_id))
    rows = db.session.execute(select(PROFILE_VALUES.c.member_id, PROFILE_VALUES.c.field_id)).all()
    assert [tuple(row) for row in rows] == [(anna.member_id, second)]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"name": {}}, "required", "name"),
        ({"name": {"en": " "}}, "required", "name"),
        ({"name": {"en": "x" * 61}}, "too-long", "name_en"),
        ({"kind": "number"}, "unknown-choice", "kind"),
        ({"audience": "nobody"}, "unknown-choice", "audience"),
        ({"options": {"en": "one"}}, "options-few", "options"),
        ({"options": {}}, "options-few", "options"),
        ({"options": {"en": "a\nb", "de": "a"}}, "options-uneven", "options"),
        ({"options": {"en": "a\nA", "de": "a\nb"}}, "options-twice", "options_en"),
        ({"options": {"en": "\n".join(map(str, range(51)))}}, "options-many", "options"),
    ],
)
def test_a_field_that_will_not_do_is_refused(app: Flask, changed: Mapping[str, Any], code: str, field: str) -> None:
    good: dict[str, Any] = {"name": {"en": "Bike"}, "kind": "choice", "audience": "staff", "options": CHOICE}
    with pytest.raises(Invalid) as refused, transaction() as system:
        actions.create_field(system, FieldDraft(**good | changed))
    assert (refused.value.code, refused.value.field) == (code, field)
    assert queries.profile_fields(SYSTEM) == []


def test_there_are_as_many_as_a_form_can_hold(app: Flask) -> None:
    for number in range(MOST_FIELDS):
        a_field(f"Field {number}")
    with pytest.raises(Conflict):
        a_field("One more")


def test_what_a_field_holds_stays(app: Flask) -> None:
    field = a_field("A")
    with pytest.raises(Invalid), transaction() as system:
        actions.update_field(system, field, FieldDraft({"en": "A"}, "link", "everybody"))


def test_every_act_is_in_the_audit_log_with_before_and_after(app: Flask) -> None:
    manager = a_member("manager", roles=("manager",))
    with transaction(manager) as actor:
        first = actions.create_field(actor, FieldDraft({"en": "A"}, "text", "everybody"))
        second = actions.create_field(actor, FieldDraft({"en": "B"}, "text", "everybody"))
        actions.update_field(actor, first, FieldDraft({"en": "A"}, "text", "everybody"))  # changes nothing
        actions.update_field(actor, first, FieldDraft({"en": "A"}, "text", "staff"))
        actions.move_field(actor, second, "up")
        actions.delete_field(actor, second)
    assert [row.names["en"] for row in queries.profile_fields(SYSTEM)] == ["A"]
    asked = select(AuditEntry).where(AuditEntry.target_kind == "profile_field").order_by(AuditEntry.id)
    entries = db.session.scalars(asked).all()
    assert [entry.act.partition(".")[2] for entry in entries] == ["create", "create", "update", "order", "delete"]
    update = entries[2]
    assert update.before is not None
    assert update.after is not None
    assert (update.before["audience"], update.after["audience"]) == ("everybody", "staff")
    former = {"name": {"en": "B"}, "kind": "text", "audience": "everybody", "options": [], "is_by_team": False}
    assert entries[4].before == former


def test_only_managers_and_administrators_define_fields(app: Flask) -> None:
    field = a_field("A")
    draft = FieldDraft({"en": "B"}, "text", "everybody")
    for role in ((), ("moderator",), ("product",)):
        someone = a_member(f"someone{len(role)}{''.join(role)}", roles=role)
        for act in (
            lambda actor: actions.create_field(actor, draft),
            lambda actor: actions.update_field(actor, field, draft),
            lambda actor: actions.move_field(actor, field, "up"),
            lambda actor: actions.delete_field(actor, field),
        ):
            with pytest.raises(Denied), transaction(someone) as actor:
                act(actor)
        with pytest.raises(Denied):
            queries.profile_fields(someone)
    assert db.session.scalar(select(func.count()).select_from(PROFILE_VALUES)) == 0
    with pytest.raises(NotFound), transaction() as system:
        actions.delete_field(system, 2**40)
