"""The link of the console: exchanged for a key in this browser's session, so that its secret stays in no address."""

from flask import Response, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import SYSTEM
from forum.core.database import transaction
from forum.http.render import page
from forum.setup import actions
from forum.web.setup.frame import BROWSER, bp, progress


@bp.get("/link/<token>")
def open_link(token: str) -> AnyResponse:
    """The request log leaves the token out (`http.request_log.place`)."""
    found = progress()
    if found.has_account or found.is_open_to(session.get(BROWSER, "")):
        return _private(redirect("/setup", 303))
    if request.method == "HEAD":  # who looks whether a link is good must not use it up
        return _private(Response(status=204))
    with transaction(SYSTEM):
        browser = actions.open_link(token)
    if browser is None:
        return _private(page("setup/used.html", 410))
    session.clear()
    session[BROWSER] = browser
    return _private(redirect("/setup", 303))


def _private(response: AnyResponse) -> AnyResponse:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
