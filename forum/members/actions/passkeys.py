"""Passkeys: adding, naming and removing one's own, and signing in with one."""

from sqlalchemy import delete, func, select, update

from forum.access import require
from forum.core import clock, jobs
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Invalid, NotFound
from forum.core.events import publish
from forum.members.actions.sessions import end_sessions
from forum.members.events import SecondStepChanged
from forum.members.models import CREDENTIAL_ID_LENGTH, PASSKEY_NAME_LENGTH, PASSKEYS, Member
from forum.members.passkeys import NewPasskey, UsedPasskey
from forum.members.queries.two_factor import rests_on_passkeys
from forum.members.queries.ways_in import has_way_in

MOST = 20


def _count(member: Member) -> int:
    return db.session.scalar(select(func.count()).where(PASSKEYS.c.member_id == member.id)) or 0


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise Invalid("required", field="name")
    if len(name) > PASSKEY_NAME_LENGTH:
        raise Invalid("too-long", field="name", limit=PASSKEY_NAME_LENGTH)
    if not name.isprintable():
        raise Invalid("invisible-signs", field="name")
    return name


def tell_of_passkey(member: Member, passkey_id: int, name: str, *, is_added: bool) -> None:
    """Has the member told by mail; that goes to the address that they have then."""
    happened_at = int(clock.now().timestamp())
    jobs.enqueue(
        "members.mail_passkey",
        member_id=member.id,
        passkey_id=passkey_id,
        passkey=name,
        is_added=is_added,
        happened_at=happened_at,
    )


def add_passkey(actor: Actor, member: Member, new: NewPasskey, name: str, token: str) -> int:
    """A passkey that its authenticator has just made; returns its id. The member, who is locked, is told by mail.

    Where a role rests until there is a second step, all sessions but that with this token end: somebody who knows the
    password alone would come by the role. Raises Invalid.
    """
    require(actor, "passkey.add")
    name = _checked_name(name)
    if _count(member) >= MOST:
        raise Invalid("passkeys-many", limit=MOST)
    if len(new.credential_id) > CREDENTIAL_ID_LENGTH:
        raise Invalid("passkey-unfit")
    row = {
        "member_id": member.id,
        "credential_id": new.credential_id,
        "public_key": new.public_key,
        "user_handle": new.user_handle,
        "sign_count": new.sign_count,
        "transports": list(new.transports),
        "is_backed_up": new.is_backed_up,
        "name": name,
        "created_at": clock.now(),
        "used_challenge": 0,
    }
    added = db.session.scalar(insert(PASSKEYS).values(**row).on_conflict_do_nothing().returning(PASSKEYS.c.id))
    if added is None:
        raise Invalid("passkey-known")
    if _count(member) == 1 and rests_on_passkeys(member.id):
        end_sessions(member.id, token)
    tell_of_passkey(member, added, name, is_added=True)
    publish(SecondStepChanged(member.id))
    return int(added)


def rename_passkey(actor: Actor, passkey_id: int, name: str) -> None:
    """Another name for one of the actor's own. Raises Invalid, and NotFound for anybody else's."""
    require(actor, "passkey.manage")
    own = (PASSKEYS.c.id == passkey_id, PASSKEYS.c.member_id == actor.member_id)
    values = update(PASSKEYS).where(*own).values(name=_checked_name(name)).returning(PASSKEYS.c.id)
    if db.session.execute(values).first() is None:
        raise NotFound


def remove_passkey(actor: Actor, member: Member, passkey_id: int, *, identities: int) -> None:
    """Nobody gets in with it any more, and the member, who is locked, is told by mail. `identities` says by how many
    providers they can sign in. Raises NotFound for anybody else's, and Invalid for the last way in."""
    require(actor, "passkey.manage")
    own = (PASSKEYS.c.id == passkey_id, PASSKEYS.c.member_id == actor.member_id)
    removed = db.session.scalar(delete(PASSKEYS).where(*own).returning(PASSKEYS.c.name))
    if removed is None:
        raise NotFound
    if not has_way_in(member.id, identities=identities):
        raise Invalid("passkey-last")
    tell_of_passkey(member, passkey_id, removed, is_added=False)
    publish(SecondStepChanged(member.id))


def use_passkey(used: UsedPasskey) -> None:
    """Notes that a passkey has answered a challenge. Raises Invalid for a challenge that it has answered already, or
    that is older than such a one; and for one that has signed no more often than before, so that there are two of it.

    Passkeys that go along to other devices don't count: 0, and always 0, is no sign of a copy (WebAuthn, 6.1.1).
    """
    this = PASSKEYS.c.id == used.id
    kept = db.session.execute(
        select(PASSKEYS.c.sign_count, PASSKEYS.c.used_challenge).where(this).with_for_update()
    ).first()
    if kept is None:
        raise Invalid("passkey-unknown")
    if used.challenge_at <= kept.used_challenge:
        raise Invalid("passkey-expired")
    if (used.sign_count or kept.sign_count) and used.sign_count <= kept.sign_count:
        raise Invalid("passkey-copied")
    values = {
        "sign_count": used.sign_count,
        "is_backed_up": used.is_backed_up,
        "used_at": clock.now(),
        "used_challenge": used.challenge_at,
    }
    db.session.execute(update(PASSKEYS).where(this).values(**values))
