"""Between the browser's script (static/js/apart/passkeys.js) and the passkeys' room: what the script asks for, what it
sends, and what is noted of an answer that doesn't hold."""

from flask import Response, make_response, session

from forum.core.database import transaction
from forum.core.errors import Invalid, NotFound
from forum.core.logging import security
from forum.http.limits import network
from forum.http.render import token
from forum.http.viewer import actor
from forum.members import actions, passkeys, queries
from forum.members.passkeys import NewPasskey

_HANDLE = "passkey_handle"
"""Where the session keeps the name under which a passkey is being made."""


def are_possible() -> bool:
    """Whether browsers have passkeys at this community's address."""
    return passkeys.relying_party() is not None


def require_possible() -> None:
    """Raises NotFound where they haven't."""
    if not are_possible():
        raise NotFound


def _bound() -> str:
    """What a challenge is bound to: the secret of this browser's session, which every sign-in changes."""
    return str(session.get("csrf_token", ""))


def _json(options: str) -> Response:
    response = make_response(options)
    response.mimetype = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response


def options_of_use() -> Response:
    """What the script hands to the browser so that a passkey signs in, or proves who sits there."""
    token()  # makes the session's secret
    return _json(passkeys.request_options(_bound()))


def options_of_making(community: str) -> Response:
    """The same, so that a passkey is made for the member who asks."""
    token()
    member = actor()
    known, handle = queries.seen_by_authenticators(member)
    session[_HANDLE] = handle or passkeys.new_user_handle()
    names = {"username": member.username, "name": member.display_name, "community": community}
    return _json(passkeys.creation_options(_bound(), session[_HANDLE], known, **names))


def _refused(error: Invalid, member_id: int | None) -> None:
    security("passkey-refused", member_id, network(), what=error.code.removeprefix("passkey-"))


def made(answer: str) -> NewPasskey:
    """The passkey that the browser has made for the member. Raises Invalid."""
    from forum.members import authenticators

    try:
        return authenticators.read_new(answer, _bound(), session.get(_HANDLE, ""))
    except Invalid as error:
        _refused(error, actor().id)
        raise


def use(answer: str, of: int | None = None) -> int:
    """Whose passkey has answered, of the member `of` if one is named; no answer does twice. Raises Invalid."""
    from forum.members import authenticators

    known = None
    try:
        known = queries.known_passkey(authenticators.credential_id_of(answer))
        if known is None or of not in {None, known.member_id}:
            raise Invalid("passkey-unknown")
        used = authenticators.read_used(answer, _bound(), known)
        with transaction(actor()):
            actions.use_passkey(used)
    except Invalid as error:
        _refused(error, known.member_id if known is not None else None)
        raise
    return known.member_id
