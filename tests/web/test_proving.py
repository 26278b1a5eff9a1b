"""Before a dangerous act the password is asked for once more, and nothing that was typed is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forum.core import clock
from forum.core.actor import EVERYONE, MEMBERS, Actor
from forum.core.database import db, transaction
from forum.members import actions as members
from forum.members import queries
from forum.members.models import API_TOKENS
from forum.members.queries import actor_of
from forum.rules import queries as rules
from tests.factories import threads as make
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit
from tests.factories.members import a_group
from tests.factories.rules import a_rulebook
from tests.factories.visitor import Visitor

Later = Callable[..., None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Lets time pass."""

    def pass_by(**passed: float) -> None:
        moment = clock.now() + timedelta(**passed)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return pass_by


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    a_member("petra", roles=("admin",))
    client = browser(app)
    assert sign_in_by_form(client, "petra").status_code == 303
    return client


def make_token(client: FlaskClient, name: str = "Nightly") -> TestResponse:
    return submit(client, "/settings/tokens", "new-token-form", name=name, days="30")


def asked(answer: TestResponse) -> Tag:
    """The form that asks."""
    form = BeautifulSoup(answer.text, "html5lib").find("form", id="prove")
    assert isinstance(form, Tag), answer.status_code
    return form


def answered(client: FlaskClient, answer: TestResponse, password: str = PASSWORD) -> TestResponse:
    """Types the password into the form that asks, and sends it."""
    form = asked(answer)
    fields: dict[str, list[str]] = {}
    for one in form.select("input[name]"):
        fields.setdefault(str(one["name"]), []).append(str(one.get("value", "")))
    return client.post(str(form["action"]), data=fields | {"proof_password": password})


def tokens() -> int:
    return db.session.scalar(select(func.count()).select_from(API_TOKENS)) or 0


def test_who_has_just_signed_in_is_not_asked(client: FlaskClient, later: Later) -> None:
    later(minutes=14, seconds=59)
    assert make_token(client).status_code == 201


def test_after_a_quarter_of_an_hour_the_password_carries_the_act_out(client: FlaskClient, later: Later) -> None:
    later(minutes=15)
    answer = make_token(client, 'A "name" <b> & ümlaut')
    assert (answer.status_code, tokens()) == (403, 0)
    assert "no-store" in answer.headers["Cache-Control"]
    done = answered(client, answer)
    assert (done.status_code, tokens()) == (201, 1)
    assert 'A "name" <b> & ümlaut' in BeautifulSoup(done.text, "html5lib").text
    assert PASSWORD not in done.text
    later(minutes=14)
    assert make_token(client).status_code == 201, "asked once, not each time"
    later(minutes=1)
    assert make_token(client).status_code == 403


@pytest.mark.parametrize("password", ["not this one", "", " ", "x" * 5000, "\x00"])
def test_another_password_changes_nothing_and_keeps_what_was_typed(
    client: FlaskClient, later: Later, password: str
) -> None:
    later(hours=1)
    answer = answered(client, make_token(client, "Kept"), password)
    assert (answer.status_code, tokens()) == (400, 0)
    form = asked(answer)
    assert form.select_one("#proof_password[aria-invalid=true]") is not None
    assert not form.select_one("#proof_password").get("value")  # type: ignore[union-attr]
    assert form.select_one("[name=name]")["value"] == "Kept"  # type: ignore[index]
    assert answered(client, answer).status_code == 201


def test_a_proof_is_of_its_session_alone(app: Flask, client: FlaskClient, later: Later) -> None:
    other = browser(app)
    sign_in_by_form(other, "petra")
    later(hours=1)
    assert answered(client, make_token(client)).status_code == 201
    assert make_token(other).status_code == 403
    assert make_token(client).status_code == 201


def test_guessing_is_slowed(app: Flask, client: FlaskClient, later: Later) -> None:
    app.config["RATE_LIMITS"] = True
    later(hours=1)
    answer = make_token(client)
    assert [answered(client, answer, "wrong").status_code for _ in range(11)] == [400] * 10 + [429]
    assert answered(client, answer).status_code == 429
    assert sign_in_by_form(browser(app), "petra").status_code == 303, "the owner signs in anew"


def test_roles_are_changed_after_the_password_with_every_box_that_was_ticked(client: FlaskClient, later: Later) -> None:
    ben = a_member("ben")
    later(hours=1)
    page = f"/admin/members/{ben.id}"
    answer = submit(client, page, "roles-form", roles=["moderator", "product"])
    assert (answer.status_code, actor_of(ben.member_id).roles) == (403, frozenset())
    assert answered(client, answer).status_code == 303
    assert actor_of(ben.member_id).roles == {"moderator", "product"}


def door(group_id: int) -> int:
    """A category that the group alone sees."""
    return make.category(grants=frozenset({("see", group_id)}))


def test_who_comes_into_private_areas_is_said_after_the_password(client: FlaskClient, later: Later) -> None:
    ben, partners = a_member("ben"), a_group("Partners")
    topic = door(partners)
    later(hours=1)
    category, group = f"/admin/categories/{topic}", f"/admin/groups/{partners}"
    for page, form, typed in (
        (f"/admin/members/{ben.id}", "groups-form", {"groups": str(partners)}),
        (group, "add-member", {"username": "ben"}),
        (f"/groups/{partners}/partners", "add-member", {"username": "ben"}),
        ("/admin/invitations", "invitation", {"uses": "1", "days": "7", "group": str(partners)}),
        (group, "group", {"name": "Friends"}),
        (category, "category", {"see": str(partners)}),
        ("/admin/categories/new", "category", {"name_en": "New", "name_de": "Neu", "slug": "new"}),
    ):
        answer = submit(client, page, form, **typed)
        assert (answer.status_code, asked(answer)["id"]) == (403, "prove"), page
    assert actor_of(ben.member_id).group_ids == {EVERYONE, MEMBERS}
    assert answered(client, submit(client, group, "add-member", username="ben")).status_code == 303
    assert partners in actor_of(ben.member_id).group_ids


def acts_on(group_id: int, actor: Actor, request_of: Actor) -> dict[str, dict[str, str]]:
    """Every way of putting somebody into a group and taking them out, with what is sent."""
    with transaction(request_of) as asking:
        members.ask_to_join(asking, queries.get_group(asking, group_id), "Please")
    [request] = queries.group_page(actor, queries.get_group(actor, group_id)).requests
    return {
        f"/admin/groups/{group_id}/add": {"username": "ben"},
        f"/admin/groups/{group_id}/remove/{request_of.id}": {},
        f"/admin/members/{request_of.id}/groups": {"groups": str(group_id)},
        "/admin/members/act?": {"act": "add", "to": str(group_id), "id": str(request_of.id)},
        "/admin/members/act": {"act": "remove", "to": str(group_id), "id": str(request_of.id)},
        f"/groups/{group_id}/add": {"username": "ben"},
        f"/groups/{group_id}/invite": {"username": "carla"},
        f"/groups/{group_id}/requests/{request.id}/decline": {},
        f"/groups/{group_id}/remove/{request_of.id}": {},
    }


@pytest.mark.parametrize("is_door", [False, True], ids=["opens nothing", "opens a category"])
def test_groups_ask_in_all_ways_alike_and_only_where_they_open_something(
    app: Flask, later: Later, is_door: bool
) -> None:
    petra, ben = a_member("petra", roles=("admin",)), a_member("ben")
    a_member("carla")
    group_id = a_group("Riders", "request")
    if is_door:
        door(group_id)
    acts, visitor = acts_on(group_id, petra, ben), Visitor(app, petra)
    later(hours=1)
    statuses = {address: visitor.post(address, **form).status_code for address, form in acts.items()}
    assert statuses == dict.fromkeys(acts, 403 if is_door else 303)


def test_nobody_learns_by_the_question_what_a_group_opens_that_they_do_not_know(app: Flask, later: Later) -> None:
    secret, known = a_group("Partners"), a_group("Riders", "request")
    door(secret), door(known)
    visitor = Visitor(app, a_member("ben"))
    later(hours=1)
    answer = visitor.post(f"/groups/{secret}/add", username="ben")
    none = visitor.post("/groups/9999/add", username="ben")
    assert (answer.status_code, none.status_code) == (404, 404)
    refused = visitor.post(f"/groups/{known}/add", username="ben")
    assert (refused.status_code, 'id="prove"' in refused.text) == (403, False)


def test_who_waits_is_let_in_without_a_further_question_and_refused_with_one(app: Flask, later: Later) -> None:
    petra = a_member("petra", roles=("manager",))
    visitor = Visitor(app, petra)
    ids = [a_member(name, is_waiting=True).id for name in ("anna", "ben", "carla")]
    later(hours=1)
    refusals = (
        visitor.post(f"/admin/requests/{ids[2]}/refuse", reason="No"),
        visitor.post("/admin/requests/act", act="refuse", id=str(ids[2]), reason="No"),
    )
    assert ['id="prove"' in answer.text for answer in refusals] == [True, True]
    assert visitor.post(f"/admin/requests/{ids[0]}/approve").status_code == 303
    assert visitor.post("/admin/requests/act", act="approve", id=str(ids[1])).status_code == 303
    assert [one.id for one in queries.waiting_requests(petra, ids)] == ids[2:]


def test_rules_are_published_after_the_password_and_a_further_row_needs_none(client: FlaskClient, later: Later) -> None:
    a_rulebook()
    later(hours=1)
    before = len(rules.history())
    assert submit(client, "/admin/rules/new", "rulebook", add="1", kind="editorial").status_code == 200
    answer = submit(client, "/admin/rules/new", "rulebook", kind="editorial", note="Line one\nand two")
    assert (answer.status_code, len(rules.history())) == (403, before)
    assert answered(client, answer).status_code == 303
    newest = next(iter(rules.history()))
    assert len(rules.history()) == before + 1
    assert "and two" in str(newest.note)


def test_a_script_is_told_and_a_guest_signs_in(app: Flask, client: FlaskClient, later: Later) -> None:
    page = BeautifulSoup(client.get("/settings/tokens").text, "html5lib")
    token = page.select_one("#new-token-form [name=csrf_token]")["value"]  # type: ignore[index]
    later(hours=1)
    headers = {"Accept": "application/json"}
    answer = client.post("/settings/tokens", data={"csrf_token": token, "name": "x"}, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "proof-needed")


def test_a_forged_form_with_the_password_in_it_does_nothing(client: FlaskClient, later: Later) -> None:
    later(hours=1)
    answer = client.post("/settings/tokens", data={"name": "x", "proof_password": PASSWORD})
    assert (answer.status_code, tokens()) == (400, 0)
    assert PASSWORD not in answer.text
