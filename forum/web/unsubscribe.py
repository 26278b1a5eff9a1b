"""No more e-mails, by the link in one of them: for members without signing in, and for mail programs (RFC 8058)."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Gone
from forum.core.locale import nearest
from forum.http.render import page
from forum.http.viewer import speak_to_guest
from forum.members import actions, queries
from forum.web import links

bp = Blueprint("unsubscribe", __name__)


def _page(token: str, username: str, language: str, *, is_done: bool) -> Response:
    speak_to_guest(nearest(language))
    return page("settings/unsubscribe.html", token=token, username=username, is_done=is_done)


@bp.get("/unsubscribe/<token>")
def ask(token: str) -> AnyResponse:
    """A page with one button: programs that look at links in mails must not change anything."""
    try:
        member = queries.by_link("unsubscribe", token)
    except Gone as error:
        return links.over("unsubscribe", error)
    return _page(token, member.username, member.language, is_done=not member.wants_mail)


@bp.post("/unsubscribe/<token>")
def carry_out(token: str) -> AnyResponse:
    """What the button sends, and mail programs by themselves: these follow no redirect."""
    try:
        with transaction():
            member = actions.unsubscribe_by_link(token)
            username, language = member.username, member.language
    except Gone as error:
        return links.over("unsubscribe", error)
    return _page(token, username, language, is_done=True)
