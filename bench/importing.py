"""The rate of the import against the rate of the text pipeline alone."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import community
from bench.servers import ROOT
from forum.interchange.rendering import Raw, cores, make

SAMPLE = 2_000
POSTS = 20_000


@dataclass(frozen=True, slots=True)
class Imported:
    """Posts a second on the clock, and by CPU time, which a busy machine changes less."""

    pipeline_rate: float
    import_rate: float
    cores: int
    cpu_ratio: float

    @property
    def ratio(self) -> float:
        return self.import_rate / (self.pipeline_rate * self.cores)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    return kept | {"FORUM_DATA_DIR": str(folder), "FORUM_LOG_LEVEL": "error"}


def forum(folder: Path, *words: str) -> None:
    """Runs a command on the database in a folder."""
    command = [sys.executable, "-m", "forum", *words]
    subprocess.run(command, cwd=ROOT, env=_environment(folder), check=True, stdout=subprocess.DEVNULL)


def _pipeline(path: Path) -> tuple[float, float]:
    """Posts a second of one process that does nothing else, and CPU seconds a post."""
    with path.open(encoding="utf-8") as file:
        bodies = [record["body"] for line in file if (record := json.loads(line))["kind"] == "post"][:SAMPLE]
    for body in bodies[:100]:
        make(Raw(body))
    clock, cpu = time.perf_counter(), time.process_time()
    for body in bodies:
        make(Raw(body))
    return len(bodies) / (time.perf_counter() - clock), (time.process_time() - cpu) / len(bodies)


def measure() -> Imported:
    """Imports 20,000 posts into a new SQLite database, by the command that an operator uses."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "archive.jsonl"
        posts = community.write(archive, threads=1_000, posts=POSTS, longest=2_000)
        rate, cpu_per_post = _pipeline(archive)
        forum(folder / "data", "migrate")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        clock = time.perf_counter()
        forum(folder / "data", "import", str(archive))
        seconds = time.perf_counter() - clock
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Imported(rate, posts / seconds, cores(), cpu_per_post * posts / spent)
