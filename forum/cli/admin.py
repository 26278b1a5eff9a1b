"""create-admin."""

import sys

import click

from forum.cli.house import fail, open_house, settings


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
    from forum.core.errors import Refused
    from forum.core.locale import languages
    from forum.members import actions, passwords

    if language not in languages():
        fail(f"The interface has no language {language}; it has {', '.join(languages())}.")
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with open_house(settings()):
        try:
            passwords.check(password, username, email)
            password_hash = passwords.hashed(password)
            time_zone = community.current().time_zone
            with transaction(SYSTEM) as actor:
                member = actions.register_admin(
                    actor,
                    username=username,
                    email=email,
                    password_hash=password_hash,
                    language=language,
                    time_zone=time_zone,
                )
                name, number = member.username, member.id
        except Refused as refused:
            field = getattr(refused, "field", None)
            details = ", ".join(f"{key}={value}" for key, value in refused.parameters.items())
            fail(f"{field or 'The account'} was refused: {refused.code}{f' ({details})' if details else ''}.")
    click.echo(f"{name} is an admin now (member {number}).")
