"""Structured logs: one JSON object a line for machines, or coloured lines for people, each with the request's id."""

import logging
import sys
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
    "too-many-tries",
    "proof-refused",
    "sessions-ended",
    "forged-form",
    "provider-refused",
    "provider-silent",
    "identity-linked",
    "identity-unlinked",
    "registration-held-up",
]
_security = structlog.get_logger("security")
_request: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request in hand; empty outside of one."""
    return _request.get()


def begin_request(identifier: str) -> None:
    """Gives what is logged from here on the id of a request."""
    _request.set(identifier)


def security(kind: SecurityKind, member_id: int | None, network: str, **more: str) -> None:
    """A line of the security log, at the level of warnings: what somebody did who may mean harm, or who defends an
    account. It holds nothing that was typed; docs/operations.md describes it."""
    _security.warning("security", kind=kind, member_id=member_id, network=network, **more)


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
