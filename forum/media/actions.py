"""Keeping and removing uploads. The picture was made before the transaction, and its file is in the store already."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, delete, update

from forum.access import require
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.media.models import AVATAR, LOGO, PICTURE, UPLOADS
from forum.media.pictures import Picture


def row_of(picture: Picture, kind: str, member_id: int | None) -> dict[str, Any]:
    """The row of a picture, as a plain mapping."""
    return {
        "name": picture.name,
        "sha256": picture.sha256,
        "member_id": member_id,
        "kind": kind,
        "mimetype": picture.mimetype,
        "width": picture.width,
        "height": picture.height,
        "size_bytes": len(picture.content),
        "created_at": clock.now(),
    }


def keep(actor: Actor, picture: Picture, kind: str = PICTURE) -> str:
    """Makes an upload known and returns its name; the same content again changes nothing."""
    require(actor, "media.upload")
    row = row_of(picture, kind, actor.id)
    db.session.execute(insert(UPLOADS).values(row).on_conflict_do_nothing(index_elements=[UPLOADS.c.name]))
    return picture.name


def claim(pictures: Iterable[tuple[str, int]]) -> None:
    """Gives pictures that came without an uploader to these members, each by its name; the first to come keeps it."""
    rows = [{"picture": name, "owner": member_id} for name, member_id in pictures]
    if rows:
        db.session.connection().execute(_CLAIM, rows)


_CLAIM = (
    update(UPLOADS)
    .where(UPLOADS.c.name == bindparam("picture"), UPLOADS.c.member_id.is_(None), UPLOADS.c.kind == PICTURE)
    .values(member_id=bindparam("owner"))
)


def keep_logo(picture: Picture) -> None:
    """Makes a picture of the community's logo known; it belongs to no member. The caller has asked for permission."""
    row = row_of(picture, LOGO, None)
    db.session.execute(insert(UPLOADS).values(row).on_conflict_do_nothing(index_elements=[UPLOADS.c.name]))


def forget_face(name: str, kind: str = AVATAR) -> bool:
    """Drops the row of a face or banner that nobody has any more; True when its file may go after the transaction.

    The caller has the member's permission and has seen to it that no other member has this picture.
    """
    dropped = db.session.execute(
        delete(UPLOADS).where(UPLOADS.c.name == name, UPLOADS.c.kind == kind).returning(UPLOADS.c.id)
    )
    return dropped.first() is not None
