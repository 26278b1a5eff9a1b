"""Archives for the tests, and a database that can be emptied in the middle of a test."""

import gzip
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from forum.core.database import db
from forum.interchange import read, write
from forum.interchange.summary import Summary
from tests.conftest import back_to

Record = dict[str, Any]


class Archive:
    """Writes archives into the test's folder, imports and exports them, and hears what is told."""

    def __init__(self, folder: Path, empty: Callable[[], None]) -> None:
        self.folder, self.empty = folder, empty
        self.told: list[str] = []

    def write(self, records: Iterable[Record | str], name: str = "archive.jsonl") -> Path:
        """An archive of records; a string is a line as it stands."""
        lines = (line if isinstance(line, str) else json.dumps(line) for line in records)
        content = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
        path = self.folder / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    def bring_in(self, records: Iterable[Record | str] | Path, **options: Any) -> Summary:
        """Imports records or a file."""
        self.told.clear()
        path = records if isinstance(records, Path) else self.write(records)
        summary = read.import_file(path, tell=self.told.append, **options)
        db.session.expire_all()
        return summary

    def take_out(self, name: str = "export.jsonl") -> Path:
        path = self.folder / name
        write.export_file(path)
        return path


@pytest.fixture
def archive(app: Flask, request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    place = request.getfixturevalue(f"_{request.node.callspec.params['app']}")

    def empty() -> None:
        db.session.rollback()
        db.session.remove()
        back_to(place)

    return Archive(tmp_path, empty)
