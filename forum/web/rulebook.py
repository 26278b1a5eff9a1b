"""Rules as a page writes them: in the reader's language, their stored HTML marked as what it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from forum.core.locale import text_in
from forum.http.language import of_answer
from forum.rules.queries import RuleRow
from forum.text import as_markup


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """One paragraph; `language` is the one it is written in, where that is known."""

    number: int
    title: str
    html: Any
    language: str
    anchor: str


def written(rules: Iterable[RuleRow], prefix: str = "rule") -> Sequence[WrittenRule]:
    """The paragraphs for a template; `prefix` begins their anchors."""
    wanted = of_answer()
    found = []
    for rule in rules:
        language = wanted
        if isinstance(rule.text, dict) and wanted not in rule.text:
            language = "en" if "en" in rule.text else next(iter(rule.text), wanted)
        html = as_markup(text_in(rule.html, wanted))
        found.append(WrittenRule(rule.number, text_in(rule.title, wanted), html, language, f"{prefix}-{rule.number}"))
    return found
