"""members suspend, unsuspend: what the desk does, from the console."""

from collections.abc import Sequence

import click

from forum.cli.accounts import named
from forum.cli.house import fail, open_house, settings
from forum.cli.refusals import refuse

_SENTENCES = {
    "last-admin": "This is the last administrator. Make somebody else one first.",
    "reason-required": "Give the reason: it is sent to the member.",
    "case-claimed": "Somebody at the desk has the case about this member.",
    "too-long": "The reason is too long.",
}


def _faults(reason: str, rules: Sequence[tuple[int, str]], rule_id: int | None, days: int | None) -> list[str]:
    """What is missing or can't be, all at once, and the rules to choose from where it is the rule."""
    from forum.moderation.actions import MOST_DAYS

    faults = []
    if not reason.strip():
        faults.append("Give --reason: why; it is sent to the member.")
    if days is not None and not 1 <= days <= MOST_DAYS:
        faults.append(f"Give --days from 1 to {MOST_DAYS}, or leave it out: then it is a ban.")
    if rules and rule_id is None:
        faults += ["Give --rule: the number of the rule that it rests on.", *(f"  {title}" for _id, title in rules)]
    return faults


@click.command()
@click.argument("username")
@click.option("--days", type=int, default=None, help="For how long; without it, a ban until `unsuspend`.")
@click.option(
    "--rule", "number", type=int, default=None, help="Number of the rule in force; needed where there are any."
)
@click.option("--reason", default="", help="Needed: why; it is sent to the member.")
def suspend(username: str, days: int | None, number: int | None, reason: str) -> None:
    """Suspend a member for some days, or ban them until `unsuspend`: they may sign in to read why, and nothing else.

    It is a decision like those of the moderators' desk: told to the member, to be undone here or there, and kept in the
    audit log. It needs a reason and, if there is a rulebook, a rule; without --rule the rules in force are listed. The
    last administrator can't be suspended or banned.

    \b
    Examples:
      forum members suspend kim --days 7 --rule 3 --reason "Advertising in every thread, after two warnings."
      forum members suspend kim --rule 3 --reason "Went on with it after two suspensions."
    """
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.core.errors import Refused
    from forum.moderation import actions
    from forum.rules import queries as rules

    with open_house(settings()):
        book = rules.current()
        rule_id = next((one.id for one in book.rules if one.number == number), None) if book else None
        faults = [] if number is None or rule_id is not None else [f"There is no rule {number} in force."]
        faults += _faults(reason, rules.rule_choices("en"), rule_id, days)
        if faults:
            fail("\n".join(faults), 2)
        try:
            with transaction(SYSTEM) as actor:
                member = named(username)
                name = member.username
                actions.suspend(actor, member.id, rule_id, reason, days)
            said = "banned" if days is None else f"suspended for {days} day{'' if days == 1 else 's'}"
        except Refused as refused:
            if refused.code != "suspended-already":
                refuse(refused, _SENTENCES)
            until = refused.parameters["until"]
            said = "banned already" if until is None else f"suspended already, until {until:%Y-%m-%d %H:%M} UTC"
    click.echo(f"{name} is {said}.")


@click.command()
@click.argument("username")
@click.option("--reason", required=True, help="Why; it is sent to the member.")
def unsuspend(username: str, reason: str) -> None:
    """Let a suspended or banned member take part again: undoes every decision that bans them.

    What these decisions removed, posts or pictures, comes back. The audit log keeps it.

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
                member = named(username)
                name, was_banned = member.username, member.banned_at is not None
                count = actions.unsuspend(actor, member.id, reason) if was_banned else 0
        except Refused as refused:
            refuse(refused, _SENTENCES)
    if was_banned and not count:
        fail(f"{name} is banned without a decision that could be undone.")
    click.echo(f"{name} takes part again." if was_banned else f"{name} is neither suspended nor banned.")
