"""The guests' cache in front of Flask: an address asked for before costs one statement and no request of Flask's.

What the cache has sent stands here with its headers under everything in the request that it depends on, together with
what reads its version. As long as the version is the same, the same bytes go out again.
"""

import uuid
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.http import parse_etags

from forum.http.packing import takes_gzip
from forum.http.store import Store

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MADE = "forum.made"
"""Where the guests' cache leaves, in the WSGI environment, what reads a page's version and what it read."""
MOST_CHARACTERS = 600
_ID = "X-Request-ID"


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it went out, but for its request's id."""

    read_version: Callable[[], Hashable | None]
    version: Hashable
    headers: list[tuple[str, str]]
    etag: str
    body: bytes


_sent: Store[Sent] = Store()


def forget() -> None:
    """Drops what is kept in this process (for tests that exchange the database behind an application)."""
    _sent.clear()


def _key(environ: "WSGIEnvironment") -> tuple[str, ...] | None:
    """All that a guest's page depends on, as it was sent; None for requests that are not a guest's plain reading."""
    cookie = environ.get("HTTP_COOKIE", "")
    if environ["REQUEST_METHOD"] != "GET" or (cookie and (";" in cookie or not cookie.startswith("language="))):
        return None
    asked = (
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_ACCEPT_LANGUAGE", ""),
        cookie,
        environ.get("SCRIPT_NAME", ""),
        "gzip" if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else "",
    )
    return asked if sum(map(len, asked)) <= MOST_CHARACTERS else None


class Door:
    """A WSGI application before another one."""

    def __init__(self, app: Flask, inner: "WSGIApplication") -> None:
        self._app, self._inner = app, inner

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        asked = _key(environ) if self._app.config["GUEST_CACHE"] else None
        if asked is None:
            return self._inner(environ, start_response)
        key = (id(self._app), *asked)
        sent = _sent.get(key)
        if sent is not None and self._is_current(sent):
            return _send(sent, environ, start_response)
        return self._pass_on(key, environ, start_response)

    def _is_current(self, sent: Sent) -> bool:
        try:
            with self._app.app_context():
                return sent.read_version() == sent.version
        except SQLAlchemyError:  # the application has a page for that
            return False

    def _pass_on(self, key: Hashable, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Lets the application answer, and keeps what the guests' cache gave out."""
        begun: list[Any] = []

        def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            begun[:] = [status, headers]
            return start_response(status, headers, *rest)

        answer = self._inner(environ, begin)
        if MADE not in environ or not begun or begun[0] != "200 OK":
            return answer
        body = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        headers = [(name, value) for name, value in begun[1] if name != _ID]
        etag = dict(headers).get("ETag", "").removeprefix("W/").strip('"')
        if etag and "Set-Cookie" not in dict(headers):
            read_version, version = environ[MADE]
            _sent.put(key, Sent(read_version, version, headers, etag, body))
        return [body]


def _send(sent: Sent, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    identifier = (_ID, uuid.uuid4().hex[:16])
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and parse_etags(known).contains_weak(sent.etag):
        bare = [pair for pair in sent.headers if pair[0] not in {"Content-Type", "Content-Length"}]
        start_response("304 NOT MODIFIED", [*bare, identifier])
        return []
    start_response("200 OK", [*sent.headers, identifier])
    return [sent.body]
