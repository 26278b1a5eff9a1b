"""Somebody with a browser: asks for pages, sends forms with their token, reads what came."""

import secrets
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from forum.core.actor import Actor
from tests.factories.threads import sign_in

JSON = {"Accept": "application/json"}


class Visitor:
    """A test client, signed in as a member if one is given, whose forms carry the token against forged requests."""

    def __init__(self, app: Flask, actor: Actor | None = None, language: str = "en") -> None:
        self.client = app.test_client()
        self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        self.actor = actor
        if actor is not None:
            sign_in(self.client, actor)
        self._secret = str(app.secret_key)
        self._raw = ""

    def token(self) -> str:
        """What a form of this browser carries."""
        with self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        return str(URLSafeTimedSerializer(self._secret, salt="wtf-csrf-token").dumps(raw))

    def get(self, address: str, **options: Any) -> TestResponse:
        """The answer, read to its end: a file that is sent is closed then."""
        return self.client.get(address, buffered=True, **options)

    def post(self, address: str, headers: dict[str, str] | None = None, **form: Any) -> TestResponse:
        """Sends a form with its token."""
        return self.client.post(address, data={"csrf_token": self.token(), **form}, headers=headers)

    def post_without_token(self, address: str, headers: dict[str, str] | None = None, **form: Any) -> TestResponse:
        """Sends a form as another site could."""
        return self.client.post(address, data=form, headers=headers)


def read(answer: TestResponse) -> BeautifulSoup:
    """The page of an answer, parsed as a browser would."""
    return BeautifulSoup(answer.get_data(as_text=True), "html5lib")


def words(answer: TestResponse) -> str:
    """The visible words of the page's main part."""
    page = read(answer)
    return " ".join((page.find("main") or page).get_text(" ").split())
