"""Rulebook versions, their rules, and acceptances."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import NEVER_REUSED, Base, BigId, Json, UtcTime, key, table_of


class Rulebook(Base):
    """One version, numbered 1, 2, 3 …; a material one must be accepted before the next publishing, an editorial one
    needs nothing. `sha256` covers numbers, titles and texts in every language: the proof of what was accepted."""

    __tablename__ = "rulebook"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    version: Mapped[int] = mapped_column(Integer, unique=True)
    label: Mapped[str] = mapped_column(String(40))
    effective_at: Mapped[datetime] = mapped_column(UtcTime)
    published_at: Mapped[datetime] = mapped_column(UtcTime)
    is_material: Mapped[bool] = mapped_column(Boolean)
    note: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(String(64))


class Rule(Base):
    """One numbered paragraph of one version; title, text and HTML by language. `severity` (1 to 3) is how urgent a
    case is that names it."""

    __tablename__ = "rule"
    __table_args__ = (UniqueConstraint("rulebook_id", "number"), NEVER_REUSED)

    id: Mapped[int] = key()
    rulebook_id: Mapped[int] = mapped_column(BigId, ForeignKey("rulebook.id"))
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[Any] = mapped_column(Json)
    text: Mapped[Any] = mapped_column(Json)
    html: Mapped[Any] = mapped_column(Json)
    severity: Mapped[int] = mapped_column(Integer, default=1)


class Acceptance(Base):
    """Who accepted which version, with the hash of what was shown, when."""

    __tablename__ = "acceptance"

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    rulebook_id: Mapped[int] = mapped_column(BigId, ForeignKey("rulebook.id"), primary_key=True, index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    accepted_at: Mapped[datetime] = mapped_column(UtcTime)


RULEBOOKS = table_of(Rulebook)
RULES = table_of(Rule)
ACCEPTANCES = table_of(Acceptance)
