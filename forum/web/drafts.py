"""Drafts: the list, and what the script of the composer sends."""

from flask import Blueprint, jsonify, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import NotFound
from forum.http.limits import limited
from forum.http.render import flash, page, wants_json
from forum.http.viewer import actor, signed_in
from forum.threads import actions, queries

bp = Blueprint("drafts", __name__)

_REST = ("category", "area", "tags", "kind", "reply_to", "base_revision")


@bp.get("/drafts")
@signed_in
def drafts() -> Response:
    return page("threads/drafts.html", drafts=queries.drafts(actor()))


@bp.post("/drafts/keep")
@signed_in
@limited("draft", "60 per minute")
def keep() -> Response:
    """Keeps the form of a composer as it is; an emptied one is forgotten, and what was published is no draft."""
    place = request.args.get("place", "")
    title, body = request.form.get("title", ""), request.form.get("body", "")
    rest = {name: request.form[name] for name in _REST if request.form.get(name)}
    with transaction(actor()) as member:
        queries.known_place(place)
        if _is_published(member, body):
            draft_id = None
        elif body.strip() or title.strip():
            draft_id = actions.save_draft(member, place, title=title, body=body, fields=rest)
        else:
            actions.discard_at(member, place)
            draft_id = None
    if wants_json():
        return jsonify(draft=draft_id)
    return redirect("/drafts", 303)


def _is_published(member: Actor, body: str) -> bool:
    """Whether this very form has been sent with this text or more: a save that comes late, or from a page one went back
    to, must not bring it back. Other words are new ones, and kept."""
    sent = queries.sent_before(member, request.form.get("submission", "")[:40])
    return sent is not None and " ".join(sent.body.split()).startswith(" ".join(body.split()))


@bp.post("/drafts/<int:draft_id>/discard")
@signed_in
def discard(draft_id: int) -> Response:
    if draft_id >= 2**63:
        raise NotFound
    with transaction(actor()) as member:
        actions.discard_draft(member, draft_id)
    flash(_("The draft has been deleted."))
    return redirect("/drafts", 303)
