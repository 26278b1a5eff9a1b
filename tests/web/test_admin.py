"""The administration in the browser: who may open what, and what its forms do."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from forum.community import queries as queue_queries
from forum.core import audit, clock, queue
from forum.core.actor import SYSTEM, guest
from forum.core.database import db, transaction
from forum.members import queries
from forum.rules import queries as rules
from forum.threads import queries as threads
from tests.factories.accounts import a_group, a_member, browser, sign_in_by_form, submit
from tests.factories.rules import a_rulebook

PAGES = (
    "",
    "/community",
    "/members",
    "/roles",
    "/groups",
    "/categories",
    "/categories/new",
    "/rules",
    "/rules/new",
    "/machine",
    "/jobs",
    "/audit",
)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


@pytest.mark.parametrize(
    "address", ["/admin/members/{}", "/admin/groups/{}", "/admin/audit/{}", "/rules/{}", "/p/{}", "/t/{}"]
)
def test_at_a_number_that_fits_no_column_there_is_nothing(app: Flask, client: FlaskClient, address: str) -> None:
    a_member("boss", roles=("admin",))
    sign_in_by_form(client, "boss")
    for number in ("9" * 18, "9" * 40):
        assert client.get(address.format(number)).status_code == 404


def acts() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(audit.AuditEntry.act).order_by(audit.AuditEntry.id)))


@pytest.mark.parametrize(
    ("roles", "refused"),
    [
        (("admin",), set()),
        (("manager",), {"/community", "/machine", "/jobs"}),
        (("moderator",), set(PAGES)),
        (("product",), set(PAGES)),
        ((), set(PAGES)),
    ],
)
def test_each_role_opens_its_pages(app: Flask, client: FlaskClient, roles: tuple[str, ...], refused: set[str]) -> None:
    a_rulebook()
    a_member("petra", roles=roles)
    sign_in_by_form(client, "petra")
    answers = {page: client.get(f"/admin{page}").status_code for page in PAGES}
    assert answers == {page: 403 if page in refused else 200 for page in PAGES}


def test_the_left_column_names_the_categories_and_in_the_administration_its_rooms(
    app: Flask, client: FlaskClient
) -> None:
    a_member("boss", roles=("admin",))
    sign_in_by_form(client, "boss")
    submit(client, "/admin/categories/new", "category", name_de="Werkstatt", name_en="Workshop", slug="workshop")
    for address in ("/", "/new", "/admin"):
        found = BeautifulSoup(client.get(address).text, "html5lib").select("#places a[href^='/c/']")
        assert [link.get_text(strip=True) for link in found] == ["Workshop"], address
    rooms = {f"/admin{page.split('?')[0]}" for page in PAGES if page and page.count("/") == 1}
    for address in sorted(rooms):
        page = BeautifulSoup(client.get(address).text, "html5lib")
        assert rooms <= {str(link["href"]) for link in page.select("#places a")}, address
        assert [link["href"] for link in page.select("#places a[aria-current]")] == [address]
        assert page.select_one("main .crumbs a[href='/admin']"), address


def test_without_a_mail_server_the_overview_says_so(app: Flask, client: FlaskClient) -> None:
    a_member("boss", roles=("admin",))
    sign_in_by_form(client, "boss")
    assert "FORUM_MAIL_URL" in client.get("/admin").text


def test_guests_are_asked_to_sign_in(app: Flask, client: FlaskClient) -> None:
    assert client.get("/admin/members?q=x").headers["Location"] == "/login?next=/admin/members?q%3Dx"


def test_an_administrator_gives_roles_and_groups_and_confirms(app: Flask, client: FlaskClient) -> None:
    a_member("boss", roles=("admin",))
    petra = a_member("petra", is_confirmed=False)
    group = a_group("Partners")
    sign_in_by_form(client, "boss")
    page = f"/admin/members/{petra.id}"
    assert submit(client, page, "roles-form", roles=["moderator", "product"]).status_code == 303
    assert submit(client, page, "groups-form", groups=[str(group)]).status_code == 303
    shown = client.get(page).text
    assert "the address is not confirmed yet" in shown
    form = BeautifulSoup(shown, "html5lib").select_one(f"form[action='{page}/confirm']")
    assert form is not None
    client.post(f"{page}/confirm", data={"csrf_token": form.select_one("input")["value"]})  # type: ignore[index]
    assert "the address is not confirmed yet" not in client.get(page).text
    actor = queries.actor_of(petra.member_id)
    assert (actor.roles, actor.is_confirmed, group in actor.group_ids) == ({"moderator", "product"}, True, True)
    assert acts()[-3:] == ["member.roles", "group.add", "member.confirm"]


def test_nobody_promotes_themselves_and_managers_nobody(app: Flask, client: FlaskClient) -> None:
    boss = a_member("boss", roles=("admin",))
    manager = a_member("sara", roles=("manager",))
    sign_in_by_form(client, "boss")
    token = BeautifulSoup(client.get("/admin/groups").text, "html5lib").select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    answer = client.post(f"/admin/members/{boss.id}/roles", data={"csrf_token": token, "roles": ["admin", "manager"]})
    assert answer.status_code == 409
    other = browser(app)
    sign_in_by_form(other, "sara")
    token = BeautifulSoup(other.get("/admin/groups").text, "html5lib").select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    answer = other.post(f"/admin/members/{manager.id}/roles", data={"csrf_token": token, "roles": ["admin"]})
    assert answer.status_code == 403
    assert queries.actor_of(manager.member_id).roles == {"manager"}
    assert queries.actor_of(boss.member_id).roles == {"admin"}


def test_a_manager_makes_and_fills_a_group(app: Flask, client: FlaskClient) -> None:
    a_member("sara", roles=("manager",))
    petra = a_member("petra")
    sign_in_by_form(client, "sara")
    place = submit(client, "/admin/groups", "group", name="Beta").headers["Location"]
    group_id = int(place.rsplit("/", 1)[-1])
    refused = submit(client, "/admin/groups", "group", name="Beta")
    assert refused.status_code == 400
    assert 'href="#name"' in refused.text
    for form in ("add-member", "group"):
        refused = submit(client, place, form, username="nobody-of-that-name", name="")
        assert (form, refused.status_code) == (form, 400)
        assert "data-focus" in refused.text
    assert submit(client, place, "add-member", username="PETRA").status_code == 303
    assert submit(client, place, "add-member", username="nobody").status_code == 400
    assert group_id in queries.actor_of(petra.member_id).group_ids
    assert submit(client, place, "group", name="Testers").status_code == 303
    assert "Testers" in client.get("/admin/groups").text


def test_a_category_is_made_changed_ordered_and_closed_to_others(app: Flask, client: FlaskClient) -> None:
    a_member("sara", roles=("manager",))
    group = a_group("Partners")
    sign_in_by_form(client, "sara")
    for name in ("Help", "Tours"):
        answer = submit(client, "/admin/categories/new", "category", name_en=name, name_de=f"{name} de")
        assert answer.status_code == 303
    first, second = threads.categories(guest("en"))
    assert [first.name, second.name] == ["Help", "Tours"]
    token = BeautifulSoup(client.get("/admin/categories").text, "html5lib").select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    client.post(f"/admin/categories/{second.id}/up", data={"csrf_token": token})
    assert [row.name for row in threads.categories(guest("en"))] == ["Tours", "Help"]
    only = [str(group)]
    page = f"/admin/categories/{first.id}"
    answer = submit(client, page, "category", name_en="Partners", see=only, start=only, reply=only)
    assert answer.status_code == 303
    assert [row.name for row in threads.categories(guest("en"))] == ["Tours"]
    answer = submit(client, page, "category", name_en="", name_de="")
    assert answer.status_code == 400
    assert submit(client, page, "category", see=None).status_code == 400
    assert client.get("/admin/categories/999").status_code == 404


def test_a_group_is_given_a_category_to_moderate_and_can_not_be_opened_then(app: Flask, client: FlaskClient) -> None:
    a_member("sara", roles=("manager",))
    group = a_group("Ambassadors")
    sign_in_by_form(client, "sara")
    assert submit(client, "/admin/categories/new", "category", name_en="Tours", name_de="Touren").status_code == 303
    [tours] = threads.categories(guest("en"))
    page = f"/admin/categories/{tours.id}"
    refused = submit(client, page, "category", moderate=["2"])
    assert refused.status_code == 400
    assert "A group that holds everybody can&#39;t moderate." in refused.text
    assert submit(client, page, "category", moderate=[str(group)]).status_code == 303
    entry = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.act == "category.grants")).one()
    usual = [["reply", 2], ["see", 1], ["start", 2]]
    assert (entry.before, entry.after) == (
        {"grants": usual},
        {"grants": [["moderate", group], *usual]},
    )
    row = BeautifulSoup(client.get("/admin/categories").text, "html5lib").select_one("[data-label=Moderate]")
    assert row is not None
    assert row.get_text() == "Ambassadors"
    address = f"/admin/groups/{group}"
    assert "Whoever belongs to this group moderates here: Tours." in client.get(address).text
    refused = submit(client, address, "group", way_in="open", audience="everybody")
    assert refused.status_code == 400
    assert "This group moderates a category" in refused.text
    assert queries.get_group(SYSTEM, group).way_in == "staff"
    submit(client, address, "group", way_in="request", audience="everybody")
    assert submit(client, page, "category", moderate=None).status_code == 303
    assert submit(client, address, "group", way_in="open", audience="everybody").status_code == 303
    refused = submit(client, page, "category", moderate=[str(group)])
    assert refused.status_code == 400
    assert "Whoever likes gets into the group Ambassadors" in refused.text


def test_a_new_version_of_the_rules_is_published_by_form(app: Flask, client: FlaskClient) -> None:
    a_rulebook()
    a_member("sara", roles=("manager",))
    sign_in_by_form(client, "sara")
    answer = submit(client, "/admin/rules/new", "rulebook", kind=None)
    assert answer.status_code == 400
    changes = {"kind": "material", "rule-2-number": "3", "rule-2-title_en": "Safety", "rule-2-text_en": "Safety first."}
    assert submit(client, "/admin/rules/new", "rulebook", **changes, add="1").status_code == 200
    assert submit(client, "/admin/rules/new", "rulebook", **changes | {"rule-2-number": "1"}).status_code == 400
    assert submit(client, "/admin/rules/new", "rulebook", **changes).status_code == 303
    book = rules.current()
    assert book is not None
    assert [rule.number for rule in book.rules] == [1, 2, 3]
    assert book.rules[0].text == rules.version(1).rules[0].text
    assert acts()[-1] == "rulebook.publish"


@pytest.mark.parametrize("name", ["job", "event"])
def test_what_failed_for_good_is_shown_and_tried_again(app: Flask, client: FlaskClient, name: str) -> None:
    a_member("boss", roles=("admin",))
    table = queue_queries.QUEUES[name]
    dead = {"name": "members.mail_reset", "payload": {"member_id": 0}, "state": queue.DEAD, "attempts": 8}
    with transaction():
        error = "Traceback\nOSError: no way out"
        made = insert(table).values(**dead, created_at=clock.now(), due_at=clock.now(), error=error)
        number = db.session.execute(made.returning(table.c.id)).scalar_one()
    sign_in_by_form(client, "boss")
    page = BeautifulSoup(client.get(f"/admin/jobs?queue={name}").text, "html5lib")
    assert "OSError: no way out" in page.text
    form = next(form for form in page.select("form") if str(form.get("action")).endswith("/again"))
    sent = {"csrf_token": form.select_one("input")["value"]}  # type: ignore[index]
    assert client.post(str(form["action"]), data=sent).headers["Location"] == f"/admin/jobs?queue={name}"
    row = db.session.execute(select(table).where(table.c.id == number)).one()
    assert (row.state, row.attempts) == (queue.WAITING, 0)
    entry = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id.desc()).limit(1)).one()
    assert (entry.act, entry.target_kind, entry.target_id) == (f"{name}.try-again", name, number)
    again = client.get(client.post(str(form["action"]), data=sent).headers["Location"])
    assert "among the failed ones any more" in again.text
    for address in ("/admin/jobs?queue=nothing", "/admin/jobs?state=done"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["job", "event"])
def test_what_failed_for_good_is_dismissed_after_a_question(app: Flask, client: FlaskClient, name: str) -> None:
    a_member("boss", roles=("admin",))
    table = queue_queries.QUEUES[name]
    payload = {"member_id": 7, "email": "gone@example.org", "reason": "We know you."}
    dead = {"name": "members.mail_refusal", "payload": payload, "state": queue.DEAD, "attempts": 8}
    with transaction():
        made = insert(table).values(**dead, created_at=clock.now(), due_at=clock.now(), error="Traceback\nno way out")
        number = db.session.execute(made.returning(table.c.id)).scalar_one()
    sign_in_by_form(client, "boss")
    place = f"/admin/jobs/{name}/{number}/dismiss"
    listed = BeautifulSoup(client.get(f"/admin/jobs?queue={name}").text, "html5lib")
    assert listed.select_one(f"main a[href='{place}']")
    asked = client.get(place).text
    assert "This can’t be undone" in asked
    assert "no way out" in asked
    assert db.session.scalar(select(table.c.state).where(table.c.id == number)) == queue.DEAD
    db.session.rollback()
    answer = submit(client, place, "dismiss")
    assert answer.status_code == 303
    assert f"/admin/jobs/{name}/{number}" not in client.get(answer.headers["Location"]).text
    assert db.session.scalar(select(table.c.state).where(table.c.id == number)) == queue.DONE
    entry = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id.desc()).limit(1)).one()
    assert (entry.act, entry.target_kind, entry.target_id) == (f"{name}.dismiss", name, number)
    said = {"name": "members.mail_refusal", "payload": {"member_id": 7}, "attempts": 8}
    assert entry.before == said, "no address, no words: the log keeps them for good"
    assert client.get(place).status_code == 404
    token = BeautifulSoup(client.get("/admin/groups").text, "html5lib").select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    again = client.get(client.post(place, data={"csrf_token": token}).headers["Location"])
    assert "among the failed ones any more" in again.text
    assert client.get("/admin/jobs/nothing/1/dismiss").status_code == 404
    assert client.post("/admin/jobs/nothing/1/dismiss", data={"csrf_token": token}).status_code == 404
