"""The locks, the notices and the documents name nothing that only one machine has, and fit each other."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from tools import notices

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PAGES = sorted(
    {*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / ".ci" / "run"}
)

ADDRESS = re.compile(r"://|--(extra-)?index|--find-links|--trusted-host|\bfile:| @ ")
MACHINE = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|registry\.yarnpkg|proxy\.golang"
    r"|(?<![\w.])/(root|work|home/\w+|opt/(pypi|wheels))/",
)


def project() -> dict[str, list[str]]:
    """The direct dependencies by group, as pyproject.toml names them."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"core": declared["project"]["dependencies"], **declared["project"]["optional-dependencies"]}
    groups |= declared["dependency-groups"]
    return {group: [re.split(r"[\[<>=;, ]", line, maxsplit=1)[0] for line in lines] for group, lines in groups.items()}


@pytest.mark.parametrize("lock", [*LOCKS, ROOT / "requirements" / "vnu.sha256"], ids=lambda path: path.name)
def test_a_lock_names_no_address(lock: Path) -> None:
    assert ADDRESS.search(lock.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_of_a_lock_has_a_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_hold_every_direct_dependency() -> None:
    groups = project()
    wanted = {
        "build.txt": groups["build"],
        "core.txt": groups["core"],
        "postgres.txt": [*groups["core"], *groups["postgres"]],
        "dev.txt": [name for group, names in groups.items() if group != "full" for name in names],
        "full.txt": [*groups["core"], *groups["full"]],
    }
    missing = {lock: set(names) - set(notices.pins(lock)) for lock, names in wanted.items()}
    assert {lock: names for lock, names in missing.items() if names} == {}


def test_the_locks_agree_on_the_versions() -> None:
    development = notices.pins("dev.txt")
    for lock in LOCKS:
        others = {
            name: pin for name, pin in notices.pins(lock.name).items() if lock.name != "full.txt" or name in development
        }
        assert others.items() <= development.items(), f"{lock.name}: run `make lock`"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_names_no_machine(page: Path) -> None:
    assert MACHINE.search(page.read_text(encoding="utf-8")) is None


def test_the_check_finds_addresses_and_machines() -> None:
    assert ADDRESS.search("--index-url https://example.org/simple")
    assert ADDRESS.search("flask @ file:///wheels/flask.whl")
    assert MACHINE.search("kept in /root/.cache")
    assert MACHINE.search("from pypi.org")


def test_the_notices_fit_the_lock() -> None:
    page = notices.TARGET.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([a-z0-9-]+) \| (\d\S*) \|", page, re.MULTILINE))
    pins = notices.pins("core.txt", "postgres.txt")
    elsewhere = {"colorama", "pywin32"}  # needed on Windows only
    assert {name: pins[name] for name in pins if name not in elsewhere} == rows, "run `make notices`"


def test_every_direct_dependency_is_explained() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([a-z0-9-]+)`", page))
    assert {name for names in project().values() for name in names} - explained == set()


def test_every_vendored_file_is_the_one_that_was_taken() -> None:
    vendor = ROOT / "static" / "vendor"
    present = {path.relative_to(vendor).as_posix(): path for path in vendor.rglob("*") if path.is_file()}
    for own in ("README.md", "SHA256SUMS"):
        present.pop(own, None)
    listed = {}
    if present:
        lines = (vendor / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        listed = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in present.items()} == listed


def test_nothing_that_a_merge_leaves_behind_is_kept() -> None:
    left = [path for path in ROOT.rglob("*") if path.suffix in {".orig", ".rej"} and ".venv" not in path.parts]
    assert left == []
