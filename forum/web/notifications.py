"""What the platform told the member."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Flask, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.http.language import tongue_of_answer
from forum.http.render import page
from forum.http.viewer import actor, signed_in, viewer
from forum.members.queries import Face
from forum.notifications import actions, queries, words
from forum.notifications.queries import NotificationRow

bp = Blueprint("notifications", __name__, url_prefix="/notifications")


@dataclass(frozen=True, slots=True)
class Line:
    """A notification in the list."""

    url: str
    text: str
    excerpt: str
    excerpt_language: str
    created_at: datetime
    is_unread: bool
    actor: Face | None
    icon_name: str


def _line(row: NotificationRow, who: Actor) -> Line:
    tongue = tongue_of_answer()
    excerpt = words.excerpt(row, tongue)
    return Line(
        f"/notifications/{row.id}",
        words.sentence(row, tongue, who.time_zone),
        excerpt,
        row.language if excerpt == row.excerpt else "",
        row.created_at,
        row.is_unread,
        row.actor,
        words.ICONS.get(row.kind, "bell"),
    )


@bp.get("")
@signed_in
def show() -> AnyResponse:
    who, before = actor(), request.args.get("before")
    found = queries.notifications(who, before)
    return page(
        "notifications/list.html",
        items=[_line(row, who) for row in found.rows],
        older=found.older,
        unread=viewer().unread,
        is_first=not before,
    )


@bp.get("/<int:notification_id>")
@signed_in
def follow(notification_id: int) -> AnyResponse:
    """Leads to what the notification tells of; after the answer, that it was seen is noted in an own transaction."""
    who = actor()
    row = queries.get_notification(who, notification_id)
    response = redirect(row.address, 302)
    if row.is_unread:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

        def write() -> None:
            with app.app_context(), transaction(who) as reader:
                actions.mark_seen(reader, row)

        response.call_on_close(write)
    return response


@bp.post("/seen")
@signed_in
def mark_all_seen() -> AnyResponse:
    with transaction(actor()) as who:
        actions.mark_all_seen(who)
    return redirect("/notifications", 303)
