"""Roles and groups; every act is in the audit log."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from forum.access import require
from forum.community.actions import bump_people_epoch
from forum.core import audit
from forum.core.actor import ROLES as ALL_ROLES
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Conflict, Invalid
from forum.core.events import publish
from forum.members.events import GroupsChanged, RolesChanged
from forum.members.models import GROUP_MEMBERS, GROUPS, ROLES, Group, Member
from forum.members.queries.admin import other_admins

_GROUP_NAME_LENGTH = 60


def set_roles(actor: Actor, member: Member, roles: Iterable[str]) -> None:
    """The member has exactly these roles. Nobody changes their own; the last administrator stays one.

    Raises Invalid for an unknown role, Conflict, Denied.
    """
    require(actor, "member.roles", member)
    wanted = set(roles)
    if not wanted <= set(ALL_ROLES):
        raise Invalid("unknown-choice", field="roles")
    held = set(db.session.scalars(select(ROLES.c.role).where(ROLES.c.member_id == member.id)))
    if wanted == held:
        return
    if "admin" in held - wanted and not other_admins(member.id):
        raise Conflict("last-admin")
    db.session.execute(delete(ROLES).where(ROLES.c.member_id == member.id))
    if wanted:
        db.session.execute(insert(ROLES), [{"member_id": member.id, "role": role} for role in sorted(wanted)])
    audit.record(
        actor,
        "member.roles",
        ("member", member.id),
        before={"roles": sorted(held)},
        after={"roles": sorted(wanted)},
    )
    publish(RolesChanged(member.id))
    bump_people_epoch()


def _group_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("required", field="name")
    if len(name) > _GROUP_NAME_LENGTH:
        raise Invalid("too-long", field="name", limit=_GROUP_NAME_LENGTH)
    if not name.isprintable():
        raise Invalid("invisible-signs", field="name")
    return name


def create_group(actor: Actor, name: str) -> Group:
    """A new group without members. Raises Invalid when the name is taken."""
    require(actor, "group.manage")
    group = Group(name=_group_name(name), is_builtin=False)
    try:
        with db.session.begin_nested():
            db.session.add(group)
            db.session.flush()
    except IntegrityError as error:
        raise Invalid("group-exists", field="name") from error
    audit.record(actor, "group.create", ("group", group.id), after={"name": group.name})
    return group


def rename_group(actor: Actor, group: Group, name: str) -> None:
    """Another name for a group. Raises Invalid when it is taken."""
    require(actor, "group.manage")
    before, after = group.name, _group_name(name)
    if before == after:
        return
    if db.session.scalar(select(GROUPS.c.id).where(GROUPS.c.name == after)) is not None:
        raise Invalid("group-exists", field="name")
    group.name = after
    db.session.flush()
    audit.record(actor, "group.rename", ("group", group.id), before={"name": before}, after={"name": after})


def add_to_group(actor: Actor, group: Group, member: Member) -> None:
    """The member belongs to the group from now on."""
    require(actor, "group.manage")
    row = {"group_id": group.id, "member_id": member.id}
    added = db.session.execute(
        insert(GROUP_MEMBERS).values(row).on_conflict_do_nothing().returning(GROUP_MEMBERS.c.member_id)
    ).first()
    if added is not None:
        audit.record(actor, "group.add", ("group", group.id), after={"member": member.id, "name": member.username})
        publish(GroupsChanged(member.id))


def remove_from_group(actor: Actor, group: Group, member: Member) -> None:
    """The member no longer belongs to the group."""
    require(actor, "group.manage")
    gone = db.session.execute(
        delete(GROUP_MEMBERS)
        .where(GROUP_MEMBERS.c.group_id == group.id, GROUP_MEMBERS.c.member_id == member.id)
        .returning(GROUP_MEMBERS.c.member_id)
    ).first()
    if gone is not None:
        audit.record(actor, "group.remove", ("group", group.id), before={"member": member.id, "name": member.username})
        publish(GroupsChanged(member.id))


def set_groups(actor: Actor, member: Member, group_ids: Iterable[int]) -> None:
    """The member belongs to exactly these groups (built-in ones aside). Raises Invalid for an unknown one."""
    require(actor, "group.manage")
    wanted = set(group_ids)
    known = {group.id: group for group in db.session.scalars(select(Group).where(Group.is_builtin.is_(False)))}
    if not wanted <= set(known):
        raise Invalid("unknown-choice", field="groups")
    held = set(db.session.scalars(select(GROUP_MEMBERS.c.group_id).where(GROUP_MEMBERS.c.member_id == member.id)))
    for group_id in sorted(wanted - held):
        add_to_group(actor, known[group_id], member)
    for group_id in sorted(held - wanted):
        remove_from_group(actor, known[group_id], member)
