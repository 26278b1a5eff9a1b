"""Answers that a process keeps, within a bound of bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar

MOST_BYTES = 12 * 1024 * 1024


class HasBody(Protocol):
    """What can be kept."""

    @property
    def body(self) -> bytes: ...


T = TypeVar("T", bound=HasBody)


class Store(Generic[T]):
    """What was asked for last; the longest unasked goes first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._turns: dict[Hashable, Lock] = {}
        self._bytes, self._most, self._lock = 0, most_bytes, Lock()

    def get(self, key: Hashable) -> T | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def get_or_make(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under the key, else what `make` makes: once for all who ask at the same time."""
        if (found := self.get(key)) is not None:
            return found
        with self._lock:
            turn = self._turns.setdefault(key, Lock())
        with turn:
            if (found := self.get(key)) is None:
                try:
                    found = make()
                    self.put(key, found)
                finally:
                    with self._lock:
                        self._turns.pop(key, None)
            return found

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def put(self, key: Hashable, new: T) -> None:
        """Keeps it, in the place of what was kept under the key."""
        with self._lock:
            old = self._kept.pop(key, None)
            self._bytes += len(new.body) - (len(old.body) if old is not None else 0)
            self._kept[key] = new
            while self._bytes > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.body)
