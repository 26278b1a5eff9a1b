"""rules publish."""

from pathlib import Path

import click

from forum.cli.house import fail, open_house, settings
from forum.cli.refusals import refuse


@click.group()
def rules() -> None:
    """The community's rules."""


@rules.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def publish(file: Path) -> None:
    """Publish the next version of the rules from a TOML or JSON file.

    A material version must be accepted by every member before they next publish something; an editorial one needs
    nothing. What the file holds:

    \b
      material = true
      note = "Rule 2 is new."               # optional
      effective_at = 2027-01-01T00:00:00Z   # optional, else at once
      [[rules]]
      number = 1
      title = { de = "Respekt", en = "Respect" }
      text = { de = "…", en = "…" }         # Markdown
      severity = 2                          # 1 to 3, how urgent a report under this rule is

    \b
    Examples:
      forum rules publish rules-2027.toml
    """
    from forum.core.actor import SYSTEM
    from forum.core.database import transaction
    from forum.core.errors import Refused
    from forum.rules import actions, draft

    with open_house(settings()):
        try:
            made = draft.read(file.read_text(encoding="utf-8"))
            with transaction(SYSTEM) as actor:
                book = actions.publish(actor, made)
                label, version, effective_at = book.label, book.version, book.effective_at
        except UnicodeDecodeError:
            fail(f"{file} is not UTF-8.")
        except Refused as refused:
            refuse(refused, about=str(file))
    named = label if label == str(version) else f"{label} (number {version})"
    kind = "material: members are asked to accept it" if made.is_material else "editorial"
    click.echo(f"Version {named} of the rules is published, in force from {effective_at:%Y-%m-%d %H:%M} UTC, {kind}.")
