"""Passkeys beside OpenID providers: a way in of their own, but where one signs in by providers alone."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from forum.community.actions import set_sso_only
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.members.models import MEMBERS
from forum.oidc import queries
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tests.factories.passkeys import Device, a_passkey
from tests.factories.provider import StubProvider, go, link, set_up
from tests.factories.two_factor import switched_on
from tests.factories.visitor import read

PAGE = "/settings/passkeys"


def device_of(app: Flask, member: Actor) -> Device:
    client, device = browser(app), Device()
    sign_in_by_form(client, member.username)
    asked: Any = client.get(f"{PAGE}/options").get_json()
    assert submit(client, PAGE, "new-passkey", name="Phone", passkey=device.make(asked)).status_code == 303
    return device


def use(client: FlaskClient, device: Device) -> int:
    """Sends what the device answers from the page that asks for the second step."""
    csrf = read(client.get("/login/code")).select_one("input[name=csrf_token]")
    assert csrf is not None
    answer = device.use(dict(client.get("/login/passkey").get_json()))
    return client.post("/login/passkey", data={"csrf_token": csrf["value"], "passkey": answer}).status_code


def test_behind_a_provider_a_passkey_is_the_second_step_of_its_member_alone(app: Flask, stub: StubProvider) -> None:
    petra, paul = a_member("petra"), a_member("paul")
    own, other = device_of(app, petra), device_of(app, paul)
    link(petra, set_up(stub), str(stub.person["sub"]))
    switched_on(petra)
    with transaction(SYSTEM) as system:
        set_sso_only(system, is_on=True)
    client = browser(app)
    assert client.get("/login/passkey").status_code == 403
    assert read(client.get("/login")).select_one("[data-passkeys]") is None
    assert go(client, stub).headers["Location"].startswith("/login/code")
    assert use(client, other) == 400
    assert client.get("/settings").status_code == 303
    assert use(client, own) == 303
    assert client.get("/settings").status_code == 200


def test_a_passkey_is_a_way_in_that_lets_an_identity_go(app: Flask, stub: StubProvider) -> None:
    petra = a_member("petra")
    link(petra, set_up(stub))
    with transaction():
        db.session.execute(MEMBERS.update().values(password_hash=None, email=None, email_key=None))
    assert not queries.may_unlink(petra)
    a_passkey(petra)
    assert queries.may_unlink(petra)
    with transaction(SYSTEM) as system:
        set_sso_only(system, is_on=True)
    assert not queries.may_unlink(petra)
