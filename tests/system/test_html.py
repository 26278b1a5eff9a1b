"""Every page is HTML as the standard has it: the W3C's checker finds nothing wrong in it, and nothing to warn of."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import skip_or_fail
from tests.system import pages
from tests.system.conftest import Stage
from tests.system.pages import Pages

CHECKER = Path(sys.prefix) / "vnu" / "vnu.jar"
BROKEN = b'<!doctype html><html lang="en"><title>Broken</title><h1 id="a">One</h1><p id="a">Two</p></html>'
BRIEFLY = ("-Xss2m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""A third of the time for so few pages: the thorough compiler of Java never earns back what it costs."""

_made: list[Pages] = []


@pytest.fixture
def java() -> str:
    """The command that runs the checker."""
    found = shutil.which("java")
    if found is None or not CHECKER.exists():
        skip_or_fail("no Nu Html Checker: `make setup` brings it where npm and Java are")
    return str(found)


@pytest.fixture
def drawn(stage: Stage) -> Pages:
    """All pages; made once, since both tests want the same."""
    if not _made:
        _made.append(pages.all_of(stage))
    return _made[0]


on_one_engine = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)


def findings(java: str, shown: Mapping[bytes, str], folder: Path) -> list[str]:
    """What is wrong or warned of: page, line, sentence, extract."""
    names = {}
    for number, (html, name) in enumerate(shown.items()):
        (folder / f"{number}.html").write_bytes(html)
        names[f"{number}.html"] = name
    command = [java, *BRIEFLY, "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stderr
    return [
        f"{names[said['url'].rpartition('/')[2]]}, line {said.get('lastLine')}: {said['message']} {said.get('extract')!r}"
        for said in json.loads(run.stdout)["messages"]
        if said["type"] != "info" or said.get("subType") == "warning"
    ]


@on_one_engine
def test_every_page_is_valid(java: str, drawn: Pages, tmp_path: Path) -> None:
    found = findings(java, {**drawn.shown, BROKEN: "broken"}, tmp_path)
    wrong = [finding for finding in found if not finding.startswith("broken, ")]
    assert wrong == [], "\n".join(wrong)
    assert len(found) == 2  # the id that is there twice, and where it is first; else the rest would prove nothing


@on_one_engine
def test_every_template_of_a_page_is_among_them(drawn: Pages) -> None:
    assert pages.templates() - drawn.first.keys() == set()
