"""Reading uploads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, literal, select, union_all

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.media import faces
from forum.media.models import AVATAR, BANNER, KINDS, UPLOADS
from forum.media.pictures import is_name
from forum.media.store import store

ADDRESS = "/media/"
MOST_COUNTED = 50_000
"""Of a kind, before its size is told as `at least`."""
_NAMED = re.compile(r"/media/([0-9a-f]{32}-\d{1,4}x\d{1,4}\.webp)")


@dataclass(frozen=True, slots=True)
class UploadRow:
    """A file as it is sent, under the name of the upload that it belongs to; one that `is_of_profile` is a face or a
    banner."""

    name: str
    is_of_profile: bool
    mimetype: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Total:
    """Files of one kind; `is_all` is False where there are more."""

    files: int
    size_bytes: int
    is_all: bool


def address(name: str) -> str:
    """Where a picture is found."""
    return f"{ADDRESS}{name}"


def face_address(name: str, pixels: int) -> str:
    """Where a face is found that is shown so many pixels wide."""
    return address(faces.name_for(name, pixels))


def read(name: str) -> UploadRow:
    """A file with its type; a face in one of its smaller sizes, too. Raises NotFound for a name that nothing was ever
    kept under."""
    if not is_name(name):
        raise NotFound
    columns = (UPLOADS.c.name, UPLOADS.c.kind, UPLOADS.c.mimetype)
    found = db.session.execute(select(*columns).where(UPLOADS.c.name.in_([name, faces.largest_of(name) or name]))).all()
    row = next(iter(sorted(found, key=lambda row: row.name != name)), None)
    if row is None:
        raise NotFound
    for one in (name, row.name):
        try:
            with store().open(one) as file:
                return UploadRow(row.name, row.kind in {AVATAR, BANNER}, row.mimetype, file.read())
        except FileNotFoundError:
            continue
    raise NotFound


def names_in(text: str) -> list[str]:
    """Names of uploads that a text (Markdown or HTML) shows, each once, in their order. Asks no database."""
    return list(dict.fromkeys(_NAMED.findall(text))) if ADDRESS in text else []


def named_in(body_html: str) -> list[tuple[str, str]]:
    """(name, SHA-256 of the file) of each upload that a text shows; one statement, none for a text without pictures."""
    names = names_in(body_html)
    if not names:
        return []
    rows = db.session.execute(select(UPLOADS.c.name, UPLOADS.c.sha256).where(UPLOADS.c.name.in_(names)))
    hashes = {row.name: row.sha256 for row in rows}
    return [(name, hashes[name]) for name in names if name in hashes]


def totals(actor: Actor) -> Mapping[str, Total]:
    """How much there is of each kind (picture, avatar, banner, logo). One statement over an index, which stops at
    MOST_COUNTED of a kind."""
    require(actor, "machine.see")
    counted = []
    for kind in KINDS:
        some = select(UPLOADS.c.size_bytes).where(UPLOADS.c.kind == kind).limit(MOST_COUNTED + 1).subquery()
        size = func.coalesce(func.sum(some.c.size_bytes), 0)
        columns = literal(kind).label("kind"), func.count().label("files"), size.label("size_bytes")
        counted.append(select(*columns).select_from(some))
    rows = db.session.execute(union_all(*counted))
    return {row.kind: Total(row.files, int(row.size_bytes), row.files <= MOST_COUNTED) for row in rows}
