"""Signed links in mails, marks of browsers, and what a browser carries between the two steps of signing in: each is for
one purpose, one member and one state of the account."""

import hashlib
from datetime import timedelta
from typing import Literal

from itsdangerous import BadData, URLSafeTimedSerializer

from forum.core import clock
from forum.core.errors import Gone
from forum.core.settings import installed
from forum.members.models import Member

Purpose = Literal[
    "confirm", "reset", "first-password", "sign-in", "second-step", "email-new", "email-old", "unsubscribe", "browser"
]
LIFE_SECONDS: dict[Purpose, int | None] = {
    "confirm": 7 * 24 * 3600,
    "reset": 2 * 3600,
    "first-password": 7 * 24 * 3600,
    "sign-in": 15 * 60,
    "second-step": 10 * 60,
    "email-new": 24 * 3600,
    "email-old": 24 * 3600,
    "unsubscribe": None,
    "browser": 365 * 24 * 3600,
}
"""How long one works; the link out of all e-mails, as long as the account has the address (RFC 8058)."""
SKEW = timedelta(minutes=3)
"""By how much the clocks of our machines may differ: what is yet to be made by more than that opens nothing so far."""
_OF_PASSWORD: tuple[Purpose, ...] = ("reset", "first-password", "sign-in", "second-step", "browser")


def _serializer(purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(installed().secret_key, salt=f"members.{purpose}")


def _state(purpose: Purpose, member: Member, of: str) -> str:
    """What voids a link when it changes: the address; where the password matters, that, too; for signing in, that
    a link was used; and what the link is part of."""
    facts = [member.email_key or "", member.password_hash or "" if purpose in _OF_PASSWORD else ""]
    if purpose == "sign-in":
        facts.append(str(member.links_used))
    if of:
        facts.append(of)
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()[:20]


def issue(purpose: Purpose, member: Member, of: str = "") -> str:
    """A token that fits into an address. `of` names what it is part of, where a member has one after another of it."""
    return str(_serializer(purpose).dumps([member.id, _state(purpose, member, of)]))


def _opened(purpose: Purpose, token: str) -> tuple[int, str]:
    """Whose link this is, and the state of the account for which it was made. Raises Gone as `member_id` does."""
    try:
        (found, state), made_at = _serializer(purpose).loads(token, return_timestamp=True)
        owner = int(found)
    except (BadData, ValueError, TypeError) as error:
        raise Gone("link-expired", what="forged") from error
    age, life = clock.now() - made_at, LIFE_SECONDS[purpose]
    if life is not None and age > timedelta(seconds=life):
        raise Gone("link-expired", what="old", member_id=owner)
    if life is not None and age < -SKEW:
        raise Gone("link-early", what="early", member_id=owner)
    return owner, str(state)


def member_id(purpose: Purpose, token: str) -> int:
    """Whose link this is. Raises Gone for one that is forged, too old, or made at a time that is yet to come, with the
    word for the security log in `what`; ask `fits` before it opens anything."""
    return _opened(purpose, token)[0]


def fits(purpose: Purpose, token: str, member: Member, of: str = "") -> bool:
    """Whether the account is still in the state for which the link was made."""
    try:
        found, state = _opened(purpose, token)
    except Gone:
        return False
    return found == member.id and state == _state(purpose, member, of)


def used(owner: int) -> Gone:
    """That a link of ours opens nothing any more: it was used, or the account has changed since."""
    return Gone("link-expired", what="used", member_id=owner)
