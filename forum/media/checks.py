"""The store, compared with the rows."""

from collections.abc import Iterator

from sqlalchemy import select

from forum.core.checks import Difference
from forum.core.database import db
from forum.core.exchange import in_order
from forum.media import faces
from forum.media.models import UPLOADS
from forum.media.store import store

FRESH_SECONDS = 3600
"""A file is put into the store before its row is written: one so young may still get its row."""
FILE, ROW = "upload.file", "upload.row"


def compare(fix: bool) -> Iterator[Difference]:
    """Yields each upload whose file is gone, and each file that nothing knows of; with `fix` the latter are removed.

    A file that is gone comes back from a backup only.
    """
    keeper = store()
    known: set[str] = set()
    for rows in in_order(select(UPLOADS.c.id, UPLOADS.c.name), UPLOADS.c.id):
        for row in rows:
            known.add(row.name)
            if not keeper.exists(row.name):
                yield Difference(FILE, row.name, "a file", "none")
    for name in list(keeper.names(older_than_seconds=FRESH_SECONDS)):
        upload = faces.largest_of(name) or name
        if known & {name, upload} or _is_known(name, upload):
            continue
        yield Difference(ROW, name, "a row", "none")
        if fix:
            keeper.delete(name)


def _is_known(*names: str) -> bool:
    return db.session.scalar(select(UPLOADS.c.id).where(UPLOADS.c.name.in_(names)).limit(1)) is not None
