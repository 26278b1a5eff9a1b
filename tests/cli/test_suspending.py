"""forum members suspend, unsuspend: suspensions and bans from the console."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import rows
from tests.processes import Place

RULES = """
material = true

[[rules]]
number = 1
title = { de = "Freundlich", en = "Stay friendly" }
text = { de = "Greif niemanden an.", en = "Attack nobody." }

[[rules]]
number = 2
title = { de = "Keine Werbung", en = "No advertising" }
text = { de = "Auch nicht im Profil.", en = "Not in profiles either." }
"""


def publish(team: Place, folder: Path) -> None:
    file = folder / "rules.toml"
    file.write_text(RULES, encoding="utf-8")
    done = team.call("rules", "publish", str(file))
    assert done.returncode == 0, done.stderr


def test_a_member_is_banned_and_let_in_again_by_decisions(team: Place) -> None:
    done = team.call("members", "suspend", "lee", "--reason", "Has left the company.")
    assert (done.returncode, done.stdout) == (0, "lee is banned.\n"), done.stderr
    assert rows(team, "SELECT banned_at IS NOT NULL FROM member WHERE username = 'lee'") == [(1,)]
    assert rows(team, "SELECT act, reason FROM decision") == [("ban", "Has left the company.")]
    assert ("case.decide",) in rows(team, "SELECT act FROM audit_entry")
    for more in ((), ("--days", "3")):
        again = team.call("members", "suspend", "lee", "--reason", "Twice.", *more)
        assert (again.returncode, again.stdout) == (0, "lee is banned already.\n")
    done = team.call("members", "unsuspend", "lee", "--reason", "Is back.")
    assert (done.returncode, done.stdout) == (0, "lee takes part again.\n"), done.stderr
    assert rows(team, "SELECT banned_at FROM member WHERE username = 'lee'") == [(None,)]
    assert rows(team, "SELECT reversal_reason FROM decision") == [("Is back.",)]
    said = team.call("members", "unsuspend", "lee", "--reason", "x").stdout
    assert said == "lee is neither suspended nor banned.\n"
    assert team.call("check").returncode == 0


def test_a_member_is_suspended_for_days_which_can_become_a_ban(team: Place) -> None:
    done = team.call("members", "suspend", "lee", "--days", "7", "--reason", "Spam.")
    assert (done.returncode, done.stdout) == (0, "lee is suspended for 7 days.\n"), done.stderr
    assert rows(team, "SELECT kind FROM sanction") == [("suspension",)]
    assert rows(team, "SELECT count(*) FROM job WHERE name = 'moderation.end_suspension'") == [(1,)]
    day = datetime.now(UTC) + timedelta(days=7)
    again = team.call("members", "suspend", "lee", "--days", "30", "--reason", "Spam.")
    assert again.stdout.startswith(f"lee is suspended already, until {day:%Y-%m-%d} ")
    found = team.call("members", "list", "--state", "banned", "--format", "csv").stdout
    assert ",lee,lee," in found
    assert team.call("members", "suspend", "lee", "--reason", "Spam.").stdout == "lee is banned.\n"
    assert team.call("members", "unsuspend", "lee", "--reason", "x").stdout == "lee takes part again.\n"
    assert rows(team, "SELECT count(*) FROM decision WHERE reversed_at IS NOT NULL") == [(2,)]


def test_all_that_is_missing_is_said_at_once_with_the_rules_to_choose_from(team: Place, tmp_path: Path) -> None:
    publish(team, tmp_path)
    bare = team.call("members", "suspend", "lee", "--days", "0")
    assert bare.returncode == 2
    assert bare.stderr.splitlines() == [
        "Give --reason: why; it is sent to the member.",
        "Give --days from 1 to 365, or leave it out: then it is a ban.",
        "Give --rule: the number of the rule that it rests on.",
        "  1. Stay friendly",
        "  2. No advertising",
    ]
    unknown = team.call("members", "suspend", "lee", "--rule", "7", "--reason", "x")
    assert unknown.returncode == 2
    assert unknown.stderr.splitlines()[0] == "There is no rule 7 in force."
    assert "  2. No advertising" in unknown.stderr
    assert rows(team, "SELECT id FROM decision") == []
    done = team.call("members", "suspend", "lee", "--rule", "2", "--reason", "Spam.", "--days", "1")
    assert (done.returncode, done.stdout) == (0, "lee is suspended for 1 day.\n"), done.stderr


@pytest.mark.parametrize("reason", [(), ("--reason", "  ")])
def test_a_suspension_needs_its_reason(team: Place, reason: tuple[str, ...]) -> None:
    refused = team.call("members", "suspend", "lee", *reason)
    assert (refused.returncode, refused.stderr) == (2, "Give --reason: why; it is sent to the member.\n")
    unknown = team.call("members", "suspend", "lee", "--rule", "7", "--reason", "x")
    assert (unknown.returncode, unknown.stderr) == (2, "There is no rule 7 in force.\n")
    nobody = team.call("members", "suspend", "nobody", "--reason", "x")
    assert (nobody.returncode, nobody.stderr) == (1, "There is no member nobody.\n")
    assert rows(team, "SELECT id FROM decision") == []
