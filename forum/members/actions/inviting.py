"""Asking a member into a group, who decides: by its owners and the team."""

from sqlalchemy import delete, not_, select

from forum.access import require
from forum.core import audit, clock
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Invalid, NotFound
from forum.core.events import publish, publish_all
from forum.members.actions.belonging import forget_invite, forget_request, put_in
from forum.members.actions.invitations import revoke_links_into
from forum.members.events import GroupInviteAnswered, GroupInvited, GroupRequestAnswered, GroupsChanged
from forum.members.models import GROUP_INVITES, GROUPS, MEMBERS, Group, Member
from forum.members.policy import standing_invites
from forum.members.queries.groups import belonging
from forum.members.queries.inviting import MOST_INVITES, count_invites, invited_to


def invite_to_group(actor: Actor, group: Group, member: Member) -> bool:
    """Asks a member in, who hears of it and accepts or declines; doing it twice changes nothing. Who has asked to join
    belongs to the group at once (False): both sides want it. Raises Invalid beside `username` for who belongs already,
    and for more than MOST_INVITES who haven't answered.
    """
    require(actor, "group.tend", group)
    if belonging(group.id, member.id) is not None:
        raise Invalid("in-group-already", field="username")
    about = {"member": member.id, "name": member.username}
    if (request_id := forget_request(group.id, member.id)) is not None:
        put_in(group.id, member.id)
        audit.record(actor, "group.add", ("group", group.id), after=about)
        publish(GroupRequestAnswered(request_id, group.id, member.id, is_accepted=True))
        return False
    # Of two who ask at once, one waits: both would find a place left where there is but one.
    db.session.execute(select(GROUPS.c.id).where(GROUPS.c.id == group.id).with_for_update(key_share=True))
    mine = GROUP_INVITES.c.group_id == group.id, GROUP_INVITES.c.member_id == member.id
    db.session.execute(delete(GROUP_INVITES).where(*mine, not_(standing_invites())))
    if db.session.scalar(select(GROUP_INVITES.c.id).where(*mine)) is not None:
        return True
    if count_invites(group.id) >= MOST_INVITES:
        raise Invalid("group-invites-many", field="username", limit=MOST_INVITES)
    row = {"group_id": group.id, "member_id": member.id, "invited_by_id": actor.id, "invited_at": clock.now()}
    made = db.session.execute(
        insert(GROUP_INVITES).values(**row).on_conflict_do_nothing().returning(GROUP_INVITES.c.id)
    ).scalar()
    if made is not None:
        audit.record(actor, "group.invite", ("group", group.id), after=about)
        publish(GroupInvited(made))
    return True


def withdraw_invite(actor: Actor, group: Group, member_id: int) -> None:
    """The member is no longer asked in; doing it twice changes nothing."""
    require(actor, "group.tend", group)
    if forget_invite(group.id, member_id) is not None:
        name = db.session.scalar(select(MEMBERS.c.username).where(MEMBERS.c.id == member_id))
        audit.record(actor, "group.uninvite", ("group", group.id), before={"member": member_id, "name": name})
        publish(GroupsChanged(member_id))


def answer_invite(actor: Actor, group: Group, *, is_accepted: bool) -> None:
    """The actor, who was asked in, belongs to the group from now on, or doesn't want to; who asked hears of it. `group`
    comes from `invited_to`. Raises NotFound when nobody asks them in any more, Gone where who asked could no longer put
    them in, or has waited too long, Denied for who can't join at present.
    """
    if is_accepted:
        require(actor, "invitation.accept")
    invited_to(actor, group.id)
    invite = forget_invite(group.id, actor.member_id)
    if invite is None:
        raise NotFound
    if is_accepted:
        forget_request(group.id, actor.member_id)
        put_in(group.id, actor.member_id)
    else:
        publish(GroupsChanged(actor.member_id))
    publish(GroupInviteAnswered(invite.id, group.id, actor.member_id, invite.invited_by_id, is_accepted))


def drop_invites(actor: Actor, group_id: int) -> None:
    """Nobody is asked into the group any more, in person or by a link: it opens more from now on than those who asked
    knew. For whoever decides that and has asked the policy; holds the row of the group, so that who accepts meanwhile
    is refused."""
    db.session.execute(select(GROUPS.c.id).where(GROUPS.c.id == group_id).with_for_update())
    dropped = delete(GROUP_INVITES).where(GROUP_INVITES.c.group_id == group_id)
    ids = sorted(db.session.scalars(dropped.returning(GROUP_INVITES.c.member_id)))
    names = select(MEMBERS.c.id, MEMBERS.c.username).where(MEMBERS.c.id.in_(ids)).order_by(MEMBERS.c.id)
    for id, name in db.session.execute(names).all() if ids else ():
        audit.record(actor, "group.uninvite", ("group", group_id), before={"member": id, "name": name})
    publish_all([GroupsChanged(id) for id in ids])
    revoke_links_into(actor, group_id)


def forget_invites() -> None:
    """Removes what nobody can accept any more."""
    gone = delete(GROUP_INVITES).where(not_(standing_invites())).returning(GROUP_INVITES.c.member_id)
    publish_all([GroupsChanged(id) for id in sorted(set(db.session.scalars(gone)))])
