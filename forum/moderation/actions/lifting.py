"""How sanctions end: when their decision is undone, or by themselves. What other decisions imposed still holds.

Locks: the member first, then the sanctions, whichever way they end.
"""

from datetime import datetime

from sqlalchemy import exists, or_, select, update

from forum.core import clock, jobs
from forum.core.actor import Actor
from forum.core.database import db
from forum.members import actions as members
from forum.members.models import MEMBERS
from forum.moderation.models import BANNING, SANCTION_ROWS

_S = SANCTION_ROWS.c


def lift(actor: Actor, decision_id: int) -> None:
    """Lifts the sanctions of a decision; the member keeps what other decisions imposed. What is lifted already stays as
    it is."""
    of_decision = (_S.decision_id == decision_id, _S.lifted_at.is_(None))
    for member_id in db.session.scalars(select(_S.member_id).where(*of_decision).distinct()).all():
        locked = select(MEMBERS.c.banned_at).where(MEMBERS.c.id == member_id).with_for_update()
        banned_at = db.session.execute(locked).scalar_one()
        lifted = update(SANCTION_ROWS).where(*of_decision, _S.member_id == member_id)
        kinds = set(db.session.scalars(lifted.values(lifted_at=clock.now()).returning(_S.kind)))
        if "silence" in kinds:
            _lift_silence(actor, member_id)
        if banned_at is not None and not kinds.isdisjoint(BANNING):
            _lift_ban(actor, member_id, banned_at)


def _lift_silence(actor: Actor, member_id: int) -> None:
    others = _S.member_id == member_id, _S.kind == "silence", _S.lifted_at.is_(None), _S.until > clock.now()
    left = db.session.scalar(select(_S.until).where(*others).order_by(_S.until.desc()).limit(1))
    if left is None:
        members.lift_silence(actor, member_id)
    else:
        members.silence(actor, member_id, left)


def _lift_ban(actor: Actor, member_id: int, banned_at: datetime) -> None:
    """Lets the member take part again, unless a ban or suspension still holds, or they were banned before any decision
    did so."""
    of_member = _S.member_id == member_id, _S.kind.in_(BANNING)
    still = exists().where(*of_member, _S.lifted_at.is_(None), or_(_S.until.is_(None), _S.until > clock.now()))
    by_decision = exists().where(*of_member, _S.starts_at <= banned_at)
    if db.session.scalar(select(by_decision & ~still)):
        members.lift_ban(actor, member_id)


# ---------------------------------------------------------------- by themselves


def ask_for_end(decision_id: int, until: datetime) -> None:
    """Has a job end the suspension when its time is over."""
    key = f"moderation.end_suspension:{decision_id}"
    jobs.enqueue("moderation.end_suspension", at=until, unique_key=key, decision_id=decision_id)


def end_suspension(actor: Actor, decision_id: int) -> None:
    """Ends the suspension of a decision whose time is over. Before its time it is asked for once more, and where the
    decision was undone there is nothing to end."""
    held = _S.decision_id == decision_id, _S.kind == "suspension", _S.lifted_at.is_(None)
    until = db.session.scalar(select(_S.until).where(*held))
    if until is None:
        return
    if until > clock.now():
        jobs.enqueue("moderation.end_suspension", at=until, decision_id=decision_id)
    else:
        lift(actor, decision_id)
