"""The web server's process, and what it loads in each of its workers.

The application is imported before the workers are forked: they share its memory, and start at once.
"""

import gc
import os
import signal
import socket

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from forum.app import create_app
from forum.core.processes import die_with_parent
from forum.core.settings import Settings, installed, load
from forum.core.turns import MOST_WAITING, Turns


def application() -> Turns:
    """The application, in a process that ends when the web server's own process is killed, so that the port is free."""
    die_with_parent(os.getppid(), signal.SIGKILL)
    return Turns(create_app(), installed().web_threads)


def address_of(settings: Settings) -> str:
    """The address to listen on: of a name, such as localhost, the first one that it has; the server takes no names."""
    first = socket.getaddrinfo(settings.host.strip("[]"), settings.port, type=socket.SOCK_STREAM)[0]
    return str(first[4][0])


def main() -> None:
    """Serves until TERM or INT."""
    settings = load()
    gc.freeze()  # the collector of a worker would otherwise write to, and so copy, every page that it shares
    Server(
        "forum.cli.web:application",
        factory=True,
        address=address_of(settings),
        port=settings.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.web_workers,
        blocking_threads=settings.web_threads + MOST_WAITING,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=5,
    ).serve()


if __name__ == "__main__":
    main()
