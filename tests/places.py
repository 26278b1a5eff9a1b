"""Where tests run: a SQLite file or a throw-away PostgreSQL database that is emptied, or put back, before each test."""

import shutil
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import has_app_context

from forum.app import create_app
from forum.core import logging, mail, migrate
from forum.core.database import db, make_engine
from forum.core.settings import Settings, load
from forum.core.settings import install as install_settings
from forum.http import brand, cache, cards
from forum.ideas.queries import forget as forget_ideas
from forum.threads.queries.categories import forget as forget_categories

Frozen = list[tuple[sa.Table, list[dict[str, Any]]]]


def settings_for(url: str, folder: Path, **extra: str) -> Settings:
    """Settings of an application under test; nothing comes from the environment."""
    return load(
        {
            "FORUM_BASE_URL": "http://localhost:8000",  # where browsers have passkeys without https
            "FORUM_DATABASE_URL": url,
            "FORUM_DATA_DIR": str(folder),
            "FORUM_SECRET_KEY": "only-for-the-tests-0123456789",
            "FORUM_RATE_LIMITS": "off",
            "FORUM_LOG_LEVEL": "error",
            "FORUM_SQLITE_SYNCHRONOUS": "normal",
            **extra,
        },
        None,
    )


def end_setup(engine: sa.Engine) -> None:
    """The community is set up, as it is for all of its life but the first half hour."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.text("DELETE FROM setup"))


class Sqlite:
    """One migrated file, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self.settings = settings_for(f"sqlite:///{folder / 'forum.sqlite3'}", folder)
        engine = make_engine(self.settings)
        migrate.to(engine)
        end_setup(engine)
        engine.dispose()
        self._file, self._template = folder / "forum.sqlite3", folder / "template.sqlite3"
        shutil.copy(self._file, self._template)
        self.app = create_app(self.settings)

    def reset(self, frozen: Path | None = None) -> None:
        """Back to the empty database, or to one that `freeze` kept."""
        with self.app.app_context():
            db.engine.dispose()
        for ending in ("-wal", "-shm"):
            self._file.with_name(self._file.name + ending).unlink(missing_ok=True)
        shutil.copy(frozen or self._template, self._file)

    def freeze(self) -> Path:
        """Keeps the database as it is now."""
        frozen = self._file.with_name(f"{uuid.uuid4().hex}.sqlite3")
        with self.app.app_context(), db.engine.connect() as connection:
            connection.execute(sa.text(f"VACUUM INTO '{frozen}'"))
        with closing(sqlite3.connect(frozen)) as copied:
            copied.execute("PRAGMA journal_mode=WAL")
        return frozen


_MANY_POSTS = 1000
"""From here on truncating is faster: deleting looks for the answers to each post, which nothing else ever does."""


class Postgresql:
    """One migrated database, emptied for each test."""

    def __init__(self, folder: Path, url: str) -> None:
        self.settings = settings_for(url, folder)
        engine = make_engine(self.settings)
        migrate.to(engine)
        end_setup(engine)
        known = sa.MetaData()
        known.reflect(engine)
        self._tables = [table for table in known.sorted_tables if table.name != "alembic_version"]
        numbered = [table for table in self._tables if "id" in table.c and table.name != "community"]
        self._renumber = sa.text(
            "SELECT "
            + ", ".join(
                f"setval(pg_get_serial_sequence('{table.name}', 'id'), greatest((SELECT max(id) FROM {table.name}), 100))"
                for table in numbered
            )
        )
        self._engine = engine
        self._seeded = self.freeze()
        self.app = create_app(self.settings)

    def reset(self, frozen: Frozen | None = None) -> None:
        """Back to the empty database, or to one that `freeze` kept."""
        with (
            self._engine.connect().execution_options(isolation_level="READ COMMITTED") as connection,
            connection.begin(),
        ):
            if connection.scalar(sa.text("SELECT count(*) FROM post")) > _MANY_POSTS:
                connection.execute(sa.text("TRUNCATE " + ", ".join(table.name for table in self._tables)))
            else:
                for table in reversed(self._tables):
                    connection.execute(sa.delete(table))
            for table, rows in frozen or self._seeded:
                if any(key.column.table is table for key in table.foreign_keys):
                    connection.execute(sa.insert(table).values(rows))  # in one statement, rows may refer to later ones
                else:
                    connection.execute(sa.insert(table), rows)
            connection.execute(self._renumber)

    def freeze(self) -> Frozen:
        """Keeps the database as it is now."""
        with self._engine.connect() as connection:
            found = [(table, connection.execute(sa.select(table)).mappings().all()) for table in self._tables]
        return [(table, [dict(row) for row in rows]) for table, rows in found if rows]

    def close(self) -> None:
        self._engine.dispose()


def back_to(place: Any, frozen: Any = None) -> None:
    """Exchanges the database behind an application for the empty one or a frozen one, and what was known of it."""
    if has_app_context():
        db.session.remove()
    place.reset(frozen)
    install_settings(place.settings)  # the process runs two applications, one after the other
    mail.install(mail.Mailer(place.settings))
    forget_categories()
    forget_ideas()
    brand.forget()
    cards.forget()
    cache.forget()
    logging.forget()
