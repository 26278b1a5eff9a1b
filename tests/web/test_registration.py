"""Who may join: the operator's choice, and what guests find then."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from forum.community import queries as community
from forum.community.actions import set_up
from forum.community.registration import checked_registration
from forum.core.actor import SYSTEM
from forum.core.actor import guest as guest_actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Denied
from forum.members import actions
from forum.members.actions import InvitationDraft
from forum.members.models import MEMBERS
from tests.factories import threads as make
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit
from tests.factories.visitor import Visitor, read, words

ADDRESS = "/admin/registration"
JOINING = {"username": "petra", "email": "petra@velomark.example.org", "password": PASSWORD}


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def choose(client: FlaskClient, mode: str, **values: Any) -> Any:
    return submit(client, ADDRESS, "registration", mode=mode, **values)


def joined() -> int:
    return db.session.scalar(select(func.count()).select_from(MEMBERS).where(MEMBERS.c.username == "petra")) or 0


def reasons(answer: Any) -> dict[str, str]:
    """What stands beside each field."""
    return {str(one["id"]).removesuffix("-error"): one.text for one in read(answer).select(".field-error[id]")}


def ways_in(answer: Any) -> set[str]:
    """Where the page leads whoever is new."""
    return {str(one["href"]) for one in read(answer).select("a[href^='/register']")}


def test_at_first_everybody_may_join_and_the_choice_is_kept_in_the_audit_log(app: Flask, admin: FlaskClient) -> None:
    chosen = read(admin.get(ADDRESS)).select_one("#registration [name=mode] [selected]")
    assert chosen is not None
    assert chosen["value"] == "open"
    assert choose(admin, "closed").status_code == 303
    assert community.current().registration.mode == "closed"
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.after["registration"]["mode"]) == ("community.change", "closed")  # type: ignore[index]
    assert choose(admin, "closed").status_code == 303
    assert db.session.scalar(select(func.max(AuditEntry.id))) == entry.id, "nothing is different"


def test_while_nobody_can_join_no_page_leads_to_a_form(app: Flask, admin: FlaskClient) -> None:
    thread = make.thread(make.member("anna"), make.category(), "A thread")
    guest = Visitor(app)
    places = ("/", "/login", thread.address)
    assert all(ways_in(guest.get(address)) for address in places)
    assert choose(admin, "closed").status_code == 303
    for address in places:
        answer = guest.get(address)
        assert (answer.status_code, ways_in(answer)) == (200, set()), address
        assert read(answer).select("a[href^='/login'], form[action='/login']"), address
    closed = guest.get("/register")
    assert (closed.status_code, read(closed).select("main form")) == (403, [])
    assert "nobody can join" in words(closed)
    assert closed.text == Visitor(app).get("/register").text, "every guest sees the same"
    assert choose(admin, "open").status_code == 303
    assert all(ways_in(guest.get(address)) for address in places), "what was kept for guests is made anew"


def test_a_form_that_was_open_when_it_was_closed_makes_no_account(app: Flask) -> None:
    guest = Visitor(app)
    with transaction():
        set_up(registration={"mode": "closed"})
    answer = guest.post("/register", **JOINING, next="/rules", intent="kept")
    assert (answer.status_code, joined()) == (403, 0)
    page = read(answer)
    kept = {str(one["name"]): str(one["value"]) for one in page.select("#login [type=hidden]")}
    assert (kept["next"], kept["intent"]) == ("/rules", "kept"), "what one meant to do goes on to the sign-in"
    with pytest.raises(Denied, match="registration-closed"), transaction(guest_actor()) as who:
        actions.register(
            who, username="petra", email="p@example.org", password_hash="", language="en", time_zone="Europe/Berlin"
        )


def test_only_addresses_of_the_domains_join(app: Flask, admin: FlaskClient) -> None:
    assert choose(admin, "domains", domains="@Velomark.example.org, partner.example.com\n").status_code == 303
    assert community.current().registration.domains == ("velomark.example.org", "partner.example.com")
    guest = browser(app)
    shown = guest.get("/register").text
    assert "velomark" not in shown
    for email in ("petra@example.org", "petra@sub.velomark.example.org", "petra@notvelomark.example.org"):
        answer = submit(guest, "/register", "register", **JOINING | {"email": email})
        assert (answer.status_code, set(reasons(answer))) == (400, {"email"}), email
        assert "velomark.example.org" not in reasons(answer)["email"]
    assert joined() == 0
    assert (
        submit(guest, "/register", "register", **JOINING | {"email": "petra@VELOMARK.example.org"}).status_code == 303
    )


def test_the_refusal_of_a_domain_says_nothing_of_who_is_a_member(app: Flask, admin: FlaskClient) -> None:
    a_member("petra")
    choose(admin, "domains", domains="partner.example.com")
    known, unknown = (
        submit(browser(app), "/register", "register", username="paul", email=email, password=PASSWORD)
        for email in ("petra@example.org", "nobody@example.org")
    )
    assert known.status_code == unknown.status_code == 400
    assert reasons(known) == reasons(unknown)


def test_everything_wrong_stands_beside_its_field_in_the_readers_language(app: Flask, admin: FlaskClient) -> None:
    choose(admin, "domains", domains="partner.example.com")
    german = browser(app)
    german.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    answer = submit(german, "/register", "register", username="a b", email="p@example.org", password="short")
    assert set(reasons(answer)) == {"username", "email", "password"}
    assert "Adressen bestimmter Unternehmen" in reasons(answer)["email"]


@pytest.mark.parametrize(
    ("mode", "domains", "field"),
    [
        ("everybody", "", "mode"),
        ("domains", "", "domains"),
        ("domains", " , ;\n", "domains"),
        ("domains", "not a domain", "domains"),
        ("open", "example.com\nhttps://example.org/", "domains"),
        ("domains", "\u202eexample.com", "domains"),
        ("domains", "\n".join(f"d{number}.example.com" for number in range(101)), "domains"),
    ],
)
def test_a_choice_that_will_not_do_is_refused_beside_its_field(
    app: Flask, admin: FlaskClient, mode: str, domains: str, field: str
) -> None:
    answer = choose(admin, mode, domains=domains)
    assert (answer.status_code, set(reasons(answer))) == (400, {field})
    assert read(answer).select_one("#domains").text.split() == domains.split()  # type: ignore[union-attr]
    assert community.current().registration.mode == "open"


def test_nobody_overwrites_unseen_what_somebody_else_chose(app: Flask, admin: FlaskClient) -> None:
    seen = read(admin.get(ADDRESS)).select_one("#registration [name=seen]")["value"]  # type: ignore[index]
    choose(admin, "closed")
    answer = choose(admin, "domains", domains="example.com", seen=seen)
    assert answer.status_code == 409
    assert "Nobody" in words(answer)
    assert community.current().registration.mode == "closed"


def test_the_operator_makes_accounts_whoever_may_join(app: Flask) -> None:
    with transaction():
        set_up(registration={"mode": "closed"})
    assert a_member("petra").is_confirmed


def test_domains_that_only_look_alike_are_two() -> None:
    """ß and ss are letters of their own in names of domains (RFC 5891)."""
    chosen = checked_registration("domains", {}, "straße.example")
    assert chosen.takes("a@straße.example")
    assert not chosen.takes("a@strasse.example")


# ---------------------------------------------------------------- addresses that aren't taken


def addressed(app: Flask, email: str) -> Any:
    """What somebody gets who wants to join with this address."""
    return submit(browser(app), "/register", "register", **JOINING | {"email": email})


@pytest.mark.parametrize("email", ["petra@mailinator.com", "petra@MAILINATOR.com", "petra@some.where.mailinator.com"])
def test_throw_away_addresses_are_refused_beside_their_field(app: Flask, email: str) -> None:
    answer = addressed(app, email)
    assert (answer.status_code, set(reasons(answer)), joined()) == (400, {"email"}, 0)
    assert "short while" in reasons(answer)["email"]
    assert read(answer).select_one("#email")["value"] == email  # type: ignore[index]


def test_an_invitation_makes_no_exception(app: Flask) -> None:
    with transaction(SYSTEM) as system:
        token = actions.invite(system, InvitationDraft(1, 30))
    answer = submit(browser(app), f"/invite/{token}", "register", **JOINING | {"email": "petra@mailinator.com"})
    assert (answer.status_code, set(reasons(answer))) == (400, {"email"})


def test_the_operator_names_domains_of_their_own_and_exceptions(app: Flask, admin: FlaskClient) -> None:
    denied = "@Kaufrausch.de\nbücher.com xn--strae-oqa.de\n"
    assert choose(admin, "open", denied=denied, allowed="team.kaufrausch.de mailinator.com").status_code == 303
    assert community.current().registration.denied == ("kaufrausch.de", "bücher.com", "straße.de")
    refused = "a@kaufrausch.de", "a@shop.KAUFRAUSCH.de", "a@xn--bcher-kva.com", "a@BÜCHER.com", "a@alt.straße.de"
    for email in refused:
        answer = addressed(app, email)
        assert (answer.status_code, set(reasons(answer))) == (400, {"email"}), email
        assert "provider" in reasons(answer)["email"]
    kept = community.current().registration
    taken = "a@team.kaufrausch.de", "a@x.team.kaufrausch.de", "a@mailinator.com", "a@strasse.de", "a@nichtkaufrausch.de"
    assert {kept.refusal(actions.check_email(email)) for email in taken} == {""}
    assert addressed(app, taken[0]).status_code == 303
    page = read(admin.get(ADDRESS))
    assert page.select_one("#denied").text.split() == ["kaufrausch.de", "bücher.com", "straße.de"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"denied": "not a domain"}, "denied"),
        ({"allowed": "-.-"}, "allowed"),
        ({"denied": "one.com", "allowed": "one.com"}, "denied"),
        ({"mode": "domains", "domains": "one.com", "denied": "one.com"}, "denied"),
        ({"denied": "\n".join(f"d{number}.com" for number in range(1001))}, "denied"),
    ],
)
def test_lists_that_cannot_be_kept_are_refused_and_stay_in_the_form(
    app: Flask, admin: FlaskClient, values: dict[str, str], field: str
) -> None:
    answer = choose(admin, **{"mode": "open", **values})
    assert (answer.status_code, set(reasons(answer))) == (400, {field})
    assert read(answer).select_one(f"#{field}").text.split() == values[field].split()  # type: ignore[union-attr]
    assert community.current().registration.denied == ()


def test_a_domain_that_may_join_is_no_throw_away_one(app: Flask, admin: FlaskClient) -> None:
    assert choose(admin, "domains", domains="mailinator.com").status_code == 303
    assert addressed(app, "petra@mailinator.com").status_code == 303


def test_members_do_not_change_to_such_an_address_but_staff_may_give_any(app: Flask, admin: FlaskClient) -> None:
    petra = a_member("petra")
    client = browser(app)
    sign_in_by_form(client, "petra")
    page = "/settings/account/email"
    answer = submit(client, page, "change-email", email="petra@mailinator.com", password=PASSWORD)
    assert (answer.status_code, set(reasons(answer))) == (400, {"email"})
    given = {"email": "petra@mailinator.com"}
    assert submit(admin, f"/admin/members/{petra.id}", "email-form", **given).status_code == 303


def test_the_question_is_asked_for_in_the_languages_of_the_community(app: Flask, admin: FlaskClient) -> None:
    asked = {"question_de": "Welches Rad?", "question_en": "Which bike?"}
    assert choose(admin, "approval", **asked).status_code == 303
    with transaction():
        set_up(languages=["en"], default_language="en")
    page = read(admin.get(ADDRESS))
    assert page.select_one("[name=question_en]") is not None
    assert page.select_one("[name=question_de]") is None
    assert choose(admin, "approval", question_en="Which one?").status_code == 303
    kept = dict(community.current().registration.question)
    assert kept == {"de": "Welches Rad?", "en": "Which one?"}, "the other language may be offered again"
