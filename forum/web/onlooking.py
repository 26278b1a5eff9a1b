"""Seeing the site as others see it: what holds as long as it lasts, and its end.

Where it begins is the administration (`web.admin.onlooking`).
"""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from forum.core.errors import Denied
from forum.http.viewer import end_look, looking

bp = Blueprint("onlooking", __name__)

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


@bp.before_app_request
def only_look() -> None:
    """Refuses every act of who only looks, but for ending it."""
    if looking() is None or request.endpoint == "onlooking.stop":
        return
    if request.method not in _READING:
        raise Denied("looking-only")
    if request.path == "/settings" or request.path.startswith("/settings/"):  # who only looks has no account
        raise Denied("looking-no-account")


@bp.post("/see-as/end")
def stop() -> AnyResponse:
    end_look()
    return redirect("/admin/see-as", 303)
