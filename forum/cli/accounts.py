"""members promote, demote, suspend, unsuspend: what the administration and the desk do, from the console."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from forum.cli.house import fail, open_house, settings
from forum.cli.refusals import refuse
from forum.core.actor import ROLES

if TYPE_CHECKING:
    from forum.members.models import Member

_SENTENCES = {
    "last-admin": "This is the last administrator. Make somebody else one first.",
    "reason-required": "Give the reason: it is sent to the member.",
    "rule-required": "Name the rule by --rule: each decision rests on one.",
    "rule-unknown": "There is no such rule in force.",
    "case-claimed": "Somebody at the desk has the case about this member.",
    "suspended-already": "The member was suspended already.",
    "too-long": "The reason is too long.",
}


# ---------------------------------------------------------------- roles


def _named(username: str) -> "Member":
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
                member = queries.get_member(actor, _named(username).id, lock=True)
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


# ---------------------------------------------------------------- sanctions


@click.command()
@click.argument("username")
@click.option("--reason", required=True, help="Why; it is sent to the member.")
@click.option("--rule", "number", type=int, default=None, help="Number of the rule in force that it rests on.")
def suspend(username: str, reason: str, number: int | None) -> None:
    """Suspend a member until `unsuspend`: they may sign in to read why, and nothing else.

    It is a decision like those of the moderators' desk: with a rule if there is a rulebook, told to the member, to be
    undone here or there, and kept in the audit log. The last administrator can't be suspended.

    \b
    Examples:
      forum members suspend kim --rule 3 --reason "Advertising in every thread, after two warnings."
    """
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.core.errors import Refused
    from forum.moderation import actions
    from forum.rules import queries as rules

    with open_house(settings()):
        book = rules.current()
        rule_id = next((one.id for one in book.rules if one.number == number), None) if book else None
        if number is not None and rule_id is None:
            fail(_SENTENCES["rule-unknown"])
        try:
            with transaction(SYSTEM) as actor:
                member = _named(username)
                name, was_banned = member.username, member.banned_at is not None
                if not was_banned:
                    actions.suspend(actor, member.id, rule_id, reason)
        except Refused as refused:
            fail(_SENTENCES.get(refused.code, refused.code))
    click.echo(f"{name} was suspended already." if was_banned else f"{name} is suspended.")


@click.command()
@click.argument("username")
@click.option("--reason", required=True, help="Why; it is sent to the member.")
def unsuspend(username: str, reason: str) -> None:
    """Let a suspended member take part again: undoes every decision that bans them. The audit log keeps it.

    \b
    Examples:
      forum members unsuspend kim --reason "It was somebody else with a similar name."
    """
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.core.errors import Refused
    from forum.moderation import actions

    with open_house(settings()):
        try:
            with transaction(SYSTEM) as actor:
                member = _named(username)
                name, was_banned = member.username, member.banned_at is not None
                count = actions.unsuspend(actor, member.id, reason) if was_banned else 0
        except Refused as refused:
            fail(_SENTENCES.get(refused.code, refused.code))
    if was_banned and not count:
        fail(f"{name} is banned without a decision that could be undone.")
    click.echo(f"{name} takes part again." if was_banned else f"{name} isn't suspended.")
