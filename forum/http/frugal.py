"""Flask's own work for each request, without what this application never needs."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from forum.http.plain import PlainRequest


class KeptSerializer(SecureCookieSessionInterface):
    """Flask's signed cookies; what signs them is made once for each key instead of once a request."""

    def __init__(self) -> None:
        self._made: tuple[Any, URLSafeTimedSerializer | None] = (None, None)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The serializer for the application's present key."""
        key, serializer = self._made
        if serializer is None or key != app.secret_key:
            serializer = super().get_signing_serializer(app)
            self._made = (app.secret_key, serializer)
        return serializer


class FrugalFlask(Flask):
    """Flask with our request, told that nothing here is a coroutine: it would look at nine functions a request to find
    out."""

    request_class = PlainRequest
    session_interface = KeptSerializer()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func
