"""What each command does, and what it says when it can't."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.interchange.sample import post, start, thread, whole
from tests.processes import Place


def rows(place: Place, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(place.database) as connection:
        return connection.execute(statement).fetchall()


def archive(place: Place, *lines: object) -> str:
    path = place.folder / "archive.jsonl"
    path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    return str(path)


def test_help_names_every_command_with_an_example(bare: Place) -> None:
    overview = bare.call("--help").stdout
    for command in "serve worker demo migrate import export rerender create-admin check".split():
        assert f"\n  {command} " in overview
        assert "Examples:" in bare.call(command, "--help").stdout
    assert "Examples:" in bare.call("rules", "publish", "--help").stdout


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("FORUM_SPEED", "fast", "There is no setting FORUM_SPEED"),
        ("PORT", "eighty", "PORT must be a whole number"),
        ("FORUM_DATABASE_URL", "mysql://x", "FORUM_DATABASE_URL must begin with"),
        ("FORUM_MAIL_URL", "ftp://x", "FORUM_MAIL_URL must begin with"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "demo"])
def test_a_wrong_setting_is_named_in_one_sentence_and_nothing_starts(
    bare: Place, command: str, name: str, value: str, sentence: str
) -> None:
    done = bare.call(command, **{name: value})
    assert done.returncode == 2
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert not bare.database.exists()


def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(bare: Place) -> None:
    done = bare.call("migrate", FORUM_DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 1
    assert done.stderr.startswith("The database can't be reached: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["serve"], ["worker"], ["check"], ["export", "x.jsonl"]])
def test_an_empty_database_is_not_served(bare: Place, command: list[str]) -> None:
    done = bare.call(*command)
    assert done.returncode == 1
    assert done.stderr == "The database is not at the newest schema. Run `forum migrate` first.\n"


def test_migrate_goes_up_and_down(bare: Place) -> None:
    assert "from base to" in bare.call("migrate").stdout
    assert "already" in bare.call("migrate").stdout
    assert "to base" in bare.call("migrate", "--to", "base").stdout
    assert "Can't locate revision" in bare.call("migrate", "--to", "9999").stderr


def test_create_admin_makes_an_account_that_is_confirmed(place: Place) -> None:
    words = ["create-admin", "--username", "kim", "--email", "kim@example.org", "--password-stdin"]
    done = place.call(*words, given="correct horse battery\n")
    assert (done.returncode, done.stdout) == (0, "kim is an admin now (member 1).\n"), done.stderr
    assert rows(place, "SELECT username, confirmed_at IS NOT NULL FROM member") == [("kim", 1)]
    assert rows(place, "SELECT role FROM member_role") == [("admin",)]
    again = place.call(*words, given="correct horse battery\n")
    assert again.returncode == 1
    assert again.stderr.startswith("username: This user name is taken, or looks like one that is.")
    short = place.call(
        "create-admin", "--username", "lee", "--email", "l@example.org", "--password-stdin", given="short\n"
    )
    assert short.stderr == "password: This is too short: at least 10 characters.\n"


def test_rules_publish_makes_the_next_version(place: Place) -> None:
    file = place.folder / "rules.toml"
    file.write_text('material = true\n[[rules]]\nnumber = 1\ntitle = "Respect"\ntext = "Be *kind*."\n')
    done = place.call("rules", "publish", str(file))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Version 1 of the rules is published")
    assert rows(place, "SELECT binding_version FROM community") == [(1,)]
    file.write_text("material = maybe")
    unread = place.call("rules", "publish", str(file))
    assert (unread.returncode, unread.stderr.startswith(f"{file}: rules: This can't be read: ")) == (1, True)
    file.write_text("rules = []\nmaterial = true\n")
    assert place.call("rules", "publish", str(file)).stderr == f"{file}: rules: There must be at least one rule.\n"


def test_import_export_and_their_exit_codes(place: Place) -> None:
    done = place.call("import", archive(place, *whole()))
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 posts" in done.stdout
    done = place.call("import", archive(place, *start(), thread("t9"), "{", post("p9", "t9")))
    assert done.returncode == 1
    assert done.stderr.startswith("Line 8: is not JSON")
    assert "1 post." in done.stdout
    out = place.folder / "out.jsonl.gz"
    done = place.call("export", str(out))
    assert done.returncode == 0, done.stderr
    assert "5 posts" in done.stdout
    assert (out.stat().st_mode & 0o077) == 0
    nowhere = place.call("export", str(place.folder / "nowhere" / "x.jsonl"))
    assert (nowhere.returncode, "can't be written" in nowhere.stderr) == (1, True)
    assert place.call("import", str(place.folder / "nowhere.jsonl")).returncode == 2


def test_strict_import_writes_nothing_when_a_line_is_bad(place: Place) -> None:
    done = place.call("import", "--strict", archive(place, *start(), "{"))
    assert done.returncode == 1
    assert done.stdout == "Nothing was written: 1 line is bad.\n"
    assert rows(place, "SELECT count(*) FROM member") == [(0,)]


def test_rerender_makes_anew_what_an_older_pipeline_made(place: Place) -> None:
    place.call("import", archive(place, *whole()))
    with sqlite3.connect(place.database) as connection:
        before = connection.execute("SELECT id, html FROM post ORDER BY id").fetchall()
        connection.execute("UPDATE post SET html = 'old', html_version = 0 WHERE number = 1")
        connection.execute("UPDATE member SET about_html = 'old', about_version = 0 WHERE about <> ''")
    assert place.call("rerender").stdout == "3 texts were made anew.\n"
    assert rows(place, "SELECT count(*) FROM post WHERE html = 'old'") == [(0,)]
    first = [(id, html) for id, html in before if "fn-" not in str(html)]
    assert set(first) <= set(rows(place, "SELECT id, html FROM post"))
    assert "/u/anna" in str(rows(place, "SELECT html FROM post ORDER BY id")[0])
    assert "<strong>every day</strong>" in str(rows(place, "SELECT about_html FROM member ORDER BY id")[0])
    assert place.call("rerender").stdout == "0 texts were made anew.\n"
    assert place.call("rerender", "--all").stdout == "6 texts were made anew.\n"


def test_check_finds_and_mends(place: Place) -> None:
    place.call("import", archive(place, *whole()))
    place.run("worker", "--drain")
    assert place.call("check").stdout == "Everything is as it should be.\n"
    with sqlite3.connect(place.database) as connection:
        connection.execute("UPDATE thread SET post_count = 77 WHERE id = 1")
        connection.execute("UPDATE event SET state = 'dead', error = 'it broke' WHERE id = 1")
    found = place.call("check")
    assert found.returncode == 1
    assert "thread.post_count of 1 is 77, should be 2" in found.stdout
    assert "dead letter: event 1" in found.stdout
    assert "it broke" in found.stdout
    assert place.call("check", "--fix").returncode == 1
    place.run("worker", "--drain")
    assert place.call("check").returncode == 0


def test_the_demo_with_its_default_password_stays_on_this_machine(bare: Place) -> None:
    done = bare.call("demo", HOST="0.0.0.0")
    assert done.returncode == 2
    assert "FORUM_DEMO_PASSWORD" in done.stderr
    assert not bare.database.exists()


def test_the_demo_is_loaded_once_and_not_into_a_community_of_ones_own(place: Place) -> None:
    done = place.call("demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    people = rows(place, "SELECT count(*) FROM member")[0][0]
    assert isinstance(people, int)
    assert people >= 40
    hashes = rows(place, "SELECT username, password_hash FROM member WHERE password_hash IS NOT NULL")
    assert {name for name, _ in hashes} == {"admin", "manager", "moderator", "product", "customer"}
    news = "SELECT count(*) FROM post WHERE submission_id LIKE 'demo-%'"
    assert rows(place, news) == [(4,)]
    board = "SELECT (SELECT count(*) FROM idea_export WHERE state = 'ready'), (SELECT count(*) FROM idea_note)"
    assert rows(place, board) == [(1, 3)]
    served = place.start("serve", HOST="0.0.0.0")
    assert "FORUM_DEMO_PASSWORD" in served.communicate(timeout=30)[1]
    assert served.returncode == 2
    again = place.call("demo", "--no-serve")
    assert (again.returncode, again.stderr) == (0, "")
    assert (rows(place, news), rows(place, board)) == ([(4,)], [(1, 3)])
    assert rows(place, "SELECT username, password_hash FROM member WHERE password_hash IS NOT NULL") == hashes
    assert place.call("demo", "--no-serve", FORUM_DEMO_PASSWORD="another password").returncode == 0
    assert rows(place, "SELECT username, password_hash FROM member WHERE password_hash IS NOT NULL") != hashes
    with sqlite3.connect(place.database) as connection:
        connection.execute("UPDATE community SET is_demo = 0")
        connection.execute("INSERT INTO origin VALUES ('other', 'member', 'x', 1)")
    own = place.call("demo", "--no-serve")
    assert (own.returncode, "content of its own" in own.stderr) == (1, True)
    assert Path(place.folder / "data" / "demo-password").stat().st_size == 64
