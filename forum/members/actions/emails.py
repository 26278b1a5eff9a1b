"""Another e-mail address for an account: asked for, confirmed at both addresses, stopped, vouched for by staff.

Whether the address belongs to another account changes nothing that can be seen from outside: its owner is told by mail,
and the change waits in vain.
"""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from forum.access import require
from forum.community.queries import current
from forum.core import audit, clock, jobs
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid
from forum.core.events import publish
from forum.members.actions.accounts import ask_for_confirmation, check_email
from forum.members.actions.admission import await_address
from forum.members.actions.automatic import fit_to_groups
from forum.members.events import EmailChanged
from forum.members.models import EMAIL_CHANGES, EmailChange, Member
from forum.members.queries.emails import Side, email_change_by_link
from forum.members.tokens import LIFE_SECONDS

LIFE = timedelta(seconds=LIFE_SECONDS["email-new"] or 0)


def ask_for_email(actor: Actor, member: Member, email: str) -> None:
    """The member wants another address. As long as none was confirmed, the account has the new one at once, and it
    alone is asked to confirm; else both are. A change that waited already gives way. Raises Invalid beside `email`,
    also for one that doesn't let anybody in while the present one does, or that nobody may have here."""
    require(actor, "member.edit", member)
    email = _another(member, email)
    registration = current().registration
    if code := registration.refusal(email):
        raise Invalid(code, field="email")
    if member.confirmed_at is None:
        if registration.takes(member.email or "") and not registration.takes(email):
            raise Invalid("domain-not-taken", field="email")
        _correct(member, email)
    else:
        _begin(member, email, is_vouched_for=False)


def vouch_for_email(actor: Actor, member: Member, email: str) -> None:
    """An administrator stands in for the present address, which is lost. The new one has still to be confirmed, also
    where the member asked for it before and did so: in the meantime the present one is told, and can stop it. Raises
    Invalid beside `email`.
    """
    require(actor, "member.email", member)
    email = _another(member, email)
    # Without the addresses: they could not be taken out of the log again, when the account is gone.
    audit.record(actor, "member.email", ("member", member.id), after={"name": member.username})
    if member.confirmed_at is None:
        _correct(member, email)
    else:
        _begin(member, email, is_vouched_for=True)


def confirm_email_by_link(side: Side, token: str) -> bool:
    """Confirms one of both addresses by the link of its mail; True when that was the last one, and the account has the
    new address. A second time changes nothing. Raises Gone, and Conflict for an address that became another account's.
    """
    member, change = email_change_by_link(side, token, lock=True)
    if side == "new":
        change.new_confirmed_at = change.new_confirmed_at or clock.now()
    else:
        change.old_confirmed_at = change.old_confirmed_at or clock.now()
    return _carry_out(member, change)


def stop_email_by_link(token: str) -> Member:
    """The owner of the present address doesn't want the change. Raises Gone."""
    member, change = email_change_by_link("old", token, lock=True)
    _forget(change.member_id)
    return member


def cancel_email(actor: Actor, member: Member) -> None:
    """The member keeps the present address; nothing happens when no change waits."""
    require(actor, "member.edit", member)
    _forget(member.id)


def _another(member: Member, email: str) -> str:
    email = check_email(email)
    if member.email is not None and email.casefold() == member.email.casefold():
        raise Invalid("email-same", field="email")
    return email


def _owner_of(email: str) -> int | None:
    return db.session.scalar(select(Member.id).where(Member.email_key == email.casefold()))


def _claim(member: Member, email: str) -> bool:
    """Gives the account the address; False where it is another's, perhaps since a moment ago."""
    if _owner_of(email) is not None:
        return False
    try:
        with db.session.begin_nested():
            member.email, member.email_key = email, email.casefold()
            db.session.flush()
    except IntegrityError:
        db.session.refresh(member)
        return False
    return True


def _correct(member: Member, email: str) -> None:
    """As at registration: the address of another account is kept without a claim, and its owner gets the mail."""
    await_address(member)
    if not _claim(member, email):
        member.email, member.email_key = email, None
        db.session.flush()
    ask_for_confirmation(member)


def _begin(member: Member, email: str, *, is_vouched_for: bool) -> None:
    _forget(member.id)
    now = clock.now()
    change = EmailChange(
        member_id=member.id,
        email=email,
        asked_at=now,
        expires_at=now + LIFE,
        old_confirmed_at=now if is_vouched_for or member.email is None else None,
    )
    db.session.add(change)
    db.session.flush()
    for side in ("new", "old"):
        jobs.enqueue("members.mail_email_change", change_id=change.id, side=side)


def _carry_out(member: Member, change: EmailChange) -> bool:
    db.session.flush()
    if change.new_confirmed_at is None or change.old_confirmed_at is None:
        return False
    email = change.email
    if not _claim(member, email):
        raise Conflict("email-in-use")
    _forget(member.id)
    fit_to_groups([member.id])
    publish(EmailChanged(member.id))
    return True


def _forget(member_id: int) -> None:
    db.session.execute(delete(EMAIL_CHANGES).where(EMAIL_CHANGES.c.member_id == member_id))
