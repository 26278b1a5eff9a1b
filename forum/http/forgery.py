"""Forged requests: a token in every form, and a look at where a request that changes something comes from.

The token (Flask-WTF) is what protects. Beside it stands the check of the `Origin` header, which browsers send with a
POST and no page can set: OWASP's Cross-Site Request Forgery Prevention Cheat Sheet, "Verifying Origin With Standard
Headers". It holds even where a token has leaked; a request without the header has the token alone.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_wtf.csrf import CSRFProtect

from forum.core.errors import Invalid
from forum.core.logging import security
from forum.http.limits import network
from forum.http.request_log import place
from forum.http.viewer import actor

WITHOUT_TOKEN = ("forum.web.unsubscribe.carry_out", "forum.web.providers.signed_out")
"""Views whose POSTs come from programs that have seen no form of ours. Each proves itself in its own way, and asks
nothing of the cookies: `carry_out` by the signed token in its address (RFC 8058), `signed_out` by one that an OpenID
provider has signed (Back-Channel Logout 1.0)."""
_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def refuse_foreign_origin() -> None:
    """Raises Invalid (400) for what another site sends. A proxy may hide the name by which the browser knows this one,
    so that of FORUM_BASE_URL is ours as well."""
    origin = request.headers.get("Origin")
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in _HARMLESS or origin is None or _location(view) in WITHOUT_TOKEN:
        return
    ours = {request.host.lower(), urlsplit(current_app.extensions["settings"].base_url).netloc.lower()}
    if origin.partition("://")[2].lower() not in ours:  # `null` has none
        security("forged-form", actor().id, network(), what="origin", path=place())
        raise Invalid("foreign-origin")


def _location(view: Callable[..., object] | None) -> str:
    return f"{view.__module__}.{view.__name__}" if view else ""


def init_app(app: Flask) -> None:
    app.before_request(refuse_foreign_origin)
    protect = CSRFProtect(app)
    for view in WITHOUT_TOKEN:
        protect.exempt(view)
