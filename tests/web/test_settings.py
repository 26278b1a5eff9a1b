"""Profile, account and display, changed in the browser."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from forum.core.database import transaction
from forum.members import actions, queries
from tests.factories.accounts import PASSWORD, a_member, browser, sign_in_by_form, submit, the_member


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


def test_a_profile_is_changed_and_shown_without_anything_that_runs(app: Flask, client: FlaskClient) -> None:
    a_member("petra")
    sign_in_by_form(client, "petra")
    about = "I *ride*.<script>alert(1)</script> [x](javascript:alert(1))"
    answer = submit(client, "/settings/profile", "profile", display_name="Petra Kölbe", about=about)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/u/petra")
    page = BeautifulSoup(browser(app).get("/u/petra").text, "html5lib")
    shown = page.select_one(".profile-about")
    assert shown is not None
    assert shown.select_one("em").text == "ride"  # type: ignore[union-attr]
    assert shown.select("script") == []
    assert all("javascript" not in str(link.get("href")) for link in shown.select("a"))
    assert page.select_one("h1").text == "Petra Kölbe"  # type: ignore[union-attr]
    form = BeautifulSoup(client.get("/settings/profile").text, "html5lib")
    assert form.select_one("#about").text == about  # type: ignore[union-attr]


def test_a_refused_profile_keeps_what_was_typed(app: Flask, client: FlaskClient) -> None:
    a_member("petra")
    sign_in_by_form(client, "petra")
    answer = submit(client, "/settings/profile", "profile", display_name="x" * 61, about="kept")
    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 400
    assert page.select_one("#about").text == "kept"  # type: ignore[union-attr]
    assert page.select_one("#display_name[aria-invalid=true]") is not None
    answer = submit(client, "/settings/profile", "profile", about="ä" * 10_001)
    assert answer.status_code == 400


def test_other_capitals_lead_to_the_profile_and_unknown_names_nowhere(app: Flask, client: FlaskClient) -> None:
    a_member("petra")
    answer = client.get("/u/PeTRA")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/u/petra")
    for name in ("nobody", "реtrа", "a b", "%00"):
        assert client.get(f"/u/{name}").status_code == 404


def test_the_password_is_changed_and_other_devices_signed_out(app: Flask, client: FlaskClient) -> None:
    actor = a_member("petra")
    other = browser(app)
    for one in (client, other):
        sign_in_by_form(one, "petra")
    answer = submit(
        client, "/settings/account", "change-password", old_password="not this one", password="three happy hens"
    )
    assert answer.status_code == 400
    assert other.get("/settings").status_code == 200
    answer = submit(client, "/settings/account", "change-password", old_password=PASSWORD, password="three happy hens")
    assert answer.status_code == 303
    assert client.get("/settings").status_code == 200
    assert other.get("/settings").status_code == 303
    assert the_member(actor).password_hash is not None
    assert sign_in_by_form(other, "petra", "three happy hens").status_code == 303


def test_language_zone_and_theme_are_the_members_own(app: Flask, client: FlaskClient) -> None:
    actor = a_member("petra", language="en")
    sign_in_by_form(client, "petra")
    answer = submit(client, "/settings/display", "display", language="de", time_zone="Europe/Zurich", theme="dark")
    assert answer.status_code == 303
    page = BeautifulSoup(client.get("/settings").text, "html5lib")
    html = page.select_one("html")
    assert html is not None
    assert (html["lang"], html["data-theme"]) == ("de", "dark")
    assert page.select_one("#settings") is not None
    assert queries.actor_of(actor.member_id).time_zone == "Europe/Zurich"
    for wrong in ({"language": "fr"}, {"time_zone": "Mars/Base"}, {"theme": "pink"}):
        assert submit(client, "/settings/display", "display", **wrong).status_code == 400


def test_a_member_says_whether_mails_come(app: Flask, client: FlaskClient) -> None:
    actor = a_member("petra")
    sign_in_by_form(client, "petra")
    assert the_member(actor).wants_mail
    assert submit(client, "/settings/mail", "mail", wants_mail=None).status_code == 303
    assert not the_member(actor).wants_mail
    page = BeautifulSoup(client.get("/settings/mail").text, "html5lib")
    assert page.select_one("#wants_mail[checked]") is None
    assert submit(client, "/settings/mail", "mail", wants_mail="y").status_code == 303
    assert the_member(actor).wants_mail


@pytest.mark.parametrize(("tag", "shown"), [("de-AT", "de"), ("fr", "en"), ("zz-zz", "en")])
def test_a_language_that_only_an_archive_knows_is_read_as_the_nearest(
    app: Flask, client: FlaskClient, tag: str, shown: str
) -> None:
    a_member("petra", language=tag)
    sign_in_by_form(client, "petra")
    for address in ("/settings/account", "/settings/display", "/u/petra"):
        answer = client.get(address)
        assert (answer.status_code, f'<html lang="{shown}"' in answer.text) == (200, True), address


def test_a_guests_language_is_kept_in_a_cookie(app: Flask, client: FlaskClient) -> None:
    answer = submit(client, "/language?next=/rules", "language-form", language="de")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/rules")
    assert BeautifulSoup(client.get("/rules").text, "html5lib").html["lang"] == "de"  # type: ignore[index]
    assert submit(client, "/language", "language-form", language="xx").status_code == 400


def test_settings_ask_guests_to_sign_in(app: Flask, client: FlaskClient) -> None:
    for address in ("/settings", "/settings/profile", "/settings/account", "/settings/display"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/login?next={address}")


def lang(page: str) -> str:
    html = BeautifulSoup(page, "html5lib").select_one("html")
    assert html is not None
    return str(html["lang"])


def test_after_the_session_has_ended_the_pages_still_speak_its_member_s_language(
    app: Flask, client: FlaskClient
) -> None:
    actor = a_member("petra", language="de")
    sign_in_by_form(client, "petra")
    form = BeautifulSoup(client.get("/settings/mail").text, "html5lib").select_one("form#mail, main form")
    assert form is not None
    token = form.select_one("[name=csrf_token]")
    assert token is not None
    with transaction(actor) as member:
        actions.sign_out_everywhere(member)
    again = client.post("/settings/mail", data={"csrf_token": token["value"], "wants_mail": "y"})
    assert BeautifulSoup(again.text, "html5lib").select_one("form#again") is not None
    assert lang(again.text) == "de"
    assert lang(client.get("/login").text) == "de"
    assert submit(client, "/language", "language-form", language="en").status_code == 303
    assert lang(client.get("/login").text) == "en", "who chooses otherwise gets it"


def test_the_language_that_was_chosen_last_is_the_one_that_stays(app: Flask, client: FlaskClient) -> None:
    actor = a_member("petra", language="de")
    sign_in_by_form(client, "petra")
    submit(client, "/settings/display", "display", language="en")
    client.get("/settings")
    with transaction(actor) as member:
        actions.sign_out_everywhere(member)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    assert lang(client.get("/login").text) == "en"


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("de", ["Deutschland: Berlin", "Österreich: Wien", "Schweiz: Zürich", "Ägypten: Kairo"]),
        ("en", ["Germany: Berlin", "Austria: Vienna", "Switzerland: Zurich", "Egypt: Cairo"]),
    ],
)
def test_time_zones_are_named_in_the_readers_language(client: FlaskClient, language: str, names: list[str]) -> None:
    a_member("petra", language=language)
    sign_in_by_form(client, "petra")
    page = BeautifulSoup(client.get("/settings/display").text, "html5lib")
    shown = [one.text for one in page.select("select[name=time_zone] option")]
    assert [one for one in shown if one in names] == names
