"""Signed links in mails: each is for one purpose, one member and one state of the account."""

import hashlib
from typing import Literal

from itsdangerous import BadData, URLSafeTimedSerializer

from forum.core.errors import Gone
from forum.core.settings import installed
from forum.members.models import Member

Purpose = Literal["confirm", "reset", "unsubscribe"]
LIFE_SECONDS: dict[Purpose, int | None] = {"confirm": 7 * 24 * 3600, "reset": 2 * 3600, "unsubscribe": None}
"""How long a link works; that out of all e-mails, as long as the account has the address (RFC 8058)."""


def _serializer(purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(installed().secret_key, salt=f"members.{purpose}")


def _state(purpose: Purpose, member: Member) -> str:
    """What voids a link when it changes: the address, and for a reset the password too."""
    facts = [member.email_key or "", member.password_hash or "" if purpose == "reset" else ""]
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()[:20]


def issue(purpose: Purpose, member: Member) -> str:
    """A token that fits into an address."""
    return str(_serializer(purpose).dumps([member.id, _state(purpose, member)]))


def member_id(purpose: Purpose, token: str) -> int:
    """Whose link this is. Raises Gone for one that is forged or too old; ask `fits` before it opens anything."""
    try:
        found, _state_then = _serializer(purpose).loads(token, max_age=LIFE_SECONDS[purpose])
    except (BadData, ValueError, TypeError) as error:
        raise Gone("link-expired") from error
    return int(found)


def fits(purpose: Purpose, token: str, member: Member) -> bool:
    """Whether the account is still in the state for which the link was made."""
    try:
        found, state = _serializer(purpose).loads(token, max_age=LIFE_SECONDS[purpose])
    except (BadData, ValueError, TypeError):
        return False
    return bool(found == member.id and state == _state(purpose, member))
