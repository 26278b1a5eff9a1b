"""Accounts that the operator makes, of members and of administrators."""

from collections.abc import Collection

from forum.access import require
from forum.core import audit, clock, jobs
from forum.core.actor import Actor
from forum.core.errors import Conflict
from forum.members.actions.accounts import confirm, register
from forum.members.actions.groups import set_roles
from forum.members.models import Member


def create_member(
    actor: Actor,
    *,
    username: str,
    email: str,
    password_hash: str | None,
    language: str,
    time_zone: str,
    display_name: str = "",
    roles: Collection[str] = (),
) -> Member:
    """A new account with these roles, whose member owes the rules as everybody does. With a password its address counts
    as confirmed; without one, a mail brings the link by which they choose it, and which confirms the address. Raises
    Invalid beside its field, Conflict for the address of another account."""
    require(actor, "member.create")
    member = register(
        actor,
        username=username,
        email=email,
        password_hash=password_hash,
        language=language,
        time_zone=time_zone,
        display_name=display_name,
    )
    if member.email_key is None:
        raise Conflict("email-in-use")
    # Without the address: it could not be taken out of the log again, when the account is gone.
    audit.record(actor, "member.create", ("member", member.id), after={"name": member.username})
    if password_hash is not None:
        confirm(member.id)
    else:
        jobs.enqueue("members.mail_created", member_id=member.id, asked_at=int(clock.now().timestamp()))
    if roles:
        set_roles(actor, member, roles)
    return member
