"""members list: who fits all that is asked, as the administration finds them."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from forum.cli.house import fail, open_house, settings
from forum.core.actor import ROLES

if TYPE_CHECKING:
    from datetime import datetime

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
    "language",
    "accepted_version",
)


@click.command("list")
@click.option("--name", default="", help="Beginning of a name, or a whole e-mail address.")
@click.option("--role", type=click.Choice([*ROLES, "team"]), default=None, help="Who has it; team: any role.")
@click.option("--group", default=None, help="Name of a group.")
@click.option(
    "--state",
    type=click.Choice(["active", "unconfirmed", "waiting", "silenced", "banned", "imported"]),
    default=None,
    help="banned: suspended, too.",
)
@click.option("--standing", type=click.Choice(["new", "regular", "trusted", "ambassador"]), default=None)
@click.option("--joined-from", type=_DAY, default=None, help="First day, in the community's time zone.")
@click.option("--joined-until", type=_DAY, default=None, help="Last day.")
@click.option("--seen", type=click.Choice(["in-1", "in-7", "in-30", "not-7", "not-30", "never"]), default=None)
@click.option("--seen-from", type=_DAY, default=None, help="Was here last on this day or later.")
@click.option("--seen-until", type=_DAY, default=None, help="Was here last on this day or earlier.")
@click.option("--second-step", type=click.Choice(["with", "without"]), default=None)
@click.option("--way", default="", help="Can sign in by it: password, passkey, or with-KEY for an OpenID provider.")
@click.option("--rules", type=click.Choice(["accepted", "owed"]), default=None, help="The version that binds.")
@click.option("--language", default="", help="Of their pages and mails, such as de.")
@click.option("--domain", default="", help="What stands behind the @ of the e-mail address.")
@click.option("--field", "fields", multiple=True, metavar="NAME=OPTION", help="A choice in the profile; repeatable.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
def list_members(form: str, **asked: Any) -> None:
    """List the members who fit all that is asked, as the administration finds them.

    `json` writes one object a line, `csv` a table for spreadsheets.

    \b
    Examples:
      forum members list --role team --second-step without
      forum members list --state unconfirmed --joined-until 2026-06-30 --format csv > unconfirmed.csv
      forum members list --rules owed --seen-from 2026-06-01 --format json
      forum members list --domain example.org --field "Region=North"
    """
    with open_house(settings(), is_patient=True):
        found = _found(_sought(asked))
        {"table": _as_table, "json": _as_json, "csv": _as_csv}[form](found)


def _sought(asked: Mapping[str, Any]) -> "Sought":
    """What the options ask for. Ends the command for a group, a provider or a field that there isn't."""
    from forum.members import queries
    from forum.oidc import queries as providers

    group, way = asked["group"], asked["way"]
    group_id = next((one.id for one in queries.groups() if one.name == group and not one.is_builtin), None)
    if group is not None and group_id is None:
        fail(f"There is no group {group}.")
    if way and way not in {*queries.WAYS, *_provider_ways()}:
        fail(f"Nobody signs in by {way}; there is {', '.join([*queries.WAYS, *_provider_ways()])}.")
    return queries.Sought(
        name=asked["name"].strip(),
        role=asked["role"] or "",
        group_id=group_id,
        standing=asked["standing"] or "",
        state=asked["state"] or "",
        joined_from=_begins(asked["joined_from"]),
        joined_before=_begins(asked["joined_until"], later=1),
        seen=asked["seen"] or "",
        step=asked["second_step"] or "",
        rules=asked["rules"] or "",
        domain=asked["domain"].strip().rpartition("@")[2],
        way=way if way in queries.WAYS else "",
        language=asked["language"],
        seen_from=_begins(asked["seen_from"]),
        seen_before=_begins(asked["seen_until"], later=1),
        choices=dict(_choice(one) for one in asked["fields"]),
        also=[providers.is_linked_with(way.removeprefix("with-"))] if way and way not in queries.WAYS else (),
    )


def _provider_ways() -> list[str]:
    from forum.core.actor import SYSTEM
    from forum.oidc import queries

    return [f"with-{key}" for key, _name in queries.provider_names(SYSTEM)]


def _begins(day: "datetime | None", later: int = 0) -> "datetime | None":
    """When a day, or one so many days later, begins where the community is. Ends the command for one too far off."""
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from forum.community import queries as community

    if day is None:
        return None
    if not 1970 <= day.year < 9999:
        fail("Give a day from 1970 on.", 2)
    return (day + timedelta(days=later)).replace(tzinfo=ZoneInfo(community.current().time_zone))


def _choice(said: str) -> tuple[int, str]:
    """A field of profiles and the key of one of its options, which are named in any language. Ends the command where
    there is none."""
    from forum.core.actor import SYSTEM
    from forum.members import queries

    name, _sign, option = (part.strip().casefold() for part in said.partition("="))

    def is_one(words: Mapping[str, str], named: str) -> bool:
        return named in {word.casefold() for word in words.values()}

    fields = [field for field in queries.profile_fields(SYSTEM) if is_one(field.names, name)]
    found = [(field.id, key) for field in fields for key, words in field.options if is_one(words, option)]
    if not found:
        fail(f"There is no field of profiles with this option: {said}")
    return found[0]


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
        account.language,
        account.accepted_version,
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
