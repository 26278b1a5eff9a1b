"""From a command to the supervisor, which takes the command's place."""

import os
import sys


def become(greeting: str, *, with_worker: bool = True) -> None:
    """Replaces the present process by the supervisor; returns never.

    The greeting may hold a secret and goes through a pipe: arguments are seen by every user of the machine.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    worker = "worker" if with_worker else "no-worker"
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        pipe.write(greeting)
    os.set_inheritable(reading, True)
    os.execv(sys.executable, [sys.executable, "-m", "forum.cli.supervise", worker, str(reading)])  # noqa: S606
