"""What can be done with a key."""

from flask import Blueprint
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import may
from forum.http import cache
from forum.http.render import page
from forum.http.viewer import actor, community
from forum.threads import queries as threads

bp = Blueprint("shortcuts", __name__)


@bp.get("/shortcuts")
@cache.for_guests(cache.of_community)
def show() -> AnyResponse:
    keys = [
        (("?",), _("Show this list")),
        (("/",), _("Search")),
        (("j",), _("Next in the list, next post")),
        (("k",), _("One back")),
        (("r",), _("Reply")),
        (("l",), _("Like the post")),
        (("g", "h"), _("Conversations")),
        (("g", "i"), _("Ideas")),
        (("g", "n"), _("Notifications")),
        (("g", "w"), _("Write something new")),
        (("g", "d"), _("Your drafts")),
        (("g", "p"), _("Members")),
        (("g", "r"), _("Rules")),
    ]
    if may(actor(), "case.list", threads.categories(actor(), community().stamp)):
        keys.append((("g", "m"), _("Moderation")))
    if may(actor(), "admin.see"):
        keys.append((("g", "a"), _("Administration")))
    return page("shortcuts/show.html", keys=keys)
