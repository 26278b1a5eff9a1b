"""The migrations give the schema of the models, and go down and up again with data in the tables."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import forum.core.origins
import forum.search.models  # noqa: F401  their tables belong to the schema, and no page imports them
from forum.core import migrate
from forum.core.database import Base, make_engine
from tests.places import settings_for


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    if request.param == "sqlite":
        made = make_engine(settings_for(f"sqlite:///{tmp_path / 'm.sqlite3'}", tmp_path))
        yield made
        made.dispose()
        return
    url = sa.make_url(request.getfixturevalue("postgresql_url"))
    name = f"forum_test_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    made = make_engine(settings_for(url.set(database=name).render_as_string(hide_password=False), tmp_path))
    yield made
    made.dispose()
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def differences(engine: sa.Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))


def add_member_with_roles(engine: sa.Engine) -> None:
    tables = sa.MetaData()
    tables.reflect(engine)
    member = {
        "id": 1, "username": "anna", "username_key": "anna", "display_name": "Anna", "sort_key": "anna", "about": "",
        "about_html": "", "about_version": 0, "language": "de", "time_zone": "Europe/Berlin", "theme": "auto",
        "wants_mail": True, "standing": "new", "joined_at": sa.func.current_timestamp(), "accepted_version": 0,
        "unread_count": 0, "read_all_before": sa.func.current_timestamp(), "is_imported": False,
    }  # fmt: skip
    known = {name: value for name, value in member.items() if name in tables.tables["member"].c}
    with (
        engine.connect().execution_options(writes=True, isolation_level=isolation(engine)) as connection,
        connection.begin(),
    ):
        connection.execute(sa.insert(tables.tables["member"]).values(**known))
        connection.execute(sa.insert(tables.tables["member_role"]).values(member_id=1, role="admin"))


def isolation(engine: sa.Engine) -> str:
    return "SERIALIZABLE" if engine.dialect.name == "sqlite" else "READ COMMITTED"


def revisions() -> list[str]:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    config.set_main_option("path_separator", "os")
    return [entry.revision for entry in reversed(list(ScriptDirectory.from_config(config).walk_revisions()))]


def test_from_empty_to_head_gives_the_schema_of_the_models(engine: sa.Engine) -> None:
    migrate.to(engine)
    assert migrate.present(engine) == migrate.head()
    assert differences(engine) == []


def test_head_goes_down_and_up_again_with_data_in_it(engine: sa.Engine) -> None:
    migrate.to(engine)
    add_member_with_roles(engine)
    steps = revisions()
    for older in reversed(steps[:-1]):
        migrate.to(engine, older)
        with engine.connect() as connection:
            assert connection.scalar(sa.text("SELECT count(*) FROM member_role")) == 1
    migrate.to(engine)
    assert differences(engine) == []
    migrate.to(engine, "base")
    assert migrate.present(engine) is None
    assert set(sa.inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate.to(engine)
    assert differences(engine) == []


def test_the_first_schema_has_its_community_and_its_built_in_groups(engine: sa.Engine) -> None:
    migrate.to(engine)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM community")) == 1
        names = connection.scalars(sa.text("SELECT name FROM member_group ORDER BY id")).all()
    assert names == ["everyone", "members"]
