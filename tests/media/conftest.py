"""A browser that is signed in, and the token its forms carry."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.core.actor import Actor
from tests.factories import threads as make
from tests.media.samples import MULTIPART, multipart

SignIn = Callable[[Actor], "Uploader"]


class Uploader:
    """A member's browser that sends pictures."""

    def __init__(self, client: FlaskClient, token: str = "") -> None:
        self.client, self.token = client, token

    def send(self, content: bytes, name: str = "a_red-house.png", *, to: str = "/media", is_script: bool = True) -> Any:
        """Posts one file as the composer's script does, or as a form."""
        headers = {"Accept": "application/json", "X-CSRFToken": self.token} if is_script else {}
        fields = {} if is_script else {"csrf_token": self.token}
        return self.client.post(to, data=multipart(name, content, fields), content_type=MULTIPART, headers=headers)


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    def enter(member: Actor) -> Uploader:
        client = make.sign_in(app.test_client(), member)
        return Uploader(client, make.token(client, "/settings/profile"))

    return enter
