"""What bad input gets: a message in the reader's language, a line in the security log, and nothing is changed."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
import structlog
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from forum.core.database import Base, db
from forum.media.store import store
from tests.factories.visitor import words

Lines = list[dict[str, Any]]
BESIDE = {"rate_count", "oidc_used"}
"""Tables that a refusal may touch: how often somebody tried, and what works only once."""
TOLD = {"oidc_provider.trouble", "oidc_provider.troubled_at"}
"""Columns in which administrators are told what was refused."""


@contextmanager
def security_log() -> Iterator[Lines]:
    """The lines of the security log that are written inside."""
    usual = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    found: Lines = []
    try:
        with capture_logs() as lines:
            yield found
    finally:
        structlog.configure(wrapper_class=usual)
        found += [line for line in lines if line["event"] == "security"]


def everything() -> Mapping[str, str]:
    """A fingerprint of each table, and of the files that were uploaded."""
    db.session.rollback()
    found = {"media": repr(sorted(store().names()))}
    for table in Base.metadata.sorted_tables:
        if table.name not in BESIDE:
            columns = [column for column in table.c if f"{table.name}.{column.name}" not in TOLD]
            rows = sorted(repr(tuple(row)) for row in db.session.execute(sa.select(*columns)))
            found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    db.session.rollback()
    return found


def refused(send: Callable[[], TestResponse], status: int, says: str, *lines: tuple[str, str]) -> Lines:
    """Sends it, and asserts that it is refused so: with this status and words on the page, with these lines (kind and
    `what`) and no others, and that nothing is changed. Returns the lines."""
    before = everything()
    with security_log() as found:
        answer = send()
    assert everything() == before
    assert (answer.status_code, [(line["kind"], line.get("what")) for line in found]) == (status, list(lines))
    assert says in words(answer), words(answer)
    return found
