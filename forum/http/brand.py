"""What the frame of every page shows of the company, in the reader's language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from forum.community.frame import Frame, Link
from forum.community.logo import Logo
from forum.community.queries import CommunityRow
from forum.community.registration import CLOSED, Registration
from forum.community.welcome import EVERYBODY, GUESTS, MEMBERS, Welcome
from forum.core.locale import text_in
from forum.http import manifest
from forum.media import queries as media
from forum.media.pictures import size_of

LOGO_BOX = (200, 32)
"""The header's room for a logo, in CSS pixels."""
SIGN_BOX = (45, 36)
"""For one that is about square: the community's name stands beside it."""
_KEPT = 32
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture with the size in which it is shown, in CSS pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ShownLogo:
    """The logo on light and on dark ground; `is_sign`: the name stands beside it."""

    light: ShownPicture
    dark: ShownPicture | None
    is_sign: bool


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link of the operator's in one language."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownFrame:
    """Header links and foot in one language."""

    header_links: tuple[ShownLink, ...]
    foot_text: str
    foot_links: tuple[ShownLink, ...]


@dataclass(frozen=True, slots=True)
class ShownWelcome:
    """The welcome in one language, and to whom it is shown; `button` is empty where it has none."""

    title: str
    paragraphs: tuple[str, ...]
    button: str
    address: str
    for_guests: bool
    for_members: bool
    words_mark: str


@dataclass(frozen=True, eq=False)
class Brand:
    """The frame's own words and pictures. There is one object for each state of the community and language, so that
    what is drawn from it is found again by the object itself."""

    name: str
    theme: str
    logo: ShownLogo | None
    icon: str
    """The address of the operator's sign for browsers' tabs; empty where ours is shown."""
    manifest: str
    """The address of the web app manifest."""
    light_bar: str
    dark_bar: str
    """The header's colours, for what a browser paints around it."""
    frame: ShownFrame
    welcome: ShownWelcome | None
    registration: Registration


_brands: dict[tuple[str, str], Brand] = {}


def brand_of(community: CommunityRow, language: str) -> Brand:
    """The brand of the community as it stands, for readers of this language."""
    key = (community.stamp, language)
    found = _brands.get(key)
    if found is None:
        while len(_brands) >= _KEPT:
            _brands.pop(next(iter(list(_brands))), None)
        found = _brands[key] = _made(community, language)
    return found


def _made(community: CommunityRow, language: str) -> Brand:
    logo = community.logo
    light_bar, dark_bar = manifest.bars(community)
    kept = community.registration
    return Brand(
        name=community.name(language),
        theme=community.theme,
        logo=shown_logo(logo) if logo else None,
        icon=media.address(logo.sign) if logo and logo.in_tabs else "",
        manifest=manifest.address(community, language),
        light_bar=light_bar,
        dark_bar=dark_bar,
        frame=shown_frame(community.frame, language),
        welcome=shown_welcome(community.welcome, language) if community.welcome else None,
        registration=replace(kept, mode=CLOSED) if community.is_sso_only else kept,
    )


def forget() -> None:
    """Drops what is kept in this process (for tests that exchange the database behind an application)."""
    _brands.clear()


def shown_frame(frame: Frame, language: str) -> ShownFrame:
    """The frame for readers of this language."""
    foot_text = text_in(dict(frame.foot_text), language)
    return ShownFrame(_links(frame.header_links, language), foot_text, _links(frame.foot_links, language))


def _links(links: Sequence[Link], language: str) -> tuple[ShownLink, ...]:
    return tuple(ShownLink(text_in(dict(link.label), language), link.address) for link in links)


def shown_welcome(welcome: Welcome, language: str) -> ShownWelcome:
    """The welcome for readers of this language."""
    words = text_in(dict(welcome.text), language)
    return ShownWelcome(
        title=text_in(dict(welcome.title), language),
        paragraphs=tuple(filter(None, _BETWEEN_PARAGRAPHS.split(words))),
        button=text_in(dict(welcome.button), language),
        address=welcome.address,
        for_guests=welcome.audience in {GUESTS, EVERYBODY},
        for_members=welcome.audience in {MEMBERS, EVERYBODY},
        words_mark=welcome.words_mark,
    )


def shown_logo(logo: Logo) -> ShownLogo:
    """The logo as the header has it."""
    light = _shown(logo.light, is_sign=logo.is_sign)
    return ShownLogo(light, _shown(logo.dark, is_sign=logo.is_sign) if logo.dark else None, logo.is_sign)


def _shown(name: str, *, is_sign: bool) -> ShownPicture:
    (width, height), (widest, highest) = size_of(name), SIGN_BOX if is_sign else LOGO_BOX
    scale = min(widest / width, highest / height)
    return ShownPicture(media.address(name), max(round(width * scale), 1), max(round(height * scale), 1))
