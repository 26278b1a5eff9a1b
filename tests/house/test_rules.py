"""The rules of the house over the syntax tree of every file, and a proof that each of them can fail."""

import ast
from pathlib import Path, PurePosixPath

import pytest

from tests.house import rules

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted((ROOT / "forum").rglob("*.py"))
LONGEST_LINES = 400


def findings(rule: rules.Rule, path: str, source: str) -> list[rules.Finding]:
    return list(rule(PurePosixPath(path), ast.parse(source)))


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_every_file_keeps_the_rule(rule: rules.Rule) -> None:
    assert SOURCES
    wrong = []
    for source in SOURCES:
        path = source.relative_to(ROOT).as_posix()
        wrong += [f"{path}:{line}: {what}" for line, what in findings(rule, path, source.read_text(encoding="utf-8"))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        (rules.commits_in_one_place, "db.session.commit()"),
        (rules.commits_in_one_place, "with engine.begin() as connection: pass"),
        (rules.markup_in_two_places, "from markupsafe import Markup"),
        (rules.markup_in_two_places, "x = markupsafe.Markup('<b>')"),
        (rules.roles_in_policies, "ok = 'admin' in actor.roles"),
        (rules.roles_in_policies, "ok = actor.roles & {'admin'}"),
        (rules.roles_in_policies, "ok = actor.roles.isdisjoint({'admin'})"),
        (rules.roles_in_policies, "ok = actor.has_role('admin')"),
        (rules.times_are_aware, "datetime.utcnow()"),
        (rules.times_are_aware, "datetime.datetime.now(UTC)"),
        (rules.times_are_aware, "date.today()"),
        (rules.times_are_aware, "datetime.fromtimestamp(0)"),
        (rules.relations_refuse_lazy_loading, "author = relationship('Member')"),
        (rules.relations_refuse_lazy_loading, "author = relationship('Member', lazy='selectin')"),
        (
            rules.relations_refuse_lazy_loading,
            "author = relationship('Member', lazy='raise', backref=backref('posts'))",
        ),
    ],
)
def test_the_rule_finds_what_it_forbids(rule: rules.Rule, bad: str) -> None:
    assert findings(rule, "forum/threads/actions.py", bad)


@pytest.mark.parametrize(
    ("rule", "path", "good"),
    [
        (rules.commits_in_one_place, "forum/core/database.py", "session.commit()"),
        (rules.commits_in_one_place, "forum/threads/actions.py", "with transaction(actor) as actor: pass"),
        (rules.markup_in_two_places, "forum/text/html.py", "from markupsafe import Markup"),
        (rules.markup_in_two_places, "forum/web/fragments/lists.py", "from markupsafe import Markup"),
        (rules.roles_in_policies, "forum/threads/policy.py", "ok = 'admin' in actor.roles"),
        (rules.roles_in_policies, "forum/http/viewer.py", "row = Row(roles=actor.roles)"),
        (rules.times_are_aware, "forum/core/clock.py", "datetime.now(UTC)"),
        (rules.times_are_aware, "forum/threads/actions.py", "now = clock.now()"),
        (rules.relations_refuse_lazy_loading, "forum/threads/models.py", "a = relationship('Member', lazy='raise')"),
    ],
)
def test_the_rule_lets_the_right_way_pass(rule: rules.Rule, path: str, good: str) -> None:
    assert findings(rule, path, good) == []


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    lengths = {
        str(source.relative_to(ROOT)): len(source.read_text(encoding="utf-8").splitlines()) for source in SOURCES
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_LINES} == {}
