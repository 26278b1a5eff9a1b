"""The demo's mails, which go to files: a list and each of them as a page, for readers on this machine only."""

import email
import ipaddress
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from flask import Blueprint, Response, request

from forum.core.errors import NotFound
from forum.core.mail_text import unflowed
from forum.core.settings import installed
from forum.http.render import page
from forum.http.viewer import community
from forum.web.letters import as_document

bp = Blueprint("demo_mail", __name__)

_MOST = 100
_NAME = re.compile(r"[A-Za-z0-9@_-][A-Za-z0-9.@_-]{0,200}")
_LINK = re.compile(r"(https?://\S+)")


@dataclass(frozen=True, slots=True)
class KeptMail:
    """One mail; `parts` are pieces of its plain text with whether the piece is an address inside this site."""

    name: str
    subject: str
    to: str
    at: datetime
    parts: tuple[tuple[bool, str], ...]


def is_open() -> bool:
    """Whether this request may read the demo's mails: a demo, no mail server, and asked from this very machine."""
    settings = installed()
    if not community().is_demo or settings.mail_url or settings.trusted_proxies:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _folder() -> Path:
    if not is_open():
        raise NotFound
    return installed().data_dir / "mail"


def _message(name: str) -> EmailMessage:
    path = _folder() / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound
    return _parsed(path)


def _parsed(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=default)


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()).replace("\r\n", "\n") if body is not None else ""


def _read(name: str, message: EmailMessage) -> KeptMail:
    at = parsedate_to_datetime(str(message["Date"])) if message["Date"] else datetime.fromtimestamp(0, UTC)
    base = installed().base_url
    pieces = [piece for piece in _LINK.split(unflowed(_part(message, "plain"))) if piece]
    parts = tuple((piece.startswith(f"{base}/"), piece) for piece in pieces)
    return KeptMail(name, str(message["Subject"]), str(message["To"]), at.astimezone(UTC), parts)


@bp.get("/demo/mail")
def mails() -> Response:
    paths = sorted(_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:_MOST]
    return page("sign_in/demo_mails.html", mails=[_read(path.stem, _parsed(path)) for path in paths])


@bp.get("/demo/mail/<name>")
def mail(name: str) -> Response:
    return page("sign_in/demo_mail.html", mail=_read(name, _message(name)), base_url=installed().base_url)


@bp.get("/demo/mail/<name>/html")
def mail_html(name: str) -> Response:
    """What stands in the frame."""
    return as_document(_part(_message(name), "html"))
