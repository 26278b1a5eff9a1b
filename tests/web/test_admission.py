"""Joining with the team's approval: asking, waiting, being let in or not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.community.actions import set_up
from forum.core import clock, jobs
from forum.core.actor import Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Invalid, NotFound
from forum.ideas.models import VOTES
from forum.members import actions, queries
from forum.members.jobs import forget_unclaimed
from forum.members.models import JOIN_REQUESTS, MEMBERS, SIGN_INS
from forum.threads.models import DRAFTS
from tests.factories import ideas, mail
from tests.factories import threads as make
from tests.factories.accounts import PASSWORD, a_member, browser, submit
from tests.factories.moderation import a_report_about
from tests.factories.rules import a_rulebook
from tests.factories.visitor import Visitor, read, words

QUESTION = {"de": "Welches unserer Räder fährst du?", "en": "Which of our bikes do you ride?"}


@pytest.fixture(autouse=True)
def approval(app: Flask) -> None:
    with transaction():
        set_up(registration={"mode": "approval", "question": QUESTION})
    mail.forget(app)


def asks(app: Flask, name: str = "petra", language: str = "en", **changes: Any) -> Any:
    """Somebody's browser, and what it gets for the form."""
    client = browser(app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    given = {"username": name, "email": f"{name}@example.org", "password": PASSWORD, "answer": "The cargo bike."}
    return client, submit(client, "/register", "register", **given | changes)


def letters(app: Flask) -> list[str]:
    """The mails that wait, as plain text; they are taken out of the box."""
    jobs.work("test")
    found = [mail.plain(one) for one in mail.kept(app)]
    mail.forget(app)
    return found


def member_id(name: str) -> int:
    account = queries.find_account(name)
    assert account is not None
    return account.id


def staff(*roles: str) -> Actor:
    return a_member("-".join(roles), roles=roles)


def test_a_request_of_an_address_that_nobody_confirms_is_forgotten(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asks(app, "petra")
    asks(app, "anna")
    asks(app, "lea")
    with transaction():
        actions.confirm(member_id("lea"))
        actions.sign_out_everywhere(queries.actor_of(member_id("petra")))
        actions.sign_out_everywhere(queries.actor_of(member_id("lea")))
    days(monkeypatch, 13)
    forget_unclaimed()
    assert {member_id(name) for name in ("petra", "anna", "lea")}, "two weeks are not over"
    with transaction():
        now = {"used_at": clock.now(), "expires_at": clock.now() + timedelta(days=60)}
        db.session.execute(update(SIGN_INS).where(SIGN_INS.c.member_id == member_id("anna")).values(**now))
    days(monkeypatch, 2)
    forget_unclaimed()
    assert queries.find_account("petra") is None
    assert member_id("anna"), "somebody is signed in to it"
    assert queries.actor_of(member_id("lea")).is_waiting, "the team has yet to decide"
    days(monkeypatch, 15)
    forget_unclaimed()
    assert queries.find_account("anna") is None


def days(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """So many days go by."""
    then = clock.now() + timedelta(days=number)
    monkeypatch.setattr(clock, "now", lambda: then)


def last_entry() -> AuditEntry:
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    return entry


def test_the_whole_way_from_the_question_to_the_first_post(app: Flask) -> None:
    manager = Visitor(app, staff("manager"))
    category = make.category()
    client, answer = asks(app)
    assert answer.status_code == 303
    assert "then the team looks at your request" in words(client.get("/confirm"))
    assert "The cargo bike." not in words(manager.get("/admin/requests")), "the address comes first"
    [letter] = letters(app)
    assert "the team looks at your request" in letter
    [link] = re.findall(r"https?://[^/\s]+(/confirm\S*)", letter)
    assert submit(client, link, "confirm").headers["Location"] == "/confirm"
    assert "The team looks at your request" in words(client.get("/confirm"))

    petra = queries.actor_of(member_id("petra"))
    assert (petra.is_confirmed, petra.is_waiting) == (False, True)
    assert "looking at your request" in words(client.get("/"))
    with pytest.raises(Denied, match="waiting"):
        make.thread(petra, category)
    visitor = Visitor(app, petra)
    assert visitor.post("/drafts/keep?place=new", title="Hello", body="A thought").status_code == 303

    page = manager.get("/admin/requests")
    assert "Which of our bikes do you ride?" in words(page)
    assert "The cargo bike." in words(page)
    badge = read(page).select_one("#places [data-count=requests]")
    assert badge is not None
    assert badge.text.split() == ["1", "requests", "to", "join"]
    assert manager.post(f"/admin/requests/{petra.id}/approve").status_code == 303
    petra = queries.actor_of(petra.member_id)
    assert (petra.is_confirmed, petra.is_waiting) == (True, False)
    assert make.thread(petra, category).thread_id
    entry = last_entry()
    assert (entry.act, entry.target_id) == ("member.approve", petra.id)
    assert (entry.before, entry.after) == ({"name": "petra", "approved": False}, {"name": "petra", "approved": True})
    [letter] = letters(app)
    assert "Welcome to" in letter
    assert "petra" in letter
    assert db.session.scalar(select(JOIN_REQUESTS.c.answer)) is None, "the answer has served"


def test_the_question_stands_there_in_the_readers_language_and_wants_an_answer(app: Flask) -> None:
    _client, answer = asks(app, language="de", answer="  ")
    assert answer.status_code == 400
    label = read(answer).select_one("label[for=answer]")
    assert label is not None
    assert label.text == QUESTION["de"]
    assert read(answer).select_one("#answer-error")
    assert asks(app, answer="x" * 1001)[1].status_code == 400
    assert asks(app)[1].status_code == 303
    kept = db.session.execute(select(JOIN_REQUESTS.c.question, JOIN_REQUESTS.c.answer)).one()
    assert tuple(kept) == (QUESTION["en"], "The cargo bike.")


def test_without_a_question_there_is_no_field_and_the_team_decides_all_the_same(app: Flask) -> None:
    with transaction():
        set_up(registration={"mode": "approval"})
    client, answer = asks(app)
    assert answer.status_code == 303
    assert read(browser(app).get("/register")).select_one("#answer") is None
    assert client.get("/confirm").status_code == 200
    with transaction():
        actions.confirm(member_id("petra"))
    assert queries.actor_of(member_id("petra")).is_waiting


@pytest.mark.parametrize("language", ["de", "en"])
def test_whoever_is_refused_is_told_why_in_their_language_and_gone(app: Flask, language: str) -> None:
    boss, place = staff("admin"), make.category()
    wanted = ideas.idea(make.member(), ideas.area(place, "Range"), "A longer range")
    client, _answer = asks(app, language=language)
    letters(app)
    with transaction():
        actions.confirm(member_id("petra"))
    petra = queries.actor_of(member_id("petra"))
    Visitor(app, petra).post("/drafts/keep?place=new", title="Hello", body="A thought")
    ideas.vote(petra, wanted.thread_id)
    admin = Visitor(app, boss)
    address = f"/admin/requests/{petra.id}/refuse"
    empty = admin.post(address, reason=" ")
    assert empty.status_code == 400
    assert read(empty).select_one("#reason-error")
    assert admin.post(address, reason="Only for owners; you ride another brand.").status_code == 303
    [letter] = letters(app)
    assert "> Only for owners; you ride another brand." in letter
    assert ("abgelehnt" in letter) == (language == "de")
    assert queries.find_account("petra") is None
    assert client.get("/settings").status_code == 303, "signed out with the account"
    for table in (JOIN_REQUESTS, DRAFTS, VOTES):
        assert db.session.execute(select(table).where(table.c.member_id == petra.id)).first() is None
    entry = last_entry()
    assert (entry.act, entry.before, entry.reason) == (
        "member.refuse",
        {"name": "petra"},
        "Only for owners; you ride another brand.",
    )
    assert asks(app)[1].status_code == 303, "they may ask again"


def test_an_account_that_a_report_hangs_on_stays_unseen_and_banned(app: Flask) -> None:
    a_rulebook()
    boss, petra = staff("admin"), a_member("petra", is_waiting=True)
    a_report_about(staff("moderator"), petra)
    with transaction(boss) as admin:
        actions.refuse(admin, petra.member_id, "Spam.")
    petra = queries.actor_of(petra.member_id)
    assert (petra.is_banned, petra.is_confirmed, petra.is_waiting) == (True, False, False)
    assert Visitor(app).get("/u/petra").status_code == 404
    assert queries.find_account("petra@example.org") is None
    with transaction() as system:
        kept = queries.get_member(system, petra.member_id)
        assert (kept.email, kept.email_key, kept.password_hash) == (None, None, None)


def test_only_managers_and_administrators_decide_and_each_request_once(app: Flask) -> None:
    petra, manager = a_member("petra", is_waiting=True), staff("manager")
    for other in (a_member("ben"), staff("moderator"), staff("product"), petra):
        for decide in (lambda who: actions.approve(who, petra.member_id), lambda who: actions.refuse(who, 1, "No.")):
            with pytest.raises(Denied), transaction(other) as who:
                decide(who)
    with transaction(manager) as who:
        actions.approve(who, petra.member_id)
    for decide in (actions.approve, lambda who, member: actions.refuse(who, member, "No.")):
        with pytest.raises(Conflict, match="request-decided"), transaction(manager) as who:
            decide(who, petra.member_id)
    assert queries.actor_of(petra.member_id).is_confirmed
    visitor = Visitor(app, manager)
    visitor.post(f"/admin/requests/{petra.id}/approve")
    assert "decided this already" in words(visitor.get("/admin/requests"))
    with pytest.raises(Invalid), transaction(manager) as who:
        actions.refuse(who, petra.member_id, "x" * 1001)


def test_nobody_but_the_team_finds_who_waits(app: Flask) -> None:
    a_member("petra", is_waiting=True)
    reader = a_member("reader")
    for visitor in (Visitor(app), Visitor(app, reader)):
        assert visitor.get("/u/petra").status_code == 404
        assert read(visitor.get("/search?q=petra")).select("a[href='/u/petra']") == []
    for address in ("/members", "/members?q=petra"):
        assert "@petra" not in Visitor(app, reader).get(address).text
    assert queries.resolve_names(["petra"]) == {}
    with pytest.raises(NotFound):
        queries.profile(reader, "petra")


def test_what_proves_the_address_otherwise_does_not_replace_the_approval(app: Flask) -> None:
    boss = staff("admin")
    for name in ("petra", "paul"):
        asks(app, name)
    with transaction(boss) as admin:
        actions.confirm_by_hand(admin, member_id("petra"))
    letters(app)
    with transaction():
        actions.ask_for_reset(queries.find_account("paul"))
    [link] = re.findall(r"https?://[^/\s]+(/reset/\S*)", letters(app)[0])
    assert submit(browser(app), link, "new-password", password="three happy hens").status_code == 303
    for name in ("petra", "paul"):
        actor = queries.actor_of(member_id(name))
        assert (actor.is_confirmed, actor.is_waiting) == (False, True), name


def test_an_address_that_is_taken_asks_in_vain_and_looks_the_same(app: Flask) -> None:
    a_member("anna")
    manager = Visitor(app, staff("manager"))
    _client, answer = asks(app, "paul", email="anna@example.org")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/confirm?next=/")
    [letter] = letters(app)
    assert "already have an account" in letter
    assert "paul" not in words(manager.get("/admin/requests"))


def test_who_waits_is_still_decided_on_when_everybody_may_join(app: Flask) -> None:
    petra = a_member("petra", is_waiting=True)
    with transaction():
        set_up(registration={})
    assert petra.is_waiting
    with transaction(staff("manager")) as who:
        actions.approve(who, petra.member_id)
    assert db.session.scalar(select(MEMBERS.c.confirmed_at).where(MEMBERS.c.id == petra.id)) is not None


def test_whoever_puts_another_address_in_confirms_it_before_the_team_decides(app: Flask) -> None:
    manager = staff("manager")
    client, _answer = asks(app)
    links = re.findall(r"/confirm/\S+", letters(app)[0])
    submit(client, links[0], "confirm")
    submit(client, "/settings/account/email", "change-email", email="other@example.org", password=PASSWORD)
    with pytest.raises(Conflict), transaction(manager) as actor:
        actions.approve(actor, member_id("petra"))
    links = re.findall(r"/confirm/\S+", letters(app)[0])
    submit(client, links[0], "confirm")
    with transaction(manager) as actor:
        assert actions.approve(actor, member_id("petra")).confirmed_at is not None


# ---------------------------------------------------------------- several at once


def waiting(*names: str) -> list[str]:
    """Ids of members who wait for the team."""
    return [str(a_member(name, is_waiting=True).id) for name in names]


def test_several_are_approved_after_a_look_and_each_is_recorded_and_told(app: Flask) -> None:
    manager, ids = Visitor(app, staff("manager")), waiting("petra", "anna", "lea")
    boxes = read(manager.get("/admin/requests")).select("input[name=id][form=several]")
    assert [str(one["value"]) for one in boxes] == ids
    shown = words(manager.get("/admin/requests/act", query_string={"act": "approve", "id": ids[:2]}))
    assert "@petra" in shown
    assert "@lea" not in shown
    assert queries.actor_of(int(ids[0])).is_waiting, "looking does nothing"
    assert manager.post("/admin/requests/act", act="approve", id=ids[:2]).status_code == 303
    assert [queries.actor_of(int(one)).is_confirmed for one in ids] == [True, True, False]
    entries = db.session.scalars(select(AuditEntry.target_id).where(AuditEntry.act == "member.approve")).all()
    assert sorted(map(str, entries)) == sorted(ids[:2])
    assert sum("Welcome to" in one for one in letters(app)) == 2
    assert "2 requests are approved." in words(manager.get("/admin/requests"))


def test_several_are_refused_with_one_reason_and_none_without(app: Flask) -> None:
    manager, ids = Visitor(app, staff("manager")), waiting("petra", "anna")
    refused = manager.post("/admin/requests/act", act="refuse", id=ids, reason="  ")
    assert refused.status_code == 400
    assert [str(one["value"]) for one in read(refused).select("#answer [name=id]")] == ids
    assert manager.post("/admin/requests/act", act="refuse", id=ids, reason="For customers.").status_code == 303
    assert queries.find_account("petra") is queries.find_account("anna") is None
    reasons = db.session.scalars(select(AuditEntry.reason).where(AuditEntry.act == "member.refuse")).all()
    assert reasons == ["For customers."] * 2
    told = [one for one in letters(app) if "For customers." in one]
    assert len(told) == 2


def test_who_was_decided_meanwhile_is_named_and_the_others_go_through(app: Flask) -> None:
    manager, ids = Visitor(app, staff("manager")), waiting("petra", "anna", "lea", "kim")
    with transaction(staff("admin")) as boss:
        actions.refuse(boss, int(ids[0]), "No.")
        actions.approve(boss, int(ids[1]))
        unconfirmed = update(JOIN_REQUESTS).where(JOIN_REQUESTS.c.member_id == int(ids[3])).values(confirmed_at=None)
        db.session.execute(unconfirmed)  # on whom nobody has decided: another address is to be confirmed first
    shown = words(manager.get("/admin/requests/act", query_string={"act": "approve", "id": ids}))
    assert "Decided already: @petra, @anna" in shown
    assert "@kim" not in shown
    assert manager.post("/admin/requests/act", act="approve", id=ids).status_code == 303
    assert queries.actor_of(int(ids[2])).is_confirmed
    shown = words(manager.get("/admin/requests"))
    assert "1 request is approved." in shown
    assert "Decided already: @petra, @anna" in shown


@pytest.mark.parametrize("form", [{}, {"act": "burn"}, {"act": "approve", "id": []}, {"act": "approve", "id": ["x"]}])
def test_an_answer_that_is_not_whole_leads_back_and_does_nothing(app: Flask, form: dict[str, Any]) -> None:
    manager = Visitor(app, staff("manager"))
    form = {"id": waiting("petra"), **form}
    assert manager.get("/admin/requests/act", query_string=form).status_code == 303
    assert manager.post("/admin/requests/act", **form).status_code == 303
    assert queries.actor_of(member_id("petra")).is_waiting


def test_more_than_a_few_hundred_answers_at_once_are_refused(app: Flask) -> None:
    manager = Visitor(app, staff("manager"))
    ids = [str(number) for number in range(1_000, 1_201)]
    assert manager.get("/admin/requests/act", query_string={"act": "approve", "id": ids}).status_code == 303
    manager.post("/admin/requests/act", act="approve", id=ids)
    assert "At most 200 members at once" in words(manager.get("/admin/requests"))
