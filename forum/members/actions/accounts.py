"""Registration, confirmation, password and profile."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from forum.access import decide, require
from forum.community.actions import bump_people_epoch
from forum.community.queries import current
from forum.core import audit, clock, jobs
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid
from forum.core.events import publish
from forum.core.locale import languages
from forum.members.actions.admission import NOTHING, Brought, check_answer, complete, request_admission
from forum.members.actions.invitations import note_joined, take_place
from forum.members.actions.names import is_name_taken, renew_names
from forum.members.actions.sessions import end_sessions
from forum.members.events import MemberRegistered, PasswordChanged, ProfileChanged
from forum.members.models import ABOUT_BYTES, EMAIL_CHANGES, EMAIL_LENGTH, Member
from forum.members.names import check_display_name, check_username, sort_key, username_key
from forum.members.policy import Entry
from forum.members.queries.actors import actor_of
from forum.members.queries.admin import AccountRow
from forum.members.queries.people import by_link, by_password_link, get_member

THEMES = ("community", "auto", "light", "dark")


def check_email(email: str) -> str:
    """The address as it is kept. Raises Invalid beside the field `email`; nothing is asked on the network."""
    email = email.strip()
    if not email:
        raise Invalid("required", field="email")
    if len(email) > EMAIL_LENGTH:
        raise Invalid("too-long", field="email", limit=EMAIL_LENGTH)
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Invalid("email-invalid", field="email") from error


def check_entry(actor: Actor, entry: Entry) -> None:
    """Whether somebody may join so, the address included if it is there. Raises Denied or Conflict where nobody could,
    Invalid beside the field `email` where another address would do."""
    decision = decide(actor, "member.register", entry)
    if decision.code in {"domain-not-taken", "email-denied", "email-disposable"}:
        raise Invalid(decision.code, field="email")
    if not decision.ok:
        raise decision.error()


def _is_taken(column: str, value: str) -> bool:
    return db.session.scalar(select(Member.id).where(getattr(Member, column) == value)) is not None


def register(
    actor: Actor,
    *,
    username: str,
    email: str | None,
    password_hash: str | None,
    language: str,
    time_zone: str,
    display_name: str = "",
    brought: Brought = NOTHING,
) -> Member:
    """A new account, unconfirmed, and the mail that confirms it. Where the team approves, it waits for that, too, but
    for whoever was invited; everywhere it does so if nothing speaks against its being made by a program.

    With an address that has an account already, everything looks the same from outside, so that nobody learns who is a
    member: the account is made without a claim to the address (it can never be confirmed and is forgotten after two
    weeks), and the mail tells the owner of the address.

    Raises Denied where nobody may join, Gone for an invitation that holds no longer, Invalid beside its field.
    """
    registration = current().registration
    is_invited = bool(brought.invitation)
    require(actor, "member.register", Entry(registration, is_invited=is_invited))
    username = check_username(username, is_new=not actor.is_system)
    email = check_email(email) if email is not None else None
    check_entry(actor, Entry(registration, email or "", is_invited))
    if is_name_taken(username):
        raise Invalid("username-taken", field="username")
    needs_approval = not actor.is_system and not is_invited
    request = check_answer(registration, brought.answer, language) if needs_approval else None
    if not brought.has_proof:
        request = request or ("", "")
    place = take_place(brought.invitation) if is_invited else None
    shown = check_display_name(display_name, username)
    now = clock.now()
    values: dict[str, Any] = {
        "username": username,
        "username_key": username_key(username),
        "display_name": shown,
        "sort_key": sort_key(shown),
        "email": email,
        "password_hash": password_hash,
        "language": language,
        "time_zone": time_zone,
        "joined_at": now,
        "read_all_before": now,
    }
    is_free = email is not None and not _is_taken("email_key", email.casefold())
    member = _insert(values, email.casefold() if email is not None and is_free else None)
    renew_names(member)
    publish(MemberRegistered(member.id))
    if request is not None:
        request_admission(member, *request, has_proof=brought.has_proof)
    if place is not None:
        note_joined(member, *place)
    if not actor.is_system:
        ask_for_confirmation(member)
    return member


def _insert(values: Mapping[str, Any], email_key: str | None) -> Member:
    """Writes the account. Somebody may have been faster by a moment: with the name, which is refused, or with the
    address, which is then no more claimed than one that was taken all along."""
    member = Member(**values, email_key=email_key)
    try:
        with db.session.begin_nested():
            db.session.add(member)
            db.session.flush()
    except IntegrityError as error:
        if email_key is None or _is_taken("username_key", values["username_key"]):
            raise Invalid("username-taken", field="username") from error
        return _insert(values, None)
    return member


def ask_for_confirmation(member: Member) -> None:
    """Asks for the mail with the confirming link (or, to the owner of a taken address, the one that says so)."""
    asked_at = int(clock.now().timestamp())
    jobs.enqueue("members.mail_confirmation", member_id=member.id, asked_at=asked_at)


def ask_for_reset(member: Member | None) -> None:
    """Asks for the mail with the link to a new password; for nobody, the same work is asked for and ends there."""
    asked_at = int(clock.now().timestamp())
    jobs.enqueue("members.mail_reset", member_id=member.id if member else 0, asked_at=asked_at)


def confirm(member_id: int) -> Member:
    """The address is the member's, and their account is complete unless the team has yet to approve it; nothing happens
    when it is confirmed already. Raises NotFound, Conflict."""
    member = get_member(SYSTEM, member_id, lock=True)
    if member.confirmed_at is None:
        if member.email and member.email_key is None:
            if _is_taken("email_key", member.email.casefold()):
                raise Conflict("email-in-use")
            member.email_key = member.email.casefold()
        complete(member)
    return member


def confirm_by_link(token: str) -> Member:
    """Confirms by the link of a mail. Raises Gone for one that is too old or of another address."""
    return confirm(by_link("confirm", token, lock=True).id)


def confirm_by_hand(actor: Actor, member_id: int) -> Member:
    """An administrator vouches for the address."""
    member = get_member(actor, member_id, lock=True)
    require(actor, "member.confirm", member)
    if member.confirmed_at is None and not actor_of(member.id).is_waiting:
        confirm(member.id)
        states = {"confirmed": False}, {"confirmed": True}
        audit.record(actor, "member.confirm", ("member", member.id), before=states[0], after=states[1])
    return member


def remind(actor: Actor, account: AccountRow) -> None:
    """Sends the mail that confirms the address once more."""
    require(actor, "member.remind", account)
    ask_for_confirmation(get_member(actor, account.id))
    audit.record(actor, "member.remind", ("member", account.id))


def set_password(actor: Actor, member: Member, password_hash: str, keep_token: str | None = None) -> None:
    """A new password, of which a mail tells the member; every other sign-in session ends, but the one with
    `keep_token`, and so does a change of address that waits: whoever knew the former password may have asked for it."""
    require(actor, "member.edit", member)
    if member.password_hash is not None:
        asked_at = int(clock.now().timestamp())
        jobs.enqueue("members.mail_password_changed", member_id=member.id, asked_at=asked_at)
    member.password_hash = password_hash
    end_sessions(member.id, keep_token)
    db.session.execute(delete(EMAIL_CHANGES).where(EMAIL_CHANGES.c.member_id == member.id))
    db.session.flush()
    publish(PasswordChanged(member.id))


def reset_by_link(token: str, password_hash: str) -> Member:
    """A new password, or the first one, by the link of a mail, which proves the address as well. Raises Gone for a used
    or old link."""
    member = by_password_link(token, lock=True)
    set_password(SYSTEM, member, password_hash)
    return confirm(member.id)


def update_profile(
    actor: Actor, member: Member, *, display_name: str, about: str, about_html: str, about_version: int
) -> None:
    """The name shown and the text about oneself; the text was rendered before the transaction."""
    require(actor, "member.edit", member)
    if len(about.encode("utf-8", "surrogatepass")) > ABOUT_BYTES:
        raise Invalid("too-long", field="about", limit=ABOUT_BYTES)
    member.display_name = check_display_name(display_name, member.username)
    member.sort_key = sort_key(member.display_name)
    member.about, member.about_html, member.about_version = about, about_html, about_version
    db.session.flush()
    renew_names(member)
    publish(ProfileChanged(member.id))
    bump_people_epoch()


def set_avatar(actor: Actor, member: Member, name: str | None) -> str | None:
    """A new face (the name of an upload), or none; returns the former one's name when nobody has it any more."""
    require(actor, "member.edit", member)
    former, member.avatar = member.avatar, name
    db.session.flush()
    publish(ProfileChanged(member.id))
    bump_people_epoch()
    return former if former and former != name and not _is_taken("avatar", former) else None


def set_banner(actor: Actor, member: Member, name: str | None) -> str | None:
    """Another picture across the head of the profile, or none; returns as `set_avatar` does."""
    require(actor, "member.edit", member)
    former, member.banner = member.banner, name
    db.session.flush()
    return former if former and former != name and not _is_taken("banner", former) else None


def update_display(actor: Actor, member: Member, *, language: str, time_zone: str, theme: str) -> None:
    """The language, time zone and theme in which a member reads. Raises Invalid beside the field."""
    require(actor, "member.edit", member)
    if language not in languages():
        raise Invalid("unknown-choice", field="language")
    if time_zone not in available_timezones():
        raise Invalid("unknown-choice", field="time_zone")
    if theme not in THEMES:
        raise Invalid("unknown-choice", field="theme")
    member.language, member.time_zone, member.theme = language, time_zone, theme
    db.session.flush()


def dismiss_welcome(actor: Actor, member: Member, mark: str) -> None:
    """Never shows the member this welcome of the front page again (`Welcome.words_mark`)."""
    require(actor, "member.edit", member)
    member.dismissed_welcome = mark
    db.session.flush()


def update_mail(actor: Actor, member: Member, *, wants_mail: bool) -> None:
    """Whether a member gets mails about what happens; those about their account, and the reasons for decisions about it
    or their posts (Regulation (EU) 2022/2065, article 17), always go out."""
    require(actor, "member.edit", member)
    member.wants_mail = wants_mail
    db.session.flush()


def unsubscribe_by_link(token: str) -> Member:
    """No more mails about what happens, by the link of one of them. Raises Gone for a link of another address."""
    member = by_link("unsubscribe", token, lock=True)
    update_mail(SYSTEM, member, wants_mail=False)
    return member
