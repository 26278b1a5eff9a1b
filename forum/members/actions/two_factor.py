"""Signing in in two steps: switching it on and off, and using up codes."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update

from forum.access import require
from forum.community import actions as community
from forum.core import audit, clock, jobs
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Conflict, Invalid
from forum.core.events import publish, publish_all
from forum.members import two_factor
from forum.members.actions.passkeys import tell_of_passkey
from forum.members.events import SecondStepChanged
from forum.members.models import PASSKEYS, RECOVERY_CODES, ROLES, SIGN_INS, TWO_FACTORS, Member


def require_two_factor(actor: Actor, roles: Collection[str], seen: str) -> bool:
    """As `community.actions.require_two_factor`; the sessions of others who have passkeys for it end, since some may
    have begun by the password alone."""
    is_changed = community.require_two_factor(actor, roles, seen)
    if is_changed:
        team = select(ROLES.c.member_id).distinct().order_by(ROLES.c.member_id)
        publish_all([SecondStepChanged(id) for id in db.session.scalars(team)])
        asked = select(ROLES.c.member_id).where(ROLES.c.role.in_(roles))
        holders = select(PASSKEYS.c.member_id).where(
            PASSKEYS.c.member_id.in_(asked), PASSKEYS.c.member_id.not_in(select(TWO_FACTORS.c.member_id))
        )
        others = SIGN_INS.c.member_id != (actor.id or 0)
        db.session.execute(delete(SIGN_INS).where(SIGN_INS.c.member_id.in_(holders), others))
    return is_changed


def _step(member_id: int, seed: str, code: str, *, tells_fast: bool) -> int:
    """The step of an app's code. Raises Invalid for one of no step at hand; of a clock that is minutes off it says so.

    A code that is yet to come is told to nobody but who has the secret before their eyes (`tells_fast`): whoever is
    guessing would only have to wait.
    """
    secret, now = two_factor.secret_of(member_id, seed), clock.now()
    step = two_factor.step_of(secret, code, now)
    if step is not None:
        return step
    far = two_factor.step_of(secret, code, now, two_factor.FAR_STEPS)
    minutes = two_factor.minutes_off(far, now) if far is not None else 0
    if minutes < 0:
        raise Invalid("code-of-slow-clock", "code", count=-minutes)
    if minutes > 0 and tells_fast:
        raise Invalid("code-of-fast-clock", "code", count=minutes)
    raise Invalid("code-wrong", "code")


def _new_codes(member_id: int) -> Sequence[str]:
    """Fresh recovery codes in the place of all former ones."""
    codes = [two_factor.new_recovery_code() for _ in range(two_factor.RECOVERY_CODES)]
    db.session.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.member_id == member_id))
    rows = [{"member_id": member_id, "code_hash": two_factor.recovery_hash(member_id, code)} for code in codes]
    db.session.execute(insert(RECOVERY_CODES), rows)
    return codes


def _tell(member_id: int, *, is_on: bool) -> None:
    asked_at = int(clock.now().timestamp())
    jobs.enqueue("members.mail_two_factor", member_id=member_id, asked_at=asked_at, is_on=is_on)


def _forget(member_id: int) -> bool:
    """Takes the second step away, of which a mail tells the member; returns whether there was one."""
    db.session.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.member_id == member_id))
    gone = db.session.execute(
        delete(TWO_FACTORS).where(TWO_FACTORS.c.member_id == member_id).returning(TWO_FACTORS.c.member_id)
    ).first()
    if gone is not None:
        _tell(member_id, is_on=False)
        publish(SecondStepChanged(member_id))
    return gone is not None


def switch_on(actor: Actor, member: Member, seed: str, typed: str) -> Sequence[str]:
    """From now on the member signs in in two steps, of which a mail tells them; returns the recovery codes, which
    nobody sees again.

    `typed` is a code of the secret that is made from `seed`, which the member was shown. Raises Invalid beside `code`,
    Conflict where it is switched on already.
    """
    require(actor, "member.edit", member)
    if (code := two_factor.read_code(typed)) is None:
        raise Invalid("code-digits" if typed.strip() else "required", "code", limit=two_factor.DIGITS)
    row = {
        "member_id": member.id,
        "seed": seed,
        "used_step": _step(member.id, seed, code, tells_fast=True),
        "since": clock.now(),
    }
    added = db.session.execute(
        insert(TWO_FACTORS).values(**row).on_conflict_do_nothing().returning(TWO_FACTORS.c.member_id)
    ).first()
    if added is None:
        raise Conflict("two-factor-on")
    _tell(member.id, is_on=True)
    publish(SecondStepChanged(member.id))
    return _new_codes(member.id)


def use_code(member_id: int, typed: str) -> None:
    """Uses up a code of the member's app or a recovery code, of which the member is told by mail.

    Each time step's code is good for once, and none before it any more (RFC 6238, 5.2). Raises Invalid beside `code`.
    """
    kept = db.session.execute(
        select(TWO_FACTORS.c.seed, TWO_FACTORS.c.used_step)
        .where(TWO_FACTORS.c.member_id == member_id)
        .with_for_update()
    ).first()
    if not typed.strip():
        raise Invalid("required", "code")
    if kept is None:
        raise Invalid("code-wrong", "code")
    if (code := two_factor.read_code(typed)) is None:
        _use_recovery_code(member_id, typed)
        return
    step = _step(member_id, kept.seed, code, tells_fast=False)
    if step <= kept.used_step:
        raise Invalid("code-used", "code")
    db.session.execute(update(TWO_FACTORS).where(TWO_FACTORS.c.member_id == member_id).values(used_step=step))


def _use_recovery_code(member_id: int, typed: str) -> None:
    own = (
        RECOVERY_CODES.c.member_id == member_id,
        RECOVERY_CODES.c.code_hash == two_factor.recovery_hash(member_id, typed),
    )
    used = db.session.execute(delete(RECOVERY_CODES).where(*own).returning(RECOVERY_CODES.c.code_hash)).first()
    if used is None:
        raise Invalid("code-wrong", "code")
    asked_at = int(clock.now().timestamp())
    jobs.enqueue("members.mail_recovery_used", member_id=member_id, asked_at=asked_at)


def renew_recovery_codes(actor: Actor, member: Member, typed: str) -> Sequence[str]:
    """New recovery codes for a code; the former ones are good for nothing any more. Raises Invalid beside `code`."""
    require(actor, "member.edit", member)
    use_code(member.id, typed)
    return _new_codes(member.id)


def reset_two_factor(actor: Actor, member: Member) -> bool:
    """Takes the second step away from somebody who has lost app and recovery codes, until they set it up anew, and all
    passkeys, which may be lost with the same phone, or somebody else's; mails tell the member. Returns whether there
    was any of it. Who asks for it must have proved who they are in another way."""
    require(actor, "member.reset_two_factor", member)
    gone = db.session.execute(
        delete(PASSKEYS).where(PASSKEYS.c.member_id == member.id).returning(PASSKEYS.c.id, PASSKEYS.c.name)
    ).all()
    had_app = _forget(member.id)
    if not had_app and not gone:
        return False
    for passkey_id, name in gone:
        tell_of_passkey(member, passkey_id, name, is_added=False)
    if not had_app:
        publish(SecondStepChanged(member.id))
    before = {"two_factor": had_app, "passkeys": sorted(name for _id, name in gone)}
    after = {"two_factor": False, "passkeys": []}
    audit.record(actor, "member.reset-two-factor", ("member", member.id), before=before, after=after)
    return True


def switch_off(actor: Actor, member: Member, typed: str) -> None:
    """The password alone opens the account again. Raises Invalid beside `code`."""
    require(actor, "member.edit", member)
    use_code(member.id, typed)
    _forget(member.id)
