"""Legal texts as they are read and written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.access import require
from forum.community.legal import LEGAL_TEXTS
from forum.community.models import TEXTS
from forum.core.actor import Actor
from forum.core.database import read
from forum.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class LegalPage:
    """A legal text as it is read: in which language it is there, and since when."""

    language: str
    html: str
    changed_at: datetime


def legal_page(name: str, *languages: str) -> LegalPage:
    """The text in the first of these languages that it is in, else in any. Raises NotFound."""
    columns = [TEXTS.c[column] for column in LegalPage.__slots__]
    found = {row.language: LegalPage(*row) for row in read(select(*columns).where(TEXTS.c.name == name))}
    if not found:
        raise NotFound
    return next((found[language] for language in languages if language in found), next(iter(found.values())))


def legal_bodies(actor: Actor, name: str) -> dict[str, str]:
    """The Markdown of a legal text by language, for who may change it. Raises NotFound for an unknown name."""
    require(actor, "community.change")
    if name not in LEGAL_TEXTS:
        raise NotFound
    return {row.language: row.body for row in read(select(TEXTS.c.language, TEXTS.c.body).where(TEXTS.c.name == name))}
