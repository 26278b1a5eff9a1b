"""Which card and which signs stand for this community elsewhere: their addresses, and drawing them. Each process keeps
those that were asked for last."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from forum.community.palette import palette
from forum.community.queries import CommunityRow
from forum.core.errors import NotFound
from forum.core.settings import installed
from forum.http.limits import Pace, network
from forum.http.store import Store
from forum.media import cards
from forum.media import queries as media

DRAWING = 1
"""Which drawing this is: to be counted up whenever `media.cards` draws otherwise."""
_MOST_BYTES = 2 * 1024 * 1024
DRAWN_PER_MINUTE = 20
"""Cards that one network may have drawn by a process: each costs some 30 to 60 ms, as much as several pages."""
SIGNS: Mapping[str, tuple[int, str]] = {
    "home": (180, ""),
    "192": (192, "any"),
    "512": (512, "any"),
    "maskable": (512, "maskable"),
}
"""Squares for home screens: the side in pixels, and what for the manifest has it (`home` stands elsewhere)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PNG as it is kept."""

    body: bytes


_drawn: Store[Drawn] = Store(_MOST_BYTES)
_pace = Pace(DRAWN_PER_MINUTE)


def forget() -> None:
    """Drops what is kept in this process (for tests that exchange the database behind an application)."""
    _drawn.clear()
    _pace.forget()


def address(community: CommunityRow, language: str) -> str:
    """The whole address of the community's own card; it changes whenever the card may."""
    return f"{installed().base_url}/card/{language}.png?{_mark(community.stamp)}"


def thread_address(community: CommunityRow, thread_id: int, title: str, language: str) -> str:
    """That of a thread's card; the community's own where the font can't draw the title."""
    if not cards.can_draw(title):
        return address(community, language)
    return f"{installed().base_url}/t/{thread_id}/card.png?{_mark(community.stamp, title)}"


def _mark(*parts: str) -> str:
    return hashlib.sha256("\0".join((str(DRAWING), *parts)).encode()).hexdigest()[:10]


def card(community: CommunityRow, language: str, title: str = "") -> bytes:
    """The card with this title; without one, that of the community. Raises TooMany."""

    def draw() -> Drawn:
        _pace.count(network())
        name = community.name(language)
        logo = community.logo
        picture = _content(logo.light) if logo else b""
        return Drawn(
            cards.card(
                cards.Card(
                    colour=_accent(community),
                    logo=picture,
                    name="" if not title or (picture and logo and not logo.is_sign) else name,
                    title=title or name,
                    text="" if title else community.description(language),
                )
            )
        )

    return _drawn.get_or_make(("card", community.stamp, language, title), draw).body


def sign_address(community: CommunityRow, kind: str) -> str:
    """The address of a sign, without the host; it changes whenever the sign may."""
    return f"/icon/{kind}.png?{_mark(community.stamp)}"


def sign(community: CommunityRow, kind: str) -> bytes:
    """A sign for home screens: the logo's where the operator wants it in tabs too, else the mark. Raises TooMany,
    NotFound for an unknown kind."""
    if kind not in SIGNS:
        raise NotFound
    side, purpose = SIGNS[kind]

    def draw() -> Drawn:
        _pace.count(network())
        logo = community.logo
        picture = _content(logo.sign) if logo and logo.in_tabs else b""
        return Drawn(cards.sign(_accent(community), side, picture, is_maskable=purpose == "maskable"))

    return _drawn.get_or_make(("sign", kind, community.stamp), draw).body


def _accent(community: CommunityRow) -> str:
    return palette(community.brand_colour)["accent"][0]


def _content(name: str) -> bytes:
    """A picture of the logo; empty when its file is gone, which `forum check` tells."""
    try:
        return media.read(name).content
    except NotFound:
        return b""
