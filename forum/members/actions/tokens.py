"""Personal tokens for programs: made once, shown once, revoked at any time."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select, update

from forum import access
from forum.core import audit, clock
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Invalid, NotFound
from forum.members.models import API_TOKENS
from forum.members.policy import SCOPES
from forum.members.queries.actors import token_hash

PREFIX = "tafelrunde_"
NAME_LENGTH = 80
MOST_TOKENS = 20
MOST_DAYS = 3650


def make_token(actor: Actor, name: str, scopes: Sequence[str], days: int | None) -> str:
    """A new token, of which only the hash is kept; without `days` it doesn't expire.

    It is for what its member may do at the moment it is used. Raises Invalid, and Denied for a scope that is not open
    to the actor.
    """
    access.require(actor, "token.manage")
    name = name.strip()
    if not name:
        raise Invalid("required", field="name")
    if len(name) > NAME_LENGTH:
        raise Invalid("too-long", field="name", limit=NAME_LENGTH)
    if not scopes or not set(scopes) <= SCOPES.keys():
        raise Invalid("unknown-choice", field="scopes")
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise Invalid("token-days", field="days", limit=MOST_DAYS)
    for scope in scopes:
        access.require(actor, SCOPES[scope])
    living = select(func.count()).where(API_TOKENS.c.member_id == actor.id, API_TOKENS.c.revoked_at.is_(None))
    if db.session.execute(living).scalar_one() >= MOST_TOKENS:
        raise Invalid("too-many-tokens", limit=MOST_TOKENS)
    token, now = PREFIX + secrets.token_urlsafe(32), clock.now()
    row = {
        "member_id": actor.id,
        "name": name,
        "token_hash": token_hash(token),
        "scopes": sorted(set(scopes)),
        "created_at": now,
        "expires_at": now + timedelta(days=days) if days is not None else None,
    }
    made = db.session.execute(insert(API_TOKENS).values(**row).returning(API_TOKENS.c.id)).scalar_one()
    audit.record(actor, "token.make", ("api_token", made), after={"name": name, "scopes": row["scopes"]})
    return token


def revoke_token(actor: Actor, token_id: int) -> None:
    """Ends one of the actor's tokens; doing it twice is harmless. Raises NotFound for anybody else's."""
    access.require(actor, "token.manage")
    own = (API_TOKENS.c.id == token_id, API_TOKENS.c.member_id == actor.id)
    row = db.session.execute(select(API_TOKENS.c.name, API_TOKENS.c.revoked_at).where(*own)).first()
    if row is None:
        raise NotFound
    if row.revoked_at is None:
        db.session.execute(update(API_TOKENS).where(*own).values(revoked_at=clock.now()))
        states = [{"name": row.name, "revoked": is_revoked} for is_revoked in (False, True)]
        audit.record(actor, "token.revoke", ("api_token", token_id), before=states[0], after=states[1])


def note_token_use(token_id: int) -> None:
    """The token was used; called at most every ten minutes, after the answer."""
    db.session.execute(update(API_TOKENS).where(API_TOKENS.c.id == token_id).values(used_at=clock.now()))
