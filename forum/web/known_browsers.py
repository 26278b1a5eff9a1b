"""Browsers in which a member has signed in before: what tells a sign-in from a new device, and whom nobody's guessing
holds up (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").

A cookie of its own for each such member carries a signed mark; the server keeps nothing of it. The cookies go to the
addresses of signing in and nowhere else, so they follow nobody around: where somebody becomes known by registering or
by a new password, those of others aren't to be seen, and stay as they are. A new password voids all marks of its
member.
"""

from collections.abc import Sequence

from flask import Response, after_this_request, current_app, request

from forum.core.actor import SYSTEM
from forum.members import queries, tokens

COOKIE, PATH = "known", "/login"
MOST_MEMBERS = 5


def _name(member_id: int) -> str:
    return f"{COOKIE}-{member_id}"


def mark_of(member_id: int) -> str | None:
    """The mark by which this browser is known to have been signed in as this member; None where it isn't."""
    mark = request.cookies.get(_name(member_id))
    if not mark:
        return None
    return mark if tokens.fits("browser", mark, queries.get_member(SYSTEM, member_id)) else None


def _too_many(member_id: int) -> Sequence[str]:
    """The cookies that are more than a browser may have beside this member's, as far as they can be seen here: those
    that it sends first, which are the oldest (RFC 6265, 5.4)."""
    others = [name for name in request.cookies if name.startswith(f"{COOKIE}-") and name != _name(member_id)]
    return others[: max(0, len(others) - MOST_MEMBERS + 1)]


def remember(member_id: int) -> None:
    """Has the answer to this request mark the browser for a year, beside at most four other members."""
    mark = tokens.issue("browser", queries.get_member(SYSTEM, member_id))
    surplus = _too_many(member_id)

    @after_this_request
    def keep(response: Response) -> Response:
        for name in surplus:
            response.delete_cookie(name, path=PATH)
        response.set_cookie(
            _name(member_id),
            mark,
            max_age=tokens.LIFE_SECONDS["browser"],
            path=PATH,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response
