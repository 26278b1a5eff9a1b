"""The company's logo: shown in the header of every page, whatever was uploaded; refused with a reason; taken away."""

from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from forum.core import audit
from forum.core.database import db
from forum.media import checks
from forum.media.pictures import MOST_BYTES
from forum.media.store import store
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tests.media.samples import MULTIPART, SVG, a_picture, multipart

PAGE = "/admin/logo"
WIDE, SQUARE = (400, 100), (200, 200)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def send(client: FlaskClient, light: bytes = b"", dark: bytes = b"", **values: Any) -> Any:
    files = {name: (BytesIO(content), "logo.png") for name, content in (("light", light), ("dark", dark)) if content}
    return submit(client, PAGE, "logo", **({"light": None, "dark": None} | values | files))


def page(client: FlaskClient, address: str = "/") -> BeautifulSoup:
    return BeautifulSoup(client.get(address).text, "html5lib")


def token_on(client: FlaskClient, address: str) -> str:
    return str(page(client, address).find("input", attrs={"name": "csrf_token"})["value"])  # type: ignore[index]


def brand(client: FlaskClient, address: str = "/") -> Tag:
    found = page(client, address).select_one(".top .brand")
    assert found is not None
    return found


def test_a_wide_logo_takes_the_place_of_sign_and_name_on_every_page(app: Flask, client: FlaskClient) -> None:
    guest = browser(app)
    name = brand(guest).text.strip()
    assert send(client, a_picture(size=WIDE)).status_code == 303
    for who, address in ((guest, "/"), (guest, "/login"), (client, "/settings"), (guest, "/nowhere")):
        image = brand(who, address).find("img")
        assert isinstance(image, Tag)
        assert (image["alt"], image["width"], image["height"]) == (name, "128", "32")
        assert brand(who, address).text.strip() == ""
    answer = guest.get(str(image["src"]))
    assert (answer.mimetype, "immutable" in answer.headers["Cache-Control"]) == ("image/webp", True)
    assert Image.open(BytesIO(answer.data)).size == (288, 72)


def test_a_square_one_stands_beside_the_name_and_in_tabs_when_wanted(app: Flask, client: FlaskClient) -> None:
    send(client, a_picture(size=SQUARE))
    guest = browser(app)
    assert brand(guest).text.strip() == "Community"
    assert brand(guest).find("img")["alt"] == ""  # type: ignore[index, call-overload]
    icon = page(guest).select_one("link[rel=icon]")["href"]  # type: ignore[index]
    assert str(icon).endswith(".svg")
    send(client, in_tabs="y")
    icon = page(guest).select_one("link[rel=icon]")["href"]  # type: ignore[index]
    answer = guest.get(str(icon))
    assert (answer.mimetype, Image.open(BytesIO(answer.data)).size) == ("image/png", (180, 180))
    send(client, a_picture(size=WIDE), in_tabs="y")
    assert "browser&#39;s tabs, so the sign stays" in client.get(PAGE).text
    assert str(page(guest).select_one("link[rel=icon]")["href"]).endswith(".svg")  # type: ignore[index]


def test_readers_in_the_dark_see_the_one_for_dark_ground(app: Flask, client: FlaskClient) -> None:
    send(client, a_picture(size=WIDE), a_picture(size=(300, 100), colour="white"))
    guest = browser(app)
    source, image = brand(guest).find("source"), brand(guest).find("img")
    assert isinstance(source, Tag)
    assert isinstance(image, Tag)
    assert source["media"] == "(prefers-color-scheme: dark)"
    assert (source["width"], image["width"]) == ("96", "128")
    for theme, shown in (("dark", source["srcset"]), ("light", image["src"])):
        submit(client, "/settings/display", "display", theme=theme)
        assert [one["src"] for one in brand(client).find_all("img")] == [shown]
        assert not brand(client).find("source")
    submit(client, "/admin/look", "look", theme="dark")
    assert [one["src"] for one in brand(guest).find_all("img")] == [source["srcset"]]
    assert send(client, remove="dark").status_code == 303
    assert [one["src"] for one in brand(guest).find_all("img")] == [image["src"]]


def test_a_new_logo_takes_the_one_for_dark_ground_away_and_both_have_one_form(app: Flask, client: FlaskClient) -> None:
    send(client, a_picture(size=WIDE), a_picture(size=WIDE, colour="white"))
    answer = send(client, dark=a_picture(size=SQUARE))
    assert answer.status_code == 400
    assert "same form" in BeautifulSoup(answer.text, "html5lib").find(id="dark-error").text  # type: ignore[union-attr]
    send(client, a_picture(size=SQUARE))
    assert brand(browser(app)).find("source") is None
    assert send(client, dark=a_picture(size=SQUARE, colour="white")).status_code == 303
    assert brand(browser(app)).find("source") is not None


def test_a_logo_is_taken_away(app: Flask, client: FlaskClient) -> None:
    before = brand(browser(app))
    send(client, a_picture(size=WIDE))
    send(client, remove="all")
    assert brand(browser(app)) == before
    acts = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id)).all()
    assert [bool((entry.after or {})["logo"]) for entry in acts if entry.act == "community.change"] == [True, False]


def test_the_store_knows_the_logo_and_misses_it(client: FlaskClient) -> None:
    send(client, a_picture(size=SQUARE))
    before = list(checks.compare(fix=False))
    name = str(brand(client).find("img")["src"]).rpartition("/")[2]  # type: ignore[index, call-overload]
    store().delete(name)
    assert [one.id for one in checks.compare(fix=False) if one not in before] == [name]


@pytest.mark.parametrize(
    ("light", "dark", "field", "said", "status"),
    [
        (b"", b"", "light", "choose a picture", 400),
        (SVG, b"", "light", "scripts", 400),
        (a_picture(size=(1, 10_000)), b"", "light", "too small", 400),
        (a_picture(size=(1000, 40)), b"", "light", "times as wide", 400),
        (a_picture(size=WIDE), b"GIF89a nonsense", "dark", "isn&#39;t a picture", 400),
    ],
    ids=["nothing", "svg", "a line", "too long", "no picture"],
)
def test_what_is_no_logo_is_refused_beside_its_field(
    client: FlaskClient, light: bytes, dark: bytes, field: str, said: str, status: int
) -> None:
    answer = send(client, light, dark)
    assert answer.status_code == status
    error = BeautifulSoup(answer.text, "html5lib").find(id=f"{field}-error")
    assert error is not None
    assert said in str(error).replace("'", "&#39;")
    assert brand(client).find("img") is None


def test_twenty_megabytes_are_refused_before_they_are_read(client: FlaskClient) -> None:
    token = token_on(client, PAGE)
    for size, status in ((20, 413), (18, 413), (1, 400)):
        body = multipart("logo.png", b"\x89PNG" + b"x" * size * 1024 * 1024, {"csrf_token": token}, "light")
        assert client.post(PAGE, data=body, content_type=MULTIPART).status_code == status


def test_two_pictures_of_the_largest_size_are_read(client: FlaskClient) -> None:
    picture = b"\x89PNG".ljust(MOST_BYTES - 1024, b"x")
    first = multipart("a.png", picture, {"csrf_token": token_on(client, PAGE)}, "light").removesuffix(b"--\r\n")
    body = first + b"\r\n" + multipart("b.png", picture, {}, "dark")
    answer = client.post(PAGE, data=body, content_type=MULTIPART)
    assert answer.status_code == 400
    assert BeautifulSoup(answer.text, "html5lib").find(id="light-error") is not None


def test_of_two_who_change_it_at_once_the_second_is_told(app: Flask, client: FlaskClient) -> None:
    a_member("chief", roles=("admin",))
    other = browser(app)
    sign_in_by_form(other, "chief")
    seen = str(page(other, PAGE).find("input", id="seen")["value"])  # type: ignore[index, call-overload]
    send(client, a_picture(size=WIDE))
    answer = send(other, a_picture(size=SQUARE), seen=seen)
    assert answer.status_code == 409
    again = BeautifulSoup(answer.text, "html5lib")
    assert "Somebody changed the logo" in again.select_one(".banner.bad").text  # type: ignore[union-attr]
    assert again.select(".preview img[width='128']")
    assert brand(other).find("img")["width"] == "128"  # type: ignore[index, call-overload]
    assert send(other, a_picture(size=SQUARE), seen=again.find("input", id="seen")["value"]).status_code == 303  # type: ignore[index, call-overload]


def test_only_administrators_change_it(app: Flask) -> None:
    a_member("manager", roles=("manager",))
    client = browser(app)
    sign_in_by_form(client, "manager")
    before = set(store().names())
    assert client.get(PAGE).status_code == 403
    sent = {"csrf_token": token_on(client, "/settings/display"), "light": (BytesIO(a_picture(size=(345, 67))), "a.png")}
    assert client.post(PAGE, data=sent).status_code == 403
    assert set(store().names()) == before
