"""Asking another server while somebody waits for the answer: within a bounded time, for a bounded number of bytes.

Outside work is a job wherever it can be. What can't wait, such as whether a provider vouches for who signs in, comes
here, never inside a transaction. A server that hangs, drips or sends without end costs its asker the time agreed on and
nobody else anything (`forum.core.turns`); for a while after that it isn't asked at all.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests  # noqa: TID251  what is written above

from forum.core import clock
from forum.core.database import db, in_transaction
from forum.core.turns import others_go_on

MOST_BYTES = 512 * 1024
MOST_AT_ONCE = 8
RESTS = timedelta(seconds=20)
"""For how long a server isn't asked that has given no answer in time."""
_ONE_READ_SECONDS = 4.0


class Unreachable(Exception):
    """No answer that can be read; `why` is a word for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when all answers for one request must be there."""

    at: float

    @classmethod
    def within(cls, seconds: float) -> "Deadline":
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds, never less than none."""
        return max(0.0, self.at - time.monotonic())


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, and the JSON that came with it; None where an error came with something else."""

    status: int
    content: Any


_places = threading.BoundedSemaphore(MOST_AT_ONCE)
_resting: dict[str, datetime] = {}


def forget() -> None:
    """Asks every server again (for tests)."""
    _resting.clear()


def is_safe(address: str, *, with_this_machine: bool = True) -> bool:
    """Whether it is an address that may be asked: https, or http on this very machine, if that is meant to be; without
    name and password."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.password or parts.fragment or not address.isascii():
        return False
    return parts.scheme == "https" or (with_this_machine and parts.scheme == "http" and _is_this_machine(host))


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def ask(
    method: str,
    address: str,
    deadline: Deadline,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Sends one request, follows nothing, and returns the JSON of the answer, whatever its status. Nothing of the
    database is held meanwhile, and other requests go on.

    Raises Unreachable for an address that isn't safe, a server that doesn't answer in time or not as agreed.
    """
    if in_transaction():
        raise RuntimeError("another server was asked inside a transaction")
    if not is_safe(address):
        raise Unreachable("unsafe-address")
    host = urlsplit(address).netloc
    if (until := _resting.get(host)) is not None and clock.now() < until:
        raise Unreachable("resting")
    if deadline.left() <= 0:
        raise Unreachable("busy")
    db.session.rollback()
    answer: Future[Answer] = Future()

    def carry_out() -> None:
        try:
            answer.set_result(_ask(method, address, form, headers, deadline))
        except Exception as error:  # noqa: BLE001  it is raised again where somebody waits
            answer.set_exception(error)
        finally:
            _places.release()

    _begin(carry_out)
    try:
        with others_go_on():
            return answer.result(deadline.left())
    except Unreachable:
        raise
    except (TimeoutError, requests.RequestException, OSError) as error:
        _resting[host] = clock.now() + RESTS
        raise Unreachable("slow" if isinstance(error, TimeoutError | requests.Timeout) else "unreachable") from error
    except (ValueError, RecursionError) as error:
        raise Unreachable("unreadable") from error


def _begin(carry_out: Callable[[], None]) -> None:
    """Takes one of the places, which `carry_out` gives back, in a thread of its own: no time limit of a socket holds
    for a name that isn't found or a head that drips. Raises Unreachable where there is none."""
    if not _places.acquire(blocking=False):
        raise Unreachable("busy")
    try:
        threading.Thread(target=carry_out, name="outside", daemon=True).start()
    except RuntimeError as error:  # the machine has no thread left
        _places.release()
        raise Unreachable("busy") from error


def _ask(
    method: str,
    address: str,
    form: Mapping[str, str] | None,
    headers: Mapping[str, str] | None,
    deadline: Deadline,
) -> Answer:
    sent = {"Accept": "application/json", "User-Agent": "Tafelrunde", **(headers or {})}
    seconds = min(_ONE_READ_SECONDS, max(0.1, deadline.left()))
    with (
        requests.Session() as session,
        session.request(
            method, address, data=form, headers=sent, timeout=seconds, allow_redirects=False, stream=True
        ) as response,
    ):
        if 300 <= response.status_code < 400:
            raise Unreachable("redirect")
        body = b""
        for chunk in response.iter_content(16_384):
            body += chunk
            if len(body) > MOST_BYTES:
                raise Unreachable("too-large")
            if deadline.left() <= 0:
                raise Unreachable("slow")
        return Answer(response.status_code, _content(body, is_error=response.status_code >= 400))


def _content(body: bytes, *, is_error: bool) -> Any:
    """The JSON; of an error, whose status says enough, None where there is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        if is_error:
            return None
        raise
