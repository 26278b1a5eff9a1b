"""The guests' cache: what one guest sees, every guest sees, so a page is made once for each version of what it shows.

An address that a guest has asked for before is answered by `door`, in front of Flask.

The version is read before the page is made, so a change during the making can't be hidden by an older copy. The key
never holds the host, and only the parameters that a view lists.
"""

import functools
import hashlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, make_response, request
from flask.wrappers import Response

from forum.http import door, viewer
from forum.http.store import Store

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Kept:
    """One page as it was sent to the first guest."""

    body: bytes
    etag: str


_store: Store[Kept] = Store()


def forget() -> None:
    """Drops what is kept in this process (for tests that exchange the database behind an application)."""
    _store.clear()
    door.forget()


def for_guests(version: Callable[..., Hashable | None], parameters: Sequence[str] = ()) -> Callable[[View], View]:
    """Keeps a GET view's page for guests.

    `version` gets the view's arguments and reads, in one statement, a value that changes whenever the page would
    (with the community's epochs in it); None means: don't keep. `parameters` are the query parameters that matter.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(**arguments: Any) -> Any:
            if viewer.has_session() or not current_app.config["GUEST_CACHE"]:
                return view(**arguments)
            state = version(**arguments)
            if state is None:
                return view(**arguments)
            asked = tuple(request.args.get(name) for name in parameters)
            key = (request.endpoint, tuple(arguments.values()), asked, viewer.guest_language(), state)
            kept = _store.get(key)
            if kept is None:
                response = make_response(view(**arguments))
                if response.status_code != 200 or response.cache_control.no_store:  # it holds what is one guest's own
                    return response
                body = response.get_data()
                kept = Kept(body, f"g-{hashlib.sha256(body).hexdigest()[:24]}")
                _store.put(key, kept)
            request.environ[door.MADE] = (functools.partial(version, **arguments), state)
            return _send(kept)

        return cast(View, wrapped)

    return decorate


def of_community(**_arguments: object) -> tuple[Hashable, ...]:
    """The version of pages that change with the community alone."""
    row = viewer.community()
    return (row.key, row.epoch)


def _send(kept: Kept) -> Response:
    if request.if_none_match.contains_weak(kept.etag):
        response = Response(status=304)
    else:
        response = Response(kept.body, mimetype="text/html")
    response.set_etag(kept.etag, weak=True)  # the same page packed or not is not the same bytes (RFC 9110, 8.8.1)
    return response


def init_app(app: Flask, on: bool) -> None:
    app.config["GUEST_CACHE"] = on
    app.wsgi_app = door.Door(app, app.wsgi_app)  # type: ignore[method-assign]
