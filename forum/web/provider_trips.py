"""What a browser keeps of its way to an OpenID provider and back, in its own signed session.

A trip holds the secrets that must come back unchanged; so an answer counts in the browser that asked, and nowhere else.
Whoever comes back and isn't known here waits in the session, too, until they have joined or signed in to their account.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask import session

from forum.core import clock
from forum.http.frugal import cookie_length
from forum.oidc.claims import Person
from forum.oidc.protocol import Way, new_way

SIGN_IN, LINK, PROOF = PURPOSES = ("sign-in", "link", "proof")
"""To sign in; to link the account that is signed in; to prove once more who sits there."""
LASTS_SECONDS = 15 * 60
_TRIPS, _WAITING = "trips", "waiting_person"
_MOST_TRIPS = 3
_LONGEST_WAY = 600
_MOST_BYTES = 3800
"""Of 4,096 that a browser keeps of a cookie with its name and all that is said of it (RFC 6265, 6.1)."""
_MOST_GROUPS = 100


@dataclass(frozen=True, slots=True)
class Trip:
    """One way there and back: to which provider, why, and where to go on; `began_at` in seconds of the epoch."""

    key: str
    purpose: str
    way: Way
    next: str
    intent: str
    began_at: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whom a provider vouches for and nobody here knows yet."""

    key: str
    person: Person
    next: str
    intent: str


def _now() -> int:
    return int(clock.now().timestamp())


def set_out(key: str, purpose: str, next_address: str, intent: str) -> Way:
    """Notes a new trip, and returns its secrets. What is too long to travel along is left behind, and so are the oldest
    trips where there are too many, or the cookie would be too large to be kept."""
    if len(next_address) + len(intent) > _LONGEST_WAY:
        next_address, intent = next_address if len(next_address) <= _LONGEST_WAY else "/", ""
    way = new_way()
    trips = [one for one in session.get(_TRIPS, []) if _now() - one[-1] < LASTS_SECONDS][1 - _MOST_TRIPS :]
    session[_TRIPS] = [*trips, [key, purpose, way.state, way.nonce, way.verifier, next_address, intent, _now()]]
    _fit()
    return way


def _fit() -> None:
    """Leaves behind what the session's cookie has no room for: first the older trips, then where the last one, and who
    waits, would have gone on."""
    while cookie_length() > _MOST_BYTES and len(session.get(_TRIPS, [])) > 1:
        session[_TRIPS] = session[_TRIPS][1:]
    if cookie_length() > _MOST_BYTES and session.get(_TRIPS):
        *secrets, _next, _intent, began_at = session[_TRIPS][0]
        session[_TRIPS] = [[*secrets, "/", "", began_at]]
    if cookie_length() > _MOST_BYTES and _WAITING in session:
        key, person, _next, _intent, since = session[_WAITING]
        session[_WAITING] = [key, person, "/", "", since]


def take(state: str) -> Trip | None:
    """The trip with this state, which is over with that; None where this browser has begun none, or too long ago."""
    trips = session.get(_TRIPS, [])
    found = next((one for one in trips if state and one[2] == state), None)
    if found is None:
        return None
    session[_TRIPS] = [one for one in trips if one is not found]
    key, purpose, sent, nonce, verifier, next_address, intent, began_at = found
    if not 0 <= _now() - began_at < LASTS_SECONDS:
        return None
    return Trip(key, purpose, Way(sent, nonce, verifier), next_address, intent, began_at)


def let_wait(trip: Trip, person: Person) -> None:
    """Keeps whom the provider vouches for."""
    kept = asdict(person) | {"group_ids": list(person.group_ids)[:_MOST_GROUPS], "roles": list(person.roles)}
    session[_WAITING] = [trip.key, kept, trip.next, trip.intent, _now()]
    _fit()


def waiting() -> Waiting | None:
    """Who waits in this browser; nobody after a quarter of an hour."""
    kept = session.get(_WAITING)
    if kept is None or not 0 <= _now() - kept[-1] < LASTS_SECONDS:
        return None
    key, person, next_address, intent, _since = kept
    return Waiting(key, Person(**person), next_address, intent)


def forget_waiting() -> None:
    """Nobody waits any more."""
    session.pop(_WAITING, None)


def carried() -> Mapping[str, Any]:
    """What outlives the beginning of a session: somebody signs in in order to link their account."""
    return {_WAITING: session[_WAITING]} if _WAITING in session else {}
