"""forum members: the second step of signing in, from the console."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tests.processes import Place

KIM = ["create-admin", "--username", "kim", "--email", "kim@example.org", "--password-stdin"]


def rows(place: Place, statement: str) -> list[Any]:
    with sqlite3.connect(place.database) as connection:
        return connection.execute(statement).fetchall()


def asking(place: Place) -> Sequence[str] | None:
    [(roles,)] = rows(place, "SELECT two_factor_roles FROM community")
    return None if roles is None else list(json.loads(roles))


def test_the_roles_that_ask_for_a_second_step_are_said_on_the_console(place: Place) -> None:
    assert asking(place) is None
    done = place.call("members", "require-two-factor", "product", "admin")
    assert (done.returncode, done.stdout) == (0, "These roles ask for signing in in two steps: product, admin.\n")
    assert asking(place) == ["product", "admin"]
    assert rows(place, "SELECT act FROM audit_entry") == [("community.change",)]
    assert place.call("members", "require-two-factor", "--nobody").stdout == "No role asks for a second step.\n"
    assert asking(place) == []


def test_neither_nobody_nor_anybody_changes_nothing(place: Place) -> None:
    for words in ([], ["--nobody", "admin"], ["emperor"]):
        assert place.call("members", "require-two-factor", *words).returncode == 2
    assert asking(place) is None


def test_a_new_community_asks_its_whole_team_from_its_first_start_on(place: Place) -> None:
    assert place.call(*KIM, given="correct horse battery\n").returncode == 0
    assert asking(place) is None
    assert "is set up" in place.call("setup-link").stdout
    assert asking(place) == ["moderator", "product", "manager", "admin"]


def test_what_was_decided_before_the_first_start_stays(place: Place) -> None:
    assert place.call(*KIM, given="correct horse battery\n").returncode == 0
    place.call("members", "require-two-factor", "--nobody")
    place.call("setup-link")
    assert asking(place) == []


def test_who_has_lost_everything_gets_in_with_the_password_and_it_is_recorded(place: Place) -> None:
    assert place.call(*KIM, given="correct horse battery\n").returncode == 0
    with sqlite3.connect(place.database) as connection:
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
        connection.execute("INSERT INTO two_factor VALUES (1, ?, 0, ?)", ("5eed" * 10, now))
        connection.execute("INSERT INTO recovery_code VALUES (1, 'a hash')")
        connection.execute(
            "INSERT INTO passkey (member_id, credential_id, public_key, user_handle, sign_count, transports,"
            " is_backed_up, name, created_at, used_challenge) VALUES (1, 'id', 'key', 'who', 0, '[]', 0, 'Phone', ?, 0)",
            (now,),
        )
    done = place.call("members", "reset-two-factor", "KIM@example.org")
    assert (done.returncode, done.stdout) == (0, "kim signs in with the password alone now.\n"), done.stderr
    for table in ("two_factor", "recovery_code", "passkey"):
        assert rows(place, f"SELECT count(*) FROM {table}") == [(0,)]
    assert ("member.reset-two-factor", 1) in rows(place, "SELECT act, target_id FROM audit_entry")
    assert place.call("members", "reset-two-factor", "kim").stdout == "kim has no second step.\n"
    wrong = place.call("members", "reset-two-factor", "nobody")
    assert (wrong.returncode, wrong.stderr) == (1, "There is no member nobody.\n")


def test_passwords_are_let_in_again_where_only_providers_were(place: Place) -> None:
    assert place.call("members", "allow-passwords").stdout == "Passwords and links open accounts already.\n"
    with sqlite3.connect(place.database) as connection:
        connection.execute("UPDATE community SET is_sso_only = 1")
    done = place.call("members", "allow-passwords")
    assert (done.returncode, done.stdout) == (0, "Passwords and links open accounts again.\n")
    assert rows(place, "SELECT is_sso_only FROM community") == [(0,)]
    assert rows(place, "SELECT act FROM audit_entry") == [("community.change",)]
