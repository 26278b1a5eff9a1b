"""forum members create: accounts of members that the operator makes."""

import json
import sqlite3
from typing import Any

from tests.processes import Place

PASSWORD = "correct horse battery\n"


def rows(place: Place, statement: str) -> list[Any]:
    with sqlite3.connect(place.database) as connection:
        return connection.execute(statement).fetchall()


def test_a_member_is_made_and_a_mail_is_asked_for_that_leads_to_the_first_password(place: Place) -> None:
    done = place.call("members", "create", "kim", "Kim@Example.org", "--language", "en", "--display-name", "Kim Lee")
    assert (done.returncode, done.stdout) == (0, "kim is a member now (member 1).\n"), done.stderr
    assert "The mail with the link" in done.stderr
    made = rows(
        place, "SELECT email, display_name, language, password_hash, confirmed_at, accepted_version FROM member"
    )
    assert made == [("Kim@example.org", "Kim Lee", "en", None, None, 0)]
    assert rows(place, "SELECT act, target_id FROM audit_entry") == [("member.create", 1)]
    [(payload,)] = rows(place, "SELECT payload FROM job WHERE name = 'members.mail_created'")
    assert json.loads(payload)["member_id"] == 1


def test_a_member_with_a_password_is_complete_with_roles_and_groups(place: Place) -> None:
    with sqlite3.connect(place.database) as connection:
        connection.execute(
            "INSERT INTO member_group (name, is_builtin, way_in, audience, description) VALUES ('Partners', 0, 'staff',"
            " 'members', '')"
        )
    words = ["members", "create", "kim", "kim@example.org", "--role", "moderator", "--role", "product"]
    done = place.call(*words, "--group", "Partners", "--password-stdin", given=PASSWORD)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert rows(place, "SELECT confirmed_at IS NOT NULL, password_hash IS NOT NULL, language FROM member") == [
        (1, 1, "de")
    ]
    assert sorted(rows(place, "SELECT role FROM member_role")) == [("moderator",), ("product",)]
    assert rows(place, "SELECT name FROM member_group JOIN group_member ON id = group_id") == [("Partners",)]
    acts = [act for (act,) in rows(place, "SELECT act FROM audit_entry ORDER BY id")]
    assert acts == ["member.create", "member.roles", "group.add"]
    assert rows(place, "SELECT id FROM job WHERE name = 'members.mail_created'") == []
    assert place.call("check").returncode == 0


def test_what_does_not_fit_is_said_and_nothing_is_made(place: Place) -> None:
    assert place.call("members", "create", "kim", "kim@example.org").returncode == 0
    for words, sentence in (
        (["kim", "other@example.org"], "username: This user name is taken, or looks like one that is."),
        (["lee", "KIM@example.org"], "Another account has this e-mail address.\n"),
        (["lee", "nonsense"], "email: This doesn't look like an e-mail address. Please check it.\n"),
        (["l!e", "lee@example.org"], "username: A user name has letters and digits, and between them dot,"),
        (["l\u200be", "lee@example.org"], "username: This contains invisible characters. Please type it again.\n"),
        (
            ["lee", "lee@example.org", "--display-name", "x" * 2000],
            "display name: This is too long: at most ",
        ),
        (["lee", "lee@example.org", "--group", "Nobodies"], "There is no group Nobodies."),
        (["lee", "lee@example.org", "--language", "xx"], "The interface has no language xx"),
    ):
        done = place.call("members", "create", *words)
        assert done.returncode == 1, words
        assert done.stderr.startswith(sentence)
    assert place.call("members", "create", "lee", "lee@example.org", "--role", "emperor").returncode == 2
    weak = place.call("members", "create", "lee", "lee@example.org", "--password-stdin", given="short\n")
    assert weak.returncode == 1
    assert weak.stderr == "password: This is too short: at least 10 characters.\n"
    assert rows(place, "SELECT username FROM member") == [("kim",)]
    assert len(rows(place, "SELECT id FROM audit_entry")) == 1


def test_where_only_providers_let_members_in_a_link_to_a_password_is_not_sent(place: Place) -> None:
    assert place.call("members", "allow-passwords").returncode == 0
    with sqlite3.connect(place.database) as connection:
        connection.execute("UPDATE community SET is_sso_only = 1")
    done = place.call("members", "create", "kim", "kim@example.org")
    assert (done.returncode, rows(place, "SELECT id FROM member")) == (1, [])
    assert "OpenID providers alone" in done.stderr
