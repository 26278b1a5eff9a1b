"""Profiles, and the directory of members."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from forum.core.errors import NotFound
from forum.http.plain import one_line
from forum.http.render import page
from forum.http.viewer import actor, community, signed_in
from forum.members import queries
from forum.members.queries import Wanted
from forum.text import as_markup
from forum.threads import queries as threads

bp = Blueprint("members", __name__)

MOST_TYPED = 100


def _wanted() -> Wanted:
    """Whom the address asks for. Raises NotFound for an order that there isn't."""
    sort = next((one for one in queries.SORTS if one == (request.args.get("sort") or "name")), None)
    if sort is None:
        raise NotFound
    return Wanted(sort, one_line(request.args.get("q", ""), MOST_TYPED).removeprefix("@"))


def _address(wanted: Wanted, before: str | None = None) -> str:
    values = {"q": wanted.name, "sort": wanted.sort if wanted.sort != "name" else "", "before": before}
    asked = urlencode({name: value for name, value in values.items() if value})
    return f"/members?{asked}" if asked else "/members"


@bp.get("/members")
@signed_in
def directory() -> AnyResponse:
    """The members, for members: a list of all names is personal data that neither search engines nor harvesters need.
    Guests are asked to sign in; a single profile is there for them, too."""
    wanted, before = _wanted(), request.args.get("before")
    found = queries.directory(actor(), wanted, before)
    posts = threads.post_counts(actor(), [row.id for row in found.rows], community().stamp)
    return page(
        "members/directory.html",
        rows=[(row, posts.get(row.id, 0)) for row in found.rows],
        wanted=wanted,
        before=before,
        first=_address(wanted),
        more=_address(wanted, found.older) if found.older else None,
    )


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
