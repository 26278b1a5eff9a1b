"""Real processes of the `forum` command for tests: their settings, their ends, their children."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from forum.cli import main

ROOT = Path(__file__).parent.parent
FORUM = [sys.executable, "-m", "forum"]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def until(condition: Callable[[], object], seconds: float = 30, what: str = "it") -> None:
    """Waits for a condition. Raises AssertionError when it doesn't come true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {seconds} s")
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Whether a process runs (one that has ended and waits to be fetched doesn't)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def children(pid: int) -> list[int]:
    """All descendants of a process."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            direct = [int(word) for word in task.read_text(encoding="ascii").split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in direct:
            found += [child, *children(child)]
    return found


def command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except FileNotFoundError:
        return ""


@dataclass(frozen=True)
class Result:
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


class Place:
    """A data directory with settings of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self._running: list[subprocess.Popen[str]] = []
        self.settings = {
            "FORUM_DATA_DIR": str(folder / "data"),
            "FORUM_SECRET_KEY": "only-for-the-tests-0123456789",
            "FORUM_LOG_LEVEL": "error",
            "PORT": str(self.port),
            **settings,
        }

    @property
    def database(self) -> Path:
        return self.folder / "data" / "forum.sqlite3"

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
        return kept | {"PYTHONPATH": str(ROOT)} | self.settings | more

    def run(self, *words: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end, in a process of its own."""
        return subprocess.run(
            [*FORUM, *words], cwd=self.folder, env=self.environment(**more), input=given, capture_output=True, text=True, check=False
        )  # fmt: skip

    def call(self, *words: str, given: str = "", **more: str) -> Result:
        """Runs a command to its end in this process, which is quicker."""
        environment: dict[str, str | None] = {name: None for name in os.environ if name.startswith("FORUM_")}
        done = CliRunner().invoke(main, words, input=given, env=environment | self.settings | more)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Result(done.exit_code, done.stdout, done.stderr)

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """Starts a command; it is ended with the place."""
        process = subprocess.Popen(
            [*FORUM, *words], cwd=self.folder, env=self.environment(**more), text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._running.append(process)
        return process

    def answers(self, path: str = "/healthz") -> bool:
        """Whether the web server answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def take(self, template: Path) -> None:
        """Puts a migrated database in place."""
        self.database.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(template, self.database)

    def close(self) -> None:
        for process in self._running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
            process.communicate()
