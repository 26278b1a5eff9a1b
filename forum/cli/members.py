"""members: the group of commands; require-two-factor, reset-two-factor, allow-passwords."""

import click

from forum.cli import accounts, admin, listing, suspending
from forum.cli.house import fail, open_house, settings
from forum.core.actor import ROLES


@click.group()
def members() -> None:
    """The members' accounts."""


for _command in (
    listing.list_members,
    admin.create_member,
    accounts.promote,
    accounts.demote,
    suspending.suspend,
    suspending.unsuspend,
):
    members.add_command(_command)


@members.command("require-two-factor")
@click.argument("roles", nargs=-1, type=click.Choice(ROLES))
@click.option("--nobody", is_flag=True, help="Nobody must sign in in two steps.")
def require_two_factor(roles: tuple[str, ...], nobody: bool) -> None:
    """Say which roles ask for signing in in two steps, as the administration does under Sign-in.

    In a new community all do, unless this was called before its first start.

    \b
    Examples:
      forum members require-two-factor admin manager
      forum members require-two-factor --nobody
    """
    if nobody == bool(roles):
        fail("Name the roles, or say --nobody.", 2)
    from forum.community import queries
    from forum.community.marks import mark_of
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.members import actions

    with open_house(settings()), transaction(SYSTEM) as actor:
        actions.require_two_factor(actor, roles, mark_of(queries.current().two_factor_roles))
    named = ", ".join(role for role in ROLES if role in roles)
    click.echo(f"These roles ask for signing in in two steps: {named}." if roles else "No role asks for a second step.")


@members.command("reset-two-factor")
@click.argument("username")
def reset_two_factor(username: str) -> None:
    """Let a member who has lost app and recovery codes, or passkeys, sign in with the password alone.

    Their passkeys go, too. Make sure who is asking: whoever knows the password gets in then. If a role of theirs asks
    for a second step, they are led to set it up anew. The audit log keeps it.

    \b
    Examples:
      forum members reset-two-factor kim
    """
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.members import actions, queries
    from forum.members.names import username_key

    with open_house(settings()):
        with transaction(SYSTEM) as actor:
            member = queries.find_account(username)
            name = member.username if member is not None else ""
            if member is not None and "@" not in username and username_key(username) != member.username_key:
                fail(f"{username} is a former name of {name}. Make sure who is meant, and give the present one.")
            was_on = member is not None and actions.reset_two_factor(actor, member)
        if not name:
            fail(f"There is no member {username}.")
    click.echo(f"{name} signs in with the password alone now." if was_on else f"{name} has no second step.")


@members.command("allow-passwords")
def allow_passwords() -> None:
    """Let members sign in by password and by link again, where they signed in by OpenID providers alone.

    For the day on which a provider fails for good. The audit log keeps it.

    \b
    Examples:
      forum members allow-passwords
    """
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.oidc import actions

    with open_house(settings()), transaction(SYSTEM) as actor:
        was_on = actions.only_providers(actor, is_on=False)
    click.echo("Passwords and links open accounts again." if was_on else "Passwords and links open accounts already.")
