"""Du or Sie: one setting of the community, for every page, mail and notification, and nothing of it for other languages."""

from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.community import queries
from forum.core import audit, locale
from forum.core.database import db
from forum.core.worker import drain
from forum.members.letters import account_letter
from forum.notifications import words
from forum.notifications.queries import notifications
from tests.factories import threads as make
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tests.factories.ideas import area

PAGE = "/admin/community"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    a_member("boss", roles=("admin",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def choose(client: FlaskClient, address: str) -> None:
    answer = submit(client, PAGE, "community", name_de="Runde", name_en="Circle", form_of_address=address)
    assert answer.status_code == 303


def german(app: Flask) -> FlaskClient:
    client = browser(app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


def text(client: FlaskClient, address: str) -> str:
    page = BeautifulSoup(client.get(address).text, "html5lib")
    return " ".join(page.get_text(" ").split())


def test_guests_hear_the_other_address_at_once(app: Flask, client: FlaskClient) -> None:
    area(make.category())
    guest, english = german(app), browser(app)
    assert "Unterstütze, was du selbst nutzen würdest" in text(guest, "/ideas")
    choose(client, "du")
    before = text(english, "/ideas")
    choose(client, "sie")
    assert "Unterstützen Sie, was Sie selbst nutzen würden" in text(guest, "/ideas")
    assert 'lang="de"' in guest.get("/ideas").text
    assert text(english, "/ideas") == before
    choose(client, "du")
    assert "Unterstütze, was du selbst nutzen würdest" in text(guest, "/ideas")


def test_pieces_that_are_kept_know_the_address(app: Flask, client: FlaskClient) -> None:
    ben = a_member("ben", language="de")
    posted = make.thread(a_member("anna"), make.category())
    signed_in = german(app)
    make.sign_in(signed_in, ben)
    assert "Deine Antwort" in text(signed_in, posted.address)
    choose(client, "sie")
    said = text(signed_in, posted.address)
    assert "Ihre Antwort" in said
    assert "Deine Antwort" not in said


def test_errors_beside_fields_and_for_scripts_follow(app: Flask, client: FlaskClient) -> None:
    choose(client, "sie")
    guest = german(app)
    answer = submit(guest, "/login", "login", username="nobody", password="wrong words here")
    assert "Bitte prüfen Sie beides." in answer.text
    problem = guest.get("/t/999", headers={"Accept": "application/json"})
    assert "für Sie nicht sichtbar" in problem.json["detail"]  # type: ignore[index]


def test_mails_and_notifications_follow(app: Flask, client: FlaskClient) -> None:
    choose(client, "sie")
    anna, ben = a_member("anna", language="de"), a_member("ben")
    posted = make.thread(anna, make.category())
    make.reply(ben, posted.thread_id, "@anna yes")
    drain(app.extensions["settings"])
    row = notifications(anna, None).rows[0]
    tongue = queries.current().tongue("de")
    assert "hat Sie in" in words.sentence(row, tongue, "Europe/Berlin")
    signed_in = german(app)
    make.sign_in(signed_in, anna)
    assert "hat Sie in" in text(signed_in, "/notifications")
    values = {"username": "cora", "email": "cora@example.org", "password": "seven green lamps burn"}
    submit(german(app), "/register", "register", **values)
    drain(app.extensions["settings"])
    folder = app.extensions["settings"].data_dir / "mail"
    letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]
    sent = [letter.get_body().get_content() for letter in letters if "cora@" in str(letter["To"])]  # type: ignore[union-attr]
    assert any("Guten Tag cora," in body for body in sent)


def test_the_decision_is_recorded(client: FlaskClient) -> None:
    choose(client, "sie")
    db.session.rollback()
    entry = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id.desc()).limit(1)).one()
    assert (entry.before["is_formal"], entry.after["is_formal"]) == (False, True)


def test_another_value_is_refused_beside_the_choice(client: FlaskClient) -> None:
    answer = submit(client, PAGE, "community", name_de="Runde", name_en="Circle", form_of_address="ihr")
    assert answer.status_code == 400
    assert BeautifulSoup(answer.text, "html5lib").find(id="form_of_address-error") is not None
    assert queries.current().is_formal is False


def test_a_language_without_a_formal_catalogue_stays_as_it_is() -> None:
    assert [locale.tongue(one, True) for one in ("de", "en", "xx")] == ["de_formal", "en", "xx"]
    assert locale.translations("de_formal").gettext("Tags") == "Schlagwörter"


def test_a_mail_about_an_account_follows(app: Flask) -> None:
    for is_formal, said in ((True, "Sie haben schon ein Konto bei"), (False, "Du hast schon ein Konto bei")):
        house = replace(queries.current(), is_formal=is_formal)
        letter = account_letter(house, "de", "taken", name="N", username="u", path="/reset")
        assert letter.subject.startswith(said)
        assert said in letter.html
