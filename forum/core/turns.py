"""Whose turn it is: of the threads of a web process only so many work at once, and who waits for another server lets
somebody else go on meanwhile.

A process has a thread for each turn, and one more for each that may wait. So a server that hangs holds up those who
asked it, and nobody else.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_WAITING = 3
"""So many requests of a process wait for others without holding a turn; each further one holds its own. A thread more
costs about 1.4 MiB."""

_mine = threading.local()
_places = threading.BoundedSemaphore(MOST_WAITING)


class Turns:
    """A WSGI application that works on at most `number` requests at once; the others wait in the order in which they
    came. What follows an answer (its `close`) needs a turn as well; sending it doesn't."""

    def __init__(self, application: "WSGIApplication", number: int) -> None:
        self._application = application
        self._free: SimpleQueue[None] = SimpleQueue()
        for _each in range(number):
            self._free.put(None)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with self.turn():
            return _Answer(self._application(environ, start_response), self)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for a turn, and has it until the end of the block."""
        self._free.get()
        _mine.free = self._free
        try:
            yield
        finally:
            del _mine.free
            self._free.put(None)


class _Answer:
    """What an application returns, closed in a turn."""

    def __init__(self, body: Iterable[bytes], turns: Turns) -> None:
        self._body, self._turns = body, turns

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        if hasattr(self._body, "close"):
            with self._turns.turn():
                self._body.close()


@contextmanager
def others_go_on() -> Iterator[None]:
    """While another server is waited for: gives the turn of this request away, and takes one again at the end. Nothing
    of the database may be held meanwhile."""
    free: SimpleQueue[None] | None = getattr(_mine, "free", None)
    if free is None or not _places.acquire(blocking=False):
        yield
        return
    free.put(None)
    try:
        yield
    finally:
        free.get()
        _places.release()
