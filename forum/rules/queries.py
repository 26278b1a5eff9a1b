"""Reading the rules: the version in force, its history, what changed, who accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, func, or_, select, tuple_

from forum import text
from forum.access import require
from forum.community import queries as community
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.core.locale import text_in
from forum.core.paging import Page, cut, decode, encode
from forum.members.models import MEMBERS
from forum.members.queries import Face
from forum.members.queries.people import face_columns
from forum.rules.models import ACCEPTANCES, RULEBOOKS, RULES

PAGE = 50


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One paragraph; title, text and HTML by language."""

    id: int
    number: int
    title: Any
    text: Any
    html: Any
    severity: int


@dataclass(frozen=True, slots=True)
class RulebookRow:
    """One version without its paragraphs."""

    id: int
    version: int
    label: str
    effective_at: datetime
    published_at: datetime
    is_material: bool
    note: str
    sha256: str

    @property
    def is_in_force(self) -> bool:
        return self.effective_at <= clock.now()


@dataclass(frozen=True, slots=True)
class FullRulebook:
    """One version with its paragraphs in order."""

    head: RulebookRow
    rules: Sequence[RuleRow]


DiffRows = Sequence[tuple[str, Sequence[tuple[bool, str]]]]
"""Lines as (kind, pieces); each piece says whether it changed."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What became of one paragraph; `rows` compare its texts line by line where it changed."""

    number: int
    kind: Literal["added", "removed", "changed", "same"]
    title: str
    old_title: str
    rows: DiffRows


@dataclass(frozen=True, slots=True)
class Owed:
    """What a member is asked to accept: the version in force and how it differs from the one they accepted."""

    book: FullRulebook
    accepted: RulebookRow | None
    changes: Sequence[RuleChange]


@dataclass(frozen=True, slots=True)
class Standing:
    """One member in the staff's list of acceptances."""

    member: Face
    accepted_version: int
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Who has accepted the binding version and who hasn't, in numbers and one page of a list."""

    binding: RulebookRow | None
    accepted_count: int
    missing_count: int
    page: Page[Standing]


_HEAD = select(
    RULEBOOKS.c.id,
    RULEBOOKS.c.version,
    RULEBOOKS.c.label,
    RULEBOOKS.c.effective_at,
    RULEBOOKS.c.published_at,
    RULEBOOKS.c.is_material,
    RULEBOOKS.c.note,
    RULEBOOKS.c.sha256,
)


def _full(row: Row[Any] | None) -> FullRulebook | None:
    if row is None:
        return None
    rules = db.session.execute(
        select(RULES.c.id, RULES.c.number, RULES.c.title, RULES.c.text, RULES.c.html, RULES.c.severity)
        .where(RULES.c.rulebook_id == row.id)
        .order_by(RULES.c.number)
    )
    return FullRulebook(RulebookRow(*row), tuple(RuleRow(*rule) for rule in rules))


def current() -> FullRulebook | None:
    """The version in force; None before the first one is."""
    newest = _HEAD.where(RULEBOOKS.c.effective_at <= clock.now()).order_by(RULEBOOKS.c.version.desc()).limit(1)
    return _full(db.session.execute(newest).first())


def version(number: int) -> FullRulebook:
    """One version. Raises NotFound."""
    if not 0 < number < 2**31:
        raise NotFound
    found = _full(db.session.execute(_HEAD.where(RULEBOOKS.c.version == number)).first())
    if found is None:
        raise NotFound
    return found


def history() -> Sequence[RulebookRow]:
    """All versions, the newest first, those that are announced for later included; without those of another community
    that came with its archive, which have numbers below 1."""
    own = _HEAD.where(RULEBOOKS.c.version > 0).order_by(RULEBOOKS.c.version.desc())
    return [RulebookRow(*row) for row in db.session.execute(own)]


def changes(old: FullRulebook, new: FullRulebook, language: str) -> Sequence[RuleChange]:
    """What became of each paragraph from one version to another, in one language."""
    before = {rule.number: rule for rule in old.rules}
    after = {rule.number: rule for rule in new.rules}
    return [_change(before.get(number), after.get(number), language) for number in sorted(before | after)]


def _compared(old: str, new: str) -> DiffRows:
    """Lines as the page draws them; one that is new as a whole needs no marks inside."""
    return [
        (line.kind, line.parts if len(line.parts) > 1 else ((False, line.parts[0][1]),))
        for line in text.compare(old, new)
    ]


def _change(old: RuleRow | None, new: RuleRow | None, language: str) -> RuleChange:
    number = (new or old).number  # type: ignore[union-attr]  # one of the two is there
    old_title, old_text = (text_in(old.title, language), text_in(old.text, language)) if old else ("", "")
    title, body = (text_in(new.title, language), text_in(new.text, language)) if new else ("", "")
    if old is None:
        return RuleChange(number, "added", title, "", _compared("", body))
    if new is None:
        return RuleChange(number, "removed", old_title, old_title, _compared(old_text, ""))
    if (old_title, old_text) == (title, body):
        return RuleChange(number, "same", title, old_title, ())
    return RuleChange(number, "changed", title, old_title, _compared(old_text, body))


def owed(actor: Actor, language: str) -> Owed | None:
    """What the actor is asked to accept, or None when nothing is in force."""
    book = current()
    if book is None:
        return None
    accepted = db.session.scalar(select(MEMBERS.c.accepted_version).where(MEMBERS.c.id == actor.member_id))
    if not accepted or accepted == book.head.version:
        return Owed(book, book.head if accepted else None, ())
    former = _full(db.session.execute(_HEAD.where(RULEBOOKS.c.version == accepted)).first())
    if former is None:
        return Owed(book, None, ())
    return Owed(book, former.head, changes(former, book, language))


def rule_choices(language: str) -> Sequence[tuple[int, str]]:
    """The paragraphs in force as (id, "2. Respect"), for the form of a report or decision."""
    book = current()
    return [(rule.id, f"{rule.number}. {text_in(rule.title, language)}") for rule in book.rules] if book else []


@dataclass(frozen=True, slots=True)
class NamedRule:
    """One paragraph of whatever version, as reports and decisions refer to it."""

    id: int
    version: int
    number: int
    title: Any
    text: Any
    severity: int


def named_rules(ids: Sequence[int]) -> Mapping[int, NamedRule]:
    """Paragraphs by id, each with the number of its version."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(RULES.c.id, RULEBOOKS.c.version, RULES.c.number, RULES.c.title, RULES.c.text, RULES.c.severity)
        .join(RULEBOOKS, RULEBOOKS.c.id == RULES.c.rulebook_id)
        .where(RULES.c.id.in_(set(ids)))
    )
    return {row.id: NamedRule(*row) for row in rows}


def acceptance_overview(actor: Actor, *, missing: bool, before: str | None = None) -> Overview:
    """The confirmed members who have (or haven't) accepted the version that binds, by name."""
    require(actor, "rulebook.acceptances")
    binding = community.current().binding_version
    head = db.session.execute(_HEAD.where(RULEBOOKS.c.version == binding)).first()
    counted = or_(MEMBERS.c.confirmed_at.is_not(None), MEMBERS.c.is_imported)
    has_accepted = MEMBERS.c.accepted_version >= binding
    figures = db.session.execute(
        select(func.count(), func.count().filter(has_accepted)).select_from(MEMBERS).where(counted)
    ).one()
    newest = (
        select(func.max(ACCEPTANCES.c.accepted_at)).where(ACCEPTANCES.c.member_id == MEMBERS.c.id).scalar_subquery()
    )
    statement = (
        select(*face_columns(), MEMBERS.c.accepted_version, newest, MEMBERS.c.sort_key)
        .where(counted, ~has_accepted if missing else has_accepted)
        .order_by(MEMBERS.c.sort_key, MEMBERS.c.id)
        .limit(PAGE + 1)
    )
    if (position := decode(before, str, int)) is not None:
        statement = statement.where(tuple_(MEMBERS.c.sort_key, MEMBERS.c.id) > tuple_(*position))
    page = cut(db.session.execute(statement).all(), PAGE, lambda row: encode(row.sort_key, row.id))
    rows = [Standing(Face(*row[:5]), row[5], row[6]) for row in page.rows]
    book = RulebookRow(*head) if head is not None else None
    return Overview(book, figures[1], figures[0] - figures[1], Page(rows, page.older))
