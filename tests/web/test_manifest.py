"""On a home screen: the web app manifest, its signs, and what a browser paints around a page."""

import json
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from forum.community.palette import palette
from forum.core.locale import direction
from forum.http import assets, brand, cards
from forum.http.manifest import short
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tests.media.samples import a_picture


def head(client: FlaskClient, address: str = "/") -> Tag:
    found = BeautifulSoup(client.get(address).text, "html5lib").head
    assert found is not None
    return found


def link(client: FlaskClient) -> str:
    (found,) = head(client).select("link[rel=manifest]")
    return str(found["href"])


def manifest(client: FlaskClient) -> dict[str, Any]:
    answer = client.get(link(client))
    assert (answer.status_code, answer.mimetype) == (200, "application/manifest+json")
    found: dict[str, Any] = json.loads(answer.data)
    return found


def bars(client: FlaskClient) -> list[tuple[str, str | None]]:
    return [(str(one["content"]), one.get("media")) for one in head(client).select("meta[name=theme-color]")]  # type: ignore[misc]


def picture(client: FlaskClient, address: str) -> Image.Image:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    return Image.open(BytesIO(answer.data)).convert("RGB")


@pytest.fixture
def boss(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def named(boss: FlaskClient, german: str, english: str) -> None:
    fields = {"name_de": german, "name_en": english, "languages": ["de", "en"], "default_language": "de"}
    assert submit(boss, "/admin/community", "community", **fields).status_code == 303


def test_it_says_what_the_brand_says_in_the_readers_language(app: Flask, boss: FlaskClient) -> None:
    named(boss, "Radrunde Kesselbach", "Kesselbach Riders")
    german, english = browser(app), browser(app)
    german.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    for client, language, name, below in (
        (german, "de", "Radrunde Kesselbach", "Radrunde"),
        (english, "en", "Kesselbach Riders", "Kesselbach"),
    ):
        found = manifest(client)
        assert (found["lang"], found["dir"], found["name"], found["short_name"]) == (language, "ltr", name, below)
        assert (found["id"], found["start_url"], found["scope"], found["display"]) == ("/", "/", "/", "standalone")
    bare = json.loads(english.get("/manifest.webmanifest").data)
    assert bare["lang"] == "de"


def test_it_needs_no_cookie(app: Flask, boss: FlaskClient) -> None:
    submit(boss, "/settings/display", "display", language="de")
    address = link(boss)
    assert json.loads(browser(app).get(address).data)["lang"] == "de"


@pytest.mark.parametrize("address", ["/", "/rules", "/reset", "/search?q=x", "/nothing", "/styleguide"])
def test_the_front_page_names_it_and_every_page_the_sign_for_home_screens(
    app: Flask, boss: FlaskClient, address: str
) -> None:
    for client in (browser(app), boss):
        assert bool(head(client, address).select("link[rel=manifest]")) is (address == "/")
        (sign,) = head(client, address).select('link[rel="apple-touch-icon"]')
        assert picture(client, str(sign["href"])).size == (180, 180)


def test_its_signs_are_as_large_as_it_says(app: Flask) -> None:
    client = browser(app)
    icons = manifest(client)["icons"]
    drawn, *pictures = icons
    assert (drawn["type"], drawn["sizes"]) == ("image/svg+xml", "any")
    assert client.get(drawn["src"]).text.startswith("<svg")
    assert {(one["sizes"], one["purpose"]) for one in pictures} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for one in pictures:
        assert "{}x{}".format(*picture(client, one["src"]).size) == one["sizes"]


@pytest.mark.parametrize("with_logo", [False, True], ids=["mark", "logo"])
def test_nothing_of_the_maskable_sign_lies_where_systems_cut(app: Flask, boss: FlaskClient, with_logo: bool) -> None:
    if with_logo:
        send_logo(boss)
    icons = {one["purpose"]: one for one in manifest(boss)["icons"] if one["sizes"] == "512x512"}
    image = picture(boss, icons["maskable"]["src"])
    ground = image.getpixel((0, 0))
    outside = {
        image.getpixel((x, y))
        for x in range(0, 512, 3)
        for y in range(0, 512, 3)
        if (x - 255.5) ** 2 + (y - 255.5) ** 2 > (0.4 * 512) ** 2
    }
    assert outside == {ground}
    assert image.getpixel((256, 256)) != ground


def send_logo(boss: FlaskClient) -> None:
    light = (BytesIO(a_picture(size=(300, 300), colour="#123456")), "a.png")
    assert submit(boss, "/admin/logo", "logo", dark=None, light=light, in_tabs="y").status_code == 303


def test_the_operators_sign_takes_the_place_of_ours(app: Flask, boss: FlaskClient) -> None:
    send_logo(boss)
    icons = manifest(boss)["icons"]
    assert {one["type"] for one in icons} == {"image/png"}
    for one in icons:
        middle = picture(boss, one["src"]).getpixel((96, 96) if one["sizes"] == "192x192" else (256, 256))
        assert isinstance(middle, tuple)
        assert max(abs(seen - meant) for seen, meant in zip(middle, (0x12, 0x34, 0x56), strict=True)) < 6


def test_it_is_kept_for_good_until_the_look_changes_and_the_same_in_every_process(
    app: Flask, boss: FlaskClient
) -> None:
    address = link(boss)
    made = browser(app).get(address)
    assert "immutable" in made.headers["Cache-Control"]
    assert "Set-Cookie" not in made.headers
    for kept in (brand.forget, cards.forget, assets.load):  # as a process that has just begun
        kept()
    assert link(browser(app)) == address
    assert browser(app).get(address).data == made.data
    old = picture(boss, json.loads(made.data)["icons"][1]["src"])
    submit(boss, "/admin/look", "look", brand_colour="#d4002a")
    today = link(boss)
    assert today != address
    late = browser(app).get(address)
    assert (late.status_code, late.headers["Cache-Control"]) == (200, "no-store")
    assert late.data == browser(app).get(today).data != made.data
    drawn, png, *_others = json.loads(late.data)["icons"]
    assert palette("#d4002a")["accent"][0] in browser(app).get(drawn["src"]).text
    assert picture(boss, png["src"]).tobytes() != old.tobytes()


def test_what_is_painted_around_a_page_follows_the_theme(app: Flask, boss: FlaskClient) -> None:
    guest = browser(app)
    light, dark = bars(guest)
    assert (light[1], dark[1]) == ("(prefers-color-scheme: light)", "(prefers-color-scheme: dark)")
    assert manifest(guest)["theme_color"] == light[0]
    submit(boss, "/settings/display", "display", theme="dark")
    assert bars(boss) == [(dark[0], None)]
    assert bars(guest) == [light, dark]
    submit(boss, "/settings/display", "display", theme="community")
    submit(boss, "/admin/look", "look", theme="light")
    assert bars(boss) == bars(guest) == [(light[0], None)]
    submit(boss, "/admin/look", "look", theme="dark")
    assert manifest(guest)["theme_color"] == dark[0] == bars(guest)[0][0]


@pytest.mark.parametrize("address", ["?language=fr", "?language=", "?language=%00", "?language=" + "d" * 5000])
def test_a_language_that_is_not_offered_has_none(app: Flask, address: str) -> None:
    assert browser(app).get(f"/manifest.webmanifest{address}").status_code == 404


def test_there_are_no_other_signs(app: Flask) -> None:
    for kind in ("64", "Maskable", "..", "x" * 5000):
        assert browser(app).get(f"/icon/{kind}.png").status_code == 404


@pytest.mark.parametrize(
    ("name", "below"),
    [
        ("Tafelrunde", "Tafelrunde"),
        ("Velomark Community", "Velomark"),
        ("Die Radrunde Wien", "Die Radrunde"),
        ("Die Gemeinschaft", "Die Gemeinschaft"),
        ("Fahrradgemeinschaft", "Fahrradgemeinschaft"),
        ("Ö 3 Community", "Ö 3 Community"),
    ],
)
def test_a_name_is_cut_between_words(name: str, below: str) -> None:
    assert short(name) == below


def test_languages_know_their_direction() -> None:
    assert [direction(one) for one in ("de", "en", "ar", "he")] == ["ltr", "ltr", "rtl", "rtl"]
