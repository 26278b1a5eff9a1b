"""Accounts beyond `members.a_member`: quick hashes, entities as they stand now, forms sent as a browser sends them."""

from typing import Any

from argon2 import PasswordHasher
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.core.actor import SYSTEM, Actor
from forum.core.database import db
from forum.members import passwords, queries
from forum.members.models import Member
from tests.factories.members import PASSWORD, a_group, a_member

__all__ = ["PASSWORD", "a_group", "a_member", "browser", "sign_in_by_form", "submit", "the_member"]

passwords.use(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def the_member(actor: Actor) -> Member:
    """The member's entity as it stands in the database now."""
    db.session.expire_all()
    return queries.get_member(SYSTEM, actor.member_id)


def browser(app: Flask) -> FlaskClient:
    """Another guest's browser, which asks for English."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def submit(client: FlaskClient, page: str, form_id: str, /, **values: Any) -> TestResponse:
    """Fills in and sends the form with this id on that page; a value of None leaves the field out."""
    answer = client.get(page)
    form = BeautifulSoup(answer.text, "html5lib").find("form", id=form_id)
    assert form is not None, f"{page} ({answer.status_code}) has no form {form_id}"
    sent: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if not name or (kind in {"checkbox", "radio"} and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            sent[name] = chosen.get("value", "") if chosen else ""
        elif kind == "checkbox":
            sent.setdefault(name, []).append(field.get("value", "y"))
        else:
            sent[name] = field.text if field.name == "textarea" else field.get("value", "")
    sent.update(values)
    return client.post(
        form.get("action") or page, data={key: value for key, value in sent.items() if value is not None}
    )


def sign_in_by_form(client: FlaskClient, username: str, password: str = PASSWORD, next: str = "/rules") -> TestResponse:
    """Signs the browser in at `/login`."""
    return submit(client, f"/login?next={next}", "login", username=username, password=password)
