"""What members may know of each other, and settle with each other."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, TextClause, and_, or_, text, true

from forum.access import YES, Decision, absent, conflict, no, rule
from forum.core.actor import MEMBERS as MEMBERS_GROUP
from forum.core.actor import Actor
from forum.members.models import (
    EVERYBODY,
    LISTED,
    MEMBERS,
    OWN,
    PROFILE_FIELDS,
    STAFF_ONLY,
)


class Account(Protocol):
    """What the rules need to know of a member; entities and rows alike have it."""

    @property
    def id(self) -> int: ...


class Visible(Account, Protocol):
    @property
    def is_public(self) -> bool: ...


class Known(Visible, Protocol):
    @property
    def profile_audience(self) -> str: ...


class Revealing(Known, Protocol):
    @property
    def shows_presence(self) -> bool: ...
    @property
    def shows_votes(self) -> bool: ...
    @property
    def shows_threads(self) -> bool: ...
    @property
    def shows_posts(self) -> bool: ...
    @property
    def shows_ideas(self) -> bool: ...


class Listed(Known, Protocol):
    @property
    def banned_at(self) -> datetime | None: ...


class Another(Visible, Protocol):
    """A member in the eyes of another one."""

    @property
    def is_staff(self) -> bool: ...


@rule("member.see")
def see(actor: Actor, member: Visible) -> Decision:
    """A profile is public once its address is confirmed, and the account approved where the team does so; before that
    its owner and the team see it."""
    if member.is_public or actor.id == member.id or actor.is_staff or actor.is_system:
        return YES
    return absent()


def _is_member(actor: Actor) -> bool:
    """Before the account is confirmed one sees what guests see."""
    return actor.is_system or MEMBERS_GROUP in actor.group_ids


@rule("member.know")
def know(actor: Actor, member: Known) -> Decision:
    """A profile beyond the name and face that stand on posts: whom the member shows it to, they themselves, and the
    team."""
    seen = see(actor, member)
    if not seen or actor.id == member.id or actor.is_staff or actor.is_system:
        return seen
    if member.profile_audience == EVERYBODY:
        return YES
    return YES if member.profile_audience == OWN and _is_member(actor) else absent()


def known_profiles(actor: Actor) -> ColumnElement[bool]:
    """The same as a filter of MEMBERS, of those whose address is confirmed."""
    if actor.is_staff or actor.is_system:
        return true()
    if not _is_member(actor):
        return or_(MEMBERS.c.profile_audience == EVERYBODY, MEMBERS.c.id == actor.id)
    return or_(MEMBERS.c.profile_audience != STAFF_ONLY, MEMBERS.c.id == actor.id)


@rule("member.presence")
def see_presence(actor: Actor, member: Revealing) -> Decision:
    """When somebody was last here: members who see the profile, if its owner wants that. Pages of guests tell no times
    that pass."""
    known = know(actor, member)
    if not known:
        return known
    return YES if member.shows_presence and _is_member(actor) else absent()


@rule("member.votes")
def see_votes(actor: Actor, member: Revealing) -> Decision:
    """Which ideas somebody supports: whoever sees the profile, if its owner wants that; they themselves; and the team,
    whose exports hold it."""
    return _gathered(actor, member, is_shown=member.shows_votes)


@rule("member.threads")
def see_threads(actor: Actor, member: Revealing) -> Decision:
    """The threads that somebody started, gathered on their profile: as their votes. Each thread is there for whoever
    may read it."""
    return _gathered(actor, member, is_shown=member.shows_threads)


@rule("member.posts")
def see_posts(actor: Actor, member: Revealing) -> Decision:
    """Somebody's posts, gathered on their profile: as their threads."""
    return _gathered(actor, member, is_shown=member.shows_posts)


@rule("member.ideas")
def see_ideas(actor: Actor, member: Revealing) -> Decision:
    """The ideas that somebody proposed, gathered on their profile: as their threads."""
    return _gathered(actor, member, is_shown=member.shows_ideas)


def _gathered(actor: Actor, member: Revealing, *, is_shown: bool) -> Decision:
    known = know(actor, member)
    if not known or actor.id == member.id or actor.is_staff or actor.is_system:
        return known
    return YES if is_shown else absent()


@rule("member.browse")
def browse(actor: Actor, _thing: object = None) -> Decision:
    """The directory: every member, from when the account is confirmed. A list of all names is nothing that search
    engines and harvesters need."""
    if actor.is_system:
        return YES
    if actor.is_guest:
        return no("sign-in")
    if actor.is_banned:
        return no("banned")
    return YES if actor.is_confirmed else no("members-only")


@rule("member.find")
def find(actor: Actor, member: Listed) -> Decision:
    """Whom the directory names: whose profile is public and who isn't banned; whom only the team may know of, to the
    team alone."""
    may_browse = browse(actor, member)
    if not may_browse:
        return may_browse
    is_for_actor = member.profile_audience != STAFF_ONLY or actor.is_staff
    return YES if member.is_public and member.banned_at is None and is_for_actor else absent()


FINDABLE = text(LISTED)
"""Rows of MEMBERS that the directory names to the team."""


def findable(*, by_team: bool) -> ColumnElement[bool] | TextClause:
    """Rows of MEMBERS that `member.find` allows, for whoever may browse."""
    return FINDABLE if by_team else and_(FINDABLE, MEMBERS.c.profile_audience != STAFF_ONLY)


@rule("member.follow")
def follow(actor: Actor, member: Known) -> Decision:
    """Every member any other one whose profile they may see and whom they haven't blocked."""
    may_browse = browse(actor, None)
    if not may_browse:
        return may_browse
    known = know(actor, member)
    if not known:
        return known
    if actor.id == member.id:
        return conflict("follow-yourself")
    return conflict("follow-blocked") if member.id in actor.blocked_ids else YES


@rule("member.block")
def block(actor: Actor, member: Another) -> Decision:
    """Every member any other one, but nobody of the team: what they write for the community is meant for everybody."""
    may_browse = browse(actor, None)
    if not may_browse:
        return may_browse
    if not member.is_public:
        return absent()
    if actor.id == member.id:
        return conflict("block-yourself")
    return conflict("block-staff") if member.is_staff else YES


@rule("member.edit")
def edit(actor: Actor, member: Account) -> Decision:
    """Everybody their own profile and settings; whoever is banned only reads."""
    if actor.is_guest:
        return no("sign-in")
    if actor.is_banned:
        return no("banned")
    return YES if actor.is_system or actor.id == member.id else no("not-allowed")


def visible_fields(actor: Actor, member: Account | None) -> ColumnElement[bool]:
    """Rows of PROFILE_FIELDS that the actor sees filled in on a profile that they may know: the team and its owner all
    of them, others those that are for them. Without a member, on any profile."""
    if actor.is_staff or actor.is_system or (member is not None and actor.id == member.id):
        return true()
    seen = (EVERYBODY, OWN) if _is_member(actor) else (EVERYBODY,)
    return PROFILE_FIELDS.c.audience.in_(seen)
