"""Drafts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, select

from forum import access
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Invalid
from forum.threads.models import DRAFTS, TITLE_LENGTH
from forum.threads.queries.drafts import draft_at, known_place

BODY_CHARACTERS = 600_000


def save_draft(
    actor: Actor, place: str, *, title: str = "", body: str = "", fields: Mapping[str, Any] | None = None
) -> int:
    """Keeps what is typed at a place, in the place of what was kept there before; returns the draft's id.

    The whole title is kept among the fields, however long it is. Raises Denied for guests, NotFound for a place
    that there isn't.
    """
    access.require(actor, "draft.write")
    known_place(place)
    if len(body) > BODY_CHARACTERS:
        raise Invalid("too-long", "body", limit=BODY_CHARACTERS)
    kept = {**(fields or {}), **({"title": title} if title else {})}
    statement = insert(DRAFTS).values(
        member_id=actor.member_id,
        place=place,
        title=title[:TITLE_LENGTH],
        body=body,
        fields=kept,
        updated_at=clock.now(),
    )
    new = statement.excluded
    return int(
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=[DRAFTS.c.member_id, DRAFTS.c.place],
                set_={"title": new.title, "body": new.body, "fields": new.fields, "updated_at": new.updated_at},
            ).returning(DRAFTS.c.id)
        ).scalar_one()
    )


def keep_beside(actor: Actor, place: str, *, title: str, body: str, fields: Mapping[str, Any]) -> int:
    """Keeps a text without overwriting another one that is kept at the same place; returns the draft's id.

    A new thread or idea gets a place of its own; in a reply the new text is put below the old one.
    """
    there = draft_at(actor, place)
    if there is not None and there.body != body and there.body not in body:
        if place.startswith(("new", "idea")):
            number = db.session.scalar(
                select(func.coalesce(func.max(DRAFTS.c.id), 0)).where(DRAFTS.c.member_id == actor.id)
            )
            place = f"{place.partition(':')[0]}:{int(number or 0) + 1}"
        elif place.startswith("thread:") and body not in there.body:
            body = f"{there.body}\n\n{body}"
    return save_draft(actor, place, title=title, body=body, fields=fields)


def discard_draft(actor: Actor, id: int) -> None:
    """Throws one of the actor's drafts away."""
    access.require(actor, "draft.write")
    db.session.execute(delete(DRAFTS).where(DRAFTS.c.id == id, DRAFTS.c.member_id == actor.member_id))


def discard_at(actor: Actor, place: str) -> None:
    """Throws away what the actor kept at a place."""
    access.require(actor, "draft.write")
    db.session.execute(delete(DRAFTS).where(DRAFTS.c.place == place, DRAFTS.c.member_id == actor.member_id))
