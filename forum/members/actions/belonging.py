"""Who belongs to a group: put in and taken out by its owners and the team, joining, asking to join, leaving.

What owners and the team do is in the audit log.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from forum.access import require
from forum.core import audit, clock
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Conflict, Invalid
from forum.core.events import publish
from forum.members.events import GroupAsked, GroupRequestAnswered, GroupsChanged
from forum.members.models import GROUP_INVITES, GROUP_MEMBERS, GROUP_REQUESTS, MEMBERS, REQUEST_LENGTH, Group, Member
from forum.members.queries.admin import held_roles
from forum.members.queries.groups import MOST_OWNERS, belonging, belongings_of, groups_there
from forum.text import clean_line


def put_in(group_id: int, member_id: int) -> bool:
    """Adds the row, and asks them in no longer; False if they belong already."""
    forget_invite(group_id, member_id)
    added = db.session.execute(
        insert(GROUP_MEMBERS)
        .values(group_id=group_id, member_id=member_id)
        .on_conflict_do_nothing()
        .returning(GROUP_MEMBERS.c.member_id)
    ).first()
    if added is not None:
        publish(GroupsChanged(member_id))
    return added is not None


def _take_out(group_id: int, member_id: int) -> None:
    db.session.execute(
        delete(GROUP_MEMBERS).where(GROUP_MEMBERS.c.group_id == group_id, GROUP_MEMBERS.c.member_id == member_id)
    )
    publish(GroupsChanged(member_id))


def forget_request(group_id: int, member_id: int) -> int | None:
    """Removes what the member asked; returns its id, if there was something."""
    return db.session.execute(
        delete(GROUP_REQUESTS)
        .where(GROUP_REQUESTS.c.group_id == group_id, GROUP_REQUESTS.c.member_id == member_id)
        .returning(GROUP_REQUESTS.c.id)
    ).scalar()


def forget_invite(group_id: int, member_id: int) -> Row[Any] | None:
    """Removes what asks the member in; returns its id and who had asked, if there was something."""
    return db.session.execute(
        delete(GROUP_INVITES)
        .where(GROUP_INVITES.c.group_id == group_id, GROUP_INVITES.c.member_id == member_id)
        .returning(GROUP_INVITES.c.id, GROUP_INVITES.c.invited_by_id)
    ).first()


def _require_rank(actor: Actor, group: Group, member: Member) -> None:
    """Who manages groups puts no administrator into one or out of it without being one; who owns the group may."""
    if group.id not in actor.owned_group_ids:
        require(actor, "member.groups", held_roles(member.id))


def add_to_group(actor: Actor, group: Group, member: Member) -> None:
    """The member belongs to the group from now on; if they asked to join, they hear of it. Raises Denied for an
    administrator, where neither an administrator nor an owner of the group does so."""
    require(actor, "group.tend", group)
    _require_rank(actor, group, member)
    if (request_id := forget_request(group.id, member.id)) is not None:
        publish(GroupRequestAnswered(request_id, group.id, member.id, is_accepted=True))
    if put_in(group.id, member.id):
        audit.record(actor, "group.add", ("group", group.id), after={"member": member.id, "name": member.username})


def remove_from_group(actor: Actor, group: Group, member: Member) -> None:
    """The member no longer belongs to the group; an owner is removed by who manages groups only. Raises Conflict where
    the group fills itself with members like this one, Denied as above."""
    require(actor, "group.tend", group)
    _require_rank(actor, group, member)
    held = belonging(group.id, member.id, lock=True)
    if held is None:
        return
    if held.is_owner:
        require(actor, "group.manage")
    if held.is_automatic:
        raise Conflict("group-automatic-member")
    _take_out(group.id, member.id)
    audit.record(actor, "group.remove", ("group", group.id), before={"member": member.id, "name": member.username})


def set_groups(actor: Actor, member: Member, group_ids: Iterable[int]) -> None:
    """The member belongs to exactly these groups, besides the built-in ones and those that fill themselves. Raises
    Invalid for an unknown one. Who holds the member's row has asked for `groups_there` before."""
    require(actor, "group.manage")
    require(actor, "member.groups", held_roles(member.id))
    wanted = set(group_ids)
    if groups_there(wanted) != wanted:
        raise Invalid("unknown-choice", field="groups")
    belongings = belongings_of(member.id)
    held = {one.group_id for one in belongings if not one.is_automatic}
    concerned = Group.is_builtin.is_(False), Group.id.in_(wanted | held)
    known = {group.id: group for group in db.session.scalars(select(Group).where(*concerned))}
    if not wanted <= known.keys():
        raise Invalid("unknown-choice", field="groups")
    for group_id in sorted(wanted - {one.group_id for one in belongings}):
        add_to_group(actor, known[group_id], member)
    for group_id in sorted(known.keys() & held - wanted):
        remove_from_group(actor, known[group_id], member)


def set_owner(actor: Actor, group: Group, member: Member, *, is_owner: bool) -> None:
    """The member owns the group from now on, or no longer. Raises Conflict for who doesn't belong to it, and for more
    owners than `MOST_OWNERS`."""
    require(actor, "group.manage")
    require(actor, "member.groups", held_roles(member.id))
    held = belonging(group.id, member.id, lock=True)
    if held is None:
        raise Conflict("group-not-member")
    if held.is_owner == is_owner:
        return
    if is_owner and _owner_count(group.id) >= MOST_OWNERS:
        raise Conflict("group-owners-many", limit=MOST_OWNERS)
    db.session.execute(
        update(GROUP_MEMBERS)
        .where(GROUP_MEMBERS.c.group_id == group.id, GROUP_MEMBERS.c.member_id == member.id)
        .values(is_owner=is_owner)
    )
    after = {"member": member.id, "name": member.username, "owner": is_owner}
    audit.record(actor, "group.owner", ("group", group.id), before={"owner": held.is_owner}, after=after)
    publish(GroupsChanged(member.id))


def _owner_count(group_id: int) -> int:
    owners = select(func.count()).where(GROUP_MEMBERS.c.group_id == group_id, GROUP_MEMBERS.c.is_owner)
    return db.session.scalar(owners) or 0


def join_group(actor: Actor, group: Group) -> None:
    """The actor belongs to an open group from now on; doing it twice changes nothing."""
    require(actor, "group.join", group)
    forget_request(group.id, actor.member_id)
    put_in(group.id, actor.member_id)


def leave_group(actor: Actor, group: Group) -> None:
    """The actor no longer belongs to the group; doing it twice changes nothing. Raises Conflict where the group fills
    itself with members like them."""
    held = belonging(group.id, actor.member_id, lock=True)
    if held is not None:
        require(actor, "group.leave", held)
        _take_out(group.id, actor.member_id)


def ask_to_join(actor: Actor, group: Group, words: str) -> None:
    """The actor asks to join, with a sentence or none; who belongs or has asked already changes nothing by it.

    Raises Invalid beside the field `words`.
    """
    require(actor, "group.ask", group)
    words = clean_line(words).text
    if len(words) > REQUEST_LENGTH:
        raise Invalid("too-long", field="words", limit=REQUEST_LENGTH)
    if belonging(group.id, actor.member_id) is not None:
        return
    asked = db.session.execute(
        insert(GROUP_REQUESTS)
        .values(group_id=group.id, member_id=actor.member_id, words=words, asked_at=clock.now())
        .on_conflict_do_nothing()
        .returning(GROUP_REQUESTS.c.id)
    ).scalar()
    if asked is not None:
        publish(GroupAsked(asked))


def withdraw_request(actor: Actor, group: Group) -> None:
    """The actor no longer asks to join."""
    require(actor, "group.see", group)
    forget_request(group.id, actor.member_id)


def answer_request(actor: Actor, group: Group, request_id: int, *, is_accepted: bool) -> bool:
    """Whoever asked belongs to the group from now on, or not; they hear of it. False if the request is gone: answered
    by somebody else, or taken back."""
    require(actor, "group.tend", group)
    asked = db.session.execute(
        delete(GROUP_REQUESTS)
        .where(GROUP_REQUESTS.c.id == request_id, GROUP_REQUESTS.c.group_id == group.id)
        .returning(GROUP_REQUESTS.c.member_id, GROUP_REQUESTS.c.words)
    ).first()
    if asked is None:
        return False
    if is_accepted:
        put_in(group.id, asked.member_id)
    name = db.session.scalar(select(MEMBERS.c.username).where(MEMBERS.c.id == asked.member_id))
    audit.record(
        actor,
        "group.accept" if is_accepted else "group.refuse",
        ("group", group.id),
        before={"belongs": False},
        after={"member": asked.member_id, "name": name, "words": asked.words, "belongs": is_accepted},
    )
    publish(GroupRequestAnswered(request_id, group.id, asked.member_id, is_accepted))
    return True
