"""The link of the console: exchanged for a key in this browser's session, so that its secret stays in no address."""

from flask import redirect, session
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import SYSTEM
from forum.core.database import transaction
from forum.core.logging import security
from forum.http.limits import network
from forum.http.render import page
from forum.setup import actions
from forum.web.setup.frame import BROWSER, bp, progress


@bp.get("/link/<token>")
def show_link(token: str) -> AnyResponse:
    """A page with one button: programs that look at links must not use this one up. The request log leaves the token
    out (`http.request_log.place`)."""
    if _is_needless():
        return _private(redirect("/setup", 303))
    if not progress().is_opened_by(token):
        return _used()
    # `no-referrer` would take the origin from what the button sends.
    return _private(page("setup/link.html", token=token), "same-origin")


@bp.post("/link/<token>")
def open_link(token: str) -> AnyResponse:
    if _is_needless():
        return _private(redirect("/setup", 303))
    with transaction(SYSTEM):
        browser = actions.open_link(token)
    if browser is None:
        return _used()
    session.clear()
    session[BROWSER] = browser
    return _private(redirect("/setup", 303))


def _used() -> AnyResponse:
    """What a link says that opens nothing: it was used, replaced, or never printed."""
    security("link-refused", None, network(), what="unknown", link="setup")
    return _private(page("setup/used.html", 410))


def _is_needless() -> bool:
    """Whether this browser may go on as it is, or by signing in."""
    return progress().has_account or progress().is_open_to(session.get(BROWSER, ""))


def _private(response: AnyResponse, referrer: str = "no-referrer") -> AnyResponse:
    response.headers["Referrer-Policy"] = referrer
    response.headers["Cache-Control"] = "no-store"
    return response
