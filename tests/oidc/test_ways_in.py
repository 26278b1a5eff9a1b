"""The last way into an account stays, whichever of them is about to go."""

import pytest
from flask import Flask

from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.members.models import MEMBERS
from forum.members.queries import passkeys_of
from forum.oidc import queries
from forum.oidc.models import PROVIDERS
from tests.factories.accounts import a_member
from tests.factories.passkeys import a_passkey
from tests.factories.provider import StubProvider, link, set_up
from tests.factories.visitor import Visitor


@pytest.fixture
def petra(app: Flask) -> Actor:
    """With a passkey."""
    member = a_member("petra")
    a_passkey(member)
    return member


def keeps(**values: object) -> None:
    """All that is left to her besides."""
    with transaction():
        db.session.execute(MEMBERS.update().values(password_hash=None, **values))


def remove(app: Flask, member: Actor) -> int:
    [kept] = passkeys_of(member)
    return Visitor(app, member).post(f"/settings/passkeys/{kept.id}/remove").status_code


@pytest.mark.parametrize(("is_confirmed", "status"), [(False, 400), (True, 303)])
def test_an_address_is_a_way_in_once_it_is_confirmed(app: Flask, petra: Actor, is_confirmed: bool, status: int) -> None:
    keeps(**({} if is_confirmed else {"confirmed_at": None}))
    assert remove(app, petra) == status


def test_an_account_elsewhere_lets_the_passkey_go_while_its_provider_is_on(
    app: Flask, petra: Actor, stub: StubProvider
) -> None:
    link(petra, set_up(stub))
    keeps(email=None, email_key=None)
    with transaction():
        db.session.execute(PROVIDERS.update().values(is_on=False))
    assert remove(app, petra) == 400
    with transaction():
        db.session.execute(PROVIDERS.update().values(is_on=True))
    assert remove(app, petra) == 303
    assert not queries.may_unlink(petra)
