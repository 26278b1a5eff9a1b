"""Rules: reading a file, publishing, coming into force, accepting, comparing."""

from datetime import timedelta

import pytest
from flask import Flask

from forum.community import queries as community
from forum.core import clock, jobs
from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.core.errors import Conflict, Denied, Invalid
from forum.members import queries as members
from forum.rules import actions, draft, queries
from tests.factories.accounts import a_member

FIRST = """
material = true
note = "The first rules."

[[rules]]
number = 2
title = { de = "Respekt", en = "Respect" }
text = { de = "Seid freundlich.", en = "Be **kind**." }
severity = 3

[[rules]]
number = 1
title = "Help"
text = "Help each other."
"""
SECOND = (
    FIRST.replace("Be **kind**.", "Be kind, always.").replace('title = "Help"', 'title = "Helping"')
    + """
[[rules]]
number = 3
title = "Safety"
text = "Safety first."
"""
)


def publish(content: str, actor: Actor = SYSTEM, **changes: object) -> int:
    version = draft.read(content)
    if changes:
        version = draft.make(version.rules, **{"is_material": True, **changes})  # type: ignore[arg-type]
    with transaction(actor) as staff:
        return int(actions.publish(staff, version).version)


def accept(actor: Actor) -> None:
    book = queries.current()
    assert book is not None
    with transaction(actor) as member:
        actions.accept(member, book.head.id, book.head.sha256)


def test_a_published_version_is_in_force_and_binds(app: Flask) -> None:
    member = a_member("petra", accepted=0)
    assert queries.current() is None
    assert not member.owes_acceptance
    assert publish(FIRST) == 1
    book = queries.current()
    assert book is not None
    assert [rule.number for rule in book.rules] == [1, 2]
    assert book.rules[1].html == {"de": "<p>Seid freundlich.</p>", "en": "<p>Be <strong>kind</strong>.</p>"}
    assert book.head.sha256 == draft.read(FIRST).sha256
    assert community.current().binding_version == 1
    assert members.actor_of(member.member_id).owes_acceptance


def test_accepting_is_recorded_once_and_frees_the_member(app: Flask) -> None:
    publish(FIRST)
    member = a_member("petra", accepted=0)
    accept(member)
    accept(member)
    assert not members.actor_of(member.member_id).owes_acceptance
    overview = queries.acceptance_overview(SYSTEM, missing=False)
    assert (overview.accepted_count, overview.missing_count) == (1, 0)
    assert [row.member.username for row in overview.page.rows] == ["petra"]
    assert overview.page.rows[0].accepted_at is not None


def test_after_a_material_version_the_member_is_shown_the_difference(app: Flask) -> None:
    publish(FIRST)
    member = a_member("petra", accepted=0)
    accept(member)
    publish(SECOND)
    owed = queries.owed(members.actor_of(member.member_id), "en")
    assert owed is not None
    assert owed.accepted is not None
    assert owed.accepted.version == 1
    assert {change.number: change.kind for change in owed.changes} == {1: "changed", 2: "changed", 3: "added"}
    respect = owed.changes[1]
    assert [kind for kind, _pieces in respect.rows] == ["removed", "added"]


def test_what_was_shown_is_what_is_accepted(app: Flask) -> None:
    publish(FIRST)
    shown = queries.current()
    assert shown is not None
    member = a_member("petra", accepted=0)
    publish(SECOND)
    with transaction(member) as actor, pytest.raises(Conflict) as refused:
        actions.accept(actor, shown.head.id, shown.head.sha256)
    assert refused.value.code == "rules-changed"
    now = queries.current()
    assert now is not None
    with transaction(member) as actor, pytest.raises(Conflict):
        actions.accept(actor, now.head.id, "0" * 64)
    assert members.actor_of(member.member_id).owes_acceptance


def test_an_editorial_version_binds_nobody(app: Flask) -> None:
    publish(FIRST)
    member = a_member("petra", accepted=1)
    publish(SECOND, is_material=False)
    assert community.current().binding_version == 1
    assert not members.actor_of(member.member_id).owes_acceptance
    book = queries.current()
    assert book is not None
    assert book.head.version == 2


def test_an_announced_version_waits_for_its_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(FIRST)
    publish(SECOND, effective_at=clock.now() + timedelta(days=7))
    epoch = community.current().epoch
    jobs.work("test")
    book = queries.current()
    assert book is not None
    assert book.head.version == 1
    assert [row.version for row in queries.history()] == [2, 1]
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.work("test")
    book = queries.current()
    assert book is not None
    assert book.head.version == 2
    assert community.current().binding_version == 2
    assert community.current().epoch > epoch


def test_the_hash_covers_every_word_and_no_order(app: Flask) -> None:
    one = draft.read(FIRST)
    assert draft.digest(reversed(one.rules)) == one.sha256
    assert draft.read(FIRST.replace("freundlich", "nett")).sha256 != one.sha256


def test_only_managers_and_administrators_publish(app: Flask) -> None:
    for role in ("moderator", "product"):
        with pytest.raises(Denied):
            publish(FIRST, a_member(f"x{role}", roles=(role,)))
    assert publish(FIRST, a_member("boss", roles=("manager",))) == 1


def test_staff_see_who_has_accepted_and_members_do_not(app: Flask) -> None:
    publish(FIRST)
    staff = a_member("mod", roles=("moderator",), accepted=0)
    assert queries.acceptance_overview(staff, missing=True).missing_count == 1
    with pytest.raises(Denied):
        queries.acceptance_overview(a_member("petra"), missing=True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "rules-none"),
        ("not toml", "rules-unreadable"),
        ("{]", "rules-unreadable"),
        (FIRST.replace("material = true", ""), "rules-material"),
        (FIRST.replace("number = 2", "number = 1"), "rules-twice"),
        (FIRST.replace("number = 2", "number = 0"), "rule-number"),
        (FIRST.replace("severity = 3", "severity = 4"), "rule-severity"),
        (FIRST.replace('title = "Help"', 'title = " "'), "required"),
        (FIRST.replace('{ de = "Respekt", en = "Respect" }', '{ fr = "Respect" }'), "rule-words"),
        ('effective_at = "soon"\n' + FIRST, "rules-date"),
    ],
)
def test_a_file_that_will_not_do_is_refused_with_a_reason(app: Flask, content: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        draft.read(content)
    assert refused.value.code == code


def test_json_says_the_same_as_toml(app: Flask) -> None:
    content = '{"material": true, "rules": [{"number": 1, "title": "Help", "text": "Help each other."}]}'
    toml = 'material = true\n[[rules]]\nnumber = 1\ntitle = "Help"\ntext = "Help each other."\n'
    assert draft.read(content).sha256 == draft.read(toml).sha256


def test_rules_hold_nothing_that_runs(app: Flask) -> None:
    rule = draft.make_rule(1, "T", '<script>alert(1)</script><b onclick="x()">bold</b>')
    assert "script" not in str(rule.html)
    assert "onclick" not in str(rule.html)


def test_two_who_publish_at_the_same_moment_make_one_version(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(FIRST)
    monkeypatch.setattr(actions, "_newest", lambda: (0, None))
    with transaction() as system:
        with pytest.raises(Conflict) as refused:
            actions.publish(system, draft.read(SECOND))
        assert refused.value.code == "rules-published-meanwhile"
        assert [book.version for book in queries.history()] == [1]
