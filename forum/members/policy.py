"""Who may do what to accounts and groups."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy import text

from forum.access import YES, Decision, absent, conflict, no, rule
from forum.core.actor import Actor
from forum.members.models import LISTED

SCOPES: Mapping[str, str] = {"ideas:read": "idea.export"}
"""What a personal token may be used for, and the verb by which it is asked whether its member may do that."""


class Account(Protocol):
    """What the rules need to know of a member; entities and rows alike have it."""

    @property
    def id(self) -> int: ...


class Visible(Account, Protocol):
    @property
    def is_public(self) -> bool: ...


class Listed(Visible, Protocol):
    @property
    def banned_at(self) -> datetime | None: ...


@rule("member.see")
def see(actor: Actor, member: Visible) -> Decision:
    """A profile is public once its address is confirmed; before that its owner and the team see it."""
    if member.is_public or actor.id == member.id or actor.is_staff or actor.is_system:
        return YES
    return absent()


@rule("member.browse")
def browse(actor: Actor, _thing: object = None) -> Decision:
    """The directory: every member. A list of all names is nothing that search engines and harvesters need."""
    if actor.is_guest:
        return no("sign-in")
    return no("banned") if actor.is_banned else YES


@rule("member.find")
def find(actor: Actor, member: Listed) -> Decision:
    """Whom the directory names: whose profile is public and who isn't banned; the team sees the same list."""
    may_browse = browse(actor, member)
    if not may_browse:
        return may_browse
    return YES if member.is_public and member.banned_at is None else absent()


FINDABLE = text(LISTED)
"""The same as a filter of MEMBERS, for whoever may browse."""


@rule("member.register")
def register(actor: Actor, _thing: object = None) -> Decision:
    """Whoever has no account yet; the operator may make accounts too."""
    return YES if actor.is_guest or actor.is_system else conflict("signed-in-already")


@rule("member.edit")
def edit(actor: Actor, member: Account) -> Decision:
    """Everybody their own profile and settings; whoever is banned only reads."""
    if actor.is_guest:
        return no("sign-in")
    if actor.is_banned:
        return no("banned")
    return YES if actor.is_system or actor.id == member.id else no("not-allowed")


@rule("member.list")
def list_members(actor: Actor, _thing: object = None) -> Decision:
    """The list with addresses and states."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("member.confirm")
def confirm(actor: Actor, _member: Account) -> Decision:
    """Confirming an address by hand."""
    return YES if actor.has_role("admin") else no("staff-only")


@rule("member.roles")
def roles(actor: Actor, member: Account) -> Decision:
    """Roles are the administrators' business, and nobody gives any to themselves."""
    if not actor.has_role("admin"):
        return no("staff-only")
    return conflict("own-roles") if actor.id == member.id else YES


@rule("group.manage")
def manage_groups(actor: Actor, _thing: object = None) -> Decision:
    """Making groups and saying who belongs to them."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("token.manage")
def manage_tokens(actor: Actor, _thing: object = None) -> Decision:
    """Everybody their own tokens for programs; whoever is banned only reads."""
    if actor.id is None:
        return no("sign-in")
    return no("banned") if actor.is_banned else YES
