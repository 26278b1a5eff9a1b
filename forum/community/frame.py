"""What the operator says around every page: links in the header, words and links at the foot, and a welcome on the
front page. All of it stands in the community's row, so that no page asks for it besides."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from forum import text
from forum.community.marks import mark_of
from forum.core.errors import Invalid
from forum.core.locale import languages

Words = Mapping[str, str]
"""One text by language; languages without it are left out."""

LINK_LISTS = ("header_links", "foot_links")
MOST_LINKS = 5
LABEL_LENGTH = 30
ADDRESS_LENGTH = 300
FOOT_LENGTH = 300
TITLE_LENGTH = 80
WELCOME_LENGTH = 500
GUESTS, MEMBERS, EVERYBODY = "guests", "members", "everybody"
AUDIENCES = (GUESTS, MEMBERS, EVERYBODY)
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\\<>\"]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the operator's: `address` is of this site (`/…`) or `https://…`."""

    label: Words
    address: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """A greeting on the front page, plain text with blank lines between paragraphs. The button is there when it has
    words and an address."""

    audience: str = GUESTS
    title: Words = field(default_factory=dict)
    text: Words = field(default_factory=dict)
    button: Words = field(default_factory=dict)
    address: str = ""

    @property
    def mark(self) -> str:
        """What tells one state of the welcome from another."""
        return mark_of(asdict(self))

    @property
    def words_mark(self) -> str:
        """What tells its words from others: whoever put a welcome away sees the next one."""
        return mark_of([self.title, self.text, self.button, self.address])


@dataclass(frozen=True, slots=True)
class Frame:
    """Header links and foot."""

    header_links: tuple[Link, ...] = ()
    foot_text: Words = field(default_factory=dict)
    foot_links: tuple[Link, ...] = ()

    @property
    def mark(self) -> str:
        """What tells one frame from another."""
        return mark_of(asdict(self))


def links_of(kept: Sequence[Mapping[str, Any]]) -> tuple[Link, ...]:
    """Links as they are kept in the community's row."""
    return tuple(Link(**one) for one in kept)


def checked_frame(frame: Frame) -> Frame:
    """The frame as it is kept. Raises Invalid beside the field: `header_links_0_address`, `foot_text_de` …"""
    return Frame(
        _links(frame.header_links, "header_links"),
        _lines(frame.foot_text, "foot_text", FOOT_LENGTH),
        _links(frame.foot_links, "foot_links"),
    )


def checked_welcome(welcome: Welcome) -> Welcome | None:
    """The welcome as it is kept; None when it says nothing. Raises Invalid beside the field."""
    if welcome.audience not in AUDIENCES:
        raise Invalid("unknown-choice", "audience")
    title = _line(welcome.title, "title", TITLE_LENGTH)
    words = _lines(welcome.text, "text", WELCOME_LENGTH)
    button = _line(welcome.button, "button", LABEL_LENGTH)
    address = _address(welcome.address, "address")
    if button and not address:
        raise Invalid("required", "address")
    if address and not button:
        raise Invalid("required", "button")
    if not title:
        if words or button:
            raise Invalid("required", "title")
        return None
    return Welcome(welcome.audience, title, words, button, address)


def _links(links: Sequence[Link], name: str) -> tuple[Link, ...]:
    kept = []
    for index, link in enumerate(links):
        at = f"{name}_{index}"
        label, address = _line(link.label, f"{at}_label", LABEL_LENGTH), _address(link.address, f"{at}_address")
        if label and not address:
            raise Invalid("required", f"{at}_address")
        if address and not label:
            raise Invalid("required", f"{at}_label")
        if address:
            kept.append(Link(label, address))
    if len(kept) > MOST_LINKS:
        raise Invalid("too-many-links", name, limit=MOST_LINKS)
    return tuple(kept)


def _line(words: Words, name: str, limit: int) -> dict[str, str]:
    return _bounded({language: text.clean_line(said).text for language, said in words.items()}, name, limit)


def _lines(words: Words, name: str, limit: int) -> dict[str, str]:
    return _bounded({language: text.clean_body(said).text for language, said in words.items()}, name, limit)


def _bounded(words: dict[str, str], name: str, limit: int) -> dict[str, str]:
    for language, said in words.items():
        if len(said) > limit:
            raise Invalid("too-long", f"{name}_{language}", limit=limit)
    return {language: words[language] for language in languages() if words.get(language)}


def _address(raw: str, name: str) -> str:
    """An address that a link may lead to; empty for none. Nothing in it can lead to a script or hide another host."""
    address = raw.strip()
    if not address:
        return ""
    if len(address) > ADDRESS_LENGTH:
        raise Invalid("too-long", name, limit=ADDRESS_LENGTH)
    if _UNSAFE.search(address) or text.clean_line(address).text != address:
        raise Invalid("address-refused", name)
    if address.startswith("/") and not address.startswith("//"):
        return address
    try:
        parts = urlsplit(address)
        is_good = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
        _port = parts.port
    except ValueError:
        is_good = False
    if not is_good:
        raise Invalid("address-refused", name)
    return address
