"""The documents say what is true: made parts fit the code, and what they name exists."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from forum.cli import main as forum_command
from forum.core.settings import EXPLAINED
from tools import docs

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")} - {ROOT / "THIRD-PARTY-NOTICES.md"})

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
COMMAND = re.compile(r"(?:^|[`;&|(]|bin/|\d )\s*forum ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?", re.MULTILINE)
TARGET = re.compile(r"(?:^|[`;&(])\s*make ([a-z][a-z-]*)", re.MULTILINE)
SETTING = re.compile(r"\bFORUM_(?!TEST_|BENCH_)[A-Z_]*[A-Z]\b")
FILE = re.compile(r"(?<![\w./])((?:forum|tests|tools|migrations|templates|static|requirements)/[\w./-]+\.[a-z0-9]+)\b")
ROOMS = "core|access|text|community|members|rules|setup|threads|moderation|notifications|interchange|http|web"
NAME = re.compile(rf"(?<![\w./-])((?:{ROOMS})(?:\.[a-z_]+){{1,3}})\(")


def pages(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", paths, ids=lambda path: str(path.relative_to(ROOT)))


def code_of(page: Path) -> str:
    return "\n".join(CODE.findall(page.read_text(encoding="utf-8")))


def missing_commands(code: str) -> set[str]:
    known = forum_command.commands
    missing = set()
    for name, sub in COMMAND.findall(code):
        command = known.get(name)
        if command is None:
            missing.add(name)
        elif isinstance(command, click.Group) and sub and sub not in command.commands:
            missing.add(f"{name} {sub}")
    return missing


def is_there(name: str) -> bool:
    """Whether a dotted name below `forum` is a module, or something in one."""
    module, _, attribute = f"forum.{name}".rpartition(".")
    try:
        return hasattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError:
        return False


def test_the_made_parts_fit_the_code() -> None:
    check = subprocess.run(
        [sys.executable, "tools/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (check.stdout, check.returncode) == ("", 0), check.stderr


def test_a_stale_part_is_found_and_what_is_written_by_hand_stays(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in docs.PAGES:
        (tmp_path / name).write_text("Above\n\n<!-- made: verbs -->\nold\n<!-- end -->\nBelow\n", encoding="utf-8")
    fresh = docs.stale(tmp_path, {"verbs": "new\n"})
    assert set(fresh.values()) == {"Above\n\n<!-- made: verbs -->\n\nnew\n\n<!-- end -->\nBelow\n"}
    for path, page in fresh.items():
        path.write_text(page, encoding="utf-8")
    assert docs.stale(tmp_path, {"verbs": "new\n"}) == {}


@pytest.mark.parametrize("name", docs.PARTS)
def test_every_part_that_can_be_made_stands_in_a_document(name: str) -> None:
    assert any(f"<!-- made: {name} -->" in (ROOT / page).read_text(encoding="utf-8") for page in docs.PAGES)


@pages(PAGES)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_stands_in_the_list_under_its_title() -> None:
    folder = ROOT / "docs" / "decisions"
    records = [(path.name, path.read_text(encoding="utf-8").partition("\n")[0]) for path in folder.glob("0*.md")]
    row = re.compile(r"^\| \[\d{4}\]\((.*)\) \| (.*) \|$", re.MULTILINE)
    listed = row.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted((name, re.sub(r"^# \d+\. ", "", title)) for name, title in records)


@pages(PAGES)
def test_commands_and_make_targets_that_are_named_exist(page: Path) -> None:
    code = code_of(page)
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert missing_commands(code) == set()
    assert set(TARGET.findall(code)) - targets == set()


@pages(PAGES)
def test_settings_that_are_named_exist(page: Path) -> None:
    known = {entry["name"] for entry in EXPLAINED.values()}
    assert set(SETTING.findall(page.read_text(encoding="utf-8"))) - known == set()


@pages(PAGES)
def test_files_and_functions_that_are_named_exist(page: Path) -> None:
    code = code_of(page)
    assert {name for name in FILE.findall(code) if not (ROOT / name).exists()} == set()
    assert {name for name in NAME.findall(code) if not is_there(name)} == set()


def test_the_checks_find_what_does_not_exist() -> None:
    assert missing_commands("`forum serve` and `forum fly`; .venv/bin/forum rules publish x; `forum rules burn`") == {
        "fly",
        "rules burn",
    }
    assert SETTING.findall("FORUM_NO_SUCH, FORUM_TEST_X") == ["FORUM_NO_SUCH"]
    assert FILE.findall("`forum/web/nothing.py`") == ["forum/web/nothing.py"]
    assert NAME.findall("core.audit.nothing(…)") == ["core.audit.nothing"]
    assert not is_there("core.audit.nothing")
    assert is_there("core.audit.record")
