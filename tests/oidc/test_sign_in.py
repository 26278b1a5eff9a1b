"""Signing in by a provider: joining, coming back, linking after the account's own proof, proving, second steps."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.community.actions import set_up as set_community
from forum.core import settings
from forum.core.actor import SYSTEM
from forum.core.database import db, transaction
from forum.core.worker import drain
from forum.members import actions as members
from forum.members import queries
from forum.members.models import SIGN_INS, Member
from forum.oidc.models import IDENTITIES
from forum.web import intents
from tests.factories import mail
from tests.factories import provider as providers
from tests.factories import threads as make
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit, the_member
from tests.factories.provider import StubProvider, go
from tests.factories.refusals import security_log
from tests.factories.rules import a_rulebook
from tests.factories.two_factor import switched_on
from tests.factories.visitor import words


@pytest.fixture(autouse=True)
def provider(app: Flask, stub: StubProvider) -> int:
    return providers.set_up(stub)


def member(username: str) -> Member:
    found = queries.find_account(username)
    assert found is not None
    return found


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/settings").status_code == 200


def join(client: FlaskClient, stub: StubProvider, **form: str) -> None:
    assert go(client, stub).headers["Location"] == "/login/first"
    assert submit(client, "/login/first", "first", **form).status_code == 303


def test_the_button_stands_on_the_sign_in_page_and_leads_there(client: FlaskClient, stub: StubProvider) -> None:
    page = BeautifulSoup(client.get("/login?next=/rules").text, "html5lib")
    button = page.select_one("#providers a")
    assert button is not None
    assert button.text == "Sign in with Velomark account"
    there = client.get(str(button["href"]))
    assert there.headers["Location"].startswith(f"{stub.issuer}/auth?")
    assert there.headers["Cache-Control"] == "no-store"


def test_the_first_time_one_joins_with_the_rules_and_afterwards_one_comes_in(
    app: Flask, client: FlaskClient, stub: StubProvider
) -> None:
    a_rulebook()
    assert go(client, stub, "/login/with/company?next=/rules").headers["Location"] == "/login/first"
    page = client.get("/login/first")
    assert "Velomark account knows you as petra@example.org" in words(page)
    assert submit(client, "/login/first", "first").status_code == 400, "the rules aren't accepted"
    answer = submit(client, "/login/first", "first", accept="y")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/rules")
    petra = member("petra")
    assert (petra.email_key, petra.display_name, petra.password_hash) == ("petra@example.org", "Petra Lindgren", None)
    assert petra.confirmed_at is not None
    assert petra.accepted_version > 0
    other = browser(app)
    assert go(other, stub, "/login/with/company?next=/rules").headers["Location"] == "/rules"
    assert is_signed_in(other)


def test_a_name_that_is_taken_is_proposed_otherwise_and_one_that_speaks_for_the_house_is_not(
    client: FlaskClient, stub: StubProvider
) -> None:
    a_member("petra")
    stub.person |= {"email": "p@example.org"}
    go(client, stub)
    form = BeautifulSoup(client.get("/login/first").text, "html5lib").find("input", id="username")
    assert form is not None
    assert form["value"] == "petra-2"
    stub.person |= {"sub": "p-2", "preferred_username": "admin"}
    go(client, stub)
    form = BeautifulSoup(client.get("/login/first").text, "html5lib").find("input", id="username")
    assert form is not None
    assert form["value"] == "admin-2"


def test_an_address_that_is_not_confirmed_is_asked_about_by_mail_and_claims_nothing(
    client: FlaskClient, stub: StubProvider
) -> None:
    owner = a_member("owner")
    stub.person |= {"email": "owner@example.org", "email_verified": False}
    go(client, stub)
    assert "account with this address" not in words(client.get("/login/first"))
    answer = submit(client, "/login/first", "first")
    assert answer.headers["Location"].startswith("/confirm")
    petra = member("petra")
    assert (petra.email_key, petra.confirmed_at) == (None, None)
    assert the_member(owner).email_key == "owner@example.org"


def test_a_confirmed_address_of_an_account_is_linked_after_the_account_s_own_proof(
    app: Flask, client: FlaskClient, stub: StubProvider
) -> None:
    petra = a_member("petra")
    assert go(client, stub).headers["Location"] == "/login/first"
    page = client.get("/login/first")
    assert "There is an account with this address already" in words(page)
    assert BeautifulSoup(page.text, "html5lib").find("form", id="first") is None
    assert not is_signed_in(client)
    answer = sign_in_by_form(client, "petra", next="/settings/providers/link")
    assert answer.headers["Location"] == "/settings/providers/link"
    assert submit(client, "/settings/providers/link", "link").status_code == 303
    other = browser(app)
    go(other, stub)
    assert is_signed_in(other)
    assert db.session.scalar(select(IDENTITIES.c.member_id)) == petra.id


def test_the_second_step_of_the_account_belongs_to_its_proof(client: FlaskClient, stub: StubProvider) -> None:
    petra = a_member("petra")
    _phone, codes = switched_on(petra)
    go(client, stub)
    sign_in_by_form(client, "petra", next="/settings/providers/link")
    assert client.get("/settings/providers/link").status_code == 303
    assert submit(client, "/login/code?next=/settings/providers/link", "code-form", code=codes[0]).status_code == 303
    assert submit(client, "/settings/providers/link", "link").status_code == 303
    assert db.session.scalar(select(IDENTITIES.c.member_id)) == petra.id


def test_posting_as_a_new_member_doesn_t_take_an_account_s_address(client: FlaskClient, stub: StubProvider) -> None:
    petra = a_member("petra")
    go(client, stub)
    form = {"username": "petra2"}
    page = BeautifulSoup(client.get("/login").text, "html5lib").find("input", attrs={"name": "csrf_token"})
    assert page is not None
    answer = client.post("/login/first", data={"csrf_token": page["value"], **form})
    assert answer.status_code == 409
    assert queries.find_account("petra2") is None
    assert the_member(petra).email_key == "petra@example.org"


def test_a_member_links_in_the_settings_at_the_press_of_a_button_and_unlinks(
    client: FlaskClient, stub: StubProvider
) -> None:
    petra = a_member("paula")
    sign_in_by_form(client, "paula")
    answer = go(client, stub, "/login/with/company?for=link")
    assert answer.headers["Location"] == "/settings/providers/link"
    assert db.session.scalar(select(IDENTITIES.c.id)) is None, "coming back links nothing"
    with security_log() as lines:
        submit(client, "/settings/providers/link", "link")
    linked = [(line["kind"], line["member_id"], line["provider"]) for line in lines]
    assert linked == [("identity-linked", petra.id, "company")]
    [identity] = db.session.execute(select(IDENTITIES)).all()
    assert (identity.member_id, identity.label) == (petra.id, "petra@example.org")
    page = BeautifulSoup(client.get("/settings/providers").text, "html5lib")
    form = page.find("form", action=f"/settings/providers/{identity.id}/unlink")
    assert form is not None
    with security_log() as lines:
        client.post(str(form["action"]), data={"csrf_token": form.find("input")["value"]})  # type: ignore[index]
    assert [(line["kind"], line["member_id"]) for line in lines] == [("identity-unlinked", petra.id)]
    assert db.session.scalar(select(IDENTITIES.c.id)) is None


def test_the_member_is_told_by_mail_of_linking_and_unlinking(
    app: Flask, client: FlaskClient, stub: StubProvider
) -> None:
    a_member("petra")
    sign_in_by_form(client, "petra")
    go(client, stub, "/login/with/company?for=link")
    submit(client, "/settings/providers/link", "link")
    form = BeautifulSoup(client.get("/settings/providers").text, "html5lib").select_one("form[action$='/unlink']")
    assert form is not None
    token = form.select_one("input[name=csrf_token]")
    assert token is not None
    assert client.post(str(form["action"]), data={"csrf_token": token["value"]}).status_code == 303
    drain(app.extensions["settings"])
    for kind in ("identity_linked", "identity_unlinked"):
        (letter,) = mail.kept(app, f"{kind}-*")
        mail.check(letter)
        assert "Velomark account" in mail.plain(letter)
        assert "/settings/providers" in mail.plain(letter)
        assert "/reset" in mail.plain(letter)


def test_the_last_way_in_stays(client: FlaskClient, stub: StubProvider) -> None:
    stub.person |= {"email": None}
    join(client, stub)
    page = client.get("/settings/providers")
    assert "It is your only way in" in words(page)
    identity = db.session.scalar(select(IDENTITIES.c.id))
    token = BeautifulSoup(page.text, "html5lib").find("input", attrs={"name": "csrf_token"})
    assert token is not None
    client.post(f"/settings/providers/{identity}/unlink", data={"csrf_token": token["value"]})
    assert db.session.scalar(select(IDENTITIES.c.id)) == identity


def test_nobody_links_what_another_account_is_linked_with(app: Flask, client: FlaskClient, stub: StubProvider) -> None:
    join(client, stub)
    paul = a_member("paul")
    other = browser(app)
    sign_in_by_form(other, "paul")
    go(other, stub, "/login/with/company?for=link")
    submit(other, "/settings/providers/link", "link")
    assert "Another account is linked" in words(other.get("/settings/providers"))
    assert db.session.scalar(select(IDENTITIES.c.member_id)) != paul.id


def test_a_member_without_a_password_proves_it_at_the_provider(client: FlaskClient, stub: StubProvider) -> None:
    join(client, stub)
    petra = member("petra")
    with transaction():
        db.session.execute(SIGN_INS.update().values(proved_at=petra.joined_at.replace(year=2020)))
    identity = db.session.scalar(select(IDENTITIES.c.id))
    token = BeautifulSoup(client.get("/settings/account").text, "html5lib").find("input", attrs={"name": "csrf_token"})
    assert token is not None
    sent = {"csrf_token": token["value"]}
    asked = client.post(f"/settings/providers/{identity}/unlink", data=sent)
    assert asked.status_code == 403
    assert "Confirm with Velomark account" in words(asked)
    there = client.get("/login/with/company?for=proof").headers["Location"]
    assert "max_age=0" in there
    stub.lies = {"auth_time": 1_000_000_000}
    assert client.get(stub.back_from(there)).status_code == 400, "the provider hasn't asked anew"
    assert client.post(f"/settings/providers/{identity}/unlink", data=sent).status_code == 403
    stub.lies = {}
    assert "It is you" in words(go(client, stub, "/login/with/company?for=proof"))
    assert client.post(f"/settings/providers/{identity}/unlink", data=sent).status_code == 303


def test_a_proof_of_somebody_else_proves_nothing(client: FlaskClient, stub: StubProvider) -> None:
    join(client, stub)
    stub.person |= {"sub": "somebody-else"}
    assert go(client, stub, "/login/with/company?for=proof").status_code == 409


def test_what_a_guest_meant_to_do_waits_for_a_button(app: Flask, client: FlaskClient, stub: StubProvider) -> None:
    join(client, stub)
    posted = make.thread(a_member("ben"), make.category(), title="The range in winter")
    other = browser(app)
    wish = intents.act("follow", posted.thread_id)
    answer = go(other, stub, f"/login/with/company?next={posted.address}&intent={wish}")
    assert answer.headers["Location"].startswith("/login/go-on?")
    done = submit(other, answer.headers["Location"], "go-on")
    assert done.headers["Location"].startswith(posted.address)


def test_who_has_a_second_step_here_is_asked_for_it_unless_the_provider_has(
    app: Flask, client: FlaskClient, stub: StubProvider
) -> None:
    join(client, stub)
    _phone, codes = switched_on(queries.actor_of(member("petra").id))
    other = browser(app)
    assert go(other, stub).headers["Location"].startswith("/login/code")
    assert not is_signed_in(other)
    submit(other, "/login/code", "code-form", code=codes[0])
    assert is_signed_in(other)
    stub.person |= {"amr": ["pwd", "mfa"]}
    providers.set_up(stub, key="strict", second_step="mfa")
    go(other, stub, "/login/with/strict?for=link")
    assert submit(other, "/settings/providers/link", "link").status_code == 303
    third = browser(app)
    go(third, stub, "/login/with/strict")
    assert is_signed_in(third)


def test_a_role_that_asks_for_two_steps_is_open_where_the_provider_has_asked(app: Flask, stub: StubProvider) -> None:
    providers.set_up(stub, key="strict", second_step="mfa")
    boss = a_member("boss", roles=("admin",))
    with transaction():
        set_community(two_factor_roles=["admin"])
    client = browser(app)
    sign_in_by_form(client, "boss")
    go(client, stub, "/login/with/strict?for=link")
    submit(client, "/settings/providers/link", "link")
    for said, status in (([], 303), (["pwd"], 303), (["pwd", "mfa"], 200)):
        stub.person["amr"] = said
        other = browser(app)
        go(other, stub, "/login/with/strict")
        assert other.get("/admin").status_code == status, said
    token = BeautifulSoup(other.get("/admin/groups").text, "html5lib").find("input", attrs={"name": "csrf_token"})
    assert token is not None
    assert other.post("/admin/groups", data={"csrf_token": token["value"], "name": "Partners"}).status_code == 303
    assert queries.actor_of(boss.member_id).roles == frozenset(), "a program of theirs may no more than before"


def test_a_secret_of_the_settings_is_sent_as_the_provider_wants_it(client: FlaskClient, stub: StubProvider) -> None:
    former = settings.installed()
    settings.install(replace(former, oidc_secrets="other=x company=p&ss="))
    try:
        go(client, stub)
        form, headers = stub.sent[-1]
        assert headers["Authorization"].startswith("Basic ")
        assert "client_secret" not in form
        stub.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        providers.protocol.forget()
        go(client, stub)
        form, headers = stub.sent[-1]
        assert (form["client_id"], form["client_secret"]) == ("tafelrunde", "p&ss=")
    finally:
        settings.install(former)


def test_what_the_id_token_lacks_is_asked_for(client: FlaskClient, stub: StubProvider) -> None:
    stub.person, stub.told = {"sub": "p-1"}, {k: v for k, v in providers.PETRA.items() if k != "sub"}
    join(client, stub)
    assert member("petra").email_key == "petra@example.org"


@pytest.mark.parametrize(
    ("creates", "mode", "joins"),
    [
        ("never", "open", False),
        ("registration", "closed", False),
        ("registration", "open", True),
        ("always", "closed", True),
    ],
)
def test_who_may_join_by_it(client: FlaskClient, stub: StubProvider, creates: str, mode: str, joins: bool) -> None:
    with transaction():
        set_community(registration={"mode": mode})
    providers.set_up(stub, key="other", creates=creates)
    go(client, stub, "/login/with/other")
    page = BeautifulSoup(client.get("/login/first").text, "html5lib")
    assert (page.find("form", id="first") is not None) is joins


def test_where_the_team_approves_they_wait(client: FlaskClient, stub: StubProvider) -> None:
    with transaction():
        set_community(registration={"mode": "approval"})
    join(client, stub)
    assert queries.actor_of(member("petra").id).is_waiting


def test_a_banned_member_sees_the_decision_and_nothing_else(
    app: Flask, client: FlaskClient, stub: StubProvider
) -> None:
    join(client, stub)
    with transaction():
        members.ban(SYSTEM, member("petra").id)
    other = browser(app)
    go(other, stub)
    assert other.get("/settings").status_code == 403


def test_a_password_still_opens_the_account_that_has_one(client: FlaskClient) -> None:
    a_member("paul")
    assert sign_in_by_form(client, "paul", PASSWORD).status_code == 303
