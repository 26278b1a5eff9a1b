"""The migrations give the schema of the models, and go down and up again with data in the tables."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import forum.core.origins
import forum.search.models  # noqa: F401  their tables belong to the schema, and no page imports them
from forum.core import migrate
from forum.core.database import Base, make_engine
from forum.members.names import beginnings
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


def writing(engine: sa.Engine) -> Any:
    return engine.connect().execution_options(writes=True, isolation_level=isolation(engine))


def test_what_groups_may_moderate_goes_and_their_other_grants_stay(engine: sa.Engine) -> None:
    migrate.to(engine, "0024")
    tables = sa.MetaData()
    tables.reflect(engine)
    category, grant = tables.tables["category"], tables.tables["category_grant"]
    texts = {"slug": "lamps", "name": {"en": "Lamps"}, "description": {}}
    numbers = dict.fromkeys(("position", "hue", "thread_count", "post_count", "version"), 0)
    rows = [{"category_id": 1, "verb": verb, "group_id": 1} for verb in ("see", "start", "reply", "moderate")]
    with writing(engine) as connection, connection.begin():
        connection.execute(sa.insert(category).values(id=1, **texts, **numbers))
        connection.execute(sa.insert(grant), rows)
    migrate.to(engine, "0023")
    with engine.connect() as connection:
        assert set(connection.scalars(sa.text("SELECT verb FROM category_grant"))) == {"see", "start", "reply"}
    for version, verb in (("0023", "moderate"), ("0024", "rule")):
        migrate.to(engine, version)
        with pytest.raises(sa.exc.IntegrityError), writing(engine) as connection, connection.begin():
            connection.execute(sa.insert(grant).values(category_id=1, verb=verb, group_id=2))


def add_imported_ideas(engine: sa.Engine) -> None:
    """Three ideas of Anna's as the first schema kept them, with votes of her own and of two who were imported."""
    tables = sa.MetaData()
    tables.reflect(engine)
    member, thread, post = (tables.tables[name] for name in ("member", "thread", "post"))
    at = datetime(2026, 1, 15, tzinfo=UTC)
    with writing(engine) as connection, connection.begin():
        connection.execute(sa.update(member).values(confirmed_at=at))
        anna = dict(connection.execute(sa.select(member)).mappings().one())
        connection.execute(
            sa.insert(member),
            [
                anna | {"id": id, "username": name, "username_key": name, "is_imported": True, "banned_at": banned}
                for id, name, banned in ((2, "ben", None), (3, "cem", at))
            ],
        )
        json = {"name": {"en": "Lamps"}, "description": {}}
        numbers = dict.fromkeys(("position", "hue", "thread_count", "post_count", "version"), 0)
        connection.execute(sa.insert(tables.tables["category"]).values(id=1, slug="lamps", **json, **numbers))
        for id, data in (
            (1, {"status": "Planned", "answer": "Next spring."}),
            (2, {"status": "On hold", "area": "Lights"}),
            (3, None),
        ):
            texts = {"title": "A lamp", "slug": "a-lamp", "language": "en", "excerpt": "", "state": "published"}
            connection.execute(
                sa.insert(thread).values(
                    id=id, category_id=1, kind="idea", author_id=1, created_at=at, last_post_at=at, tags=[],
                    last_number=1, post_count=1, version=1, **texts,
                )
            )  # fmt: skip
            counts = dict.fromkeys((f"{kind}_count" for kind in ("like", "thanks", "insightful", "celebrate")), 0)
            connection.execute(
                sa.insert(post).values(
                    thread_id=id, number=1, state="published", body="", html="", html_version=1, language="en",
                    created_at=at, revision=1, **counts,
                )
            )  # fmt: skip
            if data is not None:
                connection.execute(sa.insert(tables.tables["imported_idea"]).values(thread_id=id, data=data))
        votes = [{"thread_id": 1, "member_id": voter, "created_at": at} for voter in (1, 2, 3)]
        connection.execute(sa.insert(tables.tables["imported_vote"]), [*votes, votes[1] | {"thread_id": 2}])


def test_imported_ideas_and_votes_become_ideas_and_votes_and_go_back(engine: sa.Engine) -> None:
    migrate.to(engine, "0001")
    add_member_with_roles(engine)
    add_imported_ideas(engine)
    migrate.to(engine)
    with engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT s.stage, s.slug, i.vote_count, i.staff_vote_count, i.answer_body, c.status_id = i.status_id"
                " FROM idea i JOIN idea_status s ON s.id = i.status_id"
                " JOIN idea_status_change c ON c.id = i.status_change_id ORDER BY i.thread_id"
            )
        ).all()
        trends = connection.scalars(sa.text("SELECT trend FROM idea ORDER BY thread_id")).all()
    assert [tuple(row) for row in rows] == [
        ("planned", "planned", 1, 1, "Next spring.", True),
        ("under review", "status-7", 1, 0, "", True),
        ("new", "new", 0, 0, "", True),
    ]
    assert trends == [2.0, 2.0, 0.0]  # 14 days after the moment at which a vote weighs one
    with writing(engine) as connection, connection.begin():
        connection.execute(sa.text("UPDATE thread SET state = 'merged', merged_into_id = 1 WHERE id = 3"))
    migrate.to(engine, "0001")
    tables = sa.MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        kept = tables.tables["imported_idea"].c
        ideas = dict(connection.execute(sa.select(kept.thread_id, kept.data)).tuples().all())
        votes = connection.execute(sa.text("SELECT thread_id, member_id FROM imported_vote ORDER BY 1, 2")).all()
        states = set(connection.scalars(sa.text("SELECT state FROM thread")))
    assert ideas == {
        1: {"status": "planned", "answer": "Next spring."},
        2: {"status": "On hold", "area": "Lights"},
        3: {"status": "new"},
    }
    assert [tuple(row) for row in votes] == [(1, 1), (1, 2), (1, 3), (2, 2)]
    assert states == {"published"}


def test_members_whom_others_know_of_are_found_by_the_names_they_had(engine: sa.Engine) -> None:
    migrate.to(engine, "0009")
    add_member_with_roles(engine)
    at = datetime(2026, 1, 15, tzinfo=UTC)
    tables = sa.MetaData()
    tables.reflect(engine)
    member = tables.tables["member"]
    with writing(engine) as connection, connection.begin():
        anna = dict(connection.execute(sa.select(member)).mappings().one())
        names = ("rad_fan", "Jörg Müller-Lüdenscheidt"), ("ben", "🎉 Ben"), ("cem", "Cem")
        for number, (username, display_name) in enumerate(names, 2):
            own = {"id": number, "username": username, "username_key": username, "display_name": display_name}
            states = {"confirmed_at": at if number == 2 else None, "is_imported": number == 3}
            connection.execute(sa.insert(member).values(anna | own | states))
    migrate.to(engine)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT member_id, key, is_public FROM member_name")).all()
    found = {(id, bool(known)): {key for owner, key, _known in rows if owner == id} for id, _key, known in rows}
    of_public = {(2, True): beginnings(*names[0]), (3, True): beginnings(*names[1])}
    assert found == of_public | {(1, False): {"anna"}, (4, False): {"cem"}}


def test_pictures_are_known_to_stand_in_the_posts_that_show_them_or_once_did(engine: sa.Engine) -> None:
    migrate.to(engine, "0001")
    add_member_with_roles(engine)
    add_imported_ideas(engine)
    migrate.to(engine, "0010")
    now, before = (f"/media/{sign * 32}-640x480.webp" for sign in "ab")
    with writing(engine) as connection, connection.begin():
        connection.execute(sa.text("UPDATE post SET html = :html WHERE id = 2"), {"html": f'<img src="{now}">'})
        connection.execute(
            sa.text(
                "INSERT INTO revision (post_id, number, body, at)"
                " VALUES (2, 1, :body, '2026-01-15 12:00:00'), (3, 1, 'no picture', '2026-01-15 12:00:00')"
            ),
            {"body": f"![]({now}) ![]({before}) ![]({before})"},
        )
    migrate.to(engine)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT name, post_id FROM post_picture ORDER BY name")).all()
    assert [tuple(row) for row in rows] == [(f"{sign * 32}-640x480.webp", 2) for sign in "ab"]


def test_legal_texts_become_first_versions_and_go_back_with_what_holds(engine: sa.Engine) -> None:
    migrate.to(engine, "0023")
    at = "'2026-01-15 12:00:00'"
    with writing(engine) as connection, connection.begin():
        for language in ("de", "en"):
            connection.execute(
                sa.text(
                    "INSERT INTO legal_text (name, language, body, html, html_version, changed_at)"
                    f" VALUES ('terms', '{language}', 'One {language}.', '<p>One {language}.</p>', 1, {at})"
                )
            )
    migrate.to(engine)
    with writing(engine) as connection, connection.begin():
        kept = connection.execute(
            sa.text("SELECT language, number, body, html, author_name, note FROM legal_version ORDER BY language")
        )
        assert [tuple(row) for row in kept] == [
            (language, 1, f"One {language}.", f"<p>One {language}.</p>", "", "") for language in ("de", "en")
        ]
        for language, number, body in (("de", 2, "Zwei."), ("en", 2, "Two."), ("en", 3, "")):
            connection.execute(
                sa.text(
                    "INSERT INTO legal_version"
                    " (name, language, number, body, html, html_version, author_name, note, changed_at)"
                    f" VALUES ('terms', '{language}', {number}, '{body}', '', 1, 'anna', '', {at})"
                )
            )
    migrate.to(engine, "0023")
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT name, language, body FROM legal_text")).all()
    assert [tuple(row) for row in rows] == [("terms", "de", "Zwei.")]


def test_sqlite_gives_no_id_of_the_models_tables_out_again(tmp_path: Path) -> None:
    engine = make_engine(settings_for(f"sqlite:///{tmp_path / 'm.sqlite3'}", tmp_path))
    migrate.to(engine)
    wanted = {name for name, table in Base.metadata.tables.items() if table.dialect_options["sqlite"]["autoincrement"]}
    with engine.connect() as connection:
        made = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        assert {row.name for row in made if "AUTOINCREMENT" in row.sql} == wanted
    engine.dispose()


@pytest.mark.parametrize(("hue", "colour"), [(0, "#7e3f55"), (222, "#006176"), (355, "#7e3f55"), (130, "#466027")])
def test_a_hue_becomes_the_colour_it_was_and_a_hue_again(engine: sa.Engine, hue: int, colour: str) -> None:
    migrate.to(engine, "0003")
    add_member_with_roles(engine)
    with writing(engine) as connection, connection.begin():
        connection.execute(sa.text("UPDATE community SET brand_hue = :hue"), {"hue": hue})
    migrate.to(engine)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT brand_colour FROM community")) == colour
        assert connection.scalar(sa.text("SELECT theme FROM member")) == "community"
    migrate.to(engine, "0003")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT brand_hue FROM community")) == round(hue / 10) % 36 * 10
        assert connection.scalar(sa.text("SELECT theme FROM member")) == "auto"
