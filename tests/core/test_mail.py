"""Mail over SMTP: what is never sent in the clear, and that no connection is left open."""

import smtplib
from email.message import EmailMessage
from typing import Self

import pytest

from forum.core.mail import _smtp_transport


class Server:
    """Stands in for smtplib.SMTP and notes what is done with it."""

    has_tls, broken = False, False
    done: list[str]

    def __init__(self, host: str, *_arguments: object, **_named: object) -> None:
        Server.done = [f"connect {host}"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.done.append("quit")

    def ehlo(self) -> None:
        if Server.broken:
            raise smtplib.SMTPServerDisconnected("gone")

    def has_extn(self, name: str) -> bool:
        return Server.has_tls and name == "starttls"

    def starttls(self, **_named: object) -> None:
        self.done.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.done.append(f"login {user} {password}")

    def send_message(self, _message: EmailMessage) -> None:
        self.done.append("send")

    def close(self) -> None:
        self.done.append("close")


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(Server, "has_tls", False)
    monkeypatch.setattr(Server, "broken", False)


def test_a_password_goes_out_under_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "has_tls", True)
    _smtp_transport("smtp://kim:p%40ss@mail.example.org:587")(EmailMessage())
    assert Server.done == ["connect mail.example.org", "starttls", "login kim p@ss", "send", "quit"]


def test_a_password_is_not_sent_in_the_clear() -> None:
    with pytest.raises(smtplib.SMTPException, match="no TLS"):
        _smtp_transport("smtp://kim:secret@mail.example.org")(EmailMessage())
    assert Server.done == ["connect mail.example.org", "close"]


@pytest.mark.parametrize(
    "url", ["smtp://mail.example.org", "smtp://kim:x@localhost", "smtp://kim:x@127.0.0.1", "smtp://kim:x@[::1]:25"]
)
def test_without_a_password_or_on_this_machine_tls_is_not_needed(url: str) -> None:
    _smtp_transport(url)(EmailMessage())
    assert Server.done[-2:] == ["send", "quit"]


def test_a_connection_that_breaks_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "broken", True)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        _smtp_transport("smtp://mail.example.org")(EmailMessage())
    assert Server.done[-1] == "close"
