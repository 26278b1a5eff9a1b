"""The change of an e-mail address while it waits to be confirmed."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from forum.access import require
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.members import tokens
from forum.members.models import EMAIL_CHANGES, EmailChange, Member

Side = Literal["new", "old"]
"""Which of both addresses: the one that the account is to have, or the one that it has."""
SIDES: tuple[Side, ...] = ("new", "old")


@dataclass(frozen=True, slots=True)
class EmailChangeRow:
    """A change that waits."""

    member_id: int
    email: str
    is_new_confirmed: bool
    is_old_confirmed: bool


def email_change_of(actor: Actor, member_id: int) -> EmailChangeRow | None:
    """The change that waits for this member; one's own, or for those who see the list of accounts."""
    if actor.id != member_id:
        require(actor, "member.list")
    statement = select(EMAIL_CHANGES).where(EMAIL_CHANGES.c.member_id == member_id)
    row = db.session.execute(statement.where(EMAIL_CHANGES.c.expires_at > clock.now())).first()
    if row is None:
        return None
    return EmailChangeRow(row.member_id, row.email, row.new_confirmed_at is not None, row.old_confirmed_at is not None)


def purpose_of(side: Side) -> tokens.Purpose:
    """For what the links of this address are signed."""
    return "email-new" if side == "new" else "email-old"


def email_change_by_link(side: Side, token: str, *, lock: bool = False) -> tuple[Member, EmailChange]:
    """Whose link this is, and the change that it belongs to. Raises Gone when it is forged or too old, or when the
    change was carried out, stopped, or replaced by another."""
    purpose = purpose_of(side)
    member_id = tokens.member_id(purpose, token)
    statement = select(Member).where(Member.id == member_id)
    member = db.session.scalar(statement.with_for_update() if lock else statement)
    change = db.session.scalar(select(EmailChange).where(EmailChange.member_id == member_id))
    if member is None or change is None or change.expires_at <= clock.now():
        raise tokens.used(member_id)
    if not tokens.fits(purpose, token, member, of=str(change.id)):
        raise tokens.used(member_id)
    return member, change
