"""Mail out: over SMTP, or as files in the data directory when no server is set.

A mail's Message-ID is made from what it tells of, so that a repeat is recognised as the same mail (RFC 5322, 3.6.4).
"""

import ipaddress
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from forum.core import clock
from forum.core.settings import Settings

TIMEOUT_SECONDS = 20
_NOT_IN_A_LINE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
"""Blanks, line ends of every kind and controls: a header is one line."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, in one language: the same as plain text (RFC 3676, `format=flowed`) and as HTML."""

    language: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Mail:
    """What is sent to one person; `stable_id` is the same whenever the same thing is told."""

    to: str
    to_name: str
    letter: Letter
    stable_id: str
    headers: dict[str, str] = field(default_factory=dict)


class Transport(Protocol):
    """Takes a finished message and returns what was answered; raises when it could not be handed over."""

    def __call__(self, message: EmailMessage, timeout_seconds: float = TIMEOUT_SECONDS, /) -> str: ...


class NoTls(smtplib.SMTPException):
    """User name and password would go out in the clear."""


def _file_transport(folder: Path) -> Transport:
    def send(message: EmailMessage, _timeout_seconds: float = 0) -> str:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # mails hold links that open accounts
        name = re.sub(r"[^A-Za-z0-9.@_-]+", "-", str(message["Message-ID"]).strip("<>"))
        draft = folder / f".{name}"
        draft.write_bytes(message.as_bytes())
        draft.replace(folder / f"{name}.eml")
        return name

    return send


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(server: smtplib.SMTP) -> list[str]:
    """What the server says from now on when it has taken a mail; the library keeps that to itself."""
    hand_over, said = server.data, []

    def data(content: Any) -> tuple[int, bytes]:
        code, words = hand_over(content)
        said.append(one_line(f"{code} {words.decode(errors='replace')}"))
        return code, words

    server.data = data  # type: ignore[assignment, method-assign]
    return said


def _smtp_transport(url: str) -> Transport:
    parts = urlsplit(url)
    host = parts.hostname or "localhost"

    def connect(timeout_seconds: float) -> smtplib.SMTP:
        if parts.scheme == "smtps":
            return smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=timeout_seconds, context=ssl.create_default_context()
            )
        server = smtplib.SMTP(host, parts.port or 25, timeout=timeout_seconds)
        try:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            elif parts.username and not _is_this_machine(host):
                raise NoTls(f"{host} offers no TLS, so user name and password are not sent to it")
        except BaseException:
            server.close()
            raise
        return server

    def send(message: EmailMessage, timeout_seconds: float = TIMEOUT_SECONDS) -> str:
        with connect(timeout_seconds) as server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            said = _listen(server)
            server.send_message(message)
            return said[-1] if said else ""

    return send


class _Verbatim(UniqueUnstructuredHeader, BaseHeader):  # type: ignore[misc]  # both say how often it may stand there
    """A header on one line as it was given: the library would spell a long address out as an encoded word."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("List-Unsubscribe", _Verbatim)
_POLICY = SMTP.clone(header_factory=_HEADERS)


def one_line(value: str) -> str:
    """As it can stand in a header."""
    return _NOT_IN_A_LINE.sub(" ", value).strip()


class Mailer:
    """The way out for all mail of one installation."""

    def __init__(self, settings: Settings) -> None:
        self._from = parseaddr(settings.mail_from)[1] or settings.mail_from
        self._reply_to = parseaddr(settings.mail_reply_to)[1]
        self._host = urlsplit(settings.base_url).hostname or "localhost"
        self.folder = settings.data_dir / "mail"
        self.writes_files = not settings.mail_url
        self.server = _server(settings.mail_url)
        self._send = _file_transport(self.folder) if self.writes_files else _smtp_transport(settings.mail_url)

    def send(self, mail: Mail, from_name: str, timeout_seconds: float = TIMEOUT_SECONDS) -> str:
        """Hands one mail over and returns what was answered; raises OSError or smtplib.SMTPException when that fails.
        Each step may take so many seconds."""
        letter = mail.letter
        message = EmailMessage(policy=_POLICY)
        message["Subject"] = one_line(letter.subject)
        message["From"] = Address(one_line(from_name), addr_spec=self._from)
        message["To"] = Address(one_line(mail.to_name), addr_spec=mail.to)
        if self._reply_to:
            message["Reply-To"] = Address(one_line(from_name), addr_spec=self._reply_to)
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{mail.stable_id}@{self._host}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers it
        for name, value in mail.headers.items():
            message[name] = value
        # The plain text first: programs show the last part that they can (RFC 2046, 5.1.4).
        message.set_content(letter.text, cte="quoted-printable", params={"format": "flowed"})
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        message["Content-Language"] = letter.language  # at last: what begins with "Content-" would become the text's
        return self._send(message, timeout_seconds)


def _server(url: str) -> str:
    """Host and port of a server, as they are shown; empty for none."""
    parts = urlsplit(url)
    port = parts.port or (465 if parts.scheme == "smtps" else 25)
    return f"{parts.hostname or 'localhost'}:{port}" if url else ""


_mailer: list[Mailer] = []


def install(mailer: Mailer) -> None:
    """Sets the way out; called once at start."""
    _mailer[:] = [mailer]


def installed_mailer() -> Mailer:
    """The way out that was set at start."""
    return _mailer[0]


def send(mail: Mail, from_name: str) -> None:
    """Sends through the installed mailer; for jobs only, never inside a transaction."""
    _mailer[0].send(mail, from_name)
