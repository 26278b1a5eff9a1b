"""The `forum` command of the operator. Each command imports what it needs when it runs: `forum --help` is quick."""

import sys
from collections.abc import Mapping, Sequence

import click

from forum import __version__

SECTIONS: Mapping[str, Sequence[str]] = {
    "Run it": ("serve", "setup-link", "worker", "demo", "migrate"),
    "Bring data in and out": ("import", "export", "ideas", "rerender"),
    "Look after it": ("create-admin", "members", "check", "search", "rules"),
}


class Commands(click.Group):
    """The commands under headings, in the order in which one needs them."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        width = formatter.width - 24
        for heading, names in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(width)) for name in names])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="forum")
def main() -> None:
    """Runs and looks after a Tafelrunde community.

    Settings come from the environment and from a `.env` file in the present folder; docs/settings.md lists them.
    Without any, the community lives in a SQLite file under `var/` and listens on http://127.0.0.1:8000.

    \b
    Examples:
      forum demo                          a community to look around in, with log-ins
      forum migrate && forum serve        your own one
      forum import archive.jsonl.gz       an old forum's content
      forum COMMAND --help                what a command does, with examples

    Exit codes: 0 done, 1 done with something to look at or failed with a reason, 2 wrong use or a wrong setting.
    """


def _enter() -> None:
    from forum.cli import admin, check, data, demo, ideas, members, rules, run, search, setup

    for command in (
        *(run.serve, setup.setup_link, run.worker, run.migrate, demo.demo),
        *(data.bring_in, data.take_out, ideas.ideas, data.rerender),
        *(admin.create_admin, members.members, check.check, search.search, rules.rules),
    ):
        main.add_command(command)


_enter()

if __name__ == "__main__":
    sys.exit(main())
