"""Groups that fill themselves by what is chosen in profiles, and fields that the team alone fills in."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, update

from forum.core.actor import SYSTEM, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Denied, Invalid
from forum.core.jobs import JOBS
from forum.core.worker import drain
from forum.members import actions, queries
from forum.members import jobs as member_jobs
from forum.members.actions import FieldDraft, GroupDraft
from forum.members.models import GROUP_CHOICES, GROUP_DOMAINS, GROUP_MEMBERS, MEMBERS, PROFILE_VALUES
from forum.wiring import CHECKS
from tests.factories.members import a_field, a_group, a_member, fill
from tests.factories.visitor import Visitor, read, words

CARGO, TREKKING = "1", "2"
OPTIONS = {"en": "Cargo\nTrekking", "de": "Lastenrad\nReiserad"}


def fills_by(group_id: int, *choices: tuple[int, str], domains: tuple[str, ...] = ()) -> None:
    with transaction() as system:
        group = queries.get_group(system, group_id)
        draft = GroupDraft(group.name, group.way_in, "everybody", domains=domains, choices=choices)
        actions.change_group(system, group, draft)


def belong(group_id: int) -> set[str]:
    names = select(MEMBERS.c.username).join(GROUP_MEMBERS, GROUP_MEMBERS.c.member_id == MEMBERS.c.id)
    return set(db.session.scalars(names.where(GROUP_MEMBERS.c.group_id == group_id)))


def change_field(field: int, *, is_by_team: bool = False, **options: str) -> None:
    with transaction() as system:
        draft = FieldDraft({"en": "Bike", "de": "Bike de"}, "choice", "everybody", options or OPTIONS, is_by_team)
        actions.update_field(system, field, draft)


def _removed(bike: int) -> None:
    with transaction() as system:
        actions.delete_field(system, bike)
    assert db.session.scalar(select(func.count()).select_from(GROUP_CHOICES)) == 0


@pytest.fixture
def bike(app: Flask) -> int:
    return a_field("Bike", "choice", options=OPTIONS)


@pytest.fixture
def riders(bike: int) -> int:
    group_id = a_group("Riders")
    fills_by(group_id, (bike, CARGO))
    return group_id


def test_whoever_chooses_it_belongs_at_once_and_leaves_with_another_choice(app: Flask, bike: int, riders: int) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    fill(anna, {bike: CARGO})
    fill(ben, {bike: TREKKING})
    assert belong(riders) == {"anna"}
    assert riders in queries.actor_of(anna.member_id).group_ids
    fill(anna, {bike: TREKKING})
    assert belong(riders) == set()
    fill(anna, {bike: CARGO})
    fill(anna, {bike: ""})
    assert belong(riders) == set()


def test_only_confirmed_accounts_come_in(app: Flask, bike: int, riders: int) -> None:
    anna = a_member("anna", is_confirmed=False)
    fill(anna, {bike: CARGO})
    assert belong(riders) == set()
    with transaction():
        actions.confirm(anna.member_id)
    assert belong(riders) == {"anna"}


def test_who_belongs_by_hand_or_by_the_address_too_stays(app: Flask, bike: int, riders: int) -> None:
    anna, ben = a_member("anna"), a_member("ben", groups=(riders,))
    fills_by(riders, (bike, CARGO), domains=("example.org",))
    drain(app.extensions["settings"])
    for who in (anna, ben):
        fill(who, {bike: CARGO})
        fill(who, {bike: ""})
    assert belong(riders) == {"anna", "ben"}
    fills_by(riders, (bike, CARGO))
    drain(app.extensions["settings"])
    assert belong(riders) == {"ben"}


def test_a_change_of_the_rule_is_worked_off_in_stretches(
    app: Flask, bike: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(member_jobs, "AT_ONCE", 2)
    names = {f"rider{number}" for number in range(5)}
    for name in names:
        fill(a_member(name), {bike: CARGO})
    group_id = a_group("Riders")
    fills_by(group_id, (bike, TREKKING), (bike, CARGO))
    assert db.session.scalar(select(func.count()).select_from(JOBS).where(JOBS.c.name == "members.fit_group")) == 1
    drain(app.extensions["settings"])
    assert belong(group_id) == names
    fills_by(group_id, (bike, TREKKING))
    drain(app.extensions["settings"])
    assert belong(group_id) == set()


@pytest.mark.parametrize(
    "undone",
    [
        lambda bike: change_field(bike, en="Trekking\nRacing", de="Reiserad\nRennrad"),
        lambda bike: change_field(bike, is_by_team=True),
        _removed,
    ],
    ids=["option", "taken over", "field"],
)
def test_what_goes_from_the_field_takes_members_out(
    app: Flask, bike: int, riders: int, undone: Callable[[int], None]
) -> None:
    fill(a_member("anna"), {bike: CARGO})
    undone(bike)
    drain(app.extensions["settings"])
    assert belong(riders) == set()
    assert list(CHECKS["members"](False)) == []


def test_a_field_that_leads_into_groups_is_not_left_to_members(app: Flask, riders: int) -> None:
    product = a_field("Product", "choice", is_by_team=True)
    fills_by(riders, (product, "1"))
    with pytest.raises(Invalid) as refused:
        change_field(product, is_by_team=False, en="One\nTwo")
    assert (refused.value.code, refused.value.parameters["groups"]) == ("field-fills-groups", "Riders")
    fills_by(riders)
    change_field(product, is_by_team=False, en="One\nTwo")


@pytest.mark.parametrize("choice", ["99", "", "Cargo", "x" * 300])
def test_what_is_no_option_is_refused(app: Flask, bike: int, riders: int, choice: str) -> None:
    with pytest.raises(Invalid) as refused:
        fills_by(riders, (bike, choice))
    assert (refused.value.code, refused.value.field) == ("unknown-choice", "choices")
    with pytest.raises(Invalid):
        fills_by(riders, (a_field("Place"), "1"))


def test_members_fill_in_nothing_that_the_team_fills_in(app: Flask) -> None:
    product, group_id = a_field("Product", "choice", is_by_team=True), a_group("Owners")
    fills_by(group_id, (product, "1"))
    anna, manager = a_member("anna"), a_member("manager", roles=("manager",))
    fill(anna, {product: "1"})
    assert queries.own_fields(anna) == []
    assert belong(group_id) == set()
    with pytest.raises(Denied), transaction(anna) as actor:
        actions.fill_in_by_team(actor, queries.get_member(SYSTEM, anna.member_id), {product: "1"})
    with transaction(manager) as actor:
        actions.fill_in_by_team(actor, queries.get_member(actor, anna.member_id), {product: "1"})
    assert belong(group_id) == {"anna"}
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.act == "member.fields"))
    assert entry is not None
    assert (entry.before, entry.after) == ({"Product": ""}, {"Product": "One"})


def test_managers_do_not_fill_in_about_administrators(app: Flask) -> None:
    product = a_field("Product", "choice", is_by_team=True)
    boss, manager = a_member("boss", roles=("admin",)), a_member("manager", roles=("manager",))
    with pytest.raises(Denied) as refused, transaction(manager) as actor:
        actions.fill_in_by_team(actor, queries.get_member(actor, boss.member_id), {product: "1"})
    assert refused.value.code == "higher-role"


def test_what_leads_into_a_group_is_in_the_audit_log_in_words(app: Flask, bike: int, riders: int) -> None:
    fills_by(riders, (bike, TREKKING), (bike, CARGO))
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.act == "group.change").order_by(AuditEntry.id.desc()))
    assert entry is not None
    assert (entry.before or {})["choices"] == ["Bike: Cargo"]
    assert (entry.after or {})["choices"] == ["Bike: Cargo", "Bike: Trekking"]


def test_a_check_compares_all_that_leads_into_groups(app: Flask, bike: int, riders: int) -> None:
    anna, ben, cleo = a_member("anna"), a_member("ben"), a_member("cleo")
    fills_by(riders, (bike, CARGO), domains=("elsewhere.example",))
    drain(app.extensions["settings"])
    fill(anna, {bike: CARGO})
    with transaction():
        actions.claim_groups(cleo.member_id, "oidc/1", [riders])
    check = CHECKS["members"]
    assert list(check(False)) == []
    with transaction():
        db.session.execute(delete(GROUP_MEMBERS).where(GROUP_MEMBERS.c.member_id != ben.id))
        stray = {"group_id": riders, "member_id": ben.id, "is_automatic": True, "since": func.current_timestamp()}
        db.session.execute(insert(GROUP_MEMBERS).values(**stray, is_owner=False))
    found = [(one.what, one.id, one.expected, one.found) for one in check(True)]
    assert found == [
        ("group_member", f"{riders}/{anna.id}", True, False),
        ("group_member", f"{riders}/{ben.id}", False, True),
        ("group_member", f"{riders}/{cleo.id}", True, False),
    ]
    assert belong(riders) == {"anna", "cleo"}
    with transaction():
        mail = {"email": "ben@elsewhere.example", "email_key": "ben@elsewhere.example"}
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == ben.id).values(**mail))
    assert [one.id for one in check(False)] == [f"{riders}/{ben.id}"]
    assert db.session.scalar(select(func.count()).select_from(GROUP_DOMAINS)) == 1
    assert db.session.scalar(select(func.count()).select_from(PROFILE_VALUES)) == 1


# ---------------------------------------------------------------- the pages


def a_form(group_id: int, **more: object) -> dict[str, object]:
    group = queries.get_group(SYSTEM, group_id)
    return {"name": group.name, "way_in": "staff", "audience": "everybody", **more}


def test_a_manager_ticks_options_and_reads_who_fills_them_in(app: Flask, bike: int) -> None:
    product, group_id = a_field("Product", "choice", is_by_team=True), a_group("Riders")
    manager = Visitor(app, a_member("manager", roles=("manager",)))
    page = manager.get(f"/admin/groups/{group_id}")
    assert "Members choose this themselves, at any time" in words(page)
    assert "Only the team fills this in" in words(page)
    chosen = [f"{bike}:{CARGO}", f"{product}:2"]
    assert manager.post(f"/admin/groups/{group_id}", **a_form(group_id, choices=chosen)).status_code == 303
    boxes = read(manager.get(f"/admin/groups/{group_id}")).select("[name=choices][checked]")
    assert [box["value"] for box in boxes] == chosen
    for wrong in ("", "x", f"{bike}", f"{bike}:7", f"{'9' * 30}:1"):
        assert manager.post(f"/admin/groups/{group_id}", **a_form(group_id, choices=[wrong])).status_code == 400
    shown = words(manager.get(f"/admin/profile-fields/{bike}"))
    assert "Groups fill themselves by this field: Riders" in shown


def test_the_page_of_the_group_says_why_one_belongs(app: Flask, bike: int, riders: int) -> None:
    anna, gerd = a_member("anna"), a_member("gerd", language="de")
    fills_by(riders, (bike, CARGO), domains=("example.org",))
    drain(app.extensions["settings"])
    for who in (anna, gerd):
        fill(who, {bike: CARGO})
    with transaction():
        actions.claim_groups(gerd.member_id, "oidc/1", [riders])
    page = words(Visitor(app, anna).get(f"/groups/{riders}/riders"))
    assert "because of your e-mail address." in page
    assert "because of your profile (Bike: Cargo)." in page
    assert "account elsewhere" not in page
    german = words(Visitor(app, gerd).get(f"/groups/{riders}/riders"))
    assert "(Bike de: Lastenrad)" in german
    assert "Konto" in german


def test_the_team_fills_in_its_fields_in_the_file_of_a_member(app: Flask) -> None:
    product = a_field("Product", "choice", is_by_team=True)
    anna, boss = a_member("anna"), a_member("boss", roles=("admin",))
    manager = Visitor(app, a_member("manager", roles=("manager",)))
    assert not read(Visitor(app, anna).get("/settings/profile")).select(f"[name=field_{product}]")
    assert read(manager.get(f"/admin/members/{anna.id}")).select(f"#fields-form [name=field_{product}]")
    assert manager.post(f"/admin/members/{anna.id}/fields", **{f"field_{product}": "9"}).status_code == 400
    assert manager.post(f"/admin/members/{anna.id}/fields", **{f"field_{product}": "1"}).status_code == 303
    assert "One" in words(Visitor(app, anna).get("/u/anna"))
    assert not read(manager.get(f"/admin/members/{boss.id}")).select("#fields-form")
    assert manager.post(f"/admin/members/{boss.id}/fields", **{f"field_{product}": "1"}).status_code == 403


def test_who_fills_a_field_in_is_chosen_with_it(app: Flask) -> None:
    manager = Visitor(app, a_member("manager", roles=("manager",)))
    form = {"name_en": "Product", "kind": "choice", "audience": "everybody", "options_en": "One\nTwo"}
    assert manager.post("/admin/profile-fields/new", **form, filled_by="team").status_code == 303
    (field,) = queries.profile_fields(SYSTEM)
    assert field.is_by_team
    assert "filled in by the team" in words(manager.get("/admin/profile-fields"))
    assert manager.post(f"/admin/profile-fields/{field.id}", **form).status_code == 303
    assert queries.profile_fields(SYSTEM)[0].is_by_team
    assert manager.post(f"/admin/profile-fields/{field.id}", **form, filled_by="member").status_code == 303
    assert not queries.profile_fields(SYSTEM)[0].is_by_team


def test_an_act_of_who_may_not_changes_nothing(app: Flask, bike: int, riders: int) -> None:
    anna: Actor = a_member("anna")
    assert Visitor(app, anna).post(f"/admin/members/{anna.id}/fields", **{f"field_{bike}": "1"}).status_code == 403
    assert belong(riders) == set()
