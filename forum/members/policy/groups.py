"""Who knows of a group, gets into it and looks after it."""

from datetime import timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, and_, exists, false, or_

from forum.access import YES, Decision, absent, conflict, no, publishing, rule
from forum.core import clock
from forum.core.actor import Actor
from forum.members.models import (
    EVERYBODY,
    GROUP_INVITES,
    GROUP_MEMBERS,
    GROUPS,
    MEMBERS,
    OPEN,
    REQUEST,
    ROLES,
)
from forum.members.policy.people import browse

INVITES_LAST = timedelta(days=30)
"""How long a member who was asked into a group may accept."""


class GroupLike(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def is_builtin(self) -> bool: ...
    @property
    def way_in(self) -> str: ...
    @property
    def audience(self) -> str: ...


class BelongingLike(Protocol):
    """That somebody belongs to a group."""

    @property
    def member_id(self) -> int: ...
    @property
    def is_automatic(self) -> bool: ...


@rule("invitation.manage")
def manage_invitations(actor: Actor, _thing: object = None) -> Decision:
    """Inviting people, and saying that an invitation holds no longer."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("invitation.accept")
def accept_invitation(actor: Actor, _thing: object = None) -> Decision:
    """Coming into a group by an invitation, with the account one has: whoever may publish."""
    return publishing(actor)


@rule("group.manage")
def manage_groups(actor: Actor, _thing: object = None) -> Decision:
    """Making groups, saying how one gets in, who knows of them and who owns them."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("group.delete")
def delete_group(actor: Actor, group: GroupLike) -> Decision:
    """Administrators alone: it takes everybody out of the group, administrators too, and changes what providers lead
    to. None that is built in: everybody belongs to those."""
    if not actor.has_role("admin"):
        return no("staff-only")
    return conflict("group-builtin") if group.is_builtin else YES


@rule("group.see")
def see_group(actor: Actor, group: GroupLike) -> Decision:
    """A group and who belongs to it: every member where the group says so, else its own, and who manages groups."""
    is_known = group.audience == EVERYBODY or group.id in actor.group_ids or manage_groups(actor, None)
    if group.is_builtin or not is_known:
        return absent()
    return browse(actor, None)


def visible_groups(actor: Actor) -> ColumnElement[bool]:
    """The same as a filter of GROUPS."""
    if not browse(actor, None):
        return false()
    if manage_groups(actor, None):
        return GROUPS.c.is_builtin.is_(False)
    known = or_(GROUPS.c.audience == EVERYBODY, GROUPS.c.id.in_(actor.group_ids))
    return and_(GROUPS.c.is_builtin.is_(False), known)


@rule("group.join")
def join_group(actor: Actor, group: GroupLike) -> Decision:
    """Whoever sees it and may publish, where it is open: who belongs to a group is public among members."""
    seen = see_group(actor, group)
    if not seen:
        return seen
    return publishing(actor) if group.way_in == OPEN else no("group-not-open")


@rule("group.ask")
def ask_to_join(actor: Actor, group: GroupLike) -> Decision:
    """Whoever sees it and may publish, where it takes requests."""
    seen = see_group(actor, group)
    if not seen:
        return seen
    return publishing(actor) if group.way_in == REQUEST else no("group-without-requests")


@rule("group.leave")
def leave_group(actor: Actor, belonging: BelongingLike) -> Decision:
    """Everybody, at any time, unless the group fills itself with members like them; whoever is banned only reads."""
    if actor.is_banned:
        return no("banned")
    if not actor.is_system and actor.id != belonging.member_id:
        return no("not-yours")
    return conflict("group-automatic") if belonging.is_automatic else YES


@rule("group.tend")
def tend_group(actor: Actor, group: GroupLike) -> Decision:
    """Saying who belongs to it and answering requests: its owners, and who manages groups."""
    seen = see_group(actor, group)
    if not seen:
        return seen
    return YES if group.id in actor.owned_group_ids or manage_groups(actor, None) else no("group-owners-only")


def standing_invites() -> ColumnElement[bool]:
    """Rows of GROUP_INVITES by which one may come in: for INVITES_LAST, and as long as whoever asked could still put
    somebody into the group. A role that rests for want of a second step counts: the invitation was made with it."""
    by, group = GROUP_INVITES.c.invited_by_id, GROUP_INVITES.c.group_id
    own = (GROUP_MEMBERS.c.group_id == group, GROUP_MEMBERS.c.member_id == by, GROUP_MEMBERS.c.is_owner)
    role = (ROLES.c.member_id == by, ROLES.c.role.in_(("manager", "admin")))
    there = (MEMBERS.c.id == by, MEMBERS.c.banned_at.is_(None))
    return and_(
        GROUP_INVITES.c.invited_at > clock.now() - INVITES_LAST,
        exists().where(*there).correlate(GROUP_INVITES),
        or_(exists().where(*own).correlate(GROUP_INVITES), exists().where(*role).correlate(GROUP_INVITES)),
    )


@rule("group.call")
def call_group(actor: Actor, group: GroupLike) -> Decision:
    """Notifying all members of a group by mentioning it: each of them, and the team where it sees the group."""
    seen = see_group(actor, group)
    if not seen:
        return seen
    return YES if group.id in actor.group_ids or actor.is_staff else no("not-allowed")
