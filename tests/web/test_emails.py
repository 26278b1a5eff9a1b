"""Another e-mail address: asked for in the browser, confirmed at both addresses, stopped, vouched for by staff."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from forum.community.actions import set_up
from forum.core import audit, clock, jobs
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.members import actions, passwords
from forum.members.jobs import forget_unclaimed
from forum.members.models import EMAIL_CHANGES
from tests.factories import mail
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit, the_member
from tests.factories.visitor import Visitor

PAGE, NEW, OLD = "/settings/account/email", "new@example.org", "petra@example.org"


@pytest.fixture
def petra(app: Flask) -> Actor:
    made = a_member("petra")
    links(app)
    return made


@pytest.fixture
def client(app: Flask, petra: Actor) -> FlaskClient:
    made = browser(app)
    sign_in_by_form(made, "petra")
    links(app)
    return made


def links(app: Flask) -> dict[str, tuple[str, str]]:
    """What the waiting mails say, by their address: subject and the path of the button. The box is emptied."""
    jobs.work("test")
    found = {}
    for one in mail.kept(app):
        mail.check(one)
        path = re.search(r"https?://[^/\s]+(/(?:email|confirm|reset)\S*)", mail.plain(one))
        found[str(one["To"].addresses[0].addr_spec)] = (str(one["Subject"]), path[1] if path else "")
    mail.forget(app)
    return found


def ask(client: FlaskClient, email: str = NEW, password: str = PASSWORD) -> int:
    return submit(client, PAGE, "change-email", email=email, password=password).status_code


def paths(app: Flask) -> tuple[str, str]:
    """The links that the new and the present address got."""
    found = links(app)
    return found[NEW][1], found[OLD][1]


def test_nothing_tells_a_newcomer_whether_an_address_has_an_account(app: Flask) -> None:
    anna = a_member("anna")
    with transaction():
        actions.set_password(anna, the_member(anna), passwords.hashed("three happy hens"))
    seen = []
    for number, email in enumerate(("anna@example.org", "nobod@example.org")):
        name = f"newcomer{number}"
        a_member(name, is_confirmed=False)
        client, other = browser(app), browser(app)
        assert sign_in_by_form(client, name).status_code == 303
        asked = submit(client, PAGE, "change-email", email=email, password=PASSWORD)
        answers = [asked, *(client.get(page) for page in (PAGE, "/confirm", "/settings", "/settings/account"))]
        answers += [sign_in_by_form(other, email), client.get("/")]
        seen.append([(one.status_code, shape(one.text, name, email)) for one in answers])
        assert answers[-2].status_code == 400, "an address counts from when it is confirmed"
        assert sign_in_by_form(other, name).status_code == 303
    assert seen[0] == seen[1]


def shape(text: str, name: str, email: str) -> str:
    """A page without what differs between two members in any case."""
    text = text.replace(email, "EMAIL").replace(name, "NAME")
    return re.sub(r'value="[^"]*"|hue-\d+|/u/[^"]*|<time.*?</time>', "", text)


@pytest.mark.parametrize("first", ["new", "old"])
def test_the_address_changes_when_both_have_confirmed_in_any_order(
    app: Flask, petra: Actor, client: FlaskClient, first: str
) -> None:
    other = browser(app)
    sign_in_by_form(other, "petra")
    assert ask(client) == 303
    new, old = paths(app)
    one, two = (new, old) if first == "new" else (old, new)
    mailbox = browser(app)
    for path in (one, two):
        assert mailbox.get(path).status_code == 200
    assert the_member(petra).email == OLD
    assert "one of two" in submit(mailbox, one, "email-change").text
    assert the_member(petra).email == OLD
    assert NEW in client.get(PAGE).text
    assert "Your address is changed" in submit(mailbox, two, "email-change").text
    assert (the_member(petra).email, the_member(petra).email_key) == (NEW, NEW)
    for path in (new, old):
        assert mailbox.get(path).status_code == 410
    for signed_in in (client, other):
        assert signed_in.get("/settings").status_code == 200
    assert sign_in_by_form(browser(app), NEW).status_code == 303
    assert sign_in_by_form(browser(app), OLD).status_code == 400


def test_one_address_alone_changes_nothing_however_often_it_confirms(
    app: Flask, petra: Actor, client: FlaskClient
) -> None:
    ask(client)
    new, old = paths(app)
    assert "one of two" in submit(browser(app), new, "email-change").text
    assert browser(app).get(new).text.count('id="email-change"') == 0
    visitor = Visitor(app)
    for _ in range(2):
        assert visitor.post(new).status_code == 200
    assert the_member(petra).email == OLD
    assert visitor.post(old.replace("/old/", "/new/")).status_code == 410
    assert visitor.post(new.replace("/new/", "/old/")).status_code == 410
    assert the_member(petra).email == OLD


def test_the_present_address_stops_it_and_no_link_works_any_more(app: Flask, petra: Actor, client: FlaskClient) -> None:
    ask(client)
    new, old = paths(app)
    submit(browser(app), new, "email-change")
    answer = Visitor(app).post(f"{old}/stop")
    assert (answer.status_code, "keeps its address" in answer.text) == (200, True)
    visitor = Visitor(app)
    for path in (new, old, f"{old}/stop"):
        assert visitor.post(path).status_code == 410
    assert the_member(petra).email == OLD
    assert NEW not in client.get(PAGE).text


def test_a_wish_is_cancelled_and_gives_way_to_another(app: Flask, petra: Actor, client: FlaskClient) -> None:
    ask(client)
    new, old = paths(app)
    assert ask(client, "newer@example.org") == 303
    visitor = Visitor(app)
    for path in (new, old):
        assert visitor.get(path).status_code == 410
    assert "newer@example.org" in client.get(PAGE).text
    newer = links(app)["newer@example.org"][1]
    assert submit_cancel(client) == 303
    assert visitor.post(newer).status_code == 410
    assert "newer@example.org" not in client.get(PAGE).text
    assert the_member(petra).email == OLD


def submit_cancel(client: FlaskClient) -> int:
    page = BeautifulSoup(client.get(PAGE).text, "html5lib")
    form = page.select_one(f"form[action='{PAGE}/cancel']")
    assert form is not None
    token = form.select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    return client.post(f"{PAGE}/cancel", data={"csrf_token": token}).status_code


def test_links_work_for_a_day_and_what_nobody_confirmed_is_forgotten(
    app: Flask, petra: Actor, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client)
    new, _old = paths(app)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=25))
    assert Visitor(app).post(new).status_code == 410
    forget_unclaimed()
    assert db.session.scalar(select(func.count()).select_from(EMAIL_CHANGES)) == 0


def test_the_answer_is_the_same_whether_or_not_the_address_has_an_account(
    app: Flask, petra: Actor, client: FlaskClient
) -> None:
    ben = a_member("ben")
    links(app)
    assert ask(client, "free@example.org") == 303
    free = client.get(PAGE).text
    assert set(links(app)) == {"free@example.org", OLD}
    assert ask(client, "ben@example.org") == 303
    taken = client.get(PAGE).text
    token = re.compile(r'value="[^"]*"|<time.*?</time>')
    assert token.sub("", free.replace("free@example.org", "ben@example.org")) == token.sub("", taken)
    told = links(app)
    subject, path = told["ben@example.org"]
    assert (subject, path) == ("You already have an account at Community", "/reset")
    assert "one of two" in submit(browser(app), told[OLD][1], "email-change").text
    assert (the_member(petra).email, the_member(ben).email) == (OLD, "ben@example.org")


def test_an_address_that_became_anothers_meanwhile_is_not_taken_away(
    app: Flask, petra: Actor, client: FlaskClient
) -> None:
    ask(client)
    new, old = paths(app)
    visitor = Visitor(app)
    assert visitor.post(new).status_code == 200
    a_member("new")
    assert visitor.post(old).status_code == 409
    assert the_member(petra).email == OLD


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [(NEW, "not this one", "password"), ("nonsense", PASSWORD, "email"), ("Petra@Example.org", PASSWORD, "email")],
)
def test_what_will_not_do_is_refused_beside_its_field(
    app: Flask, petra: Actor, client: FlaskClient, email: str, password: str, field: str
) -> None:
    answer = submit(client, PAGE, "change-email", email=email, password=password)
    page = BeautifulSoup(answer.text, "html5lib")
    assert (answer.status_code, [str(one["id"]) for one in page.select(".field-error")]) == (400, [f"{field}-error"])
    assert page.select_one("#email")["value"] == email  # type: ignore[index]
    assert links(app) == {}


def test_a_mistyped_address_is_put_right_at_once_and_only_the_new_one_confirms(app: Flask) -> None:
    paul = a_member("paul", is_confirmed=False)
    client = browser(app)
    sign_in_by_form(client, "paul")
    with transaction():
        actions.ask_for_confirmation(the_member(paul))
    [(_subject, former)] = links(app).values()
    assert ask(client) == 303
    assert the_member(paul).email == NEW
    found = links(app)
    assert set(found) == {NEW}
    assert browser(app).get(former).status_code == 410
    assert submit(browser(app), found[NEW][1], "confirm").status_code == 303
    assert the_member(paul).confirmed_at is not None


def test_nobody_gets_the_address_of_another_account_by_putting_it_right(app: Flask, petra: Actor) -> None:
    paul = a_member("paul", is_confirmed=False)
    client = browser(app)
    sign_in_by_form(client, "paul")
    assert ask(client, OLD) == 303
    assert (the_member(paul).email_key, the_member(petra).email_key) == (None, OLD)
    assert links(app)[OLD] == ("You already have an account at Community", "/reset")
    assert ask(client, NEW) == 303
    assert the_member(paul).email_key == NEW


def test_an_administrator_stands_in_for_an_address_that_is_lost(app: Flask, petra: Actor) -> None:
    admin = Visitor(app, a_member("kim", roles=("admin",)))
    address = f"/admin/members/{petra.member_id}/email"
    assert admin.post(address, email="nonsense").status_code == 400
    assert admin.post(address, email=NEW).status_code == 303
    assert the_member(petra).email == OLD
    told = links(app)
    assert told[OLD][1].startswith("/email/old/")
    assert 'id="email-change"' not in browser(app).get(told[OLD][1]).text, "the present address can only stop it"
    assert "Your address is changed" in submit(browser(app), told[NEW][1], "email-change").text
    assert the_member(petra).email == NEW
    entry = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.act == "member.email")).one()
    assert (entry.before, entry.after) == (None, {"name": "petra"}), "no address stays in the log for good"


def test_an_administrators_word_changes_nothing_before_the_present_address_was_told(
    app: Flask, petra: Actor, client: FlaskClient
) -> None:
    ask(client)
    new, _old = paths(app)
    submit(browser(app), new, "email-change")
    admin = Visitor(app, a_member("kim", roles=("admin",)))
    links(app)
    assert admin.post(f"/admin/members/{petra.member_id}/email", email=NEW).status_code == 303
    assert the_member(petra).email == OLD
    told = links(app)
    assert browser(app).get(new).status_code == 410
    submit(browser(app), told[NEW][1], "email-change")
    assert (the_member(petra).email, OLD in told) == (NEW, True)


def test_administrators_vouch_for_others_only_and_nobody_else_does(app: Flask, petra: Actor) -> None:
    kim, manager = a_member("kim", roles=("admin",)), a_member("max", roles=("manager",))
    assert Visitor(app, kim).post(f"/admin/members/{kim.member_id}/email", email=NEW).status_code == 409
    assert Visitor(app, manager).post(f"/admin/members/{petra.member_id}/email", email=NEW).status_code == 403
    assert links(app).keys() <= {"kim@example.org", "max@example.org"}


def test_a_new_password_ends_a_change_that_waits(app: Flask, petra: Actor, client: FlaskClient) -> None:
    """Whoever knew the former password may have asked for it, and have read the present address's mail."""
    ask(client)
    new, old = paths(app)
    assert "one of two" in submit(browser(app), old, "email-change").text
    with transaction():
        actions.ask_for_reset(the_member(petra))
    [(_subject, reset)] = links(app).values()
    submit(browser(app), reset, "new-password", password="Drei neue Worte am Morgen")
    assert browser(app).get(new).status_code == 410
    assert the_member(petra).email == OLD


def test_where_domains_decide_a_mistyped_address_becomes_one_of_them(app: Flask) -> None:
    with transaction():
        set_up(registration={"mode": "domains", "domains": ["example.org"]})
    paul = a_member("paul", is_confirmed=False)
    client = browser(app)
    sign_in_by_form(client, "paul")
    for email, status in (("paul@elsewhere.example", 400), ("pauls@example.org", 303)):
        assert ask(client, email) == status
    assert the_member(paul).email == "pauls@example.org"
