"""Bringing a database to the newest schema, or to any revision, on either engine."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from forum.core.database import Base

FOLDER = Path(__file__).parent.parent.parent / "migrations"


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = Base.metadata
    return config


def head() -> str:
    """The newest revision."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return str(ScriptDirectory.from_config(config).get_current_head())


def present(engine: Engine) -> str | None:
    """The revision a database has; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def to(engine: Engine, revision: str = "head") -> None:
    """Upgrades or downgrades to a revision, all or nothing.

    On SQLite a table is changed by making it anew, which with foreign keys on would delete what refers to it: they are
    off meanwhile, and every reference is checked before the commit. Raises ValueError if one is broken then.
    """
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.rollback()
            writing = connection.execution_options(writes=True)
        else:
            writing = connection.execution_options(isolation_level="READ COMMITTED")
        try:
            with writing.begin():
                if not sqlite:  # a large table may take its time
                    writing.execute(text("SET LOCAL statement_timeout = 0"))
                config = _config(writing)
                forward = revision == "head" or _is_newer(config, writing, revision)
                (command.upgrade if forward else command.downgrade)(config, revision)
                if sqlite and (broken := writing.execute(text("PRAGMA foreign_key_check")).first()):
                    raise ValueError(f"the migration left a broken reference: {tuple(broken)}")
        finally:
            if sqlite:
                connection.exec_driver_sql("PRAGMA foreign_keys=ON")
                connection.rollback()


def _is_newer(config: Config, connection: Connection, revision: str) -> bool:
    if revision == "base":
        return False
    now = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(config)
    older = {entry.revision for entry in script.walk_revisions("base", now)} if now else set()
    return revision not in older
