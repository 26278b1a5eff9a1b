"""Which schema a database has and which one it should have, found out without loading Alembic or SQLAlchemy."""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forum.core.settings import Settings

_FOLDER = Path(__file__).parent.parent.parent / "migrations" / "versions"
_REVISION = re.compile(r"^revision\b[^=]*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)
_DOWN = re.compile(r"^down_revision\b[^=]*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)
CONNECT_SECONDS = 10


class Unreachable(Exception):
    """The database can't be reached; the message says why."""


@dataclass(frozen=True, slots=True)
class State:
    """The revision of a database (None: empty), whether the demo community is in it, whether a first run is noted."""

    revision: str | None = None
    is_demo: bool = False
    has_setup: bool = False


def head() -> str:
    """The newest revision that stands in migrations/."""
    sources = [path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.py"))]
    revisions = {found[1] for source in sources if (found := _REVISION.search(source))}
    heads = revisions - {found[1] for source in sources if (found := _DOWN.search(source))}
    if len(heads) != 1:
        raise LookupError(f"migrations/ has {len(heads)} heads")
    return heads.pop()


def _read(run: Callable[[str], Any], error: type[Exception]) -> State:
    try:
        row = run("SELECT version_num FROM alembic_version")
    except error:
        return State()
    if row is None:
        return State()
    if row[0] != head():
        return State(row[0])
    demo = run("SELECT is_demo FROM community")
    return State(row[0], bool(demo and demo[0]), bool(run("SELECT 1 FROM setup")))


def state(settings: Settings) -> State:
    """What the database has. Raises Unreachable."""
    if settings.is_sqlite:
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        if not path.exists():
            return State()
        try:
            connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)
            try:
                connection.execute("SELECT 1 FROM sqlite_master").fetchone()
                return _read(lambda query: connection.execute(query).fetchone(), sqlite3.OperationalError)
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise Unreachable(f"{path}: {error}") from error
    try:
        import psycopg
    except ModuleNotFoundError as error:
        raise Unreachable("the PostgreSQL driver is not installed (pip install tafelrunde[postgres])") from error
    url = settings.database_url.replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS) as link:
            return _read(lambda query: link.execute(query.encode()).fetchone(), psycopg.Error)
    except psycopg.Error as error:
        raise Unreachable((str(error).strip().splitlines() or [""])[0]) from error
