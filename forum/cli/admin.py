"""create-admin, members create: accounts that the operator makes."""

import sys
from typing import TYPE_CHECKING, Any

import click

from forum.cli.house import fail, open_house, settings
from forum.core.actor import ROLES

if TYPE_CHECKING:
    from forum.members.models import Group


def _check_language(language: str) -> None:
    """Ends the command for a language that the interface hasn't."""
    from forum.core.locale import languages

    if language not in languages():
        fail(f"The interface has no language {language}; it has {', '.join(languages())}.")


def _typed() -> str:
    """The password in the first line of the input."""
    return sys.stdin.readline().rstrip("\r\n")


@click.command("create-admin")
@click.option("--username", prompt="User name", help="The name to sign in with.")
@click.option("--email", prompt="E-mail", help="Where mail for this account goes; counts as confirmed.")
@click.option("--language", default="de", show_default=True, help="The language of its pages and mails.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of the input instead of asking."
)
def create_admin(username: str, email: str, language: str, password_stdin: bool) -> None:
    """Make an account with the role admin.

    Without --password-stdin the password is asked for, twice, and not shown.

    \b
    Examples:
      forum create-admin
      pass forum/admin | forum create-admin --username kim --email kim@example.com --password-stdin
    """
    from forum.community import queries as community
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.members import actions, passwords

    _check_language(language)
    password = _typed() if password_stdin else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with open_house(settings()):
        passwords.check(password, username, email)
        password_hash = passwords.hashed(password)
        time_zone = community.current().time_zone
        with transaction(SYSTEM) as actor:
            member = actions.create_member(
                actor,
                username=username,
                email=email,
                password_hash=password_hash,
                language=language,
                time_zone=time_zone,
                roles=("admin",),
            )
            name, number = member.username, member.id
    click.echo(f"{name} is an admin now (member {number}).")


# ---------------------------------------------------------------- members


def _groups(names: tuple[str, ...]) -> "list[Group]":
    """The groups of these names, which stay until the transaction ends. Ends the command for one that there isn't."""
    from forum.core.actor import SYSTEM
    from forum.members import queries

    known = {one.name: one.id for one in queries.groups() if not one.is_builtin}
    for name in names:
        if name not in known:
            fail(f"There is no group {name}.")
    return [queries.get_group(SYSTEM, id, lock=True) for id in sorted({known[name] for name in names})]


@click.command("create")
@click.argument("username")
@click.argument("email")
@click.option("--display-name", default="", help="The name shown; else the user name.")
@click.option("--language", default=None, help="The language of its pages and mails; else that of the community.")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="A role; repeatable.")
@click.option("--group", "groups", multiple=True, help="Name of a group to put them into; repeatable.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of the input; no mail is sent then."
)
def create_member(username: str, email: str, language: str | None, password_stdin: bool, **asked: Any) -> None:
    """Make an account of a member, whoever may join by themselves.

    A mail brings them the link by which they choose a password, which confirms the address; it works for seven days.
    With --password-stdin they have one, and the address counts as confirmed. The rules are put before them as before
    everybody. The audit log keeps it.

    \b
    Examples:
      forum members create kim kim@example.com
      forum members create kim kim@example.com --role moderator --group Partners --language en
      pass forum/kim | forum members create kim kim@example.com --password-stdin
    """
    from forum.community import queries as community
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.members import actions, passwords

    given = settings()
    password = _typed() if password_stdin else None
    with open_house(given):
        house = community.current()
        language = language or house.default_language
        _check_language(language)
        if house.is_sso_only and password is None:
            fail(
                "Members sign in by OpenID providers alone, which make the account: a link to a password leads nowhere."
            )
        if password is not None:
            passwords.check(password, username, email, asked["display_name"])
        password_hash = passwords.hashed(password) if password is not None else None
        with transaction(SYSTEM) as actor:
            groups = _groups(asked["groups"])
            member = actions.create_member(
                actor,
                username=username,
                email=email,
                password_hash=password_hash,
                language=language,
                time_zone=house.time_zone,
                display_name=asked["display_name"],
                roles=asked["roles"],
            )
            for group in groups:
                actions.add_to_group(actor, group, member)
            name, number = member.username, member.id
    click.echo(f"{name} is a member now (member {number}).")
    if password is None:
        where = f"is on its way to {email}" if given.mail_url else "lies in the data directory: no mail server is set"
        click.echo(f"The mail with the link to the first password {where}.", err=True)
