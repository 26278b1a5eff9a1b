"""The supervisor: web server and worker as children of one small process.

A child that dies is started again, with growing pauses if it keeps dying. Ctrl-C and TERM end everything. The module
imports next to nothing, since its process stays for as long as the community runs.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

from forum.core.processes import die_with_parent
from forum.core.settings import SettingError, Settings, load

PATIENCE_SECONDS = 8.0
STEADY_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 10.0
TICK_SECONDS = 0.1
START_SECONDS = 30.0


@dataclass
class Child:
    """One process that is kept running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    start_at: float = field(default=0.0)

    def start(self) -> None:
        parent = os.getpid()
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which then ends its children in order
            preexec_fn=lambda: die_with_parent(parent),  # noqa: PLW1509  the supervisor has no other threads
        )

    def look(self) -> None:
        """Starts the child (again) when it is time."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            if now - self.started_at > STEADY_SECONDS:
                self.failures = 0
            return
        self.process = None
        pause = 0.0 if self.failures == 0 else min(LONGEST_PAUSE_SECONDS, 0.25 * 2**self.failures)
        self.failures += 1
        self.start_at = now + pause
        sys.stderr.write(f"The {self.name} process ended with code {code}; it is started again.\n")

    def end(self, with_signal: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(with_signal)


def _answers(settings: Settings) -> bool:
    host = settings.host.strip("[]")
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  not bound here
    try:
        with socket.create_connection((host, settings.port), timeout=1) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(12).startswith(b"HTTP/1.")
    except OSError:
        return False


def _is_taken(settings: Settings) -> str:
    """Why the port can't be listened on; empty if it can."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            settings.host.strip("[]"), settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _end_all(children: list[Child]) -> None:
    for child in children:
        child.end(signal.SIGTERM)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and any(child.process and child.process.poll() is None for child in children):
        time.sleep(0.02)
    for child in children:
        child.end(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()


def supervise(settings: Settings, *, with_worker: bool, greeting: str) -> int:
    """Runs the children until INT or TERM; `greeting` is printed when the web server answers for the first time."""
    if taken := _is_taken(settings):
        sys.stderr.write(
            f"{settings.host}:{settings.port} can't be listened on: {taken}. Set PORT to another number.\n"
        )
        return 1
    is_ending: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        is_ending.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    children = [Child("web", [sys.executable, "-m", "forum.cli.web"])]
    worker = Child("worker", [sys.executable, "-m", "forum", "worker"])
    greeted, began = False, time.monotonic()
    try:
        while not is_ending:
            for child in children:
                child.look()
            if not greeted and _answers(settings):
                greeted = True
                if with_worker:  # started second, so that the first page is there sooner
                    children.append(worker)
                sys.stdout.write(greeting)
                sys.stdout.flush()
            if not greeted and time.monotonic() - began > START_SECONDS:
                sys.stderr.write("The web server doesn't answer; its messages stand above.\n")
                return 1
            time.sleep(TICK_SECONDS)
    finally:
        _end_all(children)
    return 0


def main(arguments: list[str]) -> int:
    try:
        settings = load()
    except SettingError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    with os.fdopen(int(arguments[1]), encoding="utf-8") as pipe:
        greeting = pipe.read()
    return supervise(settings, with_worker=arguments[0] == "worker", greeting=greeting)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
