"""What is new on an open page, asked by its script now and then (`static/js/news.js`): a few counters, never a page.

It reads and leaves no trace: nothing is marked as read, the sign-in session is not noted as used, and what has not
changed is not sent again. A guest hears of the open thread alone, and every guest the same.
"""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, jsonify, request
from flask_babel import ngettext
from werkzeug.wrappers import Response

from forum.access import may
from forum.core.actor import Actor
from forum.http.limits import paced
from forum.http.render import counted
from forum.http.viewer import actor, community, viewer
from forum.members import queries as members
from forum.moderation import queries as moderation
from forum.threads import queries as threads
from forum.threads.queries import CategoryRow
from forum.web.threads import number_of

bp = Blueprint("news", __name__)


@bp.get("/news")
@paced(300)
def news() -> Response:
    """`posts` since number `after` of `thread`, in words and with the address of the first; a member's `unread`
    notifications; the `cases` that are open for who is at the desk, and the `requests` to join for who decides on them.
    What is nothing is left out."""
    who = actor()
    found = _of_thread(number_of(request.args.get("thread")), number_of(request.args.get("after")))
    if not who.is_guest:
        unread = viewer().unread
        told = ngettext("%(num)s unread notification", "%(num)s unread notifications", unread) if unread else ""
        found |= {"unread": counted(unread), "told": told}
    if may(who, "case.list", _categories(who)):
        found["cases"] = counted(moderation.open_count(who))
    if may(who, "member.admit"):
        found["requests"] = counted(members.join_request_count(who))
    answer = jsonify(found)
    answer.headers["Vary"] = "Cookie, Accept-Language"
    answer.add_etag(weak=True)
    return answer.make_conditional(request)


def _categories(who: Actor) -> Iterator[CategoryRow]:
    """Where somebody could keep order; read for those only whose groups may do that somewhere."""
    yield from threads.categories(who, community().stamp)


def _of_thread(thread_id: int | None, after: int | None) -> dict[str, Any]:
    """What was written in a thread since a number. Raises NotFound and the like as its page does."""
    if thread_id is None or after is None:
        return {}
    thread = threads.get_thread(actor(), thread_id)
    count = thread.last_number - after
    if count <= 0:
        return {}
    if thread.kind == "idea":
        words = ngettext("Show %(num)s new comment", "Show %(num)s new comments", count)
    else:
        words = ngettext("Show %(num)s new reply", "Show %(num)s new replies", count)
    return {"posts": count, "words": words, "place": f"{thread.address}/{after + 1}"}
