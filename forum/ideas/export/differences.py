"""What is new, changed and gone between two snapshots, however large: the earlier one waits in a file meanwhile."""

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from forum.ideas.export.columns import CHANGED, GONE, NEW, Row

OF_NO_MATTER = frozenset({"schema_version", "as_of", "rank"})
"""Columns in which an idea that stands as it stood differs nonetheless: the place of one moves when others do."""


@contextmanager
def between(before: Iterable[Row], after: Iterable[Row], folder: Path) -> Iterator[Iterator[Row]]:
    """Rows of DIFFERENCE_COLUMNS: what is new or changed by rank, then what is gone by id."""
    with (
        tempfile.TemporaryDirectory(dir=folder, prefix=".") as parts,
        closing(sqlite3.connect(Path(parts) / "before", isolation_level=None)) as waiting,
    ):
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000"):
            waiting.execute(f"PRAGMA {pragma}")
        waiting.execute("CREATE TABLE earlier (id INTEGER PRIMARY KEY, row TEXT NOT NULL)")
        waiting.execute("BEGIN")
        waiting.executemany("INSERT INTO earlier VALUES (?, ?)", ((row["id"], json.dumps(row)) for row in before))
        yield _found(waiting, after)


def _found(waiting: sqlite3.Connection, after: Iterable[Row]) -> Iterator[Row]:
    latest: dict[str, Any] = {}
    for row in after:
        latest = {name: row[name] for name in ("schema_version", "as_of")}
        kept = waiting.execute("DELETE FROM earlier WHERE id = ? RETURNING row", (row["id"],)).fetchone()
        if kept is None:
            yield {"change": NEW, "votes_before": 0, "votes_change": row["votes"], **row}
            continue
        earlier = json.loads(kept[0])
        if _differ(earlier, row):
            votes = earlier["votes"]
            yield {"change": CHANGED, "votes_before": votes, "votes_change": row["votes"] - votes, **row}
    for (kept,) in waiting.execute("SELECT row FROM earlier ORDER BY id"):
        row = json.loads(kept)
        votes = row["votes"]
        yield {"change": GONE, "votes_before": votes, "votes_change": -votes, **row, **latest}


def _differ(before: Row, after: Row) -> bool:
    """Whether a column that both know has another value."""
    return any(before[name] != after[name] for name in before.keys() & after.keys() - OF_NO_MATTER)
