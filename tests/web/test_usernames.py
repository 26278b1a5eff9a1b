"""Another user name: the former one leads on, and stays its member's."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.core import audit, clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.members import actions, checks, queries
from forum.members.queries import Wanted
from forum.search.filters import place
from forum.search.query import parse
from tests.factories import threads as make
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit, the_member
from tests.factories.visitor import Visitor

PAGE = "/settings/account/username"


@pytest.fixture
def petra(app: Flask) -> Actor:
    return a_member("petra")


@pytest.fixture
def client(app: Flask, petra: Actor) -> FlaskClient:
    made = browser(app)
    sign_in_by_form(made, "petra")
    return made


def rename(client: FlaskClient, username: str) -> int:
    return submit(client, PAGE, "change-username", username=username).status_code


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=days))


def test_what_was_written_with_the_former_name_leads_to_the_member(
    app: Flask, petra: Actor, client: FlaskClient
) -> None:
    ben = a_member("ben")
    place = make.category()
    post = make.thread(ben, place, body="What does @petra say?")
    assert rename(client, "kim.koelbe") == 303
    guest = browser(app)
    page = BeautifulSoup(guest.get(post.address).text, "html5lib")
    old_link = page.select_one("a.mention")
    assert old_link is not None
    answer = guest.get(str(old_link["href"]))
    assert (answer.status_code, answer.headers["Location"]) == (301, "/u/kim.koelbe")
    assert "no-cache" in answer.headers["Cache-Control"], "a name may be taken back, and then leads the other way"
    assert guest.get("/u/PETRA").headers["Location"] == "/u/kim.koelbe"
    assert guest.get("/u/kim.koelbe").status_code == 200
    anew = make.thread(ben, place, title="Once more", body="And @Petra, and @kim.koelbe?")
    page = BeautifulSoup(guest.get(anew.address).text, "html5lib")
    assert {str(link["href"]) for link in page.select("a.mention")} == {"/u/kim.koelbe"}


def test_directory_search_and_signing_in_know_both_names_at_once(app: Flask, petra: Actor, client: FlaskClient) -> None:
    make.thread(petra, make.category(), title="The range in winter", body="Forty kilometres.")
    assert rename(client, "kim.koelbe") == 303
    ben = a_member("ben")
    for name in ("kim.koelbe", "koelbe", "petra"):
        assert [row.username for row in queries.directory(ben, Wanted(name=name)).rows] == ["kim.koelbe"]
    assert list(checks.compare(False)) == []
    for name in ("kim.koelbe", "petra"):
        found = queries.find_account(name)
        assert found is not None
        assert found.id == petra.member_id
        where = place(ben, parse(f"range by:{name}")).where
        assert where is not None
        assert where.authors == {petra.member_id}


def test_a_name_that_was_somebodys_is_nobody_elses(app: Flask, petra: Actor, client: FlaskClient) -> None:
    assert rename(client, "kim") == 303
    other = browser(app)
    for name in ("petra", "PETRA", "реtrа", "kim", "Kim"):
        form = {"username": name, "email": "x@example.org", "password": "three happy hens", "accept": "y"}
        assert submit(other, "/register", "register", **form).status_code == 400
    ben = browser(app)
    a_member("ben")
    sign_in_by_form(ben, "ben")
    assert rename(ben, "petra") == 400
    assert rename(ben, "b") == 400
    assert rename(ben, "admin") == 400
    assert rename(ben, "ben") == 400


def test_it_is_possible_once_in_thirty_days_and_the_former_name_may_be_taken_back(
    app: Flask, petra: Actor, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rename(client, "kim") == 303
    assert 'id="change-username"' not in client.get(PAGE).text
    assert Visitor(app, queries.actor_of(petra.member_id)).post(PAGE, username="petra").status_code == 400
    later(monkeypatch, 31)
    assert rename(client, "petra") == 303
    guest = browser(app)
    assert guest.get("/u/petra").status_code == 200
    assert guest.get("/u/kim").headers["Location"] == "/u/petra"
    assert queries.former_names(petra.member_id) == ["kim"]


def test_other_capitals_are_a_change_too_and_the_shown_name_goes_along(
    app: Flask, petra: Actor, client: FlaskClient
) -> None:
    assert rename(client, "Petra") == 303
    assert (the_member(petra).username, the_member(petra).display_name) == ("Petra", "Petra")
    assert browser(app).get("/u/Petra").status_code == 200
    assert browser(app).get("/u/petra").headers["Location"] == "/u/Petra"


def test_staff_renames_anybody_at_any_time_and_it_is_recorded(app: Flask, petra: Actor, client: FlaskClient) -> None:
    assert rename(client, "kim") == 303
    manager = Visitor(app, a_member("max", roles=("manager",)))
    address = f"/admin/members/{petra.member_id}/username"
    assert manager.post(address, username="max").status_code == 400
    assert manager.post(address, username="anna").status_code == 303
    assert the_member(petra).username == "anna"
    entry = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.act == "member.rename")).one()
    assert (entry.before, entry.after) == ({"username": "kim"}, {"username": "anna"})
    assert Visitor(app, a_member("mo", roles=("moderator",))).post(address, username="lea").status_code == 403


def test_nobody_renames_who_has_a_higher_role_or_sets_their_address(app: Flask) -> None:
    boss = a_member("boss", roles=("admin", "moderator"))
    other, manager = a_member("other", roles=("manager",)), a_member("max", roles=("manager",))
    page = f"/admin/members/{boss.member_id}"
    visitor = Visitor(app, manager)
    answer = visitor.post(f"{page}/username", username="nobody-now")
    assert (answer.status_code, the_member(boss).username) == (403, "boss")
    assert "of an administrator" in answer.text
    assert 'id="name-form"' not in visitor.get(page).text
    assert visitor.post(f"{page}/email", email="max@example.org").status_code == 403
    assert the_member(boss).email == "boss@example.org"
    assert visitor.post(f"/admin/members/{other.member_id}/username", username="another").status_code == 303
    admin = Visitor(app, a_member("anna", roles=("admin",)))
    assert 'id="name-form"' in admin.get(page).text
    assert admin.post(f"{page}/username", username="chief").status_code == 303
    assert the_member(boss).username == "chief"


def test_who_is_not_public_yet_is_not_found_by_a_former_name_either(app: Flask) -> None:
    paul = a_member("paul", is_confirmed=False)
    with transaction(SYSTEM):
        member = queries.get_member(SYSTEM, paul.member_id)
        actions.rename(queries.actor_of(paul.member_id), member, "kim")
    assert browser(app).get("/u/paul").status_code == 404
    assert queries.resolve_names(["paul"]) == {}
