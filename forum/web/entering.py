"""Signing a browser in once it is proved whose it is: by a password, a passkey, a link of a mail, a provider, or a new
account."""

from datetime import UTC, datetime

from flask import request, session

from forum.core.database import transaction
from forum.http.limits import network
from forum.http.viewer import actor, begin_session, end_session
from forum.members import actions, queries
from forum.members.actions.sessions import LONGEST
from forum.oidc import actions as oidc
from forum.web import attempts, known_browsers, provider_trips, second_step
from forum.web.second_step import NO_PROVIDER, Entrant, Through

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device() -> str:
    """Browser and system in words that a member recognises."""
    agent = request.headers.get("User-Agent", "")
    parts = [next((name for mark, name in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return " · ".join(part for part in parts if part) or agent[:60]


def new_session(
    member_id: int, *, days: int = LONGEST, is_new_device: bool = False, through: Through = NO_PROVIDER
) -> str:
    """Makes the row of a session of this browser, in the caller's transaction, and returns its token for `go_on`; the
    rest as for `members.actions.sign_in`."""
    return actions.sign_in(
        member_id,
        device(),
        network=network(),
        days=days,
        is_new_device=is_new_device,
        is_vouched_for=through.is_vouched_for,
        proved_at=None if through.authenticated_at is None else datetime.fromtimestamp(through.authenticated_at, UTC),
    )


def go_on(member_id: int, token: str) -> None:
    """Signs this browser in with a session that was begun, and knows it as one of the member's from now on."""
    carried = provider_trips.carried()
    begin_session(token)
    session.update(carried)
    known_browsers.remember(member_id)


def enter(
    member_id: int, name: str, *, days: int = LONGEST, is_expected: bool = False, through: Through = NO_PROVIDER
) -> bool:
    """Begins the member's session in this browser, or notes that a second step is due: then False is returned, and
    nobody is signed in here, also not who was before. `sign_in.onwards` leads on in both cases. The rest as for
    `Entrant`."""
    entrant = Entrant(member_id, name, days, is_expected, through)
    if not through.is_vouched_for and queries.second_step_of(member_id) is not None:
        if not actor().is_guest and (former := end_session()):
            with transaction(actor()):
                actions.sign_out(former)
        second_step.wait_for(entrant)
        return False
    admit(entrant)
    return True


def admit(entrant: Entrant) -> None:
    """Begins the session of a member of whom everything is proved: tries for the name count anew, and of a device that
    isn't known they are told by mail, unless they expect that."""
    member_id = entrant.member_id
    is_new_device = not entrant.is_expected and known_browsers.mark_of(member_id) is None
    with transaction(actor()):
        token = new_session(member_id, days=entrant.days, is_new_device=is_new_device, through=entrant.through)
        if entrant.through.identity_id:
            oidc.note_session(token, entrant.through.identity_id, entrant.through.sid or None)
    attempts.succeeded(entrant.name, member_id)
    go_on(member_id, token)
