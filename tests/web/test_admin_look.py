"""The community's look: what everybody sees at once, what is shown before it is kept, what is refused."""

import gzip
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.community import queries
from forum.community.look import MOST_STYLE_LENGTH
from forum.community.palette import palette
from forum.core import audit
from forum.core.database import db
from forum.http import assets
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit

PAGE = "/admin/look"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def send(client: FlaskClient, **values: Any) -> Any:
    return submit(client, PAGE, "look", **values)


def sheet_address(client: FlaskClient) -> str:
    link = BeautifulSoup(client.get("/rules").text, "html5lib").select_one("link[rel=stylesheet]")
    return str(link["href"])  # type: ignore[index]


def sheet(client: FlaskClient) -> str:
    return client.get(sheet_address(client)).text


def test_everybody_sees_the_new_colour_at_once(app: Flask, client: FlaskClient) -> None:
    guest = browser(app)
    before = sheet_address(guest)
    answer = send(client, brand_colour="#D4002A")
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    after = sheet_address(guest)
    assert after != before
    assert sheet_address(client) == after
    light, dark = palette("#d4002a")["fill"]
    assert f"--fill: light-dark({light}, {dark});" in sheet(guest)
    icon = BeautifulSoup(guest.get("/").text, "html5lib").select_one("link[rel=icon]")
    assert palette("#d4002a")["accent"][0] in guest.get(icon["href"]).text  # type: ignore[index]


def test_a_sheet_is_kept_for_good_and_comes_packed(app: Flask, client: FlaskClient) -> None:
    send(client, brand_colour="#d4002a")
    answer = browser(app).get(sheet_address(client), headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer.headers["Cache-Control"]
    assert b"--fill" in gzip.decompress(answer.data)


def test_another_process_makes_the_same_sheet_and_an_old_page_gets_todays(app: Flask, client: FlaskClient) -> None:
    old = sheet_address(client)
    send(client, brand_colour="#d4002a", style="b { color: teal }")
    new = sheet_address(client)
    made = sheet(client)
    assets.load()  # as a process that has just begun
    answer = browser(app).get(new)
    assert (answer.text, "immutable" in answer.headers["Cache-Control"]) == (made, True)
    send(client, brand_colour="#00aa00")
    assets.load()
    answer = browser(app).get(new)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.text == sheet(client)
    assert browser(app).get(old).status_code == 200
    for name in ("app.css", "app.0123456789ab.svg", "favicon.0123456789ab.css", "app.0123456789ab.css.map"):
        assert browser(app).get(f"/static/{name}").status_code == 404


def test_however_often_it_changes_the_present_sheet_is_there(app: Flask, client: FlaskClient) -> None:
    colours = [f"#0000{number:02x}" for number in range(0x10, 0x1B)]
    for colour in (*colours[:8], colours[0], *colours[8:], colours[0]):
        send(client, brand_colour=colour)
        for address in (sheet_address(client), sheet_address(browser(app))):
            answer = client.get(address)
            assert (answer.status_code, "immutable" in answer.headers["Cache-Control"]) == (200, True)
            assert palette(colour)["fill"][0] in answer.text


def test_a_sheet_that_changed_while_it_was_read_is_not_kept(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client, style="b { color: teal }")
    assets.load()
    with monkeypatch.context() as patch:
        patch.setattr(queries, "own_style", lambda: "b { color: olive }")
        assert "olive" in sheet(client)
    assert "teal" in sheet(client)


def test_whatever_the_own_styles_hide_the_page_of_the_look_has_none(app: Flask, client: FlaskClient) -> None:
    send(client, style="* { display: none }")
    assert "display: none }" in sheet(client)
    link = BeautifulSoup(client.get(PAGE).text, "html5lib").select_one("link[rel=stylesheet]")
    assert "@layer operator {" not in client.get(str(link["href"])).text  # type: ignore[index]


def test_another_process_has_the_sheet_without_own_styles_too(app: Flask, client: FlaskClient) -> None:
    send(client, brand_colour="#d4002a", style="* { display: none }")
    link = str(BeautifulSoup(client.get(PAGE).text, "html5lib").select_one("link[rel=stylesheet]")["href"])  # type: ignore[index]
    assets.load()
    answer = client.get(link)
    assert "immutable" in answer.headers["Cache-Control"]
    assert "@layer operator {" not in answer.text


def test_corners_and_theme(app: Flask, client: FlaskClient) -> None:
    send(client, corners="square", theme="dark")
    styles = sheet(client)
    assert "--radius: 0px;" in styles
    assert "--round: 0px;" in styles
    assert ":root:not([data-theme]) { color-scheme: dark; }" in styles
    html = BeautifulSoup(client.get("/").text, "html5lib").html
    assert not html.has_attr("data-theme")  # type: ignore[union-attr]
    submit(client, "/settings/display", "display", theme="auto")
    html = BeautifulSoup(client.get("/").text, "html5lib").html
    assert html["data-theme"] == "auto"  # type: ignore[index]


def test_the_own_style_sheet_is_the_last_layer(client: FlaskClient) -> None:
    own = "/* ours */\n.brand { letter-spacing: .1em }\n@media print { .top { display: none } }"
    assert send(client, style=own).status_code == 303
    styles = sheet(client)
    layers = re.search(r"@layer ([\w, ]+);", styles)
    assert layers is not None
    assert layers[1].split(", ")[-1] == "operator"
    assert styles.rstrip().endswith("@layer operator {\n" + own + "\n}")
    page = BeautifulSoup(client.get(PAGE).text, "html5lib")
    assert page.find(id="style").text.strip() == own  # type: ignore[union-attr]
    send(client, style="")
    assert "@layer operator {" not in sheet(client)


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"brand_colour": "red"}, "brand_colour", "colour"),
        ({"brand_colour": ""}, "brand_colour", "colour"),
        ({"brand_colour": "red", "show": "1"}, "brand_colour", "colour"),
        ({"corners": "spiky"}, "corners", ""),
        ({"corners": None}, "corners", ""),
        ({"theme": "pink"}, "theme", ""),
        ({"style": "b { color: red }\n\n} i { color: blue }"}, "style", "Line 3"),
        ({"style": "b { color: red"}, "style", "Line 1"),
        ({"style": "b {}\n/* open"}, "style", "Line 2"),
        ({"style": "@media print { b {}"}, "style", "Line 1"),
        ({"style": 'b { background: url("x'}, "style", "Line 1"),
        ({"style": "@import url(//elsewhere.example/a.css);"}, "style", "@import"),
        ({"style": "b{}" + "x" * MOST_STYLE_LENGTH}, "style", f"{MOST_STYLE_LENGTH:,}"),
    ],
)
def test_what_will_not_do_is_refused_beside_its_field(
    client: FlaskClient, values: dict[str, Any], field: str, said: str
) -> None:
    kept = queries.current()
    answer = send(client, **({"brand_colour": "#123456"} | values))
    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 400
    assert said in page.find(id=f"{field}-error").text  # type: ignore[union-attr]
    if field != "brand_colour":
        assert page.find(id="brand_colour")["value"] == "#123456"  # type: ignore[index]
    db.session.rollback()
    assert queries.current() == kept


def test_it_is_shown_before_it_is_kept(client: FlaskClient) -> None:
    kept = queries.current()
    answer = send(client, brand_colour="#00aa00", corners="round", show="1")
    page = BeautifulSoup(answer.text, "html5lib")
    shown = page.select_one("[data-preview]")["href"]  # type: ignore[index]
    styles = client.get(str(shown)).text
    assert styles.startswith("@layer tokens { .preview {")
    assert palette("#00aa00")["fill"][0] in styles
    assert page.find(id="brand_colour")["value"] == "#00aa00"  # type: ignore[index]
    db.session.rollback()
    assert queries.current() == kept
    for query in ("", "colour=red&corners=soft", "colour=%2300aa00&corners=}"):
        assert client.get(f"/admin/look/preview.css?{query}").status_code == 404


def test_the_log_keeps_what_changed(client: FlaskClient) -> None:
    send(client, brand_colour="#00aa00")
    send(client, style="b { color: teal }")
    count = select(audit.AuditEntry).where(audit.AuditEntry.act == "community.change")
    db.session.rollback()
    entries = list(db.session.scalars(count.order_by(audit.AuditEntry.id)))
    assert entries[-2].after == {"brand_colour": "#00aa00"}
    assert set(entries[-1].after or ()) == {"style_mark"}
    styles = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.act == "style.change")).all()
    assert [(one.before, one.after) for one in styles] == [({"style": ""}, {"style": "b { color: teal }"})]
    epoch = queries.current().epoch
    assert send(client).status_code == 303
    db.session.rollback()
    assert queries.current().epoch == epoch


def test_of_two_who_change_it_at_once_the_second_sees_both(app: Flask, client: FlaskClient) -> None:
    form = BeautifulSoup(client.get(PAGE).text, "html5lib").select_one("#look")
    seen = form.select_one("[name=seen]")["value"]  # type: ignore[union-attr,index]
    send(client, brand_colour="#d4002a", corners="round", style="b { color: teal }")
    theirs = sheet(client)
    answer = send(client, brand_colour="#00aa00", style="b { color: navy }", seen=seen)
    assert answer.status_code == 409
    page = BeautifulSoup(answer.text, "html5lib")
    assert [fact.text for fact in page.select(".banner.warn dd")] == ["#d4002a", "Round", "As the device has it"]
    assert page.select_one("textarea[readonly]").text.strip() == "b { color: teal }"  # type: ignore[union-attr]
    assert page.select_one("#brand_colour")["value"] == "#00aa00"  # type: ignore[index]
    assert sheet(client) == theirs
    now = page.select_one("[name=seen]")["value"]  # type: ignore[index]
    assert send(client, brand_colour="#00aa00", style="b { color: navy }", seen=now).status_code == 303
    assert "navy" in sheet(client)


def test_the_same_change_by_two_is_no_conflict(client: FlaskClient) -> None:
    seen = "#000000 soft auto"
    send(client, brand_colour="#d4002a")
    assert send(client, brand_colour="#d4002a", seen=seen).status_code == 303
