"""members list, promote, demote, suspend, unsuspend: what the administration and the desk do, from the console."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from forum.cli.house import fail, open_house, settings
from forum.core.actor import ROLES

if TYPE_CHECKING:
    from forum.members.models import Member
    from forum.members.queries import AccountRow, Sought

_DAY = click.DateTime(["%Y-%m-%d"])
_COLUMNS = (
    "id",
    "username",
    "display_name",
    "email",
    "roles",
    "state",
    "standing",
    "joined_at",
    "seen_at",
    "two_factor",
)
_SENTENCES = {
    "last-admin": "This is the last administrator. Make somebody else one first.",
    "reason-required": "Give the reason: it is sent to the member.",
    "rule-required": "Name the rule by --rule: each decision rests on one.",
    "rule-unknown": "There is no such rule in force.",
    "case-claimed": "Somebody at the desk has the case about this member.",
    "too-long": "The reason is too long.",
}


@click.command("list")
@click.option("--name", default="", help="Beginning of a name, or a whole e-mail address.")
@click.option("--role", type=click.Choice([*ROLES, "team"]), default=None, help="Who has it; team: any role.")
@click.option("--group", default=None, help="Name of a group.")
@click.option(
    "--state", type=click.Choice(["active", "unconfirmed", "waiting", "silenced", "banned", "imported"]), default=None
)
@click.option("--standing", type=click.Choice(["new", "regular", "trusted", "ambassador"]), default=None)
@click.option("--joined-from", type=_DAY, default=None, help="First day, in the community's time zone.")
@click.option("--joined-until", type=_DAY, default=None, help="Last day.")
@click.option("--seen", type=click.Choice(["in-1", "in-7", "in-30", "not-7", "not-30"]), default=None)
@click.option("--second-step", type=click.Choice(["with", "without"]), default=None)
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
def list_members(form: str, **asked: Any) -> None:
    """List the members who fit all that is asked, as the administration finds them.

    `json` writes one object a line, `csv` a table for spreadsheets.

    \b
    Examples:
      forum members list --role team --second-step without
      forum members list --state unconfirmed --joined-until 2026-06-30 --format csv > unconfirmed.csv
      forum members list --name kim --format json
    """
    with open_house(settings(), is_patient=True):
        found = _found(_sought(asked))
        {"table": _as_table, "json": _as_json, "csv": _as_csv}[form](found)


def _sought(asked: Mapping[str, Any]) -> "Sought":
    """What the options ask for. Ends the command for a group that there isn't."""
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from forum.community import queries as community
    from forum.members import queries

    zone = ZoneInfo(community.current().time_zone)
    group, first, last = asked["group"], asked["joined_from"], asked["joined_until"]
    group_id = next((one.id for one in queries.groups() if one.name == group and not one.is_builtin), None)
    if any(day is not None and not 1970 <= day.year < 9999 for day in (first, last)):
        fail("Give a day from 1970 on.", 2)
    if group is not None and group_id is None:
        fail(f"There is no group {group}.")
    return queries.Sought(
        name=asked["name"].strip(),
        role=asked["role"] or "",
        group_id=group_id,
        standing=asked["standing"] or "",
        state=asked["state"] or "",
        joined_from=first.replace(tzinfo=zone) if first else None,
        joined_before=(last + timedelta(days=1)).replace(tzinfo=zone) if last else None,
        seen=asked["seen"] or "",
        step=asked["second_step"] or "",
    )


def _found(sought: "Sought") -> Iterator["AccountRow"]:
    """All who fit, a stretch at a time."""
    from forum.core.actor import SYSTEM
    from forum.members import queries

    before = None
    while True:
        page = queries.find_accounts(SYSTEM, sought, before, 500)
        yield from page.rows
        if (before := page.older) is None:
            return


def _facts(account: "AccountRow") -> dict[str, Any]:
    states = {
        "banned": account.banned_at is not None,
        "silenced": account.is_silenced,
        "waiting": account.is_waiting,
        "unconfirmed": not account.is_public and not account.is_waiting,
        "imported": account.is_imported,
    }
    values = (
        account.id,
        account.username,
        account.display_name,
        account.email,
        list(account.roles),
        [state for state, holds in states.items() if holds],
        account.standing,
        account.joined_at.isoformat(timespec="seconds"),
        account.seen_at.isoformat(timespec="seconds") if account.seen_at else None,
        account.has_second_step,
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _as_json(found: Iterator["AccountRow"]) -> None:
    for account in found:
        click.echo(json.dumps(_facts(account), ensure_ascii=False))


def _as_csv(found: Iterator["AccountRow"]) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(_COLUMNS)
    for account in found:
        table.writerow([_cell(value) for value in _facts(account).values()])


def _cell(value: Any) -> str:
    from forum.core.formats import harmless

    if isinstance(value, bool):
        return "yes" if value else "no"
    return harmless(", ".join(value) if isinstance(value, list) else str(value if value is not None else ""))


def _as_table(found: Iterator["AccountRow"]) -> None:
    """Lines of fixed columns, written as they come; long names go beyond theirs."""
    line = "{:>7}  {:<20}  {:<32}  {:<18}  {:<12}  {}"
    click.echo(line.format("id", "user name", "e-mail", "roles", "joined", "state").rstrip())
    count = 0
    for account in found:
        facts = _facts(account)
        roles, state = ", ".join(facts["roles"]), ", ".join(facts["state"])
        joined = facts["joined_at"][:10]
        click.echo(line.format(facts["id"], facts["username"], facts["email"] or "", roles, joined, state).rstrip())
        count += 1
    click.echo(f"{count} member{'' if count == 1 else 's'}.", err=True)


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
            fail(_SENTENCES.get(refused.code, refused.code))
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
