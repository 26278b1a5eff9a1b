"""The legal texts, for `forum rerender`."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, func, select, update

from forum.community.actions import bump_epoch
from forum.community.models import VERSIONS
from forum.core.database import db, read
from forum.core.exchange import in_order

Key = tuple[str, str, int]
"""Name, language and number of a version."""
_KEY = (VERSIONS.c.name, VERSIONS.c.language, VERSIONS.c.number)
_BATCH = 20
"""A text may be long."""


def _outdated(below: int | None) -> Select[Any]:
    statement = select(*_KEY, VERSIONS.c.body)
    return statement if below is None else statement.where(VERSIONS.c.html_version < below)


def outdated_count(below: int | None) -> int:
    """How many versions an older version than `below` of the text pipeline made; None: all."""
    return int(read(select(func.count()).select_from(_outdated(below).subquery())).scalar_one())


def outdated_texts(below: int | None) -> Iterator[list[tuple[Key, str]]]:
    """Those versions, in batches."""
    for batch in in_order(_outdated(below), *_KEY, size=_BATCH):
        yield [((row.name, row.language, row.number), row.body) for row in batch]


def write_html(html: Mapping[tuple[Key, str], str], version: int) -> None:
    """Stores what was made of each version, whose words never change, in the caller's transaction."""
    for (key, _body), made in html.items():
        chosen = update(VERSIONS).where(*(column == value for column, value in zip(_KEY, key, strict=True)))
        db.session.execute(chosen.values(html=made, html_version=version))
    bump_epoch()
