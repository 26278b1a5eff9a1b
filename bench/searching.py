"""How long a search takes among 100,000 posts, with each engine, in this process.

The posts have a vocabulary of their own: few words that stand everywhere and many that are rare, as in real ones. The
words looked for are drawn from the posts, so frequent ones are looked for often. The SQLite database with its Whoosh
index is made once and kept in var/bench; PostgreSQL is measured where FORUM_BENCH_POSTGRES_URL names an empty
database, which stays filled.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect

from bench.servers import ROOT
from forum.app import create_app
from forum.cli import schema
from forum.core import actor, worker
from forum.core.database import make_engine
from forum.core.settings import Settings, load

POSTS, QUICK = 100_000, 10_000
POSTS_A_THREAD = 20
WORDS = 6_000
WORDS_A_POST = 55
SEARCHES = 200
EDITION = 1
_SYLLABLES = [first + vowel + last for first in "bdfghklmnprstvw" for vowel in "aeiou" for last in ("", "n", "r", "l")]


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds of one kind of search, and its CPU in the mean; targets of median and 99th percentile."""

    what: str
    cpu: float
    median: float
    p99: float
    target: float
    target_p99: float


def vocabulary() -> tuple[list[str], list[float]]:
    """Words and how often they stand in a text: the n-th one a share of 1 / (n + 15)."""
    dice = random.Random(4)
    words = list({"".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4))): None for _ in range(WORDS)})
    return words, [1 / (number + 15) for number in range(len(words))]


def _text(dice: random.Random, count: int) -> list[str]:
    words, weights = _VOCABULARY
    return dice.choices(words, weights, k=count)


_VOCABULARY = vocabulary()


def records(posts: int) -> Iterator[dict[str, object]]:
    """Always the same ones."""
    dice = random.Random(1815)
    yield {"kind": "community", "format": 1, "source": "bench", "name": "Search", "languages": ["en"]}
    for number in range(200):
        at = "2024-01-01T00:00:00Z"
        yield {"kind": "member", "id": f"m{number}", "username": f"member{number}", "joined_at": at}
    for number in range(10):
        yield {"kind": "category", "id": f"c{number}", "name": f"Category {number}", "position": number}
    for number in range(posts // POSTS_A_THREAD):
        told = {"language": "en", "author": f"m{dice.randrange(200)}"}
        began = 1_704_100_000 + number * 10_000
        yield {
            "kind": "thread", "id": f"t{number}", "category": f"c{number % 10}", "title": " ".join(_text(dice, 7)),
            "created_at": _iso(began), **told,
        }  # fmt: skip
        for place in range(POSTS_A_THREAD):
            yield {
                "kind": "post", "id": f"p{number}-{place}", "thread": f"t{number}", "created_at": _iso(began + place),
                "body": " ".join(_text(dice, WORDS_A_POST)), **told,
            }  # fmt: skip


def _iso(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def _fill(folder: Path, posts: int, **settings: str) -> None:
    archive = folder / "archive.jsonl"
    with archive.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records(posts))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    environment = {**kept, "FORUM_DATA_DIR": str(folder), "FORUM_LOG_LEVEL": "error", **settings}
    for words in (("migrate",), ("import", str(archive))):
        command = [sys.executable, "-m", "forum", *words]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    archive.unlink()


def _has_posts(settings: Settings) -> bool:
    engine = make_engine(settings)
    try:
        return inspect(engine).has_table("post")
    finally:
        engine.dispose()


def _kept(posts: int) -> Path:
    folder = ROOT / "var" / "bench" / f"search-{schema.head()}-{EDITION}-{posts}"
    if not (folder / "complete").exists():
        print("Making the community (once) …", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        _fill(folder, posts)
        (folder / "complete").touch()
    return folder


def times(search: Callable[[str], object], words: int) -> tuple[float, list[float]]:
    """Milliseconds of CPU in the mean, and by the clock of each of `SEARCHES` searches for so many words."""
    dice = random.Random(1848)
    found = []
    cpu = time.process_time()
    for _ in range(SEARCHES):
        raw = " ".join(_text(dice, words))
        began = time.perf_counter()
        search(raw)
        found.append((time.perf_counter() - began) * 1_000)
    return (time.process_time() - cpu) * 1_000 / SEARCHES, found


def figures(settings: Settings) -> Iterator[Figure]:
    """The index is brought up to date first. A search is the whole of it: candidates, what the reader may see of them,
    passages. The targets were measured of engines alone, without passages."""
    from forum.core.database import db
    from forum.search import index, queries
    from forum.search.engines import Order, Where
    from forum.search.queries.finding import CANDIDATES, SIZE
    from forum.search.query import parse

    guest = actor.guest()
    orders: list[tuple[Order, int, tuple[float, float], tuple[float, float]]] = [
        ("newest", 2 * SIZE + 1, (20.0, 80.0), (1.0, 10.0)),
        ("relevance", CANDIDATES, (30.0, 120.0), (10.0, 60.0)),
    ]
    with create_app(settings).app_context():
        began = time.perf_counter()
        done = worker.drain(settings)
        if done:
            print(f"Index brought up to date in {time.perf_counter() - began:,.0f} s.", flush=True)
        for order, most, whoosh, postgresql in orders:
            target, target_p99 = postgresql if db.engine.dialect.name == "postgresql" else whoosh
            for words in (1, 2, 3):

                def search(raw: str, order: Order = order) -> None:
                    queries.search(guest, raw, order)
                    db.session.rollback()

                yield _figure(f"{words} words, {order}", times(search, words), target, target_p99)

            def ask(raw: str, order: Order = order, most: int = most) -> None:
                index.live().candidates(parse(raw), Where(), order, most)
                db.session.rollback()

            yield _figure(f"2 words, {order}, the engine alone", times(ask, 2), target, target_p99)

        def similar(raw: str) -> None:
            queries.similar_to(guest, raw)
            db.session.rollback()

        yield _figure("similar to a title of 7 words", times(similar, 7), 30.0, 120.0)


def _figure(what: str, measured: tuple[float, Sequence[float]], target: float, target_p99: float) -> Figure:
    cpu, taken = measured
    return Figure(what, cpu, statistics.median(taken), sorted(taken)[int(len(taken) * 0.99) - 1], target, target_p99)


def show(name: str, settings: Settings) -> None:
    """The table of one engine."""
    print(f"\n{name:<42}{'CPU ms':>8}{'median':>9}{'target':>8}{'p99 ms':>9}{'target':>8}")
    for one in figures(settings):
        print(
            f"{one.what:<42}{one.cpu:>8.2f}{one.median:>9.2f}{one.target:>8.0f}{one.p99:>9.1f}{one.target_p99:>8.0f}",
            flush=True,
        )


def measure(*, is_quick: bool) -> None:
    """Prints the table of each engine there is."""
    posts = QUICK if is_quick else POSTS
    folder = _kept(posts)
    common = {"FORUM_DATA_DIR": str(folder), "FORUM_SECRET_KEY": "bench-bench-bench-bench", "FORUM_LOG_LEVEL": "error"}
    show("Whoosh", load(common, None))
    if url := os.environ.get("FORUM_BENCH_POSTGRES_URL"):
        settings = load({**common, "FORUM_DATA_DIR": str(folder / "postgresql"), "FORUM_DATABASE_URL": url}, None)
        if not _has_posts(settings):
            settings.data_dir.mkdir(exist_ok=True)
            _fill(settings.data_dir, posts, FORUM_DATABASE_URL=url)
        show("PostgreSQL", settings)
    else:
        print("PostgreSQL: not measured; FORUM_BENCH_POSTGRES_URL names no database.\n")
