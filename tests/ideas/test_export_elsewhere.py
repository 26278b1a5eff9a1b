"""What others make of an export: the pandas library, DuckDB, openpyxl, LibreOffice; and how much memory it takes."""

import csv
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench import exporting
from forum.ideas.export.snapshots import Snapshot
from tests.conftest import skip_or_fail
from tests.factories import exports, ideas
from tests.factories import threads as make

pytestmark = pytest.mark.full
TITLES = ("Größere Lampe, „heller“; 🚲", "=1+1", "Zeilen\tund mehr")


@pytest.fixture
def made(app: Any) -> Snapshot:
    area = ideas.area(name="Lamps")
    for number, title in enumerate(TITLES):
        posted = ideas.idea(make.member(), area, title, "- one\n- „zwei“\n\n=A1", tags="a, b")
        for _vote in range(number):
            ideas.vote(make.member(), posted.thread_id, importance="nice", reason="Weil, „darum“.")
    return exports.export()


@pytest.fixture
def rows(made: Snapshot, tmp_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exports.content(made, "jsonl", tmp_path).splitlines()]


def fits(found: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """Numbers as numbers, texts as texts, formulas made harmless."""
    assert [row["votes"] for row in found] == [row["votes"] for row in rows] == [3, 2, 1]
    assert [row["text"] for row in found] == [f"'{row['text']}" for row in rows]
    titles = [row["title"] for row in rows]
    assert [row["title"] for row in found] == [f"'{title}" if title.startswith("=") else title for title in titles]


def test_pandas(made: Snapshot, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    for form, read in (("csv", pandas.read_csv), ("xlsx", pandas.read_excel)):
        exports.content(made, form, tmp_path)
        fits(read(tmp_path / f"ideas.{form}").to_dict("records"), rows)
    exports.content(made, "jsonl", tmp_path)
    lines = pandas.read_json(tmp_path / "ideas.jsonl", lines=True).to_dict("records")
    assert [row["title"] for row in lines] == [row["title"] for row in rows]
    times = pandas.read_excel(tmp_path / "ideas.xlsx")["created_at"]
    assert str(times.dtype).startswith("datetime64")


def test_duckdb(made: Snapshot, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    for form in ("csv", "jsonl", "json"):
        exports.content(made, form, tmp_path)
    wanted = "SELECT votes, title, text FROM '{}' ORDER BY rank"
    found = duckdb.sql(wanted.format(tmp_path / "ideas.csv")).fetchall()
    fits([dict(zip(("votes", "title", "text"), row, strict=True)) for row in found], rows)
    lines = duckdb.sql(
        f"SELECT title, tags[1] FROM read_json_auto('{tmp_path / 'ideas.jsonl'}') ORDER BY rank"
    ).fetchall()
    assert lines == [(row["title"], "a") for row in rows]
    whole = duckdb.sql(f"SELECT len(ideas) FROM read_json_auto('{tmp_path / 'ideas.json'}')").fetchall()
    assert whole == [(3,)]


def test_libreoffice(made: Snapshot, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        skip_or_fail("no LibreOffice")
    for form in ("xlsx", "csv"):
        exports.content(made, form, tmp_path)
        source = (tmp_path / f"ideas.{form}").rename(tmp_path / f"from_{form}.{form}")
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        told = (
            ["--infilter=CSV:44,34,76,1"] if form == "csv" else []
        )  # what its dialog proposes; without one it guesses
        command = [office, profile, "--headless", *told, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
        subprocess.run(
            [*command, "--outdir", str(tmp_path / "out"), str(source)], check=True, timeout=180, capture_output=True
        )
        with (tmp_path / "out" / f"from_{form}.csv").open(encoding="utf-8-sig", newline="") as file:
            found: list[dict[str, Any]] = [{**row, "votes": int(row["votes"])} for row in csv.DictReader(file)]
        fits(found, rows)


def test_memory_does_not_grow_with_the_ideas(tmp_path: Path) -> None:
    few, many = (exporting.measure(tmp_path / str(count), count) for count in (1_000, 100_000))
    assert many.peak_mib <= few.peak_mib * 1.15, f"{few.peak_mib:.1f} MiB at 1,000, {many.peak_mib:.1f} at 100,000"
