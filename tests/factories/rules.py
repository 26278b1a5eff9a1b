"""Rulebooks."""

from forum.core.actor import SYSTEM
from forum.core.database import transaction
from forum.rules import actions, draft, queries

RULES = (
    (1, {"de": "Freundlich bleiben", "en": "Stay friendly"}, {"de": "Greif niemanden an.", "en": "Attack nobody."}, 2),
    (
        2,
        {"de": "Keine Werbung", "en": "No advertising"},
        {"de": "Hier wird nichts verkauft.", "en": "Nothing is sold here."},
        1,
    ),
)


def a_rulebook(*, is_material: bool = True, note: str = "", addition: str = "") -> int:
    """The next version with two rules, in force at once; returns its version number."""
    rules = [
        draft.make_rule(number, title, {language: part + addition for language, part in words.items()}, severity)
        for number, title, words, severity in RULES
    ]
    with transaction():
        return actions.publish(SYSTEM, draft.make(rules, is_material=is_material, note=note)).version


def a_rule_id() -> int:
    """Id of the first rule in force."""
    book = queries.current()
    assert book is not None
    return book.rules[0].id
