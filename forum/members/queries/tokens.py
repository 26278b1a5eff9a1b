"""Personal tokens: a member's own, and whose token a program has sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, bindparam, select

from forum import access
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import read
from forum.members.models import API_TOKENS
from forum.members.policy import SCOPES
from forum.members.queries.actors import actor_of, token_hash


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its member sees it."""

    id: int
    name: str
    scopes: Sequence[str]
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= clock.now()


_TOKENS = select(
    API_TOKENS.c.id,
    API_TOKENS.c.name,
    API_TOKENS.c.scopes,
    API_TOKENS.c.created_at,
    API_TOKENS.c.used_at,
    API_TOKENS.c.expires_at,
).where(API_TOKENS.c.revoked_at.is_(None))
_BY_HASH = _TOKENS.add_columns(API_TOKENS.c.member_id).where(API_TOKENS.c.token_hash == bindparam("hash", type_=String))


def tokens_of(actor: Actor) -> Sequence[TokenRow]:
    """The actor's own tokens that aren't revoked, the newest first."""
    access.require(actor, "token.manage")
    rows = read(_TOKENS.where(API_TOKENS.c.member_id == actor.id).order_by(API_TOKENS.c.id.desc()))
    return [TokenRow(*row) for row in rows]


def open_scopes(actor: Actor) -> Sequence[str]:
    """What a token of the actor's could be used for at present."""
    return [scope for scope, verb in SCOPES.items() if access.may(actor, verb)]


def holder_of(token: str) -> tuple[Actor, TokenRow] | None:
    """The member who made this token, as of now, and the token; None for one that isn't valid, or no longer."""
    row = read(_BY_HASH, {"hash": token_hash(token)}).first()
    if row is None:
        return None
    found = TokenRow(*row[:-1])
    return None if found.is_expired else (actor_of(row.member_id), found)
