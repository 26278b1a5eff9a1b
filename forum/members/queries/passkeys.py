"""A member's passkeys, and whose one is that was used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, bindparam, select

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import BigId, read
from forum.core.errors import NotFound
from forum.members.models import PASSKEYS
from forum.members.passkeys import KnownPasskey


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """One passkey in the member's own list; `used_at` is None until it was used, `is_backed_up` as in the model."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None
    is_backed_up: bool


_MEMBER_ID = bindparam("member_id", type_=BigId)
_OWN = (
    select(PASSKEYS.c.id, PASSKEYS.c.name, PASSKEYS.c.created_at, PASSKEYS.c.used_at, PASSKEYS.c.is_backed_up)
    .where(PASSKEYS.c.member_id == _MEMBER_ID)
    .order_by(PASSKEYS.c.id)
)
_ONE = _OWN.where(PASSKEYS.c.id == bindparam("id", type_=BigId))
_ANY = select(PASSKEYS.c.id).where(PASSKEYS.c.member_id == _MEMBER_ID).limit(1)
_SEEN = (
    select(PASSKEYS.c.credential_id, PASSKEYS.c.transports, PASSKEYS.c.user_handle)
    .where(PASSKEYS.c.member_id == _MEMBER_ID)
    .order_by(PASSKEYS.c.id)
)
_KNOWN = select(PASSKEYS.c.id, PASSKEYS.c.member_id, PASSKEYS.c.public_key, PASSKEYS.c.user_handle).where(
    PASSKEYS.c.credential_id == bindparam("credential_id", type_=String)
)


def passkeys_of(actor: Actor) -> Sequence[PasskeyRow]:
    """The actor's own, the oldest first; `actions.passkeys.MOST` bounds them."""
    require(actor, "passkey.manage")
    return [PasskeyRow(*row) for row in read(_OWN, {"member_id": actor.member_id})]


def passkey(actor: Actor, passkey_id: int) -> PasskeyRow:
    """One of the actor's own. Raises NotFound for anybody else's."""
    require(actor, "passkey.manage")
    row = read(_ONE, {"member_id": actor.member_id, "id": passkey_id}).first()
    if row is None:
        raise NotFound
    return PasskeyRow(*row)


def has_passkey(member_id: int) -> bool:
    """Whether the member has a passkey."""
    return read(_ANY, {"member_id": member_id}).first() is not None


def seen_by_authenticators(actor: Actor) -> tuple[Mapping[str, Sequence[str]], str]:
    """What authenticators know of the actor: the ids of their passkeys, each with how it is reached, and the name under
    which they know the member; without passkeys nothing and an empty name."""
    rows = read(_SEEN, {"member_id": actor.member_id}).all()
    return {row.credential_id: row.transports for row in rows}, rows[0].user_handle if rows else ""


def known_passkey(credential_id: str) -> KnownPasskey | None:
    """The passkey that its authenticator calls so, whosever it is."""
    row = read(_KNOWN, {"credential_id": credential_id}).first()
    return KnownPasskey(*row) if row is not None else None
