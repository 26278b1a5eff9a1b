"""setup-link, and what `serve` says of a community that isn't set up."""

import click

from forum.cli.house import open_house, settings
from forum.core.settings import Settings


def invitation(given: Settings) -> str:
    """How to set the community up, with a new link; empty where that is done. To be called in an open house."""
    from forum.core.database import transaction
    from forum.setup import actions, queries

    with transaction():
        link = actions.new_link()
    if link is not None:
        return (
            "\n  This community is not set up yet. Open this link in your browser; it works once:\n\n"
            f"  {given.base_url}/setup/link/{link}\n\n"
            "  `forum setup-link` prints a new one.\n\n"
        )
    if queries.read_progress() is not None:
        return f"\n  Setting up this community is not finished. Sign in and go on: {given.base_url}/setup\n\n"
    return ""


@click.command("setup-link")
def setup_link() -> None:
    """Print a new link to set up a community that is empty.

    The link opens the set-up in one browser, once; older links end. A browser that is at it is replaced by the one that
    opens the new link. As soon as the administrator has an account, signing in takes the link's place.

    \b
    Examples:
      forum setup-link
    """
    given = settings()
    with open_house(given):
        said = invitation(given)
    click.echo(said.rstrip("\n") or "This community is set up: there is no link any more.")
