"""Servers under measurement, and the CPU time that their whole process tree takes."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
ROUNDS, SECONDS, WARM_SECONDS = 3, 3.0, 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians of three rounds."""

    cpu_ms: float
    per_second: float
    p50_ms: float
    p99_ms: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            found += _family(int(child))
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, its living descendants, and the ended ones."""
    total = 0
    for member in _family(pid):
        fields = Path(f"/proc/{member}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def memory_mib(pid: int) -> float:
    """Proportional set size of a process and its descendants."""
    total = 0
    for member in _family(pid):
        for line in Path(f"/proc/{member}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


@contextmanager
def running(command: list[str], port: int, path: str, **environment: str) -> Iterator[int]:
    """A server that answers at this path; yields its pid and ends it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    process = subprocess.Popen(
        command, cwd=ROOT, env=kept | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10):
                    break
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise RuntimeError(f"{command} doesn't answer") from None
                time.sleep(0.1)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def measure(pid: int, port: int, paths: list[str], headers: dict[str, str] | None = None) -> Figure:
    """CPU per request of the process tree while 16 connections ask for these paths at random."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"paths": paths, "headers": headers or {}}, file)
        file.flush()

        def load(seconds: float) -> dict[str, float]:
            command = [sys.executable, "-m", "bench.load", str(port), str(seconds), file.name]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            answer = json.loads(done.stdout)
            if set(answer["statuses"]) != {"200"}:
                raise RuntimeError(f"not everything was answered with 200: {answer['statuses']}")
            return dict(answer)

        load(WARM_SECONDS)
        rounds = []
        for _ in range(ROUNDS):
            before = cpu_seconds(pid)
            answer = load(SECONDS)
            cpu_ms = (cpu_seconds(pid) - before) * 1000 / answer["requests"]
            rounds.append(Figure(cpu_ms, answer["requests"] / SECONDS, answer["p50_ms"], answer["p99_ms"]))
    names = ("cpu_ms", "per_second", "p50_ms", "p99_ms")
    return Figure(*(statistics.median(getattr(one, name) for one in rounds) for name in names))
