"""The formats of an export: rows in, a file out, the same bytes for the same rows."""

import csv
import io
import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from forum.core.exchange import iso
from forum.core.formats import harmless
from forum.ideas.export.columns import SCHEMA_VERSION, Column, Row

MOST_SIGNS_OF_A_CELL = 32_767
_WIDTHS: Mapping[str, int] = {"title": 50, "text_plain": 60, "reasons": 40, "comments": 40, "answer": 40, "address": 30}

Write = Callable[[Path, Sequence[Column], Iterable[Row], datetime], None]


def write(form: str, path: Path, columns: Sequence[Column], rows: Iterable[Row], as_of: datetime) -> None:
    """Writes the rows in a format of FORMATS; the file takes its name when it is complete, and is its owner's only.

    Raises OSError when it can't be written; nothing is left over then.
    """
    with _draft(path) as draft:
        _WRITERS[form](draft, columns, rows, as_of)


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A path beside the real one, which takes its place at the end."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        yield draft
        draft.chmod(0o600)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def kept(path: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner only, whose content survives a power cut once this has ended."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def line(row: Row) -> bytes:
    """A row as a line of JSON."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


# ---------------------------------------------------------------- JSON


def _write_jsonl(path: Path, columns: Sequence[Column], rows: Iterable[Row], _as_of: datetime) -> None:
    with kept(path) as file:
        for row in rows:
            file.write(line({column.name: row.get(column.name) for column in columns}))


def _write_json(path: Path, columns: Sequence[Column], rows: Iterable[Row], as_of: datetime) -> None:
    with kept(path) as file:
        file.write(f'{{"schema_version":{SCHEMA_VERSION},"as_of":"{iso(as_of)}","ideas":['.encode())
        comma = b"\n"
        for row in rows:
            file.write(comma + line({column.name: row.get(column.name) for column in columns})[:-1])
            comma = b",\n"
        file.write(b"\n]}\n")


# ---------------------------------------------------------------- tables


def cell(column: Column, value: Any) -> str:
    """A value as one cell shows it: a list's words behind one another, its sentences on lines of their own."""
    if value is None:
        return ""
    if column.kind in {"words", "numbers"}:
        value = ", ".join(map(str, value))
    elif column.kind == "texts":
        value = "\n".join(map(_on_one_line, value))
    elif column.kind == "comments":
        value = "\n".join(f"{one['reactions']} × {_on_one_line(one['text'])}" for one in value)
    return str(value) if column.kind in {"number", "time"} else harmless(str(value))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Row], _as_of: datetime) -> None:
    """As RFC 4180 says, in UTF-8 with the mark by which Excel knows it."""
    with kept(path) as file:
        text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        try:
            table = csv.writer(text, lineterminator="\r\n")
            table.writerow([column.name for column in columns])
            for row in rows:
                table.writerow([cell(column, row.get(column.name)) for column in columns])
        finally:
            text.detach()


def _fitting(text: str) -> str:
    """What of a text a cell of a workbook takes; it counts in UTF-16."""
    if len(text) * 2 <= MOST_SIGNS_OF_A_CELL or len(text.encode("utf-16-le")) // 2 <= MOST_SIGNS_OF_A_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (MOST_SIGNS_OF_A_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _write_xlsx(path: Path, columns: Sequence[Column], rows: Iterable[Row], as_of: datetime) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as parts:
        book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "tmpdir": parts, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
        )
        book.use_zip64()
        try:
            _fill(book, columns, rows, as_of)
            book.close()
        except FileCreateError as error:
            raise error.args[0] from None
        finally:
            book.fileclosed = True
            for sheet in book.worksheets():
                with suppress(OSError):
                    sheet.row_data_fh.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _fill(book: Any, columns: Sequence[Column], rows: Iterable[Row], as_of: datetime) -> None:
    made_at = as_of.astimezone(UTC).replace(tzinfo=None)
    about = f"Schema version {SCHEMA_VERSION}, as of {iso(as_of)}. Times are in UTC."
    book.set_properties({"title": "Ideas", "comments": about, "created": made_at})
    sheet, bold = book.add_worksheet("Ideas"), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column.name, 20 if column.kind == "time" else 14))
        sheet.write_string(0, place, column.name, bold)
    number = 0
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            value = row.get(column.name)
            if value is None:
                continue
            if column.kind == "number":
                sheet.write_number(number, place, value)
            elif column.kind == "time":
                sheet.write_datetime(number, place, datetime.fromisoformat(value).replace(tzinfo=None))
            else:
                sheet.write_string(number, place, _fitting(cell(column, value)))
    sheet.autofilter(0, 0, number, len(columns) - 1)


_WRITERS: Mapping[str, Write] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "json": _write_json,
    "jsonl": _write_jsonl,
}
FORMATS = tuple(_WRITERS)
KINDS_OF_FILES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
}
"""What each format is called by the web."""
