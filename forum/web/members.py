"""Profiles."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from forum.http.render import page
from forum.http.viewer import actor
from forum.members import queries
from forum.text import as_markup
from forum.threads import queries as threads

bp = Blueprint("members", __name__)


@bp.get("/u/<username>")
def profile(username: str) -> AnyResponse:
    """Other capitals lead to the right address; an unknown, unconfirmed or look-alike name is 404."""
    found = queries.profile(actor(), username)
    if found.username != username:
        return redirect(url_for("members.profile", username=found.username), 301)
    return page(
        "members/profile.html",
        member=found,
        about=as_markup(found.about_html) if found.about_html and not found.is_banned else None,
        figures=threads.activity_of(actor(), found.id),
        posts=threads.recent_posts(actor(), found.id),
    )
