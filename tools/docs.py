"""Writes the parts of the documents that are made from code: settings, commands, verbs, events, jobs, addresses,
the columns of the export of ideas, and the schemas of the interchange format and of that export.

Run by `make docs`. With `--check` nothing is written: it names the documents that are stale and ends with code 1, and
a test does just that. A made part stands between `<!-- made: name -->` and `<!-- end -->`; the rest is written by hand.
"""

import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/settings.md",
    "docs/architecture.md",
    "docs/operations.md",
    "docs/ideas-export.md",
)

PART = re.compile(r"(?<=<!-- made: )([a-z]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def first_sentence(thing: Any) -> str:
    """What the docstring of a function or class says first."""
    words = " ".join((thing.__doc__ or "").split())
    return re.split(r"(?<=[.])\s", words, maxsplit=1)[0].rstrip(".")


def place(function: Any) -> str:
    """Module and name of a function, without the package's name."""
    return f"{function.__module__.removeprefix('forum.')}.{function.__name__}"


def settings() -> str:
    from forum.core.settings import EXPLAINED, Settings

    rows = []
    for field in fields(Settings):
        default = str(field.default)
        choices = get_args(field.type) if get_origin(field.type) is Literal else ()
        values = ", ".join(f"`{choice}`" for choice in choices)
        about = EXPLAINED[field.name]
        rows.append((f"`{about['name']}`", f"`{default}`" if default else "empty", values, about["explanation"]))
    return table(("name", "default", "values", "what it does"), rows)


def commands() -> str:
    import click

    from forum.cli import SECTIONS, main

    rows = []
    for name in (name for names in SECTIONS.values() for name in names):
        command = main.commands[name]
        inner = command.commands if isinstance(command, click.Group) else {}
        for words, one in [(f"{name} {sub}", inner[sub]) for sub in inner] or [(name, command)]:
            rows.append((f"`forum {words}`", one.get_short_help_str(200).rstrip(".")))
    return table(("command", "what it does"), rows)


def verbs() -> str:
    import forum.wiring  # noqa: F401  its imports enter every policy's rules
    from forum.access import gate

    rows = []
    for verb in gate.verbs():
        rule = gate._rules[verb]
        rows.append((f"`{verb}`", f"`{place(rule)}`", first_sentence(rule)))
    return table(("verb", "rule", "in words"), rows)


def events() -> str:
    from forum.core import events as log
    from forum.wiring import REACTIONS

    rows = []
    for kind, listeners in REACTIONS.items():
        names = ", ".join(f"`{field.name}`" for field in fields(kind))
        heard = ", ".join(f"`{log.reaction_name(one)}`" for one in listeners) or "–"
        rows.append((f"`{kind.__name__}`", kind.__module__.split(".")[1], names, heard))
    return table(("event", "of", "fields", "heard by"), rows)


def jobs() -> str:
    from forum.wiring import JOBS, TIMETABLE

    rows = []
    for name, job in JOBS.items():
        period = TIMETABLE.get(name)
        rows.append((f"`{name}`", _period(period.total_seconds()) if period else "when asked for", first_sentence(job)))
    return table(("job", "runs", "what it does"), rows)


def _period(seconds: float) -> str:
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds % length == 0:
            count = int(seconds // length)
            return f"every {unit}" if count == 1 else f"every {count} {unit}s"
    return f"every {seconds:g} seconds"


def routes() -> str:
    from forum.app import create_app
    from forum.core.settings import load

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load({"FORUM_DATA_DIR": folder, "FORUM_LOG_LEVEL": "error"}, None))
    rows = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ()))):
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        rows.append((f"`{rule.rule}`", methods, f"`{place(app.view_functions[rule.endpoint])}`"))
    return table(("address", "methods", "view"), rows)


def columns() -> str:
    from forum.ideas.export.columns import COLUMNS

    rows = []
    for column in COLUMNS:
        choices = f" One of {', '.join(f'`{choice}`' for choice in column.choices)}." if column.choices else ""
        kind = f"{column.kind} or nothing" if column.is_nullable else column.kind
        rows.append((f"`{column.name}`", kind, column.description + choices))
    return table(("column", "kind", "what it holds"), rows)


PARTS: Mapping[str, Callable[[], str]] = {
    "settings": settings,
    "commands": commands,
    "verbs": verbs,
    "events": events,
    "jobs": jobs,
    "routes": routes,
    "columns": columns,
}


def schema() -> str:
    from forum.interchange import schema

    return schema.text()


def export_schema() -> str:
    from forum.ideas.export import columns

    return columns.text()


FILES: Mapping[str, Callable[[], str]] = {
    "docs/interchange.schema.json": schema,
    "docs/ideas-export.schema.json": export_schema,
}
"""Documents that are made as a whole."""


def filled(page: str, parts: Mapping[str, str]) -> str:
    """The page with each made part in its place. Raises KeyError for a part that nobody makes."""
    return PART.sub(lambda found: f"{found[1]}{found[2]}\n{parts[found[1]]}\n", page)


def stale(root: Path, parts: Mapping[str, str]) -> dict[Path, str]:
    """The documents whose made parts no longer fit the code, with their new text."""
    found = {}
    for name in PAGES:
        page = (root / name).read_text(encoding="utf-8")
        fresh = filled(page, parts)
        if fresh != page:
            found[root / name] = fresh
    return found


def main(arguments: Sequence[str]) -> int:
    pages = stale(ROOT, {name: make() for name, make in PARTS.items()})
    for name, make in FILES.items():
        made, path = make(), ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != made:
            pages[path] = made
    for path, page in pages.items():
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is stale: run `make docs`")
        else:
            path.write_text(page, encoding="utf-8")
            print(f"{path.relative_to(ROOT)} is written")
    return 1 if pages and "--check" in arguments else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
