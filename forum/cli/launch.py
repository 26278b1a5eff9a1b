"""From a command to the supervisor, which takes the command's place."""

import os
import sys


def become(greeting: str, *, with_worker: bool = True) -> None:
    """Replaces the present process by the supervisor; returns never."""
    sys.stdout.flush()
    sys.stderr.flush()
    worker = "worker" if with_worker else "no-worker"
    os.execv(sys.executable, [sys.executable, "-m", "forum.cli.supervise", worker, greeting])  # noqa: S606
