"""Structured logs: one JSON object a line for machines, or coloured lines for people, each with the request's id."""

import logging
import sys
import threading
import time
from collections import Counter
from contextvars import ContextVar
from typing import Any, Literal

import structlog

from forum.core.settings import Settings

# Without the frames' variables: they would bring passwords and what members typed into the logs.
_traceback = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))

SecurityKind = Literal[
    "sign-in-refused",
    "code-refused",
    "passkey-refused",
    "link-refused",
    "session-refused",
    "token-refused",
    "too-many-tries",
    "proof-refused",
    "right-refused",
    "address-claimed",
    "name-refused",
    "upload-refused",
    "sessions-ended",
    "forged-form",
    "provider-refused",
    "provider-silent",
    "identity-linked",
    "identity-unlinked",
    "registration-held-up",
    "left-out",
]
MOST_LINES, MOST_OF_A_KIND = 30, 200
"""So many lines of the security log a process writes in a minute about one kind and network, and about one kind: nobody
fills the disk with what they are refused, nor hides one kind behind many of another."""
_security = structlog.get_logger("security")
_request: ContextVar[str] = ContextVar("request_id", default="")


class _Measure:
    """How many lines of the security log were written in this minute, and how many were not."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.start(0)

    def start(self, minute: int) -> None:
        self._minute, self._left_out = minute, 0
        self._from: Counter[tuple[str, str]] = Counter()
        self._of: Counter[str] = Counter()

    def take(self, kind: str, network: str) -> tuple[bool, int]:
        """Whether a line more is written, and how many were left out in the minute of the last one, as soon as that is
        over."""
        minute, left_out = int(time.time() // 60), 0
        with self._lock:
            if minute != self._minute:
                left_out = self._left_out
                self.start(minute)
            is_written = self._from[kind, network] < MOST_LINES and self._of[kind] < MOST_OF_A_KIND
            if is_written:
                self._from[kind, network] += 1
                self._of[kind] += 1
            else:
                self._left_out += 1
        return is_written, left_out


_measure = _Measure()


def request_id() -> str:
    """The id of the request in hand; empty outside of one."""
    return _request.get()


def begin_request(identifier: str) -> None:
    """Gives what is logged from here on the id of a request."""
    _request.set(identifier)


def security(kind: SecurityKind, member_id: int | None, network: str, **more: str) -> None:
    """A line of the security log, at the level of warnings: what somebody did who may mean harm, or who defends an
    account. It holds nothing that was typed; docs/operations.md describes it."""
    is_written, left_out = _measure.take(kind, network)
    if left_out:
        _security.warning("security", kind="left-out", member_id=None, network="", count=str(left_out))
    if is_written:
        _security.warning("security", kind=kind, member_id=member_id, network=network, **more)


def forget() -> None:
    """Begins to count the lines of the security log anew (for tests)."""
    _measure.start(0)


def _add_request_id(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    if _request.get():
        event["request_id"] = _request.get()
    return event


def set_up(settings: Settings) -> None:
    """Configures logging for this process; libraries' messages come out in the same form."""
    level = getattr(logging, settings.log_level.upper())
    as_json = settings.log_format == "json"
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request_id,
    ]
    last: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    )
    structlog.configure(
        processors=[*shared, *([_traceback] if as_json else []), last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last], foreign_pre_chain=shared
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)
