"""Mails of the accounts' room, filling groups, forgetting accounts that nobody claimed and sessions that are over."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, or_, select
from sqlalchemy.exc import IntegrityError

from forum.community import queries as community
from forum.core import clock, jobs
from forum.core.database import db, transaction
from forum.core.locale import nearest
from forum.core.logging import security
from forum.core.mail import Mail, send
from forum.members import actions, tokens
from forum.members.letters import AccountLetter, account_letter, facts_of_identity, facts_of_passkey, facts_of_sign_in
from forum.members.models import JOIN_REQUESTS, SIGN_INS, EmailChange, Member
from forum.members.queries import has_asked_to_join
from forum.members.queries.emails import Side, purpose_of

AT_ONCE = 500
_FORGOTTEN_AFTER = timedelta(days=14)


def _send(member: Member, kind: AccountLetter, number: int, path: str, *, to: str | None = None, **said: Any) -> None:
    """`number` is part of the mail's id: a repeat of the job is the same mail, a new request another one. It goes to
    the member's address, or to another one in their place. For `said` see `account_letter`."""
    to = to or member.email
    if to is None:
        return
    house, language = community.current(), nearest(member.language)
    names = {"name": member.display_name, "username": member.username}
    letter = account_letter(house, language, kind, **names, path=path, **said)
    mail = Mail(to, member.display_name, letter, f"{kind}-{member.id}-{number}")
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
            security("address-claimed", owner.id, "", what="registration", by=str(member.id))
            _send(owner, "taken", asked_at, "/reset")
        return
    is_asking = has_asked_to_join(member.id)
    _send(member, "confirm", asked_at, f"/confirm/{tokens.issue('confirm', member)}", is_asking=is_asking)


def mail_created(member_id: int, asked_at: int) -> None:
    """The link to the first password of an account that the operator has made, as long as it has none."""
    member = db.session.get(Member, member_id)
    if member is not None and member.password_hash is None and member.email_key is not None:
        _send(member, "created", asked_at, f"/reset/{tokens.issue('first-password', member)}")


def mail_approval(member_id: int, decided_at: int) -> None:
    """That the team has let a member in."""
    member = db.session.get(Member, member_id)
    if member is not None:
        _send(member, "approved", decided_at, "/")


def mail_refusal(*, member_id: int, email: str, display_name: str, username: str, language: str, reason: str) -> None:
    """That the team hasn't, and why: all that it says comes along, since the account is gone."""
    house, language = community.current(), nearest(language)
    letter = account_letter(house, language, "refused", name=display_name, username=username, path="/", passage=reason)
    db.session.rollback()  # as above
    send(Mail(email, display_name, letter, f"refused-{member_id}"), house.name(language))


def mail_reset(member_id: int, asked_at: int = 0) -> None:
    """The link to a new password; for nobody (0), nothing."""
    member = db.session.get(Member, member_id) if member_id else None
    if member is not None and member.email_key is not None:
        _send(member, "reset", asked_at, f"/reset/{tokens.issue('reset', member)}")


def mail_new_device(member_id: int, sign_in_id: int, began_at: int, device: str, network: str) -> None:
    """Tells a member that somebody has signed in to their account on a new device; nothing goes to an address that
    nobody has confirmed."""
    member = db.session.get(Member, member_id)
    if member is None or member.confirmed_at is None:
        return
    house, language, at = community.current(), nearest(member.language), datetime.fromtimestamp(began_at, UTC)
    facts = facts_of_sign_in(house, language, at=at, zone=member.time_zone, device=device, network=network)
    _send(member, "device", sign_in_id, "/settings/devices", facts=facts)


def fit_group(group_id: int, asked_at: str, after: int = 0) -> None:
    """Puts members into a group that fills itself and takes out who no longer fits, from the member `after` on; asks
    for its next stretch in the same transaction. `asked_at` tells the rounds of one group apart."""
    with transaction():
        found = db.session.scalars(select(Member.id).where(Member.id > after).order_by(Member.id).limit(AT_ONCE)).all()
        actions.fit_to_groups(found, group_id)
        if len(found) == AT_ONCE:
            key = f"fit-group-{group_id}-{asked_at}-{found[-1]}"
            jobs.enqueue("members.fit_group", unique_key=key, group_id=group_id, asked_at=asked_at, after=found[-1])


def mail_recovery_used(member_id: int, asked_at: int = 0) -> None:
    """That one of the member's recovery codes was used."""
    member = db.session.get(Member, member_id)
    if member is not None:
        _send(member, "recovery_used", asked_at, "/settings/two-factor")


def mail_passkey(member_id: int, passkey_id: int, passkey: str, is_added: bool, happened_at: int) -> None:
    """That there is another passkey for the account, or one less; nothing goes to an address that nobody has
    confirmed."""
    member = db.session.get(Member, member_id)
    if member is None or member.confirmed_at is None:
        return
    house, language, moment = community.current(), nearest(member.language), datetime.fromtimestamp(happened_at, UTC)
    facts = facts_of_passkey(house, language, at=moment, zone=member.time_zone, name=passkey)
    kind: AccountLetter = "passkey_added" if is_added else "passkey_removed"
    _send(member, kind, passkey_id, "/settings/passkeys", facts=facts)


def mail_identity(member_id: int, identity_id: int, provider: str, is_linked: bool, happened_at: int) -> None:
    """That one signs in to the account by this provider, too, or no longer; as above."""
    member = db.session.get(Member, member_id)
    if member is None or member.confirmed_at is None:
        return
    house, language, moment = community.current(), nearest(member.language), datetime.fromtimestamp(happened_at, UTC)
    facts = facts_of_identity(house, language, at=moment, zone=member.time_zone, name=provider)
    kind: AccountLetter = "identity_linked" if is_linked else "identity_unlinked"
    _send(member, kind, identity_id, "/settings/providers", facts=facts)


def mail_password_changed(member_id: int, asked_at: int) -> None:
    """That the password is another one, for whoever didn't change it; nothing goes to an address that nobody has
    confirmed."""
    member = db.session.get(Member, member_id)
    if member is not None and member.confirmed_at is not None:
        _send(member, "password_changed", asked_at, "/settings/devices")


def mail_two_factor(member_id: int, asked_at: int, *, is_on: bool) -> None:
    """That signing in takes a second step from now on, or no longer; as above."""
    member = db.session.get(Member, member_id)
    if member is not None and member.confirmed_at is not None:
        _send(member, "two_factor_on" if is_on else "two_factor_off", asked_at, "/settings/two-factor")


def mail_sign_in(member_id: int, asked_at: int = 0, way: str = "") -> None:
    """The link that signs in; for nobody (0), nothing. `way` stands behind the link: where to go then."""
    member = db.session.get(Member, member_id) if member_id else None
    if member is not None and member.email_key is not None:
        _send(member, "sign_in", asked_at, f"/login/link/{tokens.issue('sign-in', member)}{way}")


def mail_email_change(change_id: int, side: Side) -> None:
    """The link that confirms another address for an account, or lets the present one decide; to the owner of an address
    that is another account's, what was tried."""
    change = db.session.get(EmailChange, change_id)
    member = db.session.get(Member, change.member_id) if change is not None else None
    if change is None or member is None:
        return
    email, link = change.email, f"/email/{side}/{tokens.issue(purpose_of(side), member, of=str(change.id))}"
    if side == "new":
        owner = db.session.scalar(select(Member).where(Member.email_key == email.casefold()))
        if owner is not None:
            security("address-claimed", owner.id, "", what="change", by=str(member.id))
            _send(owner, "email_taken", change_id, "/reset")
        else:
            _send(member, "email_new", change_id, link, to=email, email=email)
    else:
        kind: AccountLetter = "email_old" if change.old_confirmed_at is None else "email_lost"
        _send(member, kind, change_id, link, email=email)


def forget_unclaimed() -> None:
    """Removes accounts of taken addresses after two weeks, and those that ask to join, but whose address nobody has
    confirmed, when nobody was signed in to them for so long, either; but not one that something hangs on. And changes
    of addresses that nobody has confirmed in time."""
    limit = clock.now() - _FORGOTTEN_AFTER
    is_unclaimed = and_(Member.email_key.is_(None), Member.email.is_not(None))
    asks = exists().where(JOIN_REQUESTS.c.member_id == Member.id, JOIN_REQUESTS.c.confirmed_at.is_(None))
    is_used = exists().where(SIGN_INS.c.member_id == Member.id, SIGN_INS.c.used_at >= limit)
    with transaction():
        db.session.execute(delete(EmailChange).where(EmailChange.expires_at < clock.now()))
        found = db.session.scalars(
            select(Member.id).where(
                or_(is_unclaimed, and_(asks, ~is_used)),
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


def forget_invites() -> None:
    """Removes invitations of members into groups that nobody can accept any more: older than 30 days, or made by
    somebody who may no longer put anybody in"""
    with transaction():
        actions.forget_invites()


def forget_sessions() -> None:
    """Removes sign-in sessions that have ended by themselves, and with them where they began."""
    with transaction():
        actions.forget_expired()
