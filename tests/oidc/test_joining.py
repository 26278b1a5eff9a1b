"""Joining by a provider: where it is offered, by invitations, and where the registration is closed."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from forum.community.actions import set_sso_only
from forum.community.actions import set_up as set_community
from forum.core import clock
from forum.core.actor import SYSTEM
from forum.core.database import transaction
from forum.members import actions as members
from forum.members import queries
from forum.members.actions import InvitationDraft
from tests.factories import provider as providers
from tests.factories.accounts import a_group, a_member, browser, sign_in_by_form, submit
from tests.factories.provider import StubProvider, link
from tests.factories.visitor import words


def choose(mode: str) -> None:
    with transaction():
        set_community(registration={"mode": mode})


def an_invitation(group_id: int | None = None) -> str:
    with transaction(SYSTEM) as system:
        return members.invite(system, InvitationDraft(1, 30, group_id))


def button_on(client: FlaskClient, page: str) -> str:
    """Where the button of the only provider on this page leads."""
    found = BeautifulSoup(client.get(page).text, "html5lib").select("#providers a")
    assert len(found) == 1, page
    return str(found[0]["href"])


def has_button(client: FlaskClient, page: str) -> bool:
    return bool(BeautifulSoup(client.get(page).text, "html5lib").select("#providers a"))


def arrive(client: FlaskClient, stub: StubProvider, page: str) -> str:
    """Presses the button on this page and signs in there; where that leads."""
    there = client.get(button_on(client, page)).headers["Location"]
    return client.get(stub.back_from(there)).headers["Location"]


@pytest.mark.parametrize(
    ("mode", "creates", "is_offered"),
    [
        ("open", "registration", True),
        ("approval", "registration", True),
        ("domains", "registration", True),
        ("invitation", "registration", False),
        ("closed", "registration", False),
        ("invitation", "always", True),
        ("closed", "always", True),
        ("open", "never", False),
        ("closed", "never", False),
    ],
)
def test_the_page_for_joining_offers_the_providers_by_which_one_can(
    app: Flask, stub: StubProvider, mode: str, creates: str, is_offered: bool
) -> None:
    choose(mode)
    providers.set_up(stub, creates=creates)
    client = browser(app)
    assert has_button(client, "/register?next=/rules") is is_offered
    assert has_button(client, "/login"), "whoever has an account signs in"
    assert ("One joins with an account elsewhere" in words(client.get("/login"))) is (
        is_offered and mode in {"invitation", "closed"}
    )
    if is_offered:
        assert "next=%2Frules" in button_on(client, "/register?next=/rules")


def test_an_invitation_is_kept_on_the_way_to_a_provider_and_back(app: Flask, stub: StubProvider) -> None:
    choose("invitation")
    testers = a_group("Testers")
    providers.set_up(stub)
    token, client = an_invitation(testers), browser(app)
    page = f"/invite/{token}"
    assert "You are invited to the group “Testers”" in words(client.get(page))
    assert arrive(client, stub, page) == "/login/first"
    assert "You are invited to the group “Testers”" in words(client.get("/login/first"))
    assert submit(client, "/login/first", "first").headers["Location"] == "/"
    petra = queries.find_account("petra")
    assert petra is not None
    assert testers in queries.actor_of(petra.id).group_ids
    assert queries.invitation_state(token) == "used"


def test_who_is_invited_waits_for_nobody_s_approval(app: Flask, stub: StubProvider) -> None:
    choose("approval")
    providers.set_up(stub)
    client = browser(app)
    arrive(client, stub, f"/invite/{an_invitation()}")
    submit(client, "/login/first", "first")
    petra = queries.find_account("petra")
    assert petra is not None
    assert not queries.actor_of(petra.id).is_waiting


def test_without_the_invitation_nobody_joins_where_one_is_needed(app: Flask, stub: StubProvider) -> None:
    choose("invitation")
    providers.set_up(stub)
    client = browser(app)
    assert arrive(client, stub, "/login") == "/login/first"
    assert BeautifulSoup(client.get("/login/first").text, "html5lib").find("form", id="first") is None


def test_an_invitation_that_is_over_meanwhile_lets_nobody_in(app: Flask, stub: StubProvider) -> None:
    choose("invitation")
    providers.set_up(stub)
    client, page = browser(app), f"/invite/{an_invitation()}"
    with time_machine.travel(clock.now() + timedelta(days=30) - timedelta(minutes=1)):
        arrive(client, stub, page)
        form = BeautifulSoup(client.get("/login/first").text, "html5lib").find("form", id="first")
        assert form is not None
        token = form.find("input", attrs={"name": "csrf_token"})
    with time_machine.travel(clock.now() + timedelta(days=30) + timedelta(minutes=1)):
        sent = {"csrf_token": token["value"], "username": "petra"}  # type: ignore[index]
        answer = client.post("/login/first", data=sent)
        assert answer.status_code == 410
        assert "This invitation has expired" in words(answer)
    assert queries.find_account("petra") is None


def test_who_is_known_already_comes_into_the_group_at_the_press_of_a_button(app: Flask, stub: StubProvider) -> None:
    testers = a_group("Testers")
    petra = a_member("petra")
    link(petra, providers.set_up(stub))
    client, page = browser(app), f"/invite/{an_invitation(testers)}"
    assert arrive(client, stub, page) == page
    assert "Testers" in words(client.get(page))


def test_where_one_signs_in_by_providers_alone_an_invitation_is_kept_too(app: Flask, stub: StubProvider) -> None:
    choose("invitation")
    testers = a_group("Testers")
    providers.set_up(stub)
    with transaction(SYSTEM) as system:
        set_sso_only(system, is_on=True)
    client, page = browser(app), f"/invite/{an_invitation(testers)}"
    assert client.get(page).status_code == 403
    arrive(client, stub, page)
    assert submit(client, "/login/first", "first").status_code == 303
    petra = queries.find_account("petra")
    assert petra is not None
    assert testers in queries.actor_of(petra.id).group_ids
    assert client.get(f"/invite/{an_invitation(a_group('Riders'))}").status_code == 200


def test_a_door_that_stays_open_is_told_where_the_registration_is_closed(app: Flask, stub: StubProvider) -> None:
    a_member("boss", roles=("admin",))
    admin = browser(app)
    sign_in_by_form(admin, "boss")
    provider_id = providers.set_up(stub, creates="registration")
    said = "Whoever is let in by Velomark account joins all the same"
    assert said not in words(admin.get("/admin/registration"))
    assert submit(admin, f"/admin/providers/{provider_id}", "provider", creates="always").status_code == 303
    assert said in words(admin.get("/admin/registration"))
    page = f"/admin/providers/{provider_id}"
    assert "the registration is closed or by invitation" not in words(admin.get(page))
    choose("closed")
    assert "the registration is closed or by invitation" in words(admin.get(page))
    assert submit(admin, page, "provider", is_on=None).status_code == 303
    assert said not in words(admin.get("/admin/registration"))
