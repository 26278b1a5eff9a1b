"""The export of ideas by the command line: how long it takes, and how much memory."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.importing import _environment, forum
from bench.servers import ROOT

FEW, MANY = 1_000, 100_000
MEMBERS = 2_000
MOST_VOTES = 60
AT_ONCE = 2_000
_WORDS = "range battery display brake wheel charge motor light lock bag hill route map sensor cable grip saddle".split()
# A child's highest memory is asked for by the child itself: what waits for it adds the memory of both.
_MEASURED = (
    "import sys; from forum.cli import main\n"
    "try: main(sys.argv[1:])\n"
    "finally: print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1],"
    " file=sys.stderr)"
)


@dataclass(frozen=True, slots=True)
class Exported:
    """One export of so many ideas; the peak is that of the process's memory (RSS)."""

    count: int
    seconds: float
    peak_mib: float

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


def _moment(dice: random.Random) -> str:
    day, minute = f"2026-{dice.randint(1, 10):02}-{dice.randint(1, 28):02}", f"{dice.randint(0, 59):02}"
    return f"{day} {dice.randint(0, 23):02}:{minute}:00.000000"


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Writes rows; mandatory columns that they leave out get nothing or an empty text."""
    empty = {
        name: 0 if kind.startswith(("INT", "BOOL", "FLOAT")) else ""
        for _place, name, kind, is_mandatory, default, is_key in connection.execute(f"PRAGMA table_info({table})")
        if is_mandatory and default is None and not (is_key and name == "id")
    }
    names = list(empty | rows[0])
    places = ", ".join("?" * len(names))
    values = ([(empty | row)[name] for name in names] for row in rows)
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", values)


def _people(dice: random.Random) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield (
        "member",
        [
            {
                "id": id,
                "username": f"m{id}",
                "username_key": f"m{id}",
                "display_name": f"M {id}",
                "sort_key": f"m{id}",
                "language": "en",
                "time_zone": "Europe/Berlin",
                "standing": "new",
                "joined_at": _moment(dice),
                "confirmed_at": _moment(dice),
                "read_all_before": _moment(dice),
            }
            for id in range(1, MEMBERS + 1)
        ],
    )
    yield "member_role", [{"member_id": id, "role": "product"} for id in range(1, 20)]
    names = json.dumps({"en": "Ideas"})
    yield "category", [{"id": 1, "slug": "ideas", "name": names, "description": names}]
    yield "category_grant", [{"category_id": 1, "verb": "see", "group_id": 1}]
    yield "product_area", [{"id": 1, "slug": "ideas", "name": names, "category_id": 1}]


def _ideas(dice: random.Random, ids: range) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in ("thread", "post", "idea", "vote")}
    for id in ids:
        at, same = _moment(dice), {"language": "en", "state": "published"}
        title, *bodies = (" ".join(dice.choices(_WORDS, k=count)) for count in (6, 58, 40))
        numbers = {"last_number": 2, "post_count": 2, "last_post_at": at, "version": 1}
        words = {"title": title, "slug": "idea", "excerpt": bodies[0][:200], "tags": json.dumps(dice.sample(_WORDS, 2))}
        rows["thread"].append(
            {"id": id, "category_id": 1, "kind": "idea", "author_id": 1, "created_at": at, **words, **numbers, **same}
        )
        for number, body in enumerate(bodies, 1):
            text = {"body": body, "html": f"<p>{body}</p>", "html_version": 1, "revision": 1}
            more = {"thread_id": id, "number": number, "created_at": at, "like_count": dice.randint(0, 4)}
            rows["post"].append({"author_id": 1, **more, **text, **same})
        place = {"thread_id": id, "root_id": id, "status_id": 1 + id % 6, "area_id": 1}
        rows["idea"].append({**place, "created_at": at, "updated_at": at, "extra": "{}"})
        for member in dice.sample(range(1, MEMBERS), min(MOST_VOTES, int(dice.paretovariate(1)) + 1)):
            reason = " ".join(dice.choices(_WORDS, k=8)) if dice.random() < 0.3 else ""
            importance = dice.choice(("nice", "important", "essential", None))
            vote = {"idea_id": id, "member_id": member, "created_at": _moment(dice)}
            rows["vote"].append({**vote, "importance": importance, "reason": reason})
    yield from rows.items()


def fill(folder: Path, count: int) -> None:
    """A new SQLite database with so many ideas, most with few votes and some with many."""
    folder.mkdir(parents=True)
    forum(folder, "migrate")
    dice = random.Random(7)
    with sqlite3.connect(folder / "forum.sqlite3") as connection:
        connection.execute("PRAGMA synchronous=OFF")
        for table, rows in _people(dice):
            _insert(connection, table, rows)
        for start in range(1, count + 1, AT_ONCE):
            for table, rows in _ideas(dice, range(start, min(count, start + AT_ONCE - 1) + 1)):
                _insert(connection, table, rows)
        connection.commit()
        connection.execute("ANALYZE")


def measure(folder: Path, count: int, form: str = "jsonl") -> Exported:
    """Exports so many ideas by `forum ideas export` in a process of its own."""
    if not (folder / "forum.sqlite3").exists():
        fill(folder, count)
    words = ["ideas", "export", "--format", form, "--output", str(folder / f"out.{form}")]
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *words],
        cwd=ROOT,
        env=_environment(folder) | {"PYTHONPATH": str(ROOT)} | {"PATH": os.environ.get("PATH", "")},
        check=True,
        capture_output=True,
        text=True,
    )
    return Exported(count, time.perf_counter() - began, int(done.stderr.split()[-1]) / 1024)
