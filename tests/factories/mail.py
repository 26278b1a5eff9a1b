"""The mails that the worker has left in files."""

import re
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import html5lib
from bs4 import BeautifulSoup
from flask import Flask

from forum.core.mail_text import unflowed

_FETCHES = re.compile(
    r"\b(?:src|srcset|background|poster|data|action)\s*=|url\(|@import|<link|<script|<img", re.IGNORECASE
)


def _folder(app: Flask) -> Path:
    return Path(app.extensions["settings"].data_dir, "mail")


def kept(app: Flask, which: str = "*") -> Sequence[EmailMessage]:
    """The mails whose file names fit, in their order."""
    paths = sorted(_folder(app).glob(f"{which}.eml"))
    return [message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=policy.default) for path in paths]


def forget(app: Flask) -> None:
    """Empties the folder."""
    for path in _folder(app).glob("*.eml"):
        path.unlink()


def part(mail: EmailMessage, kind: str) -> str:
    """The text of the part `plain` or `html`."""
    body = mail.get_body((kind,))
    assert body is not None, f"{mail['Subject']} has no part {kind}"
    return str(body.get_content()).replace("\r\n", "\n")


def plain(mail: EmailMessage) -> str:
    """The plain text, each paragraph on one line."""
    return unflowed(part(mail, "plain"))


def _words(text: str) -> str:
    return " ".join(text.split())


def check(mail: EmailMessage) -> None:
    """Asserts what holds for every mail: two parts, the plain one first, which say the same; sound HTML that fetches
    nothing; lines that every mail server takes."""
    assert mail.get_content_type() == "multipart/alternative"
    assert [one.get_content_type() for one in mail.iter_parts()] == ["text/plain", "text/html"]
    assert {one.get_content_charset() for one in mail.iter_parts()} == {"utf-8"}
    assert mail["Auto-Submitted"] == "auto-generated"
    assert max(len(line) for line in mail.as_bytes().splitlines()) <= 998
    html, text = part(mail, "html"), plain(mail)
    assert len(html.encode()) < 20_000
    assert _FETCHES.search(html) is None
    html5lib.HTMLParser(strict=True).parse(html)
    page = BeautifulSoup(html, "html5lib")
    assert page.html is not None
    assert page.html["lang"] == mail["Content-Language"] in {"de", "en"}
    assert page.title is not None
    assert page.title.text == page.h1.text == str(mail["Subject"]).strip()  # type: ignore[union-attr]
    said = text.partition("\n-- \n")[0].replace("\n> ", "\n").removesuffix("\n")
    shown = _words(page.find(attrs={"role": "article"}).get_text(" "))  # type: ignore[union-attr]
    only_in_text = [line for line in said.split("\n") if _words(line.removesuffix(":")) not in shown]
    assert only_in_text == [], only_in_text
    in_text = _words(text.replace("\n> ", "\n"))
    blocks = page.select("h1, p:not(:has(a)), a.fill")
    only_in_html = [block.text for block in blocks if _words(block.get_text(" ")) not in in_text]
    assert only_in_html == [], only_in_html
    assert {str(link["href"]).rstrip("/") for link in page.select("a[href]")} <= set(text.split())
