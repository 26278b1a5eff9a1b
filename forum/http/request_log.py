"""Gives each request an id, and logs what writes, fails or is slow."""

import time
import uuid

import structlog
from flask import Flask, Response, g, request

from forum.core.logging import begin_request, request_id

SLOW_SECONDS = 1.0

log = structlog.get_logger(__name__)


def place() -> str:
    """The path asked for, without the tokens of mails' links: whoever reads logs must not be able to use them."""
    token = (request.view_args or {}).get("token")
    return request.path.replace(str(token), "…") if token else request.path


def init_app(app: Flask) -> None:
    def begin() -> None:
        begin_request(uuid.uuid4().hex[:16])
        g.began = time.perf_counter()

    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.began
        response.headers.add("X-Request-ID", request_id())
        if request.method == "POST" or response.status_code >= 500 or seconds > SLOW_SECONDS:
            milliseconds = round(seconds * 1000, 1)
            log.info("request", method=request.method, path=place(), status=response.status_code, ms=milliseconds)
        return response

    app.before_request(begin)
    app.after_request(end)
