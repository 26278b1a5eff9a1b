"""forum members: listing and roles from the console."""

import csv
import io
import json
import sqlite3
from collections.abc import Sequence

import pytest

from tests.cli.conftest import rows
from tests.processes import Place


def roles(place: Place, name: str) -> Sequence[str]:
    found = rows(place, f"SELECT role FROM member_role JOIN member ON id = member_id WHERE username = '{name}'")
    return sorted(role for (role,) in found)


def test_members_are_listed_as_table_json_and_csv(team: Place) -> None:
    table = team.call("members", "list")
    assert table.returncode == 0, table.stderr
    assert [line.split()[1] for line in table.stdout.splitlines()[1:]] == ["lee", "kim"]
    assert table.stderr == "2 members.\n"
    lines = team.call("members", "list", "--name", "ki", "--format", "json").stdout.splitlines()
    [found] = [json.loads(line) for line in lines]
    assert (found["username"], found["email"], found["roles"], found["two_factor"]) == (
        "kim",
        "kim@example.org",
        ["admin"],
        False,
    )
    made = list(csv.DictReader(io.StringIO(team.call("members", "list", "--role", "team", "--format", "csv").stdout)))
    assert [one["username"] for one in made] == ["lee", "kim"]
    assert team.call("members", "list", "--state", "banned", "--format", "json").stdout == ""


def test_a_list_by_what_there_is_not_says_so(team: Place) -> None:
    assert team.call("members", "list", "--role", "emperor").returncode == 2
    for day in ("yesterday", "0001-01-01", "9999-12-31"):
        assert team.call("members", "list", "--joined-until", day).returncode == 2
    missing = team.call("members", "list", "--group", "Nobodies")
    assert (missing.returncode, missing.stderr) == (1, "There is no group Nobodies.\n")


def test_a_cell_is_no_formula(team: Place) -> None:
    with sqlite3.connect(team.database) as connection:
        connection.execute("UPDATE member SET display_name = '=1+1' WHERE username = 'kim'")
    assert "'=1+1" in team.call("members", "list", "--format", "csv").stdout


def test_roles_are_given_and_taken_and_the_log_keeps_it(team: Place) -> None:
    done = team.call("members", "promote", "KIM", "moderator", "product")
    assert (done.returncode, done.stdout) == (0, "kim has the roles moderator, product, admin.\n"), done.stderr
    assert roles(team, "kim") == ["admin", "moderator", "product"]
    assert team.call("members", "demote", "kim", "product").stdout == "kim has the roles moderator, admin.\n"
    assert team.call("members", "demote", "kim", "--all").stdout == "kim has no role.\n"
    assert roles(team, "kim") == []
    assert len(rows(team, "SELECT id FROM audit_entry WHERE act = 'member.roles'")) == 5


def test_the_last_administrator_stays_one_and_takes_part(team: Place) -> None:
    assert team.call("members", "demote", "kim", "admin").returncode == 0
    for words in (("demote", "lee", "--all"), ("suspend", "lee", "--reason", "Out.")):
        refused = team.call("members", *words, FORUM_LOG_LEVEL="warning")
        assert refused.returncode == 1
        *lines, told = refused.stderr.splitlines()
        assert told == "This is the last administrator. Make somebody else one first."
        if words[0] == "demote":
            [line] = [json.loads(line) for line in lines]
            noted = [line[name] for name in ("event", "kind", "what", "member_id", "network")]
            assert noted == ["security", "right-refused", "last-admin", None, ""]
    assert roles(team, "lee") == ["admin"]
    assert rows(team, "SELECT banned_at FROM member WHERE username = 'lee'") == [(None,)]
    assert rows(team, "SELECT id FROM moderation_case") == []


@pytest.mark.parametrize("words", [("promote", "kim"), ("demote", "kim"), ("demote", "kim", "admin", "--all")])
def test_without_a_role_nothing_happens(team: Place, words: tuple[str, ...]) -> None:
    assert team.call("members", *words).returncode == 2
    assert roles(team, "kim") == ["admin"]
