"""members promote, demote: what the administration does, from the console."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from forum.cli.house import fail, open_house, settings
from forum.cli.refusals import refuse
from forum.core.actor import ROLES

if TYPE_CHECKING:
    from forum.members.models import Member


def named(username: str) -> "Member":
    """The account of this name or address. Ends the command where there is none, and for a former name."""
    from forum.members import queries
    from forum.members.names import username_key

    member = queries.find_account(username)
    if member is None:
        fail(f"There is no member {username}.")
    if "@" not in username and username_key(username) != member.username_key:
        fail(f"{username} is a former name of {member.username}. Make sure who is meant, and give the present one.")
    return member


def _change_roles(username: str, *, given: Sequence[str] = (), taken: Sequence[str] = ()) -> None:
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.core.errors import Refused
    from forum.core.logging import security
    from forum.members import actions, queries

    with open_house(settings()):
        try:
            with transaction(SYSTEM) as actor:
                member = queries.get_member(actor, named(username).id, lock=True)
                held = set(queries.account(actor, member.id).roles)
                roles = (held | set(given)) - set(taken)
                actions.set_roles(actor, member, roles)
                name = member.username
        except Refused as refused:
            if refused.code == "last-admin":
                security("right-refused", None, "", what="last-admin")
            refuse(refused)
    said = ", ".join(role for role in ROLES if role in roles)
    click.echo(f"{name} has the roles {said}." if said else f"{name} has no role.")


@click.command()
@click.argument("username")
@click.argument("roles", nargs=-1, required=True, type=click.Choice(ROLES))
def promote(username: str, roles: tuple[str, ...]) -> None:
    """Give a member roles, besides those they have. The audit log keeps it.

    \b
    Examples:
      forum members promote kim moderator
      forum members promote kim@example.com product manager
    """
    _change_roles(username, given=roles)


@click.command()
@click.argument("username")
@click.argument("roles", nargs=-1, type=click.Choice(ROLES))
@click.option("--all", "everything", is_flag=True, help="All roles.")
def demote(username: str, roles: tuple[str, ...], everything: bool) -> None:
    """Take roles from a member. The last administrator stays one. The audit log keeps it.

    \b
    Examples:
      forum members demote kim moderator
      forum members demote kim --all
    """
    if everything == bool(roles):
        fail("Name the roles, or say --all.", 2)
    _change_roles(username, taken=ROLES if everything else roles)
