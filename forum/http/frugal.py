"""Flask's own work for each request, without what this application never needs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer

from forum.core import clock
from forum.http.plain import PlainRequest


class KeptSerializer(SecureCookieSessionInterface):
    """Flask's signed cookies; what signs them is made once for each key instead of once a request. One that lasts does
    so for as many days as stand in it."""

    def __init__(self) -> None:
        self._made: tuple[Any, URLSafeTimedSerializer | None] = (None, None)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The serializer for the application's present key."""
        key, serializer = self._made
        if serializer is None or key != app.secret_key:
            serializer = super().get_signing_serializer(app)
            self._made = (app.secret_key, serializer)
        return serializer

    def get_expiration_time(self, app: Flask, session: SessionMixin) -> datetime | None:
        """When the browser forgets the cookie; None: when it is closed."""
        if not session.permanent or "days" not in session:
            return super().get_expiration_time(app, session)
        return clock.now() + timedelta(days=session["days"])


class FrugalFlask(Flask):
    """Flask with our request, told that nothing here is a coroutine: it would look at nine functions a request to find
    out."""

    request_class = PlainRequest
    session_interface = KeptSerializer()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def cookie_length() -> int:
    """How many signs this browser's session takes in its cookie, as it stands now."""
    serializer = FrugalFlask.session_interface.get_signing_serializer(current_app._get_current_object())  # type: ignore[attr-defined]
    return len(serializer.dumps(dict(session))) if serializer is not None else 0
