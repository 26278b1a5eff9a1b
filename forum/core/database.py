"""The database: one declarative base, one session a request, one way to write.

Reads run in autocommit. A write runs in `transaction()`, the only place in the house that commits: it ends the read,
begins (IMMEDIATE on SQLite, so that it waits for its turn instead of failing), and makes the actor anew.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from forum.core.actor import SYSTEM, Actor
from forum.core.errors import Denied
from forum.core.settings import Settings

_SMALL_PAGES = 5_000
"""Pages of 4 KiB: a community with about ten thousand posts."""
_SAMPLE_ROWS = 400
"""Of each index: what SQLite's documentation of `PRAGMA analysis_limit` recommends as enough."""
_RECONNECT_SECONDS = 3_600
"""A connection to SQLite reads the statistics when it is opened."""


class Base(DeclarativeBase):
    """Every table's base; the naming convention lets migrations name each constraint on both engines."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; a naive one is refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


BigId = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both engines; SQLite numbers only INTEGER keys by itself."""

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def by_code_point(length: int) -> String:
    """Text that both engines compare sign by sign, so that what begins alike lies together."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


LAST_SIGN = "\U0010ffff"
"""Behind every text that goes on, and in none."""

NEVER_REUSED: dict[str, Any] = {"sqlite_autoincrement": True}
"""Table option: SQLite would hand a deleted row's id out again."""


def key() -> Any:
    """The primary key column of an entity."""
    return mapped_column(BigId, primary_key=True)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of those rows only that fit the SQL `where`, on both engines."""
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


# ---------------------------------------------------------------- engines


def _prepare_sqlite(synchronous: str) -> Callable[[sqlite3.Connection, object], None]:
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "busy_timeout=5000",
            "foreign_keys=ON",
            "mmap_size=0",  # each process would count the file as its memory, and a damaged disk would kill it
            "cache_size=-2000",  # the operating system keeps the file's pages anyway, once for all processes
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return prepare


def _begin_sqlite(connection: Any) -> None:
    if connection.get_execution_options().get("writes"):
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE")


def engine_options(settings: Settings, *, is_patient: bool = False) -> dict[str, Any]:
    """What both the application and the migrations pass to SQLAlchemy for this database.

    A statement may take 30 s; as long as it likes when `is_patient`, for commands that read or write everything.
    """
    if settings.is_sqlite:
        return {
            "hide_parameters": True,
            "pool_recycle": _RECONNECT_SECONDS,
            "connect_args": {"timeout": 5, "check_same_thread": False},
        }
    return {
        "hide_parameters": True,  # what members typed has no place in logs and error notes
        "isolation_level": "AUTOCOMMIT",
        "pool_size": max(2, settings.web_threads),
        "max_overflow": 2,
        "pool_pre_ping": True,
        "connect_args": {
            "prepare_threshold": 5,
            "options": f"-c statement_timeout={0 if is_patient else 30000} -c lock_timeout=10000",
        },
    }


def prepare_engine(engine: Engine, settings: Settings) -> Engine:
    """Hangs the house's manner of connecting and beginning on an engine."""
    if settings.is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite(settings.sqlite_synchronous))
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def make_engine(settings: Settings) -> Engine:
    """An engine outside the application: for migrations and tools."""
    return prepare_engine(create_engine(settings.database_url, **engine_options(settings)), settings)


def init_app(app: Flask, settings: Settings, *, is_patient: bool = False) -> None:
    """Connects the application; the folder of a SQLite file is made when it is absent. For `is_patient` see
    `engine_options`."""
    if settings.is_sqlite:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings, is_patient=is_patient)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine, settings)


# ---------------------------------------------------------------- reading


def read(statement: Executable, parameters: Mapping[str, Any] | None = None) -> CursorResult[Any]:
    """Runs a SELECT of columns on the session's own connection, so inside a transaction it sees what was written.

    `session.execute` does the same and looks for entities first, which costs more than the statements of a page.
    """
    session = db.session()
    connection = session.info.get("connection")
    if connection is None or connection.closed:  # each commit and rollback gives it back
        connection = session.info["connection"] = session.connection()
    found: CursorResult[Any] = connection.execute(statement, parameters)
    return found


# ---------------------------------------------------------------- writing

_WRITES: dict[str, dict[str, Any]] = {
    "sqlite": {"writes": True},
    "postgresql": {"isolation_level": "READ COMMITTED"},
}

Reloader = Callable[[Actor], Actor]
_reload: list[Reloader] = []


def install_reloader(reloader: Reloader) -> None:
    """Says how `transaction()` makes an actor anew (from one member row); called once at start."""
    _reload[:] = [reloader]


@contextmanager
def transaction(actor: Actor = SYSTEM) -> Iterator[Actor]:
    """One use case's writes: all or nothing.

    Yields the actor as of now, since roles and sanctions may have changed after the request was read. Whatever is
    raised inside rolls everything back. Transactions don't nest. Raises Denied for who only looks.
    """
    if actor.is_onlooker:
        raise Denied("looking-only")
    session = db.session
    if session.info.get("in_transaction"):
        raise RuntimeError("a transaction is open already")
    session.rollback()
    session.connection(execution_options=_WRITES[db.engine.dialect.name])
    session.info["in_transaction"] = True
    try:
        yield actor if actor.id is None or not _reload else _reload[0](actor)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("in_transaction", None)


def in_transaction() -> bool:
    """Whether a write is under way in this session."""
    return bool(db.session.info.get("in_transaction"))


@contextmanager
def aside() -> Iterator[None]:
    """A session of its own beside the present one: for what has to be written while that one reads on."""
    with current_app.app_context():
        yield


def gather_statistics() -> None:
    """Samples how many rows there are and how they are spread, by which the database chooses its plans.

    Without it, SQLite looked at all threads to find 40 posts by their ids. A small SQLite database is left alone:
    figures of a handful of rows mislead once there are thousands.
    """
    if db.engine.dialect.name == "postgresql":
        read(text("ANALYZE"))  # each table in a transaction of its own
        return
    with transaction():
        if (db.session.scalar(text("PRAGMA page_count")) or 0) >= _SMALL_PAGES:
            db.session.execute(text(f"PRAGMA analysis_limit={_SAMPLE_ROWS}"))
            db.session.execute(text("ANALYZE"))


def keep_statistics() -> None:
    """The same now and then, for SQLite, which never does so by itself; PostgreSQL does."""
    if db.engine.dialect.name == "sqlite":
        gather_statistics()


def insert(table: Any) -> Any:
    """An INSERT that understands `on_conflict_do_nothing` and `on_conflict_do_update` on both engines."""
    return (sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert)(table)


T = TypeVar("T")


def table_of(model: type[Any]) -> Table:
    """The table behind a mapped class, for statements that skip the ORM."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101  narrows the type
    return table
