"""Sign-in sessions: rows that can be listed and ended."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, update

from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.members.models import MEMBERS, SIGN_INS, SignIn
from forum.members.queries.actors import token_hash

LIFE = timedelta(days=60)
NOTED_EVERY = timedelta(minutes=10)
_DEVICE_LENGTH = 200


def sign_in(member_id: int, device: str, renewed: tuple[str, str] | None = None) -> str:
    """A new session; returns the token for the cookie, of which only the hash is kept.

    `renewed` holds the password's hash of outdated costs and the one that replaces it; a password that was changed in
    the meantime stays.
    """
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        SignIn(
            token_hash=token_hash(token),
            member_id=member_id,
            created_at=now,
            used_at=now,
            expires_at=now + LIFE,
            device="".join(sign for sign in device if sign.isprintable())[:_DEVICE_LENGTH],
        )
    )
    db.session.execute(delete(SIGN_INS).where(SIGN_INS.c.member_id == member_id, SIGN_INS.c.expires_at < now))
    if renewed is not None:
        outdated, fresh = renewed
        same = (MEMBERS.c.id == member_id, MEMBERS.c.password_hash == outdated)
        db.session.execute(update(MEMBERS).where(*same).values(password_hash=fresh))
    db.session.flush()
    return token


def note_use(token: str) -> None:
    """The session was used: its life begins anew. Called at most every ten minutes, after the answer."""
    now = clock.now()
    db.session.execute(
        update(SIGN_INS).where(SIGN_INS.c.token_hash == token_hash(token)).values(used_at=now, expires_at=now + LIFE)
    )


def sign_out(token: str) -> None:
    """Ends this session."""
    db.session.execute(delete(SIGN_INS).where(SIGN_INS.c.token_hash == token_hash(token)))


def end_sessions(member_id: int, keep_token: str | None) -> None:
    """Ends a member's sessions but the one with this token."""
    statement = delete(SIGN_INS).where(SIGN_INS.c.member_id == member_id)
    if keep_token is not None:
        statement = statement.where(SIGN_INS.c.token_hash != token_hash(keep_token))
    db.session.execute(statement)


def sign_out_others(actor: Actor, token: str) -> None:
    """Ends all of the actor's sessions but this one."""
    end_sessions(actor.member_id, token)
