"""Setting up OpenID providers in the administration, and that there is no other way in."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.community.queries import current
from forum.core.audit import AuditEntry
from forum.core.database import db
from forum.oidc.models import PROVIDERS
from tests.factories import provider as providers
from tests.factories.accounts import a_group, a_member, browser, sign_in_by_form, submit
from tests.factories.provider import StubProvider, go, serving
from tests.factories.visitor import Visitor, words

FILLED = {
    "name": "Velomark account",
    "key": "company",
    "issuer": "https://login.example.com",
    "client_id": "tafelrunde",
    "creates": "always",
}


@pytest.fixture
def stub() -> Iterator[StubProvider]:
    with serving() as made:
        yield made


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def press(client: FlaskClient, page: str, action: str) -> None:
    form = BeautifulSoup(client.get(page).text, "html5lib").find("form", action=action)
    assert form is not None, action
    token = form.find("input", attrs={"name": "csrf_token"})
    assert client.post(action, data={"csrf_token": token["value"]}).status_code == 303  # type: ignore[index]


def test_a_provider_is_added_changed_and_removed(app: Flask, admin: FlaskClient) -> None:
    a_group("Partners")
    answer = submit(
        admin, "/admin/providers", "provider", **FILLED,
        groups_claim="groups", groups="emea=partners\n\na=b = Partners", roles_claim="roles", roles="desk = Moderator",
    )  # fmt: skip
    assert answer.status_code == 303
    page = answer.headers["Location"]
    shown = words(admin.get(page))
    assert "/login/with/company/back" in shown
    assert "FORUM_OIDC_SECRETS" in shown
    assert "emea = Partners a=b = Partners" in shown
    assert "desk = moderator" in shown
    assert submit(admin, page, "provider", name="Our account", is_on=None).status_code == 303
    row = db.session.execute(select(PROVIDERS)).one()
    assert (row.name, row.key, row.is_on, row.role_map) == ("Our account", "company", False, [["desk", "moderator"]])
    press(admin, page, f"{page}/remove")
    assert db.session.execute(select(PROVIDERS)).first() is None
    acts = db.session.scalars(
        select(AuditEntry.act).where(AuditEntry.target_kind == "provider").order_by(AuditEntry.id)
    )
    assert list(acts) == ["provider.create", "provider.change", "provider.remove"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Please fill this in."),
        ("key", "Comp any", "A key has small letters"),
        ("key", "9", "A key has small letters"),
        ("issuer", "http://login.example.com", "begins with https://"),
        ("issuer", "https://login.example.com/?a=b", "begins with https://"),
        ("client_id", " ", "Please fill this in."),
        ("creates", "some", "one of the values offered"),
        ("username_claim", "preferred username", "The name of a claim"),
        ("groups", "emea", "isn't of the form value = name"),
        ("groups", "emea = Nobody", "nothing called “Nobody”"),
        ("groups", "emea = everyone", "nothing called “everyone”"),
        ("roles", "desk = king", "nothing called “king”"),
        ("roles", "desk = admin", "Please fill this in."),
    ],
)
def test_what_can_t_be_is_told_beside_the_field(admin: FlaskClient, field: str, value: str, said: str) -> None:
    answer = submit(admin, "/admin/providers", "provider", **{**FILLED, field: value})
    assert answer.status_code == 400
    assert said in words(answer)
    assert db.session.execute(select(PROVIDERS)).first() is None


def test_a_key_is_given_once(admin: FlaskClient) -> None:
    assert submit(admin, "/admin/providers", "provider", **FILLED).status_code == 303
    assert submit(admin, "/admin/providers", "provider", **FILLED).status_code == 400


def test_what_to_enter_at_the_provider_is_told_before_it_is_added(admin: FlaskClient) -> None:
    shown = words(admin.get("/admin/providers"))
    for told in ("http://localhost:8000/login/with/company/back", "/login/with/company/logout", "FORUM_OIDC_SECRETS"):
        assert told in shown
    submit(admin, "/admin/providers", "provider", **FILLED)
    assert "FORUM_OIDC_SECRETS" in words(admin.get("/admin/providers")), "for the next one, too"


def test_trying_it_says_whether_it_answers(admin: FlaskClient, stub: StubProvider) -> None:
    page = f"/admin/providers/{providers.set_up(stub)}"
    press(admin, page, f"{page}/try")
    assert "its keys can be read, and it takes client ID and secret" in words(admin.get(page))
    stub.metadata = {"issuer": f"{stub.issuer}/"}
    press(admin, page, f"{page}/try")
    shown = words(admin.get(page))
    assert "The issuer must be the same sign by sign" in shown
    assert "can't be trusted" not in shown, "that is for members"
    stub.metadata, stub.raw["/token"] = {}, (401, b'{"error": "invalid_client"}')
    press(admin, page, f"{page}/try")
    assert "the secret of company in FORUM_OIDC_SECRETS" in words(admin.get(page))


def test_what_keeps_members_out_stands_beside_the_provider(admin: FlaskClient, stub: StubProvider) -> None:
    page = f"/admin/providers/{providers.set_up(stub)}"
    stub.raw["/token"] = (401, b'{"error": "invalid_client"}')
    go(browser(admin.application), stub)
    assert "fails" in words(admin.get("/admin/providers"))
    assert "At present nobody can sign in by it" in words(admin.get(page))
    assert "the secret of company in FORUM_OIDC_SECRETS" in words(admin.get(page))
    assert submit(admin, page, "provider", name="Our account").status_code == 303
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "provider.change")).one()
    assert "trouble" not in (entry.before or {}), "nobody has changed that"
    del stub.raw["/token"]
    go(browser(admin.application), stub)
    assert "At present nobody can sign in by it" not in words(admin.get(page))


def test_the_issuer_stays_while_somebody_signs_in_by_it(app: Flask, admin: FlaskClient, stub: StubProvider) -> None:
    page = f"/admin/providers/{providers.set_up(stub)}"
    client = browser(app)
    go(client, stub)
    submit(client, "/login/first", "first")
    assert submit(admin, page, "provider", issuer="https://evil.example").status_code == 400


# ---------------------------------------------------------------- no other way in


@pytest.fixture
def only(admin: FlaskClient, stub: StubProvider) -> FlaskClient:
    """An administrator who has signed in by the provider and has switched the other ways off."""
    providers.set_up(stub)
    stub.person |= {"sub": "boss", "email": "boss@example.org"}
    go(admin, stub, "/login/with/company?for=link")
    submit(admin, "/settings/providers/link", "link")
    admin.post("/logout", data={})
    fresh = browser(admin.application)
    go(fresh, stub)
    press(fresh, "/admin/providers", "/admin/providers/only")
    assert current().is_sso_only
    return fresh


def test_who_came_by_password_can_t_switch_it_on(app: Flask, admin: FlaskClient, stub: StubProvider) -> None:
    providers.set_up(stub)
    page = BeautifulSoup(admin.get("/admin/providers").text, "html5lib")
    assert page.find("form", action="/admin/providers/only") is None
    token = page.find("input", attrs={"name": "csrf_token"})
    admin.post("/admin/providers/only", data={"csrf_token": token["value"]})  # type: ignore[index]
    assert "sign in by a provider yourself first" in words(admin.get("/admin/providers"))
    assert not current().is_sso_only


def test_then_the_other_ways_are_closed(app: Flask, only: FlaskClient, stub: StubProvider) -> None:
    a_member("paul")
    guest = Visitor(app)
    page = guest.get("/login")
    assert "Sign in with Velomark account" in words(page)
    assert BeautifulSoup(page.text, "html5lib").find("input", type="password") is None
    assert "/register" not in guest.get("/").text
    assert guest.post("/login", username="paul", password="x").status_code == 403
    for address in ("/register", "/reset", "/login/link/x", "/invite/x", "/reset/x"):
        assert guest.get(address).status_code == 403, address
    for address in ("/register", "/reset", "/login/link"):
        assert guest.post(address, username="paul").status_code == 403, address
    stub.person |= {"sub": "new", "email": "new@example.org", "preferred_username": "newcomer"}
    fresh = browser(app)
    go(fresh, stub)
    assert submit(fresh, "/login/first", "first").status_code == 303


def test_sessions_that_began_by_a_password_end_then(app: Flask, stub: StubProvider) -> None:
    providers.set_up(stub)
    a_member("boss", roles=("admin",))
    earlier = browser(app)
    sign_in_by_form(earlier, "boss")
    stub.person |= {"sub": "boss", "email": "boss@example.org"}
    go(earlier, stub, "/login/with/company?for=link")
    submit(earlier, "/settings/providers/link", "link")
    fresh = browser(app)
    go(fresh, stub)
    press(fresh, "/admin/providers", "/admin/providers/only")
    assert earlier.get("/settings").status_code == 303
    assert fresh.get("/settings").status_code == 200


def test_nobody_shuts_the_only_door(only: FlaskClient) -> None:
    row = db.session.execute(select(PROVIDERS)).one()
    page = f"/admin/providers/{row.id}"
    assert submit(only, page, "provider", is_on=None).status_code == 409
    assert submit(only, page, "provider", client_id="another").status_code == 409
    press(only, page, f"{page}/remove")
    assert db.session.execute(select(PROVIDERS)).first() is not None
    assert submit(only, page, "provider", name="Another name").status_code == 303


def test_it_is_switched_off_again(only: FlaskClient) -> None:
    press(only, "/admin/providers", "/admin/providers/only/off")
    assert not current().is_sso_only
    told = select(AuditEntry.before, AuditEntry.after).where(AuditEntry.act == "community.change")
    on, off = {"is_sso_only": True}, {"is_sso_only": False}
    assert [tuple(row) for row in db.session.execute(told.order_by(AuditEntry.id))] == [(off, on), (on, off)]


def test_the_audit_log_names_what_has_changed_and_nothing_else(admin: FlaskClient, stub: StubProvider) -> None:
    a_group("Partners")
    page = f"/admin/providers/{providers.set_up(stub)}"
    changed = {"name": "Our account", "groups_claim": "groups", "groups": "emea = Partners"}
    assert submit(admin, page, "provider", **changed).status_code == 303
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "provider.change")).one()
    assert set(entry.before or {}) == set(entry.after or {}) == {"name", "groups_claim", "group_map"}
    shown = words(admin.get("/admin/audit"))
    assert "name: Velomark account became Our account" in shown
    assert "issuer" not in shown.partition("Sign-in provider changed")[2].partition("Sign-in provider made")[0]


def test_a_changed_registration_is_read_in_the_audit_log_without_json(admin: FlaskClient) -> None:
    many = [f"{name}.example" for name in "abcdefghijkl"]
    first = {"mode": "domains", "domains": "a.example", "denied": "\n".join(many), "question_en": "Which bike?"}
    assert submit(admin, "/admin/registration", "registration", **first).status_code == 400, "a.example is both"
    first["domains"] = "own.example"
    assert submit(admin, "/admin/registration", "registration", **first).status_code == 303
    more = "\n".join([*many[1:], "zebra.example"])
    assert submit(admin, "/admin/registration", "registration", mode="closed", denied=more).status_code == 303
    shown = words(admin.get("/admin/audit"))
    assert "registration.mode: domains became closed" in shown
    assert "registration.denied: a.example became zebra.example" in shown
    assert "registration.question.en" in shown
    assert "{" not in shown.partition("Audit log")[2]
