"""What goes when a group is deleted."""

from dataclasses import dataclass

from sqlalchemy import func, select

from forum.access import require
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.members.models import (
    GROUP_CHOICES,
    GROUP_DOMAINS,
    GROUP_INVITES,
    GROUP_MEMBERS,
    GROUP_REQUESTS,
    INVITATIONS,
    Group,
)
from forum.members.queries.invitations import is_open


@dataclass(frozen=True, slots=True)
class GoesWithGroup:
    """How many belong to a group, ask to or are asked in, how many open links lead into it, and by how many domains and
    options of profile fields it fills itself."""

    members: int
    requests: int
    invites: int
    links: int
    domains: int
    choices: int


def deletable_group(actor: Actor, group_id: int, *, lock: bool = False) -> Group:
    """The group; with `lock` it is held, so that nobody gets into it meanwhile. Raises NotFound, Denied, and Conflict
    for one that is built in."""
    statement = select(Group).where(Group.id == group_id)
    group = db.session.scalar(statement.with_for_update() if lock else statement) if 0 < group_id < 2**63 else None
    if group is None:
        raise NotFound
    require(actor, "group.delete", group)
    return group


def goes_with_group(actor: Actor, group: Group) -> GoesWithGroup:
    """What members lose, and what nobody gets in by any more."""
    require(actor, "group.delete", group)
    counts = [
        select(func.count()).select_from(table).where(table.c.group_id == group.id).scalar_subquery()
        for table in (GROUP_MEMBERS, GROUP_REQUESTS, GROUP_INVITES, GROUP_DOMAINS, GROUP_CHOICES)
    ]
    links = select(func.count()).where(INVITATIONS.c.group_id == group.id, *is_open(clock.now())).scalar_subquery()
    members, requests, invites, domains, choices, open_links = db.session.execute(select(*counts, links)).one()
    return GoesWithGroup(members, requests, invites, open_links, domains, choices)
