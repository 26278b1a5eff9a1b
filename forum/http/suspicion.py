"""Refusals that stand in the security log, by their code: wherever one is raised, and whether it is shown beside a
field or as a page, it is noted here.

What needs more than its code to be told (a sign-in, a passkey, a link, a provider's answer) is noted by the view that
knows it.
"""

from collections.abc import Mapping

from flask import Flask, Response, current_app, request
from itsdangerous import BadSignature, SignatureExpired

from forum.core.errors import Refused
from forum.core.logging import SecurityKind, security
from forum.http.limits import network
from forum.http.request_log import place
from forum.http.viewer import actor, has_session, is_for_members, looking

LINES: Mapping[str, tuple[SecurityKind, str]] = {
    "staff-only": ("right-refused", "staff-only"),
    "own-roles": ("right-refused", "own-roles"),
    "own-email": ("right-refused", "own-email"),
    "higher-role": ("right-refused", "higher-role"),
    "last-admin": ("right-refused", "last-admin"),
    "token-unknown": ("token-refused", "unknown"),
    "token-scope": ("token-refused", "scope"),
    "identity-has-account": ("address-claimed", "provider"),
    "invisible-signs": ("name-refused", "invisible"),
    "picture-too-many-pixels": ("upload-refused", "pixels"),
    "picture-kind": ("upload-refused", "kind"),
    "picture-broken": ("upload-refused", "broken"),
    "picture-hides": ("upload-refused", "hides"),
    "picture-svg": ("upload-refused", "svg"),
}
"""The kind of the line and its `what`."""


def note(error: Refused) -> None:
    """Writes the line of a refusal that has one."""
    if error.code in LINES:
        kind, what = LINES[error.code]
        security(kind, actor().id, network(), what=what, path=place())


def _is_forged() -> bool:
    """Whether the request's cookie is one of a session that we never signed."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    cookie = request.cookies.get(app.config["SESSION_COOKIE_NAME"])
    signer = app.session_interface.get_signing_serializer(app)
    try:
        signer.loads(cookie or "", max_age=int(app.permanent_session_lifetime.total_seconds()))
    except SignatureExpired:
        return False
    except BadSignature:
        return bool(cookie)
    return False


def _note_session(response: Response) -> Response:
    """A line for whom a page for members sent away although they brought a session: one that has ended, as whoever has
    copied its cookie does, or one that we never signed."""
    is_closed = is_for_members() or request.blueprint == "admin"
    if is_closed and response.status_code < 500 and looking() is None and actor().is_guest:
        if has_session():
            security("session-refused", None, network(), what="ended", path=place())
        elif _is_forged():
            security("session-refused", None, network(), what="forged", path=place())
    return response


def init_app(app: Flask) -> None:
    app.after_request(_note_session)
