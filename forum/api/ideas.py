"""The ideas board for programs."""

import re
from datetime import UTC, datetime

from flask import Response, request

from forum.api.access import asker, needs
from forum.api.frame import answer, bp
from forum.core.errors import Invalid, NotFound
from forum.ideas.export.columns import SCHEMA_VERSION
from forum.ideas.export.feed import MOST_AT_ONCE, USUAL_AT_ONCE, Asked, entry, feed

SCOPE = "ideas:read"
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_ONCE = ("limit", "cursor", "updated_since")
_OFTEN = ("status", "area")
_SHOWN = 80


def _wrong(name: str, value: str) -> Invalid:
    return Invalid("parameter", field=name, name=name, value=value[:_SHOWN])


def _asked() -> Asked:
    """The parameters of the list. Raises Invalid for what it doesn't know or can't read."""
    given = request.args
    for name in given:
        if name not in (*_ONCE, *_OFTEN):
            raise Invalid("parameter-unknown", name=name[:_SHOWN])
    for name in _ONCE:
        if len(given.getlist(name)) > 1:
            raise _wrong(name, ", ".join(given.getlist(name)))
    since = given.get("updated_since")
    return Asked(
        limit=_limit(given.get("limit")),
        cursor=_cursor(given.get("cursor")),
        updated_since=None if since is None else _moment(since),
        statuses=tuple(given.getlist("status")),
        areas=tuple(given.getlist("area")),
    )


def _limit(raw: str | None) -> int:
    if raw is None:
        return USUAL_AT_ONCE
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= 9 and 1 <= int(raw) <= MOST_AT_ONCE):
        raise _wrong("limit", raw)
    return int(raw)


def _cursor(raw: str | None) -> str | None:
    if raw == "":
        raise NotFound("cursor")
    return raw


def _moment(raw: str) -> datetime:
    """A time as RFC 3339 writes it."""
    try:
        if not _TIME.fullmatch(raw):
            raise ValueError
        found = datetime.fromisoformat(raw.upper())
    except ValueError:
        raise _wrong("updated_since", raw) from None
    try:
        return found.astimezone(UTC)
    except OverflowError:  # within hours of the first or the last year
        return found.replace(tzinfo=UTC)


@bp.get("/ideas")
@needs(SCOPE)
def ideas() -> Response:
    page = feed(asker(), _asked())
    return answer({"schema_version": SCHEMA_VERSION, "ideas": page.rows, "next_cursor": page.older})


@bp.get("/ideas/<int:idea_id>")
@needs(SCOPE)
def idea(idea_id: int) -> Response:
    for name in request.args:
        raise Invalid("parameter-unknown", name=name[:_SHOWN])
    return answer({"schema_version": SCHEMA_VERSION, **entry(asker(), idea_id)})
