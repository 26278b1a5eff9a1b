"""What happens to a text whose publishing is refused: it is kept, and the member is led on."""

from collections.abc import Mapping

from flask import redirect
from werkzeug.wrappers import Response

from forum.core.actor import Actor
from forum.core.errors import Denied, Refused
from forum.http.reasons import sentence
from forum.http.render import flash, wants_json
from forum.web import intents

WAITS = frozenset({"unconfirmed", "owes-acceptance", "silenced"})
"""Reasons that pass: the text is kept as a draft until then."""


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
