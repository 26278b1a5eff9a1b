"""Roles that ask for signing in in two steps: who is led where, what rests meanwhile, and how it is changed."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from forum.community import actions as community
from forum.community.queries import current
from forum.core import audit
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.members import actions, queries
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tests.factories.two_factor import App, switched_on
from tests.factories.visitor import Visitor, words

NOON = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
Time = time_machine.Traveller
PAGE = "/settings/two-factor"


@pytest.fixture(autouse=True)
def moment(app: Flask) -> Iterator[Time]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


def ask_for(*roles: str) -> None:
    with transaction():
        community.set_up(two_factor_roles=list(roles))


def test_staff_are_led_to_set_it_up_and_go_on_where_they_wanted(client: FlaskClient) -> None:
    ask_for("moderator")
    a_member("moderator", roles=("moderator",))
    answer = sign_in_by_form(client, "moderator", next="/moderation")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}?next=/moderation")
    page = BeautifulSoup(client.get(answer.headers["Location"]).text, "html5lib")
    app = App(page.select_one("#secret").text.replace(" ", ""))  # type: ignore[union-attr]
    kept = submit(client, answer.headers["Location"], "switch-on", code=app.code())
    assert BeautifulSoup(kept.text, "html5lib").select_one("main .actions a[href='/moderation']") is not None
    assert client.get("/moderation").status_code == 200


def test_until_then_the_team_s_pages_lead_there_and_members_pages_open(app: Flask) -> None:
    ask_for("admin", "moderator")
    admin = a_member("admin", roles=("admin",))
    visitor = Visitor(app, admin)
    for address in ("/admin", "/admin/jobs", "/moderation"):
        answer = visitor.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}?next={address}"), address
    front = visitor.get("/")
    assert "asks for two-step sign-in" in words(front)
    assert "/admin" not in [link.get("href") for link in BeautifulSoup(front.text, "html5lib").select("a")]
    posted = make.thread(a_member("paul"), make.category(), "A question")
    assert visitor.post(f"/t/{posted.thread_id}/reply", body="An answer.").status_code == 303


def test_what_only_the_team_may_do_is_refused_wherever_it_is_sent(app: Flask) -> None:
    ask_for("admin")
    visitor = Visitor(app, a_member("admin", roles=("admin",)))
    paul = a_member("paul")
    answer = visitor.post(f"/admin/members/{paul.id}/roles", roles="admin")
    assert answer.status_code == 403
    assert "set it up under Settings first" in words(answer)
    assert queries.actor_of(paul.member_id).roles == frozenset()
    posted = make.thread(paul, make.category(), "A question")
    assert visitor.post(f"/t/{posted.thread_id}/close").status_code == 403


def test_roles_rest_and_come_back_with_the_second_step(app: Flask, moment: Time) -> None:
    ask_for("manager")
    manager = a_member("manager", roles=("manager", "moderator"))
    assert (manager.roles, manager.owes_second_step, manager.is_staff) == (frozenset(), True, False)
    switched_on(manager)
    assert queries.actor_of(manager.member_id).roles == {"manager", "moderator"}


def test_other_roles_and_members_are_asked_for_nothing(app: Flask) -> None:
    ask_for("admin")
    anna, moderator = a_member("anna"), a_member("moderator", roles=("moderator",))
    made = queries.actors_of([anna.member_id, moderator.member_id])
    assert {one.username: (one.owes_second_step, one.roles) for one in made.values()} == {
        "anna": (False, frozenset()),
        "moderator": (False, frozenset({"moderator"})),
    }


def test_a_program_is_told_why_its_token_opens_nothing(app: Flask) -> None:
    product = a_member("product", roles=("product",))
    ideas.area(make.category(), "Range")
    with transaction(product) as actor:
        token = actions.make_token(actor, "Nightly report", ["ideas:read"], None)
    client = browser(app)
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/ideas", headers=headers).status_code == 200
    ask_for("product")
    answer = client.get("/api/v1/ideas", headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "owes-second-step")
    switched_on(product)
    assert client.get("/api/v1/ideas", headers=headers).status_code == 200


def change(app: Flask, admin: Actor, roles: list[str]) -> int:
    visitor = Visitor(app, admin)
    return submit(visitor.client, "/admin/sign-in", "sign-in", roles=roles).status_code


def test_an_administrator_says_for_whom_and_it_is_recorded(app: Flask) -> None:
    admin = a_member("admin", roles=("admin",))
    assert change(app, admin, ["moderator", "product"]) == 303
    assert current().two_factor_roles == ["moderator", "product"]
    table = audit.AuditEntry.__table__
    row = db.session.execute(sa.select(table).order_by(table.c.id.desc())).first()
    assert row is not None
    assert (row.act, row.before, row.after) == (
        "community.change",
        {"two_factor_roles": None},
        {"two_factor_roles": ["moderator", "product"]},
    )
    assert change(app, admin, []) == 303
    assert current().two_factor_roles == []


def test_roles_that_there_are_not_are_refused(app: Flask) -> None:
    assert change(app, a_member("admin", roles=("admin",)), ["emperor"]) == 400
    assert current().two_factor_roles is None


def test_who_was_slower_sees_what_the_other_chose(app: Flask) -> None:
    visitor = Visitor(app, a_member("admin", roles=("admin",)))
    seen = BeautifulSoup(visitor.get("/admin/sign-in").text, "html5lib").select_one("[name=seen]")["value"]  # type: ignore[index]
    ask_for("moderator")
    answer = visitor.post("/admin/sign-in", roles="product", seen=str(seen))
    assert answer.status_code == 409
    page = BeautifulSoup(answer.text, "html5lib")
    assert [box["value"] for box in page.select("#sign-in input[checked]")] == ["moderator"]
    assert current().two_factor_roles == ["moderator"]


def test_the_page_says_how_far_the_team_is(app: Flask) -> None:
    admin = a_member("admin", roles=("admin",))
    a_member("moderator", roles=("moderator",))
    switched_on(a_member("moderator2", roles=("moderator",)))
    page = BeautifulSoup(Visitor(app, admin).get("/admin/sign-in").text, "html5lib")
    rows = [[cell.text for cell in row.select("th, td")] for row in page.select("table tbody tr")]
    assert rows[0] == ["Moderator", "2", "1"]
    assert rows[-1] == ["Administrator", "1", "0"]


def test_the_system_may_do_everything_as_before(app: Flask) -> None:
    ask_for("admin")
    with transaction(SYSTEM) as system:
        assert community.require_two_factor(system, ["admin"], "") is False
