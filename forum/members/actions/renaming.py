"""Another user name: the former one goes on leading to the member, and nobody else may take it."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from forum.access import require
from forum.community.actions import bump_people_epoch
from forum.core import audit, clock
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Invalid
from forum.core.events import publish
from forum.members.actions.names import is_name_taken, renew_names
from forum.members.events import ProfileChanged
from forum.members.models import FORMER_NAMES, Member
from forum.members.names import check_username, folded, sort_key, username_key
from forum.members.queries.admin import held_roles
from forum.members.queries.names import former_names, may_rename_from


def rename(actor: Actor, member: Member, username: str) -> None:
    """A member's own wish, once in 30 days; a former name may be taken back. Raises Invalid beside `username`."""
    require(actor, "member.edit", member)
    begins = may_rename_from(member.id)
    if begins is not None:
        raise Invalid("renamed-lately", field="username", begins=begins)
    _rename(member, username)


def rename_by_hand(actor: Actor, member: Member, username: str) -> None:
    """Staff gives a member another name, whenever the last one was given. Raises Invalid beside `username`, Denied for
    who has a higher role."""
    require(actor, "member.rename", held_roles(member.id))
    before = member.username
    _rename(member, username)
    after = {"username": member.username}
    audit.record(actor, "member.rename", ("member", member.id), before={"username": before}, after=after)


def _rename(member: Member, username: str) -> None:
    given = folded(username)
    is_own = given in {folded(name) for name in (member.username, *former_names(member.id))}
    username = check_username(username, is_new=not is_own)
    former = member.username
    if username == former:
        raise Invalid("username-same", field="username")
    if is_name_taken(username, but=member.id):
        raise Invalid("username-taken", field="username")
    try:
        with db.session.begin_nested():
            member.username, member.username_key = username, username_key(username)
            if member.display_name == former:
                member.display_name, member.sort_key = username, sort_key(username)
            db.session.flush()
            _keep(member, former)
    except IntegrityError as error:  # somebody was faster by a moment
        raise Invalid("username-taken", field="username") from error
    renew_names(member)
    publish(ProfileChanged(member.id))
    bump_people_epoch()


def _keep(member: Member, former: str) -> None:
    names = {folded(former), folded(member.username)}
    own = FORMER_NAMES.c.member_id == member.id
    db.session.execute(delete(FORMER_NAMES).where(own, FORMER_NAMES.c.name.in_(names)))
    row = {
        "name": folded(former),
        "username": former,
        "username_key": username_key(former),
        "member_id": member.id,
        "until": clock.now(),
    }
    db.session.execute(insert(FORMER_NAMES).values(**row))
