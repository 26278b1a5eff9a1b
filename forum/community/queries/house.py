"""The community's one row and its own styles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from forum.community.frame import Frame, links_of
from forum.community.logo import Logo
from forum.community.look import Look
from forum.community.marks import mark_of
from forum.community.models import COMMUNITY, STYLE
from forum.community.registration import Registration, registration_of
from forum.community.welcome import Welcome
from forum.core.database import read
from forum.core.locale import text_in, tongue


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """The installation as pages need it."""

    key: str
    source: str
    names: Any
    descriptions: Any
    languages: list[str]
    default_language: str
    is_formal: bool
    time_zone: str
    brand_colour: str
    corners: str
    theme: str
    style_mark: str
    logo_parts: Mapping[str, Any]
    header_links: Sequence[Mapping[str, Any]]
    foot_text: Mapping[str, str]
    foot_links: Sequence[Mapping[str, Any]]
    welcome_parts: Mapping[str, Any]
    registration_parts: Mapping[str, Any]
    team_name: str
    two_factor_roles: Sequence[str] | None
    is_sso_only: bool
    is_demo: bool
    legal_texts: list[str]
    binding_version: int
    epoch: int
    people_epoch: int

    @property
    def stamp(self) -> str:
        """Which community, and as of when: what is cached in the process is kept under it."""
        return f"{self.key}:{self.epoch}"

    @property
    def mark(self) -> str:
        """What tells one state of its names, languages and time zone from another."""
        return mark_of(
            {
                "name": self.names,
                "description": self.descriptions,
                "team_name": self.team_name,
                "languages": self.languages,
                "default_language": self.default_language,
                "is_formal": self.is_formal,
                "time_zone": self.time_zone,
            }
        )

    @property
    def look(self) -> Look:
        return Look(self.brand_colour, self.corners, self.theme, self.style_mark)

    def tongue(self, language: str) -> str:
        """How the community speaks this language: formally, where it has chosen so and a catalogue says how."""
        return tongue(language, self.is_formal)

    @property
    def logo(self) -> Logo | None:
        return Logo(**self.logo_parts) if self.logo_parts else None

    @property
    def frame(self) -> Frame:
        return Frame(links_of(self.header_links), self.foot_text, links_of(self.foot_links))

    @property
    def welcome(self) -> Welcome | None:
        return Welcome(**self.welcome_parts) if self.welcome_parts else None

    @property
    def registration(self) -> Registration:
        return registration_of(self.registration_parts)

    def name(self, language: str) -> str:
        return text_in(self.names, language)

    def description(self, language: str) -> str:
        return text_in(self.descriptions, language)


_CURRENT = select(
    COMMUNITY.c.key,
    COMMUNITY.c.source,
    COMMUNITY.c.name,
    COMMUNITY.c.description,
    COMMUNITY.c.languages,
    COMMUNITY.c.default_language,
    COMMUNITY.c.is_formal,
    COMMUNITY.c.time_zone,
    COMMUNITY.c.brand_colour,
    COMMUNITY.c.corners,
    COMMUNITY.c.theme,
    COMMUNITY.c.style_mark,
    COMMUNITY.c.logo,
    COMMUNITY.c.header_links,
    COMMUNITY.c.foot_text,
    COMMUNITY.c.foot_links,
    COMMUNITY.c.welcome,
    COMMUNITY.c.registration,
    COMMUNITY.c.team_name,
    COMMUNITY.c.two_factor_roles,
    COMMUNITY.c.is_sso_only,
    COMMUNITY.c.is_demo,
    COMMUNITY.c.legal_texts,
    COMMUNITY.c.binding_version,
    COMMUNITY.c.epoch,
    COMMUNITY.c.people_epoch,
).where(COMMUNITY.c.id == 1)
"""The columns stand in the order of CommunityRow's fields."""


def current() -> CommunityRow:
    """The community, read anew. The first migration makes its row, so there always is one."""
    return CommunityRow(*read(_CURRENT).one())


def own_style() -> str:
    """The operator's own style sheet; empty when there is none."""
    return str(read(select(STYLE.c.css)).scalar() or "")
