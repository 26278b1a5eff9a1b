"""Who may join, and who may change accounts: their own, or for the team."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from forum.access import YES, Decision, conflict, no, rule
from forum.community.registration import CLOSED, Registration
from forum.core.actor import Actor
from forum.members.policy.people import Account, Visible

SCOPES: Mapping[str, str] = {"ideas:read": "idea.export"}
"""What a personal token may be used for, and the verb by which it is asked whether its member may do that."""


class Holder(Account, Protocol):
    @property
    def roles(self) -> Collection[str]: ...


class AccountLike(Visible, Protocol):
    """What the rules need to know of an account as the administration sees it."""

    @property
    def email(self) -> str | None: ...
    @property
    def is_waiting(self) -> bool: ...
    @property
    def is_staff(self) -> bool: ...


class NoteLike(Protocol):
    """What somebody of the team has noted about a member."""

    @property
    def member_id(self) -> int: ...
    @property
    def author_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """How somebody comes to join: what the operator has chosen, the address given, as soon as there is one, and whether
    they hold an invitation."""

    registration: Registration
    email: str = ""
    is_invited: bool = False


@rule("member.register")
def register(actor: Actor, entry: Entry) -> Decision:
    """Whoever has no account yet, as far as the operator lets people join; the operator makes accounts at any time."""
    if actor.is_system:
        return YES
    if not actor.is_guest:
        return conflict("signed-in-already")
    if entry.registration.mode == CLOSED:
        return no("registration-closed")
    if entry.email and (code := entry.registration.refusal(entry.email)):
        return no(code)
    if entry.is_invited:
        return YES
    if not entry.registration.takes_newcomers:
        return no("registration-by-invitation")
    return no("domain-not-taken") if entry.email and not entry.registration.takes(entry.email) else YES


@rule("member.create")
def create(actor: Actor, _thing: object = None) -> Decision:
    """Making an account for somebody, whose address may count as confirmed at once: the operator's command line and the
    first run alone."""
    return YES if actor.is_system else no("staff-only")


@rule("member.list")
def list_members(actor: Actor, _thing: object = None) -> Decision:
    """The list with addresses and states."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("member.admit")
def admit(actor: Actor, _thing: object = None) -> Decision:
    """Letting in who has asked to join, or not."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("member.confirm")
def confirm(actor: Actor, _member: Account) -> Decision:
    """Confirming an address by hand."""
    return YES if actor.has_role("admin") else no("staff-only")


@rule("member.remind")
def remind(actor: Actor, member: AccountLike) -> Decision:
    """Sending the mail that confirms an address once more, to whom it is missing from."""
    if not actor.has_role("manager", "admin"):
        return no("staff-only")
    is_open = member.email is not None and not member.is_public and not member.is_waiting
    return YES if is_open else conflict("nothing-to-confirm")


@rule("member.sign_out")
def sign_out(actor: Actor, member: AccountLike) -> Decision:
    """Seeing where somebody is signed in, and ending it; of the team, administrators do so. One's own are in the
    settings."""
    if not actor.has_role("manager", "admin"):
        return no("staff-only")
    if actor.id == member.id:
        return conflict("own-sessions")
    return YES if not member.is_staff or actor.has_role("admin") else no("sessions-of-team")


@rule("member.email")
def change_email(actor: Actor, member: Account) -> Decision:
    """Vouching for a member whose address is lost; never for oneself, so that a session alone takes no account."""
    if not actor.has_role("admin"):
        return no("staff-only")
    return conflict("own-email") if actor.id == member.id else YES


@rule("member.rename")
def rename(actor: Actor, member: Holder) -> Decision:
    """Giving a member another user name, at any time; an administrator, administrators alone: whose name leads nowhere
    they expect may not find in."""
    if not actor.has_role("manager", "admin"):
        return no("staff-only")
    return no("higher-role") if "admin" in member.roles and not actor.has_role("admin") else YES


@rule("member.groups")
def put_into_groups(actor: Actor, member: Holder) -> Decision:
    """Saying which groups somebody belongs to, and what stands in the fields that the team fills in, which leads into
    groups, too; of an administrator, administrators alone."""
    if not actor.has_role("manager", "admin"):
        return no("staff-only")
    return no("higher-role") if "admin" in member.roles and not actor.has_role("admin") else YES


@rule("member.roles")
def roles(actor: Actor, member: Account) -> Decision:
    """Roles are the administrators' business, and nobody gives any to themselves."""
    if not actor.has_role("admin"):
        return no("staff-only")
    return conflict("own-roles") if actor.id == member.id else YES


@rule("member.reset_two_factor")
def reset_two_factor(actor: Actor, member: Account) -> Decision:
    """Letting somebody in with the password alone; never oneself, so that a session alone takes no second step away."""
    if not actor.has_role("admin"):
        return no("staff-only")
    return conflict("own-two-factor") if actor.id == member.id else YES


def _notes_about(actor: Actor, member_id: int) -> Decision:
    if not actor.has_role("manager", "admin"):
        return no("staff-only")
    return no("notes-about-yourself") if actor.id == member_id else YES


@rule("note.keep")
def keep_notes(actor: Actor, member: Account) -> Decision:
    """Reading what the team has noted about a member, and adding to it: whoever sees the file, but for who it is
    about."""
    return _notes_about(actor, member.id)


@rule("note.change")
def change_note(actor: Actor, note: NoteLike) -> Decision:
    """Changing or deleting a note: who wrote it, and administrators."""
    known = _notes_about(actor, note.member_id)
    if not known:
        return known
    return YES if actor.has_role("admin") or actor.id == note.author_id else no("not-yours")


@rule("session.end")
def end_session(actor: Actor, _thing: object = None) -> Decision:
    """Everybody may end their own sign-in sessions, also who is banned."""
    return no("sign-in") if actor.id is None else YES


@rule("passkey.add")
def add_passkey(actor: Actor, _thing: object = None) -> Decision:
    """Everybody to their own account, once its address is confirmed: else somebody could register with the address of
    another and keep a way in."""
    managed = manage_passkeys(actor, None)
    return managed if not managed or actor.is_confirmed else no("way-in-unconfirmed")


@rule("passkey.manage")
def manage_passkeys(actor: Actor, _thing: object = None) -> Decision:
    """Everybody their own passkeys; whoever is banned only reads."""
    if actor.id is None:
        return no("sign-in")
    return no("banned") if actor.is_banned else YES


@rule("profile_field.manage")
def manage_fields(actor: Actor, _thing: object = None) -> Decision:
    """Saying what members may fill in about themselves, and who sees it."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("token.manage")
def manage_tokens(actor: Actor, _thing: object = None) -> Decision:
    """Everybody their own tokens for programs; whoever is banned only reads."""
    if actor.id is None:
        return no("sign-in")
    return no("banned") if actor.is_banned else YES
