"""What the operator says around every page: links in the header, words and links at the foot. All of it stands in the
community's row, so that no page asks for it besides."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from forum.community.marks import mark_of
from forum.community.words import LABEL_LENGTH, Words, checked_address, one_line, some_lines
from forum.core.errors import Invalid

LINK_LISTS = ("header_links", "foot_links")
MOST_LINKS = 5
FOOT_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the operator's: `address` is of this site (`/…`) or `https://…`."""

    label: Words
    address: str


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
        some_lines(frame.foot_text, "foot_text", FOOT_LENGTH),
        _links(frame.foot_links, "foot_links"),
    )


def _links(links: Sequence[Link], name: str) -> tuple[Link, ...]:
    kept = []
    for index, link in enumerate(links):
        at = f"{name}_{index}"
        label, address = (
            one_line(link.label, f"{at}_label", LABEL_LENGTH),
            checked_address(link.address, f"{at}_address"),
        )
        if label and not address:
            raise Invalid("required", f"{at}_address")
        if address and not label:
            raise Invalid("required", f"{at}_label")
        if address:
            kept.append(Link(label, address))
    if len(kept) > MOST_LINKS:
        raise Invalid("too-many-links", name, limit=MOST_LINKS)
    return tuple(kept)
