"""Sign-in sessions: rows that can be listed and ended."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from forum.access import require
from forum.core import audit, clock, jobs
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Invalid, NotFound
from forum.members.models import MEMBERS, SIGN_INS, SignIn
from forum.members.queries.actors import token_hash
from forum.members.queries.admin import AccountRow

UNTIL_CLOSED, LONGEST = 1, 60
STAYS = (UNTIL_CLOSED, 30, LONGEST)
"""For how many days without use a session may last. One of a single day also ends with the browser, which forgets its
cookie and tells nobody; the row follows."""
PROOF_LASTS = timedelta(minutes=15)
"""For how long who has proved to be the member may do what is dangerous."""
NOTED_EVERY = timedelta(minutes=10)
_DEVICE_LENGTH = 200


def sign_in(
    member_id: int,
    device: str,
    *,
    network: str = "",
    days: int = LONGEST,
    is_new_device: bool = False,
    is_vouched_for: bool = False,
    proved_at: datetime | None = None,
) -> str:
    """A new session that lasts for so many days without use (`STAYS`; raises Invalid for others); returns the token for
    the cookie, of which only the hash is kept.

    `device` and `network` are shown to the member alone. Of `is_new_device` they are told by mail, unless a living
    session began on a device of the same name in the same network. `is_vouched_for`: a provider has asked them for a
    second step. `proved_at` is when they proved to be the member; by default now.
    """
    if days not in STAYS:
        raise Invalid("unknown-choice", field="days")
    token = secrets.token_urlsafe(32)
    now = clock.now()
    device = "".join(sign for sign in device if sign.isprintable())[:_DEVICE_LENGTH]
    is_told = is_new_device and not _has_session_like(member_id, device, network)
    row = SignIn(
        token_hash=token_hash(token),
        member_id=member_id,
        created_at=now,
        used_at=now,
        proved_at=proved_at or now,
        expires_at=now + timedelta(days=days),
        days=days,
        device=device,
        network=network,
        vouched_at=now if is_vouched_for else None,
    )
    db.session.add(row)
    db.session.flush()
    if is_told:
        jobs.enqueue(
            "members.mail_new_device",
            member_id=member_id,
            sign_in_id=row.id,
            began_at=int(now.timestamp()),
            device=device,
            network=network,
        )
    return token


def _has_session_like(member_id: int, device: str, network: str) -> bool:
    same = (SIGN_INS.c.member_id == member_id, SIGN_INS.c.device == device, SIGN_INS.c.network == network)
    living = select(SIGN_INS.c.id).where(*same, SIGN_INS.c.expires_at > clock.now()).limit(1)
    return db.session.scalar(living) is not None


def renew_hash(member_id: int, outdated: str, fresh: str) -> None:
    """A hash of the same password with the costs of today; a password that was changed in the meantime stays."""
    same = (MEMBERS.c.id == member_id, MEMBERS.c.password_hash == outdated)
    db.session.execute(update(MEMBERS).where(*same).values(password_hash=fresh))


def note_use(token: str) -> None:
    """The session was used: its life begins anew. Called at most every ten minutes, after the answer."""
    now, this = clock.now(), SIGN_INS.c.token_hash == token_hash(token)
    days = db.session.scalar(select(SIGN_INS.c.days).where(this))
    if days is not None:
        ends = now + timedelta(days=days)
        db.session.execute(update(SIGN_INS).where(this).values(used_at=now, expires_at=ends))


def note_proof(token: str, at: datetime | None = None) -> None:
    """Whoever uses the session has proved to be its member, just now or at that moment."""
    this = SIGN_INS.c.token_hash == token_hash(token)
    db.session.execute(update(SIGN_INS).where(this).values(proved_at=at or clock.now()))


def renew_token(token: str) -> str:
    """Another token for the session with this one, which opens nothing any more; what else is known of it stays."""
    fresh = secrets.token_urlsafe(32)
    this = SIGN_INS.c.token_hash == token_hash(token)
    db.session.execute(update(SIGN_INS).where(this).values(token_hash=token_hash(fresh)))
    return fresh


def sign_out(token: str) -> None:
    """Ends this session."""
    db.session.execute(delete(SIGN_INS).where(SIGN_INS.c.token_hash == token_hash(token)))


def end_sessions(member_id: int, keep_token: str | None) -> None:
    """Ends a member's sessions but the one with this token."""
    statement = delete(SIGN_INS).where(SIGN_INS.c.member_id == member_id)
    if keep_token is not None:
        statement = statement.where(SIGN_INS.c.token_hash != token_hash(keep_token))
    db.session.execute(statement)


def sign_out_one(actor: Actor, sign_in_id: int, token: str) -> bool:
    """Ends one of the actor's sessions, and says whether it is the one with this token. Raises NotFound for anybody
    else's."""
    require(actor, "session.end")
    own = (SIGN_INS.c.id == sign_in_id, SIGN_INS.c.member_id == actor.member_id)
    ended = db.session.scalar(delete(SIGN_INS).where(*own).returning(SIGN_INS.c.token_hash))
    if ended is None:
        raise NotFound
    return bool(ended == token_hash(token))


def sign_out_others(actor: Actor, token: str) -> None:
    """Ends all of the actor's sessions but this one."""
    require(actor, "session.end")
    end_sessions(actor.member_id, token)


def sign_out_everywhere(actor: Actor) -> None:
    """Ends all of the actor's sessions."""
    require(actor, "session.end")
    end_sessions(actor.member_id, None)


def sign_out_member(actor: Actor, account: AccountRow, sign_in_id: int | None = None) -> None:
    """The team ends one session of somebody, or all; one that has ended already changes nothing."""
    require(actor, "member.sign_out", account)
    statement = delete(SIGN_INS).where(SIGN_INS.c.member_id == account.id)
    if sign_in_id is not None:
        statement = statement.where(SIGN_INS.c.id == sign_in_id)
    ended = db.session.scalars(statement.returning(SIGN_INS.c.id)).all()
    if ended:
        left = db.session.scalar(select(func.count()).where(SIGN_INS.c.member_id == account.id)) or 0
        states = {"sessions": left + len(ended)}, {"sessions": left}
        audit.record(actor, "member.sign_out", ("member", account.id), before=states[0], after=states[1])


def forget_expired() -> None:
    """Removes the sessions that have ended by themselves, of all members."""
    db.session.execute(delete(SIGN_INS).where(SIGN_INS.c.expires_at <= clock.now()))
