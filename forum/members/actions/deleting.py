"""Deleting a group."""

from sqlalchemy import delete, select

from forum.access import require
from forum.core import audit
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.events import publish_all
from forum.members.actions.automatic import words_of_choices
from forum.members.actions.invitations import revoke_links_into
from forum.members.events import GroupsChanged
from forum.members.models import GROUP_MEMBERS, GROUPS, MEMBERS, Group
from forum.members.queries.automatic import choices_of, domains_of
from forum.members.queries.deleting import goes_with_group


def delete_group(actor: Actor, group: Group) -> None:
    """The group is gone, with who belongs to it or has asked to, and with what led into it: open links into it hold no
    longer, instead of letting people in without it. `group` comes locked from `deletable_group`.

    What other rooms know of it they forget before, in the same transaction: the grants of categories (`threads`), the
    maps of providers (`oidc`), what members were told of it (`notifications`).
    """
    require(actor, "group.delete", group)
    goes = goes_with_group(actor, group)
    choices = words_of_choices(choices_of(actor, group.id))
    owners = (
        select(MEMBERS.c.username)
        .join_from(GROUP_MEMBERS, MEMBERS, MEMBERS.c.id == GROUP_MEMBERS.c.member_id)
        .where(GROUP_MEMBERS.c.group_id == group.id, GROUP_MEMBERS.c.is_owner)
        .order_by(MEMBERS.c.username)
    )
    before = {
        **{name: getattr(group, name) for name in ("name", "handle", "description", "way_in", "audience")},
        "domains": list(domains_of(actor, group.id)),
        "choices": list(choices.values()),
        "owners": list(db.session.scalars(owners)),
        "members": goes.members,
        "requests": goes.requests,
        "invites": goes.invites,
        "links": goes.links,
    }
    revoke_links_into(actor, group.id)
    belonged = delete(GROUP_MEMBERS).where(GROUP_MEMBERS.c.group_id == group.id).returning(GROUP_MEMBERS.c.member_id)
    publish_all([GroupsChanged(id) for id in sorted(db.session.scalars(belonged))])
    db.session.expunge(group)
    db.session.execute(delete(GROUPS).where(GROUPS.c.id == group.id))
    audit.record(actor, "group.delete", ("group", group.id), before=before)
