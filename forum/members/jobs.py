"""Mails of the accounts' room, and forgetting accounts that nobody ever claimed."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from forum.community import queries as community
from forum.core import clock
from forum.core.database import db, transaction
from forum.core.locale import nearest
from forum.core.mail import Mail, send
from forum.members import tokens
from forum.members.letters import AccountLetter, account_letter
from forum.members.models import Member

_FORGOTTEN_AFTER = timedelta(days=14)


def _send(member: Member, kind: AccountLetter, asked_at: int, path: str) -> None:
    """`asked_at` is part of the mail's id: a repeat of the job is the same mail, a new request another one."""
    if member.email is None:
        return
    house, language = community.current(), nearest(member.language)
    letter = account_letter(house, language, kind, name=member.display_name, username=member.username, path=path)
    mail = Mail(member.email, member.display_name, letter, f"{kind}-{member.id}-{asked_at}")
    db.session.rollback()  # nothing of the database is held while the mail server is spoken to
    send(mail, house.name(language))


def mail_confirmation(member_id: int, asked_at: int = 0) -> None:
    """The link that confirms an address; to the owner of an address that was given again, what happened."""
    member = db.session.get(Member, member_id)
    if member is None or member.confirmed_at is not None or member.email is None:
        return
    if member.email_key is None:
        owner = db.session.scalar(select(Member).where(Member.email_key == member.email.casefold()))
        if owner is not None:
            _send(owner, "taken", asked_at, "/reset")
        return
    _send(member, "confirm", asked_at, f"/confirm/{tokens.issue('confirm', member)}")


def mail_reset(member_id: int, asked_at: int = 0) -> None:
    """The link to a new password; for nobody (0), nothing."""
    member = db.session.get(Member, member_id) if member_id else None
    if member is not None and member.email_key is not None:
        _send(member, "reset", asked_at, f"/reset/{tokens.issue('reset', member)}")


def forget_unclaimed() -> None:
    """Removes accounts of taken addresses after two weeks; one that something hangs on stays."""
    limit = clock.now() - _FORGOTTEN_AFTER
    with transaction():
        found = db.session.scalars(
            select(Member.id).where(
                Member.email_key.is_(None),
                Member.email.is_not(None),
                Member.confirmed_at.is_(None),
                Member.is_imported.is_(False),
                Member.joined_at < limit,
            )
        ).all()
        for member_id in found:
            try:
                with db.session.begin_nested():
                    db.session.execute(delete(Member).where(Member.id == member_id))
            except IntegrityError:
                continue
