"""Seeing the site as others see it: what is seen, what can't be done, what is left behind."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.core import audit, clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.http import cache
from forum.members import actions, queries
from forum.threads import actions as threads
from forum.threads.actions import CategoryDraft
from forum.threads.models import READ_POSITIONS
from tests.factories.members import a_group, a_member
from tests.factories.moderation import a_report
from tests.factories.rules import a_rulebook
from tests.factories.threads import OPEN, category, reply, thread
from tests.factories.visitor import Visitor, read, words


@pytest.fixture
def boss(app: Flask) -> Actor:
    return a_member("boss", roles=("admin",))


@pytest.fixture
def looker(app: Flask, boss: Actor) -> Visitor:
    return Visitor(app, boss)


def look(visitor: Visitor, viewpoint: str) -> None:
    answer = visitor.post("/admin/see-as", viewpoint=viewpoint)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_who_looks_as_a_guest_sees_what_guests_see_and_ends_it_with_one_press(app: Flask, looker: Visitor) -> None:
    look(looker, "guest")
    page = read(looker.get("/"))
    bar = page.select_one(".onlook")
    assert bar is not None
    assert "as a guest" in bar.get_text()
    bar.decompose()
    guest = read(Visitor(app).get("/"))
    assert page.body.get_text(" ").split() == guest.body.get_text(" ").split()  # type: ignore[union-attr]
    assert looker.get("/members").status_code == 303
    assert looker.post("/see-as/end").headers["Location"] == "/admin/see-as"
    assert looker.get("/admin").status_code == 200
    assert ".onlook" not in looker.get("/admin").text


def test_a_member_of_a_group_sees_its_category_and_a_new_one_does_not(app: Flask, looker: Visitor) -> None:
    group = a_group("Partners")
    with transaction(SYSTEM) as system:
        grants = frozenset((verb, group) for verb in ("see", "start", "reply"))
        threads.create_category(system, CategoryDraft({"de": "Kontor", "en": "Kontor"}, grants=grants))
    look(looker, f"group-{group}")
    shown = looker.get("/").text
    assert "Kontor" in shown
    assert "member of the group Partners" in shown
    assert looker.get("/admin").status_code == 403
    looker.post("/see-as/end")
    look(looker, "new")
    assert "Kontor" not in looker.get("/").text
    assert looker.get("/moderation").status_code == 403


def test_who_looks_as_one_of_those_who_moderate_has_no_desk(app: Flask, looker: Visitor, boss: Actor) -> None:
    """They would be nobody in particular there, and see who has reported them."""
    a_rulebook()
    group, topic = a_group("Keepers"), category()
    with transaction(SYSTEM) as system:
        threads.set_grants(system, topic, OPEN | {("moderate", group)})
    posted = thread(boss, topic)
    case_id = a_report(a_member("rita"), posted.post_id, "The boss is rude.")
    look(looker, f"group-{group}")
    assert looker.get(looker.get(f"/t/{posted.thread_id}").headers["Location"]).status_code == 200
    for page in ("/moderation", f"/moderation/cases/{case_id}"):
        answer = looker.get(page)
        assert answer.status_code in {403, 404}
        assert "rude" not in answer.text
    front = looker.get("/")
    assert front.status_code == 200
    assert "/moderation" not in front.text


@pytest.mark.parametrize("viewpoint", ["guest", "new", "group"])
def test_where_conversations_are_lists_are_shown_to_who_looks(
    app: Flask, looker: Visitor, boss: Actor, viewpoint: str
) -> None:
    topic = category("Help")
    posted = thread(boss, topic)
    reply(boss, posted.thread_id)
    look(looker, f"group-{a_group('Partners')}" if viewpoint == "group" else viewpoint)
    conversation = looker.get(f"/t/{posted.thread_id}").headers["Location"]
    pages = ["/", "/c/help", "/?view=unanswered", "/u/boss/threads", "/ideas", conversation]
    assert [looker.get(page).status_code for page in pages] == [200] * len(pages)


def test_every_act_is_refused_as_long_as_one_looks(app: Flask, looker: Visitor) -> None:
    posted = thread(a_member("anna"), category("Help"), "A question", "Why?")
    look(looker, "new")
    assert looker.get(posted.address).status_code == 200
    for address, form in {
        f"/t/{posted.thread_id}/reply": {"body": "Because."},
        "/new": {"title": "x", "body": "y"},
        "/admin/see-as": {"viewpoint": "guest"},
        "/settings/profile": {"display_name": "x"},
        "/logout": {},
        "/language": {"language": "de"},
    }.items():
        answer = looker.post(address, **form)
        assert answer.status_code == 403, address
        assert "You only look" in words(answer), address
    assert looker.get("/settings").status_code == 403
    assert looker.get("/notifications").status_code == 200
    assert looker.get("/drafts").status_code == 200
    assert looker.get("/news").status_code == 200


def test_looking_leaves_no_trace_but_that_one_looked(app: Flask, looker: Visitor, boss: Actor) -> None:
    anna = a_member("anna")
    posted = thread(anna, category("Help"), "A question", "Why?")
    reply(anna, posted.thread_id, "Anybody?")
    look(looker, "new")
    looker.get(posted.address).close()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(READ_POSITIONS.c.member_id.in_([boss.member_id, -1]))) == 0
    entry = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.actor_name, entry.after) == ("site.look", "boss", {"as": "new"})


def test_the_pages_that_are_kept_for_guests_stay_as_they_are(app: Flask, looker: Visitor) -> None:
    app.config["GUEST_CACHE"] = True
    cache.forget()
    look(looker, "guest")
    first = looker.get("/")
    guest = Visitor(app).get("/")
    assert "onlook" in first.text
    assert "onlook" not in guest.text
    assert "ETag" not in first.headers or first.headers["ETag"] != guest.headers["ETag"]
    assert "onlook" in looker.get("/").text


def test_it_ends_by_itself(app: Flask, looker: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    look(looker, "guest")
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr("forum.core.clock.now", lambda: later)
    assert looker.get("/admin").status_code == 200


def test_who_no_longer_may_is_themselves_again(app: Flask) -> None:
    sara = a_member("sara", roles=("manager",))
    visitor = Visitor(app, sara)
    look(visitor, "guest")
    with transaction() as system:
        actions.set_roles(system, queries.get_member(system, sara.member_id), ())
    assert visitor.get("/members").status_code == 200
    assert "onlook" not in visitor.get("/members").text


@pytest.mark.parametrize("viewpoint", ["", "boss", "group", "group-", "group-1", "group-99999", "group-x", "member-1"])
def test_nobody_looks_as_somebody_or_as_nothing(looker: Visitor, viewpoint: str) -> None:
    assert looker.post("/admin/see-as", viewpoint=viewpoint).status_code == 400
    assert looker.get("/admin").status_code == 200
