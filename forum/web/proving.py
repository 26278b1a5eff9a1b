"""Before a dangerous act, whoever has proved to be the member longer than a quarter of an hour ago proves it once more.

The form comes back with everything that was typed, as one does whose member was signed out meanwhile, and with a field
for the password: the right one carries the act out, and so does one of the member's passkeys. So a computer left alone
gives nobody more than it shows. Which acts ask so is decided in record 41, and listed in tests/system/test_proofs.py.
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Response, request, session
from limits import parse_many

from forum.core import clock
from forum.core.database import transaction
from forum.core.errors import Denied, Invalid
from forum.core.logging import security
from forum.http import errors
from forum.http.limits import count, network
from forum.http.render import page, wants_json
from forum.http.request_log import place
from forum.http.viewer import actor, viewer
from forum.members import actions, passwords, queries
from forum.members.actions.sessions import PROOF_LASTS
from forum.oidc import queries as providers
from forum.web import passkeys
from forum.web.forms.members import ProofForm

View = TypeVar("View", bound=Callable[..., Any])
OFTEN = parse_many("10 per 15 minutes; 60 per day")


def recently_proved(view: View) -> View:
    """Lets a member's POST through to `view` within 15 minutes after they have signed in or proved themselves in
    this session; before that, the answer asks for the password or a passkey (403). A GET passes: what it shows is not
    protected.

    It stands below `signed_in`, above `limited`, or around the part of a view that is dangerous. Files aren't kept.
    """

    @functools.wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if request.method != "POST" or actor().is_guest or is_proved():
            return view(*args, **kwargs)
        return _asked() or view(*args, **kwargs)

    return cast(View, wrapped)


def recently_proved_where(is_dangerous: Callable[..., bool]) -> Callable[[View], View]:
    """As `recently_proved`, where `is_dangerous` says so, which gets what the view gets. Whether one is asked must tell
    nobody what they may not know."""

    def decorated(view: View) -> View:
        guarded = recently_proved(view)

        @functools.wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            return (guarded if is_dangerous(*args, **kwargs) else view)(*args, **kwargs)

        return cast(View, wrapped)

    return decorated


def is_proved() -> bool:
    """Whether whoever sits there has proved to be the member a short while ago."""
    proved_at = viewer().proved_at
    return proved_at is not None and clock.now() - proved_at < PROOF_LASTS


def _asked() -> Response | None:
    """The page that asks, until its form holds the member's password or what a passkey of theirs has answered. Raises
    Denied for a script, and TooMany."""
    if wants_json():
        raise Denied("proof-needed")
    form = ProofForm()
    if form.proof_password.name not in request.form:
        return _page(ProofForm(formdata=None), 403)
    try:
        if form.proof_passkey.data:
            _prove_by_passkey(form.proof_passkey.data)
        else:
            _prove(form.proof_password.data or "")
    except Invalid as error:
        form.refuse(error)
        return _page(form, 400)
    return None


def _prove(password: str) -> None:
    """Notes the proof. Raises Invalid for another password, TooMany."""
    if not password:
        raise Invalid("required", field="proof_password")
    count("prove", OFTEN, f"m{actor().member_id}")
    if not passwords.verify(queries.get_member(actor(), actor().member_id).password_hash, password):
        security("proof-refused", actor().id, network(), path=place())
        raise Invalid("password-wrong", field="proof_password")
    with transaction(actor()):
        actions.note_proof(session["_user_id"])


def _prove_by_passkey(answer: str) -> None:
    """The same by a passkey of the member's. Raises Invalid for anything else, TooMany."""
    count("prove", OFTEN, f"m{actor().member_id}")
    passkeys.use(answer, of=actor().member_id)
    with transaction(actor()):
        actions.note_proof(session["_user_id"])


def _page(form: ProofForm, status: int) -> Response:
    settings = queries.settings_of(actor())
    response = page(
        "sign_in/prove.html",
        status,
        form=form,
        fields=errors.fields_of_request(),
        path=request.full_path.rstrip("?"),
        username=settings.username,
        has_password=settings.has_password,
        by_passkey=passkeys.are_possible() and queries.has_passkey(actor().member_id),
        identities=[one for one in providers.identities_of(actor()) if one.is_on],
        back=errors.page_of_form() or "/",
    )
    response.headers["Cache-Control"] = "no-store"
    return response
