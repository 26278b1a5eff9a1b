"""A rulebook before it is published: the file an operator writes, its checks, and the hash of what members accept.

The file is TOML (or the same as JSON):

    label = "2"                           # optional; else the number of the version
    effective_at = 2027-01-01T00:00:00Z   # optional; else at once
    material = true                       # members must accept it before they publish again
    note = "Rule 8 is new."               # optional, a sentence for the history

    [[rules]]
    number = 1
    severity = 1                          # 1 to 3: how urgent a case is that names this rule
    title = { de = "…", en = "…" }        # or one text for all languages
    text = { de = "…", en = "…" }         # Markdown
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from forum import text
from forum.core.errors import Invalid
from forum.core.locale import languages

MOST_RULES = 100
TITLE_LENGTH = 120
TEXT_BYTES = 20_000
LABEL_LENGTH = 40
NOTE_LENGTH = 2_000

Words = str | dict[str, str]
"""A text for all languages, or one for each."""


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """One checked paragraph with its HTML, which has the shape of the text."""

    number: int
    title: Words
    text: Words
    html: Words
    severity: int = 1


@dataclass(frozen=True, slots=True)
class RulebookDraft:
    """A checked version. `effective_at` None means at once; an empty label, the version's number."""

    rules: Sequence[RuleDraft]
    is_material: bool
    effective_at: datetime | None = None
    label: str = ""
    note: str = ""

    @property
    def sha256(self) -> str:
        return digest(self.rules)


def digest(rules: Iterable[Any]) -> str:
    """SHA-256 over numbers, titles and texts in every language, as canonical JSON in the order of the numbers."""
    content = [
        {"number": rule.number, "title": rule.title, "text": rule.text}
        for rule in sorted(rules, key=lambda rule: int(rule.number))
    ]
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def rendered(words: Words) -> Words:
    """The HTML of a rule's text, in every language it has."""
    if isinstance(words, dict):
        return {language: text.render(part).html for language, part in words.items()}
    return text.render(words).html


def _words(raw: Any, field: str, limit: int) -> Words:
    parts = raw if isinstance(raw, Mapping) else {"": raw}
    found: dict[str, str] = {}
    for language, part in parts.items():
        if (language and language not in languages()) or not isinstance(part, str):
            raise Invalid("rule-words", field=field)
        cleaned = text.clean_body(part).text.strip()
        if not cleaned:
            raise Invalid("required", field=field)
        if len(cleaned.encode()) > limit:
            raise Invalid("too-long", field=field, limit=limit)
        found[str(language)] = cleaned
    if not found:
        raise Invalid("required", field=field)
    return found.get("", found)


def make_rule(number: Any, title: Any, body: Any, severity: Any = 1, field: str = "rules") -> RuleDraft:
    """One checked paragraph. Raises Invalid beside `field`."""
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= 999:
        raise Invalid("rule-number", field=field)
    if severity not in (1, 2, 3):
        raise Invalid("rule-severity", field=field)
    words = _words(body, field, TEXT_BYTES)
    return RuleDraft(number, _words(title, field, TITLE_LENGTH * 2), words, rendered(words), int(severity))


def make(
    rules: Sequence[RuleDraft],
    *,
    is_material: bool,
    effective_at: datetime | None = None,
    label: str = "",
    note: str = "",
) -> RulebookDraft:
    """A checked version, its rules in the order of their numbers. Raises Invalid."""
    if not rules:
        raise Invalid("rules-none", field="rules")
    if len(rules) > MOST_RULES:
        raise Invalid("rules-too-many", field="rules", limit=MOST_RULES)
    if len({rule.number for rule in rules}) != len(rules):
        raise Invalid("rules-twice", field="rules")
    label, note = " ".join(label.split()), text.clean_body(note).text.strip()
    if len(label) > LABEL_LENGTH or not label.isprintable():
        raise Invalid("too-long", field="label", limit=LABEL_LENGTH)
    if len(note) > NOTE_LENGTH:
        raise Invalid("too-long", field="note", limit=NOTE_LENGTH)
    ordered = tuple(sorted(rules, key=lambda rule: rule.number))
    return RulebookDraft(ordered, is_material, effective_at, label, note)


def _moment(raw: Any) -> datetime | None:
    if raw is None or raw == "":
        return None
    try:
        if isinstance(raw, str):
            raw = datetime.fromisoformat(raw)
        elif isinstance(raw, date) and not isinstance(raw, datetime):
            raw = datetime.combine(raw, time.min)
    except ValueError as error:
        raise Invalid("rules-date", field="effective_at") from error
    if not isinstance(raw, datetime):
        raise Invalid("rules-date", field="effective_at")
    return raw.astimezone(UTC) if raw.tzinfo else raw.replace(tzinfo=UTC)


def read(content: str) -> RulebookDraft:
    """The version that a file holds, TOML or JSON. Raises Invalid, with `rules` as the field where it can't be read."""
    try:
        raw = json.loads(content) if content.lstrip().startswith("{") else tomllib.loads(content)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid("rules-unreadable", field="rules", reason=str(error)) from error
    entries = raw.get("rules")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Invalid("rules-none", field="rules")
    if not isinstance(raw.get("material"), bool):
        raise Invalid("rules-material", field="material")
    rules = [
        make_rule(entry.get("number"), entry.get("title"), entry.get("text"), entry.get("severity", 1))
        for entry in entries
    ]
    note = raw.get("note", "")
    return make(
        rules,
        is_material=raw["material"],
        effective_at=_moment(raw.get("effective_at")),
        label=str(raw.get("label", "")),
        note=note if isinstance(note, str) else "\n".join(str(part) for part in note.values()),
    )
