"""The community's own page in the administration: what it changes, what it refuses, what stays recorded."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum import community
from forum.community import actions, queries
from forum.community.actions import CommunityDraft
from forum.core import audit
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.errors import Denied
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit

PAGE = "/admin/community"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def entries() -> list[audit.AuditEntry]:
    db.session.rollback()
    found = select(audit.AuditEntry).where(audit.AuditEntry.act == "community.change")
    return list(db.session.scalars(found.order_by(audit.AuditEntry.id)))


def send(client: FlaskClient, **values: Any) -> Any:
    """Sends the form as it stands, with these values instead."""
    return submit(client, PAGE, "community", **({"name_de": "Runde", "name_en": "Circle"} | values))


def draft(**values: Any) -> CommunityDraft:
    usual: dict[str, Any] = {
        "name": {"de": "Runde", "en": "Circle"},
        "description": {},
        "team_name": "Velomark",
        "languages": ["de", "en"],
        "default_language": "de",
        "is_formal": False,
        "time_zone": "Europe/Berlin",
    }
    return CommunityDraft(**(usual | values))


def test_guests_see_the_new_name_at_once(app: Flask, client: FlaskClient) -> None:
    guest = browser(app)
    assert "Circle" not in guest.get("/").text
    answer = send(client, team_name="Velomark", description_en="For all who ride.")
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    page = BeautifulSoup(guest.get("/").text, "html5lib")
    assert page.select_one("title").text.endswith("· Circle")  # type: ignore[union-attr]


def test_the_log_keeps_what_changed_as_it_was_and_as_it_is(client: FlaskClient) -> None:
    send(client, time_zone="Europe/Berlin")
    send(client, time_zone="Europe/Vienna")
    last = entries()[-1]
    assert (last.before, last.after) == ({"time_zone": "Europe/Berlin"}, {"time_zone": "Europe/Vienna"})
    assert last.actor_name == "boss"


def test_saving_without_a_change_records_nothing_and_keeps_what_is_cached(client: FlaskClient) -> None:
    send(client)
    epoch, count = queries.current().epoch, len(entries())
    assert send(client).status_code == 303
    assert (queries.current().epoch, len(entries())) == (epoch, count)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name_en": "x" * 61}, "name_en"),
        ({"name_de": "", "default_language": "de"}, "name_de"),
        ({"description_de": "x" * 301}, "description_de"),
        ({"team_name": " "}, "team_name"),
        ({"languages": None}, "languages"),
        ({"languages": ["de", "en", "fr"]}, "languages"),
        ({"languages": ["en"], "default_language": "de"}, "default_language"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
    ],
)
def test_a_value_that_will_not_do_is_refused_beside_its_field(
    client: FlaskClient, values: dict[str, Any], field: str
) -> None:
    kept = queries.current()
    answer = send(client, **({"name_en": "Kept as typed"} | values))
    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 400
    assert page.find(id=f"{field}-error") is not None
    if field != "name_en":
        assert page.find(id="name_en")["value"] == "Kept as typed"  # type: ignore[index]
    db.session.rollback()
    assert queries.current() == kept


def test_a_language_that_is_no_longer_offered_is_not_spoken_to_guests(app: Flask, client: FlaskClient) -> None:
    assert 'lang="en"' in browser(app).get("/").text
    send(client, languages=["de"], default_language="de")
    assert 'lang="de"' in browser(app).get("/").text


def test_names_are_kept_on_one_line_and_without_controls(client: FlaskClient) -> None:
    send(client, name_en="Foo\nBar\x07", team_name="Velo\x07\nmark", description_en="One.\x07\r\nTwo.")
    found = queries.current()
    assert (found.names["en"], found.team_name) == ("Foo Bar", "Velo mark")
    assert found.descriptions["en"] == "One.\nTwo."


def test_of_two_who_change_it_at_once_the_second_sees_what_is_otherwise(app: Flask, client: FlaskClient) -> None:
    seen = BeautifulSoup(client.get(PAGE).text, "html5lib").find("input", id="seen")["value"]  # type: ignore[index]
    send(client, name_de="Kreis", languages=["de"], default_language="de", form_of_address="sie")
    answer = send(client, name_de="Ring", languages=["de", "en"], default_language="de", seen=seen)
    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 409
    assert page.find(id="name_de")["value"] == "Ring"  # type: ignore[index]
    told = page.select_one(".banner.warn dl")
    assert told is not None
    assert [
        (name.text, said.text, said.get("lang")) for name, said in zip(*map(told.find_all, ("dt", "dd")), strict=True)
    ] == [
        ("Name in German", "Kreis", "de"),
        ("Languages offered", "Deutsch", None),
    ]
    assert queries.current().name("de") == "Kreis"
    now = page.find("input", id="seen")["value"]  # type: ignore[index]
    assert send(client, name_de="Ring", seen=now).status_code == 303
    assert queries.current().name("de") == "Ring"


@pytest.mark.parametrize("roles", [(), ("moderator",), ("product",), ("manager",)])
def test_only_an_administrator_may_change_it(app: Flask, roles: tuple[str, ...]) -> None:
    petra: Actor = a_member("petra", roles=roles)
    with pytest.raises(Denied), transaction(petra) as staff:
        community.actions.change(staff, draft(), queries.current().mark)


def test_an_administrator_may(app: Flask) -> None:
    with transaction(a_member("boss", roles=("admin",))) as staff:
        assert actions.change(staff, draft(), queries.current().mark)
    assert queries.current().name("en") == "Circle"
