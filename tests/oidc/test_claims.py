"""Groups and roles by claim: renewed at each sign-in, given and taken by the operator's words alone."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.core import jobs
from forum.core.actor import SYSTEM
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.members import actions as members
from forum.members import queries
from forum.members.models import GROUPS
from forum.members.queries import get_member
from forum.oidc import actions
from tests.factories import provider as providers
from tests.factories.accounts import a_group, a_member, browser, sign_in_by_form, submit
from tests.factories.provider import StubProvider, go
from tests.factories.refusals import security_log
from tests.system.holding import free_before


@pytest.fixture
def groups(app: Flask) -> dict[str, int]:
    return {name: a_group(name) for name in ("Partners", "Testers")}


def set_up(stub: StubProvider, **draft: Any) -> int:
    usual = {
        "groups_claim": "groups",
        "groups": "partners-emea = Partners\nqa = testers",
        "roles_claim": "realm_access.roles",
        "roles": "desk=moderator\nchief=admin",
    }
    return providers.set_up(stub, **usual | draft)


def sign_in(app: Flask, stub: StubProvider) -> FlaskClient:
    client = browser(app)
    if go(client, stub).headers["Location"] == "/login/first":
        submit(client, "/login/first", "first")
    return client


def belongs_to() -> set[int]:
    account = queries.find_account("petra")
    assert account is not None
    return set(queries.actor_of(account.id).group_ids) - {1, 2}


def roles() -> set[str]:
    account = queries.find_account("petra")
    assert account is not None
    return set(queries.actor_of(account.id).roles)


def test_groups_follow_the_claim_and_those_by_hand_stay(app: Flask, stub: StubProvider, groups: dict[str, int]) -> None:
    set_up(stub)
    by_hand = a_group("Friends")
    stub.person["groups"] = ["partners-emea", "unknown"]
    sign_in(app, stub)
    assert belongs_to() == {groups["Partners"]}
    account = queries.find_account("petra")
    assert account is not None
    with transaction() as system:
        members.set_groups(system, get_member(system, account.id), [by_hand])
    stub.person["groups"] = "qa"
    sign_in(app, stub)
    assert belongs_to() == {groups["Testers"], by_hand}
    stub.person["groups"] = None
    sign_in(app, stub)
    assert belongs_to() == {by_hand}


def test_who_joins_holds_the_groups_before_the_community(
    app: Flask, stub: StubProvider, groups: dict[str, int]
) -> None:
    """As whoever deletes one of them does at the same moment."""
    set_up(stub)
    stub.person["groups"] = ["partners-emea"]
    with free_before("UPDATE community", GROUPS, groups["Partners"]) as found:
        sign_in(app, stub)
    assert found == [False]
    assert belongs_to() == {groups["Partners"]}


def test_who_comes_back_holds_the_groups_before_what_was_said_of_them(
    app: Flask, stub: StubProvider, groups: dict[str, int]
) -> None:
    set_up(stub)
    stub.person["groups"] = ["partners-emea"]
    sign_in(app, stub)
    stub.person["groups"] = ["partners-emea", "qa"]
    with free_before("DELETE FROM claimed_group", GROUPS, groups["Partners"]) as found:
        sign_in(app, stub)
    assert found == [False]
    assert belongs_to() == set(groups.values())


def test_an_address_and_a_claim_may_lead_into_the_same_group(
    app: Flask, stub: StubProvider, groups: dict[str, int]
) -> None:
    set_up(stub)
    stub.person["groups"] = ["qa"]
    with transaction() as system:
        group = queries.get_group(system, groups["Testers"])
        members.change_group(system, group, members.GroupDraft("Testers", domains=["example.org"]))
    sign_in(app, stub)
    assert belongs_to() == {groups["Testers"]}
    stub.person["groups"] = []
    sign_in(app, stub)
    assert belongs_to() == {groups["Testers"]}, "the address still leads there"


def test_roles_follow_the_claim_and_are_in_the_audit_log(
    app: Flask, stub: StubProvider, groups: dict[str, int]
) -> None:
    set_up(stub)
    stub.person["realm_access"] = {"roles": ["desk", "offline"]}
    sign_in(app, stub)
    assert roles() == {"moderator"}
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "member.roles"))
    assert (entry.actor_name, entry.reason) == ("system", "OpenID Connect: Velomark account")
    account = queries.find_account("petra")
    assert account is not None
    with transaction():
        members.set_roles(SYSTEM, get_member(SYSTEM, account.id), {"moderator", "product"})
    stub.person["realm_access"] = {"roles": []}
    sign_in(app, stub)
    assert roles() == {"product"}, "what the map doesn't name stays"


@pytest.mark.parametrize("claim", [{"roles": ["admin"]}, {"role": "admin"}, {"realm_access": {"roles": ["admin"]}}])
def test_nobody_becomes_an_administrator_by_saying_so(
    app: Flask, stub: StubProvider, groups: dict[str, int], claim: dict[str, Any]
) -> None:
    set_up(stub)
    stub.person |= claim
    sign_in(app, stub)
    assert roles() == set()


def test_the_last_administrator_stays_one(app: Flask, stub: StubProvider, groups: dict[str, int]) -> None:
    set_up(stub)
    stub.person["realm_access"] = {"roles": ["chief"]}
    sign_in(app, stub)
    assert roles() == {"admin"}
    stub.person["realm_access"] = {"roles": ["desk"]}
    with security_log() as lines:
        sign_in(app, stub)
    assert roles() == {"admin", "moderator"}
    petra = queries.find_account("petra")
    assert petra is not None
    assert [(line["kind"], line["what"], line["provider"], line["member_id"]) for line in lines] == [
        ("provider-refused", "last-admin", "company", petra.id)
    ]
    a_member("another", roles=("admin",))
    sign_in(app, stub)
    assert roles() == {"moderator"}


@pytest.mark.parametrize("claim", ["name", "preferred_username"])
def test_a_name_that_turns_the_direction_is_left_out_and_noted(app: Flask, stub: StubProvider, claim: str) -> None:
    providers.set_up(stub)
    client = browser(app)
    stub.person[claim] = "Petra \u202energdniL"
    with security_log() as lines:
        assert go(client, stub).headers["Location"] == "/login/first"
    found = [(line["kind"], line["what"], line["provider"], line["member_id"]) for line in lines]
    assert found == [("name-refused", "provider", "company", None)]
    assert "\u202e" not in client.get("/login/first").text
    stub.person[claim] = "Petra  Lindgren\t"
    with security_log() as lines:
        go(browser(app), stub)
    assert lines == []


def test_unlinking_and_removing_the_provider_take_the_groups_along(
    app: Flask, stub: StubProvider, groups: dict[str, int]
) -> None:
    provider_id = set_up(stub)
    stub.person["groups"] = ["qa"]
    a_member("petra")
    client = browser(app)
    sign_in_by_form(client, "petra")
    go(client, stub, "/login/with/company?for=link")
    submit(client, "/settings/providers/link", "link")
    assert belongs_to() == {groups["Testers"]}
    there = sign_in(app, stub)
    assert there.get("/settings").status_code == 200
    with transaction() as system:
        actions.remove_provider(system, provider_id)
    jobs.work("test")
    assert belongs_to() == set()
    assert there.get("/settings").status_code == 303, "it began by the provider"
    assert client.get("/settings").status_code == 200


def test_unlinking_takes_the_roles_of_the_map_and_the_other_sessions_along(app: Flask, stub: StubProvider) -> None:
    set_up(stub, groups_claim="", groups="")
    petra = a_member("petra", roles=("product",))
    client = browser(app)
    sign_in_by_form(client, "petra")
    stub.person["realm_access"] = {"roles": ["desk"]}
    go(client, stub, "/login/with/company?for=link")
    submit(client, "/settings/providers/link", "link")
    assert queries.actor_of(petra.member_id).roles == {"moderator", "product"}
    here, there = sign_in(app, stub), sign_in(app, stub)
    form = BeautifulSoup(here.get("/settings/providers").text, "html5lib").select_one("form[action$='/unlink']")
    assert form is not None
    token = form.select_one("input[name=csrf_token]")
    assert token is not None
    assert here.post(str(form["action"]), data={"csrf_token": token["value"]}).status_code == 303
    assert queries.actor_of(petra.member_id).roles == {"product"}
    assert [one.get("/settings").status_code for one in (here, there, client)] == [200, 303, 200]
