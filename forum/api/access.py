"""Who a program acts for: the member whose token it sends, with what that member may do now. Cookies don't count."""

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar, cast

from flask import Response, current_app, g, request
from limits import parse_many

from forum.api.frame import bp
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Denied, Refused
from forum.http import errors, suspicion
from forum.http.limits import count
from forum.http.reasons import sentence
from forum.members import actions, queries

View = TypeVar("View", bound=Callable[..., Any])
NOTED_EVERY = timedelta(minutes=10)
_OFTEN = parse_many("120 per minute; 3000 per hour")


class NoToken(Refused):
    """Nobody is known to be asking."""

    status = 401


@bp.errorhandler(NoToken)
def _who_are_you(error: NoToken) -> Response:
    suspicion.note(error)
    response = errors.answer(401, sentence(error), code=error.code)
    problem = "" if error.code == "token-required" else ', error="invalid_token"'
    response.headers["WWW-Authenticate"] = f'Bearer realm="api"{problem}'
    return response


def needs(scope: str) -> Callable[[View], View]:
    """Lets a view answer only a token with this scope; `asker()` is its member then."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            g.asker = _asker(scope)
            return view(*args, **kwargs)

        return cast(View, wrapped)

    return decorate


def asker() -> Actor:
    """The member for whom the program asks."""
    return cast(Actor, g.asker)


def _asker(scope: str) -> Actor:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise NoToken("token-required")
    found = queries.holder_of(token.strip())
    if found is None:
        raise NoToken("token-unknown")
    member, row = found
    if member.is_banned:
        raise Denied("banned")
    if scope not in row.scopes:
        raise Denied("token-scope", scope=scope)
    count("api", _OFTEN, f"t{row.id}")
    if row.used_at is None or clock.now() - row.used_at > NOTED_EVERY:
        g.used_token = row.id
    return member


@bp.after_request
def note_use(response: Response) -> Response:
    """Notes, after the answer and at most every ten minutes, that a token is in use."""
    token_id = g.pop("used_token", None)
    if token_id is not None:
        app = current_app._get_current_object()  # type: ignore[attr-defined]

        def write() -> None:
            with app.app_context(), transaction():
                actions.note_token_use(token_id)

        response.call_on_close(write)
    return response
