"""Signed links in mails, marks of browsers, and what a browser carries between the two steps of signing in: each is for
one purpose, one member and one state of the account."""

import hashlib
from typing import Literal

from itsdangerous import BadData, URLSafeTimedSerializer

from forum.core.errors import Gone
from forum.core.settings import installed
from forum.members.models import Member

Purpose = Literal["confirm", "reset", "sign-in", "second-step", "email-new", "email-old", "unsubscribe", "browser"]
LIFE_SECONDS: dict[Purpose, int | None] = {
    "confirm": 7 * 24 * 3600,
    "reset": 2 * 3600,
    "sign-in": 15 * 60,
    "second-step": 10 * 60,
    "email-new": 24 * 3600,
    "email-old": 24 * 3600,
    "unsubscribe": None,
    "browser": 365 * 24 * 3600,
}
"""How long one works; the link out of all e-mails, as long as the account has the address (RFC 8058)."""
_OF_PASSWORD: tuple[Purpose, ...] = ("reset", "sign-in", "second-step", "browser")


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


def member_id(purpose: Purpose, token: str) -> int:
    """Whose link this is. Raises Gone for one that is forged or too old; ask `fits` before it opens anything."""
    try:
        found, _state_then = _serializer(purpose).loads(token, max_age=LIFE_SECONDS[purpose])
    except (BadData, ValueError, TypeError) as error:
        raise Gone("link-expired") from error
    return int(found)


def fits(purpose: Purpose, token: str, member: Member, of: str = "") -> bool:
    """Whether the account is still in the state for which the link was made."""
    try:
        found, state = _serializer(purpose).loads(token, max_age=LIFE_SECONDS[purpose])
    except (BadData, ValueError, TypeError):
        return False
    return bool(found == member.id and state == _state(purpose, member, of))
