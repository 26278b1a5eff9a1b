"""A browser that is signed in, and the token its forms carry."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.core.actor import Actor
from tests.factories import threads as make

SignIn = Callable[[Actor], "Uploader"]


class Uploader:
    """A member's browser that sends pictures."""

    def __init__(self, client: FlaskClient, token: str = "") -> None:
        self.client, self.token = client, token

    def send(self, content: bytes, name: str = "a_red-house.png", *, to: str = "/media", is_script: bool = True) -> Any:
        """Posts one file as the composer's script does, or as a form."""
        headers = {"Accept": "application/json", "X-CSRFToken": self.token} if is_script else {}
        fields = {} if is_script else {"csrf_token": self.token}
        return self.client.post(to, data=_multipart(name, content, fields), content_type=_TYPE, headers=headers)


_BOUNDARY = "a-line-that-no-picture-holds"
_TYPE = f"multipart/form-data; boundary={_BOUNDARY}"


def _multipart(name: str, content: bytes, fields: dict[str, str]) -> bytes:
    """The body of a form; the test client would put a large one into a temporary file and forget to close it."""
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n")
    return "".join(parts).encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    def enter(member: Actor) -> Uploader:
        client = make.sign_in(app.test_client(), member)
        return Uploader(client, make.token(client, "/settings/profile"))

    return enter
