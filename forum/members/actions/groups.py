"""Roles, and which groups there are; every act is in the audit log."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from forum.access import decide, require
from forum.community.actions import bump_people_epoch
from forum.core import audit
from forum.core.actor import ROLES as ALL_ROLES
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Conflict, Invalid, NotFound
from forum.core.events import publish
from forum.members.actions.automatic import (
    check_domains,
    fit_everybody,
    set_choices,
    set_domains,
    words_of_choices,
)
from forum.members.actions.names import free_handle, is_name_taken
from forum.members.actions.sessions import end_sessions
from forum.members.events import GroupAudienceChanged, RolesChanged
from forum.members.models import (
    AUDIENCES,
    EVERYBODY,
    GROUP_DESCRIPTION_LENGTH,
    GROUP_NAME_LENGTH,
    GROUPS,
    OWN,
    ROLES,
    STAFF,
    WAYS_IN,
    Group,
    Member,
)
from forum.members.names import check_username, username_key
from forum.members.queries.admin import is_last_admin, other_admins
from forum.members.queries.automatic import choices_of, domains_of
from forum.members.queries.two_factor import rests_on_passkeys
from forum.text import clean_body


def set_roles(actor: Actor, member: Member, roles: Iterable[str], reason: str = "") -> None:
    """The member has exactly these roles. Nobody changes their own; the last administrator stays one, and is told that
    rather than to ask another. The audit log keeps the reason, if there is one. Where a new role asks for two steps and
    they have passkeys for that, their sessions end: some may have begun by the password alone.

    Raises Invalid for an unknown role, Conflict, Denied.
    """
    decision = decide(actor, "member.roles", member)
    if not decision:
        raise Conflict("last-admin") if decision.code == "own-roles" and is_last_admin(member.id) else decision.error()
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
        reason=reason,
    )
    if wanted - held and rests_on_passkeys(member.id):
        end_sessions(member.id, None)
    publish(RolesChanged(member.id))
    bump_people_epoch()


def _group_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("required", field="name")
    if len(name) > GROUP_NAME_LENGTH:
        raise Invalid("too-long", field="name", limit=GROUP_NAME_LENGTH)
    if not name.isprintable():
        raise Invalid("invisible-signs", field="name")
    return name


def create_group(actor: Actor, name: str) -> Group:
    """A new group without members, of which only they will know. Raises Invalid when the name is taken."""
    require(actor, "group.manage")
    name = _group_name(name)
    handle = free_handle(name)
    group = Group(name=name, is_builtin=False, way_in=STAFF, audience=OWN, description="")
    group.handle, group.handle_key = handle, username_key(handle)
    try:
        with db.session.begin_nested():
            db.session.add(group)
            db.session.flush()
    except IntegrityError as error:
        raise Invalid("group-exists", field="name") from error
    audit.record(actor, "group.create", ("group", group.id), after={"name": group.name})
    return group


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """What a manager says of a group; `description` is plain text, `domains` are those of e-mail addresses whose owners
    belong to it, `choices` what is chosen in a field of profiles by those who do, each the field's id and the option's
    key; `handle` is by what it is mentioned: empty to leave it as it is."""

    name: str
    way_in: str = STAFF
    audience: str = OWN
    description: str = ""
    domains: Sequence[str] = ()
    handle: str = ""
    choices: Sequence[tuple[int, str]] = ()


def _handle(group: Group, given: str) -> str:
    """The handle as it is kept. Raises Invalid beside the field `handle`."""
    given = given.strip().removeprefix("@") or group.handle or free_handle(group.name)
    if given == group.handle:
        return given
    try:
        handle = check_username(given, is_new=False)
    except Invalid as error:
        raise Invalid(error.code, field="handle", **error.parameters) from error
    if is_name_taken(handle, but_group=group.id):
        raise Invalid("handle-taken", field="handle")
    return handle


def _checked(draft: GroupDraft) -> GroupDraft:
    """The draft as it is kept. Raises Invalid beside the field."""
    if draft.way_in not in WAYS_IN:
        raise Invalid("unknown-choice", field="way_in")
    if draft.audience not in AUDIENCES:
        raise Invalid("unknown-choice", field="audience")
    if draft.way_in != STAFF and draft.audience != EVERYBODY:
        raise Invalid("group-unseen", field="audience")
    description = clean_body(draft.description).text
    if len(description) > GROUP_DESCRIPTION_LENGTH:
        raise Invalid("too-long", field="description", limit=GROUP_DESCRIPTION_LENGTH)
    return replace(
        draft,
        name=_group_name(draft.name),
        description=description,
        domains=check_domains(draft.domains),
        choices=tuple(sorted(set(draft.choices))),
    )


def change_group(actor: Actor, group: Group, draft: GroupDraft) -> None:
    """Name, handle, description, how one gets in, who knows of it and with whom it fills itself, which a job works off.
    Requests stay, whatever way in there is from now on. Raises Invalid, also for a name that is taken, and for a group
    that others could join but not see, NotFound for one that was deleted meanwhile."""
    require(actor, "group.manage")
    there = select(Group.id).where(Group.id == group.id).with_for_update()
    if db.session.scalar(there) is None:
        raise NotFound
    after = replace(_checked(draft), handle=_handle(group, draft.handle))
    choices = tuple(choices_of(actor, group.id))
    words = words_of_choices({*choices, *after.choices})
    if not words.keys() >= set(after.choices):
        raise Invalid("unknown-choice", field="choices")
    domains = tuple(domains_of(actor, group.id))
    before = GroupDraft(group.name, group.way_in, group.audience, group.description, domains)
    before = replace(before, handle=group.handle or "", choices=choices)
    if before == after:
        return
    same_name = select(GROUPS.c.id).where(GROUPS.c.name == after.name, GROUPS.c.id != group.id)
    if db.session.scalar(same_name) is not None:
        raise Invalid("group-exists", field="name")
    group.name, group.description = after.name, after.description
    group.way_in, group.audience = after.way_in, after.audience
    group.handle, group.handle_key = after.handle, username_key(after.handle)
    db.session.flush()
    if (after.domains, after.choices) != (before.domains, before.choices):
        set_domains(group.id, after.domains)
        set_choices(group.id, after.choices)
        fit_everybody(group.id)
    if after.audience != before.audience:
        publish(GroupAudienceChanged(group.id))
    said = [asdict(one) | {"choices": [words[choice] for choice in one.choices]} for one in (before, after)]
    audit.record(actor, "group.change", ("group", group.id), before=said[0], after=said[1])
