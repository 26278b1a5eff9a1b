"""A real community in a folder of its own: database, web server and worker, as an operator starts them."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

ARCHIVE = Path(__file__).with_name("small.jsonl")
START_SECONDS = 40
PATIENCE_SECONDS = 20


def until(ready: Callable[[], Any], what: str, seconds: float = PATIENCE_SECONDS) -> Any:
    """Asks again and again until the answer is true, and returns it; fails with `what` when the time is over."""
    over, pause = time.monotonic() + seconds, threading.Event()
    while time.monotonic() < over:
        if found := ready():
            return found
        pause.wait(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")


def free_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Site:
    """Where the community is found, and its folder."""

    url: str
    folder: Path
    greeting: str = ""
    used: set[str] = field(default_factory=set)

    def mail_to(self, address: str, link: str) -> str:
        """A link of a kind (`/confirm/`, `/reset/`) in a mail to an address, as soon as one has come; each only once."""
        found = str(until(lambda: self._link(address, link), f"a mail to {address} with {link}"))
        self.used.add(found)
        return found

    def _link(self, address: str, link: str) -> str | None:
        mails = sorted((self.folder / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in mails:
            message = message_from_bytes(path.read_bytes(), policy=default)
            body = message.get_body(("plain",))
            if body is not None and address in str(message["To"]):
                found = re.search(re.escape(self.url + link) + r"\S+", str(body.get_content()))
                if found and found[0] not in self.used:
                    return found[0]
        return None


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What the commands see: nothing of this machine's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    return kept | {"FORUM_DATA_DIR": str(folder), "FORUM_LOG_LEVEL": "warning", "FORUM_RATE_LIMITS": "off"} | more


def forum(folder: Path, *words: str, typed: str = "", **more: str) -> None:
    """Runs one command of the operator to its end."""
    command, seen = [sys.executable, "-m", "forum", *words], environment(folder, **more)
    done = subprocess.run(command, env=seen, input=typed, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def served(
    folder: Path, *words: str, greeting: str, seconds: float = START_SECONDS, host: str = "127.0.0.1", **more: str
) -> Iterator[Site]:
    """A command that serves (`serve`, `demo`), until the end of the block; `greeting` begins the line that says it answers,
    `host` is by which name it is known."""
    port = str(free_port())
    url = f"http://{host}:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "forum", *words],
        env=environment(folder, HOST="127.0.0.1", PORT=port, FORUM_BASE_URL=url, FORUM_WEB_WORKERS="1", **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: list[str] = []

    def hear() -> None:
        assert process.stdout is not None
        lines.extend(iter(process.stdout.readline, ""))

    listener = threading.Thread(target=hear, daemon=True)
    listener.start()
    try:
        until(
            lambda: any(greeting in line for line in lines) or process.poll() is not None,
            "the greeting",
            seconds,
        )
        assert process.poll() is None, "".join(lines)
        yield Site(url, folder, "".join(lines))
    finally:
        process.terminate()
        process.wait(20)
        listener.join(5)
        if process.stdout is not None:
            process.stdout.close()
