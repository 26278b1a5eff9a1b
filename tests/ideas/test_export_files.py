"""The formats: what a cell may be, what a file is made of, and that nothing is left over when it can't be written."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from forum.ideas.export import files
from forum.ideas.export.columns import COLUMNS, SCHEMA_VERSION

AS_OF = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
EVIL = ("=1+1", "+49 30 1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1")
ROW: dict[str, Any] = {
    "schema_version": 1,
    "as_of": "2026-11-21T09:00:00Z",
    "rank": 1,
    "id": 7,
    "address": "https://example.org/ideas/7/x",
    "title": "Größer, „schöner“; 🚲",
    "text": "Line one\nLine two",
    "text_plain": "",
    "language": "de",
    "status": "new",
    "stage": "new",
    "category": "c",
    "area": None,
    "tags": ["a", "b"],
    "owner": None,
    "target": None,
    "votes": 12,
    "votes_30_days": 1,
    "staff_votes": 0,
    "votes_nice": 0,
    "votes_important": 0,
    "votes_essential": 0,
    "first_vote_at": "2026-11-01T09:00:00.000001Z",
    "last_vote_at": None,
    "reasons": ["=one", "two\nlines"],
    "comment_count": 0,
    "comments": [{"address": "x", "text": "Me\ntoo", "reactions": 3}],
    "merged_ids": [8, 9],
    "created_at": "2026-11-01T09:00:00Z",
    "updated_at": "2026-11-01T09:00:00Z",
    "answer": "",
}


def made(form: str, folder: Path, *rows: dict[str, Any]) -> bytes:
    path = folder / f"x.{form}"
    files.write(form, path, COLUMNS, rows, AS_OF)
    assert path.stat().st_mode & 0o077 == 0
    assert list(folder.iterdir()) == [path]
    content = path.read_bytes()
    path.unlink()
    return content


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_opens_in_excel_with_umlauts(tmp_path: Path) -> None:
    content = made("csv", tmp_path, ROW)
    assert content.startswith("\ufeffschema_version,as_of,".encode())
    assert content.count(b"\r\n") == 2
    (row,) = table(content)
    assert row["title"] == ROW["title"]
    assert row["text"] == ROW["text"]
    assert (row["tags"], row["merged_ids"], row["area"], row["votes"]) == ("a, b", "8, 9", "", "12")
    assert (row["reasons"], row["comments"]) == ("'=one\ntwo lines", "3 × Me too")


@pytest.mark.parametrize("evil", EVIL)
def test_a_cell_is_never_a_formula(evil: str, tmp_path: Path) -> None:
    (row,) = table(made("csv", tmp_path, ROW | {"title": evil, "answer": evil}))
    assert (row["title"], row["answer"]) == (f"'{evil}", f"'{evil}")
    assert table(made("csv", tmp_path, ROW | {"votes": -1}))[0]["votes"] == "-1"
    assert json.loads(made("jsonl", tmp_path, ROW | {"title": evil}))["title"] == evil
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(made("xlsx", tmp_path, ROW | {"title": evil}))).active
    cell = sheet.cell(2, 6)
    assert (cell.data_type, str(cell.value).replace("_x000D_", "\r")) == ("s", f"'{evil}")


def test_json_says_version_and_moment_also_without_ideas(tmp_path: Path) -> None:
    head = {"schema_version": SCHEMA_VERSION, "as_of": "2026-11-21T09:00:00Z"}
    assert json.loads(made("json", tmp_path)) == head | {"ideas": []}
    assert json.loads(made("json", tmp_path, ROW, ROW)) == head | {"ideas": [ROW, ROW]}
    assert made("jsonl", tmp_path) == b""
    assert made("csv", tmp_path).count(b"\r\n") == 1
    assert made("xlsx", tmp_path)


def test_a_row_of_an_older_version_lacks_columns(tmp_path: Path) -> None:
    older = {name: value for name, value in ROW.items() if name != "answer"}
    for form in files.FORMATS:
        assert made(form, tmp_path, older)
    assert json.loads(made("jsonl", tmp_path, older))["answer"] is None


def test_a_workbook_has_its_times_from_the_export(tmp_path: Path) -> None:
    content = made("xlsx", tmp_path, ROW)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        core = book.read("docProps/core.xml").decode()
    assert core.count("2026-11-21T09:00:00Z") == 2 + 1
    assert "Schema version 1, as of 2026-11-21T09:00:00Z" in core


def test_a_long_text_is_cut_to_what_a_cell_takes(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    for text in ("x" * 40_000, "🚲" * 20_000):
        sheet = openpyxl.load_workbook(io.BytesIO(made("xlsx", tmp_path, ROW | {"text": text}))).active
        shown = sheet.cell(2, 7).value
        assert shown.endswith("…")
        assert len(shown.encode("utf-16-le")) // 2 <= files.MOST_SIGNS_OF_A_CELL
        assert len(made("csv", tmp_path, ROW | {"text": text})) > len(text)


@pytest.mark.parametrize("form", files.FORMATS)
def test_what_breaks_off_leaves_nothing(form: str, tmp_path: Path) -> None:
    def rows() -> Any:
        yield from [ROW] * 300
        raise OSError(28, "No space left on device")

    path = tmp_path / f"x.{form}"
    with pytest.raises(OSError, match="No space"):
        files.write(form, path, COLUMNS, rows(), AS_OF)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", files.FORMATS)
def test_a_full_disk_is_an_oserror(form: str) -> None:
    with pytest.raises(OSError):
        files.write(form, Path("/proc/1/x"), COLUMNS, [ROW], AS_OF)
