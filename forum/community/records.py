"""The legal texts, for `forum rerender`."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, func, select, update

from forum.community.actions import bump_epoch
from forum.community.models import TEXTS
from forum.core.database import db, read

Key = tuple[str, str]
"""Name and language of a text."""


def _outdated(below: int | None) -> Select[Any]:
    statement = select(TEXTS.c.name, TEXTS.c.language, TEXTS.c.body)
    return statement if below is None else statement.where(TEXTS.c.html_version < below)


def outdated_count(below: int | None) -> int:
    """How many texts an older version than `below` of the text pipeline made; None: all."""
    return int(read(select(func.count()).select_from(_outdated(below).subquery())).scalar_one())


def outdated_texts(below: int | None) -> Iterator[list[tuple[Key, str]]]:
    """Those texts; there are so few that one batch has them all."""
    if rows := [((row.name, row.language), row.body) for row in read(_outdated(below))]:
        yield rows


def write_html(html: Mapping[tuple[Key, str], str], version: int) -> None:
    """Stores what was made of each body, in the caller's transaction; not where it was changed meanwhile."""
    for ((name, language), body), made in html.items():
        chosen = update(TEXTS).where(TEXTS.c.name == name, TEXTS.c.language == language, TEXTS.c.body == body)
        db.session.execute(chosen.values(html=made, html_version=version))
    bump_epoch()
