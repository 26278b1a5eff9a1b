"""What the forms share that publish something: the draft they begin with, what was chosen in them, and what happens to
a text whose publishing is refused: it is kept, and the member is led on."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from flask import redirect, request
from werkzeug.wrappers import Response

from forum.access import NOT_YET
from forum.core.actor import Actor
from forum.core.errors import Denied, Invalid, Refused
from forum.http.reasons import sentence
from forum.http.render import flash, wants_json
from forum.threads import queries
from forum.web import intents

WAITS = NOT_YET | {"owes-acceptance", "silenced"}
"""Reasons that pass: the text is kept as a draft until then."""


class _HasSlug(Protocol):
    @property
    def slug(self) -> str: ...


Choice = TypeVar("Choice", bound=_HasSlug)


def chosen(offered: Iterable[Choice], slug: str | None, what: str) -> Choice:
    """What a form chose. Raises Invalid (`choose-<what>`, at that field) for nothing or what isn't offered."""
    for row in offered:
        if row.slug == slug:
            return row
    raise Invalid(f"choose-{what}", what)


def place_of_draft(kind: str) -> str:
    """Where a form says that its draft is kept; anything but a place of this kind is the first one."""
    place = request.form.get("place_of_draft", kind)
    return place if place.startswith(kind) and len(place) < 20 else kind


def begun_at(actor: Actor, kind: str, draft_id: int | None) -> tuple[str, dict[str, Any]]:
    """Where the draft is kept that a form begins with, and the fields it holds; nothing without one. Raises NotFound
    for a draft that isn't the actor's."""
    draft = queries.get_draft(actor, draft_id) if draft_id else queries.draft_at(actor, kind)
    if draft is None or not draft.place.startswith(kind):
        return kind, {}
    fields = {name: value for name, value in draft.fields.items() if value and name != "submission"}
    return draft.place, {"title": draft.title, "body": draft.body, **fields}


def kept(actor: Actor, error: Refused, place: str, fields: Mapping[str, str]) -> Response:
    """Answers a refused publishing: the text becomes a draft, and the member goes on where the reason can be mended.

    Raises the error itself where waiting doesn't help, after keeping the text all the same.
    """
    draft_id = intents.keep_as_draft(actor, place, fields)
    if not isinstance(error, Denied) or error.code not in WAITS or wants_json():
        raise error
    if error.code == "owes-acceptance":
        return redirect(f"/rules/accept?draft={draft_id}", 303)
    flash(sentence(error), "warn")
    return redirect(intents.address_of_draft(actor, draft_id), 303)
