"""The community's one row, its own styles and its legal texts in all versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, Json, UtcTime, table_of


class Community(Base):
    """The installation. `epoch` grows when anything changes that every page shows, `people_epoch` when a member's
    name, picture or role does: what is cached under an older epoch is never shown again. `style_mark` tells one own
    style sheet from another; the sheet itself is read only when the one of all pages is made. Who has one of
    `two_factor_roles` must sign in in two steps; None: nobody has decided yet, and nobody must. `is_sso_only`: one
    signs in by OpenID providers and in no other way."""

    __tablename__ = "community"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(36))
    source: Mapped[str] = mapped_column(String(100))
    name: Mapped[Any] = mapped_column(Json)
    description: Mapped[Any] = mapped_column(Json)
    languages: Mapped[list[str]] = mapped_column(Json)
    default_language: Mapped[str] = mapped_column(String(10))
    is_formal: Mapped[bool] = mapped_column(Boolean, default=False)
    time_zone: Mapped[str] = mapped_column(String(60))
    brand_colour: Mapped[str] = mapped_column(String(7))
    corners: Mapped[str] = mapped_column(String(10))
    theme: Mapped[str] = mapped_column(String(10))
    style_mark: Mapped[str] = mapped_column(String(16), default="")
    logo: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    header_links: Mapped[list[Any]] = mapped_column(Json, default=list)
    foot_text: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    foot_links: Mapped[list[Any]] = mapped_column(Json, default=list)
    welcome: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    registration: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    team_name: Mapped[str] = mapped_column(String(80))
    two_factor_roles: Mapped[list[str] | None] = mapped_column(Json)
    is_sso_only: Mapped[bool] = mapped_column(Boolean, default=False)
    is_demo: Mapped[bool] = mapped_column(Boolean, default=False)
    legal_texts: Mapped[list[str]] = mapped_column(Json, default=list)
    binding_version: Mapped[int] = mapped_column(Integer, default=0)
    epoch: Mapped[int] = mapped_column(Integer, default=1)
    people_epoch: Mapped[int] = mapped_column(Integer, default=1)


class Style(Base):
    """The operator's own style sheet."""

    __tablename__ = "community_style"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    css: Mapped[str] = mapped_column(Text)


class LegalVersion(Base):
    """One version of a legal text in one language, numbered 1, 2, 3 …: the one with the highest number holds, and one
    without words says that it is not there in that language any more. A version is never changed, but for its HTML by a
    newer text pipeline. `community.legal_texts` names the texts that are there, for the foot of every page."""

    __tablename__ = "legal_version"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    html_version: Mapped[int] = mapped_column(Integer)
    author_name: Mapped[str] = mapped_column(String(100))
    note: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


COMMUNITY = table_of(Community)
STYLE = table_of(Style)
VERSIONS = table_of(LegalVersion)
