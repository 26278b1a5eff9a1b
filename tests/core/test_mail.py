"""Mail: over SMTP, what is never sent in the clear, and that no connection is left open; headers; lines of plain text."""

import smtplib
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Self

import pytest

from forum.core.mail import Letter, Mail, Mailer, _smtp_transport
from forum.core.mail_text import WIDTH, flowed, unflowed
from forum.core.settings import load


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

    def data(self, _content: bytes) -> tuple[int, bytes]:
        return 250, b"OK"

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


# ---------------------------------------------------------------- headers


def sent(folder: Path, mail: Mail, from_name: str = "The Circle", **settings: str) -> tuple[EmailMessage, str]:
    """The mail as it was read back, and its head as it was written."""
    mailer = Mailer(load({"FORUM_DATA_DIR": str(folder), "FORUM_BASE_URL": "https://circle.example"} | settings, None))
    mailer.send(mail, from_name)
    [path] = mailer.folder.glob("*.eml")
    raw = path.read_bytes()
    return message_from_bytes(raw, _class=EmailMessage, policy=default), raw.partition(b"\r\n\r\n")[0].decode()


def a_mail(**changes: Any) -> Mail:
    letter = Letter("en", changes.pop("subject", "Hello"), "Plain.\n", "<p>Plain.</p>\n")
    return Mail(**{"to": "kim@example.org", "to_name": "Kim", "letter": letter, "stable_id": "x-1"} | changes)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\0"])
def test_no_name_and_no_title_adds_a_header(tmp_path: Path, end: str) -> None:
    evil = f"Hello{end}Bcc: all@example.org"
    mail, head = sent(tmp_path, a_mail(subject=evil, to_name=evil), evil)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hello Bcc: all@example.org"
    assert mail["To"].addresses[0].display_name == mail["From"].addresses[0].display_name == mail["Subject"]
    assert not any(line.startswith("Bcc") for line in head.splitlines())


@pytest.mark.parametrize("title", ["ü" * 200, "x" * 200, "Wie weit " * 22, "👩‍🚀 " * 40, "“><script>" * 20])
def test_a_long_subject_comes_back_as_it_was(tmp_path: Path, title: str) -> None:
    mail, head = sent(tmp_path, a_mail(subject=title.strip()))
    assert mail["Subject"] == title.strip()
    assert max(len(line) for line in head.splitlines()) <= 998


def test_a_long_address_stays_whole_in_its_header(tmp_path: Path) -> None:
    address = f"<https://circle.example/unsubscribe/{'a' * 120}>"
    _mail, head = sent(tmp_path, a_mail(headers={"List-Unsubscribe": address}))
    assert f"List-Unsubscribe: {address}" in head.splitlines()


def test_answers_go_where_the_operator_wants_them(tmp_path: Path) -> None:
    mail, _head = sent(tmp_path / "a", a_mail(), FORUM_MAIL_REPLY_TO="team@circle.example")
    assert mail["Reply-To"].addresses[0].addr_spec == "team@circle.example"
    mail, _head = sent(tmp_path / "b", a_mail())
    assert mail["Reply-To"] is None
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == ("<x-1@circle.example>", "auto-generated")
    assert mail["Date"].datetime.tzinfo is not None


# ---------------------------------------------------------------- lines of plain text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Short.",
        "One\n\nTwo",
        "word " * 60 + "end",
        "> " + "quoted " * 40 + "end",
        "> one\n> two",
        "From here to there, " + "and on " * 30 + "away > there",
        ">> twice",
        "  indented",
        "https://example.org/" + "a" * 200,
        "x" * 60 + " " + "ü" * 60,
        "Above\n\n-- \nBelow",
        "-- " + "x" * 80,
    ],
)
def test_lines_are_short_and_come_together_again(text: str) -> None:
    lines = flowed(text).split("\n")
    assert all(len(line) <= WIDTH + 2 or " " not in line.strip() for line in lines)
    assert unflowed("\n".join(lines)) == text


def test_what_looks_like_a_quotation_a_mailbox_or_a_signature_is_kept_from_being_one() -> None:
    assert flowed("From here\n>> twice\n--") == " From here\n >> twice\n --"
