"""What the desk's pages and actions are given: frozen rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from forum.core import clock
from forum.members.queries import Face
from forum.moderation.models import BANNING, OPEN
from forum.rules.queries import NamedRule
from forum.threads.queries import CategoryRow

URGENT_WITHIN = timedelta(hours=4)
SOON_WITHIN = timedelta(hours=24)
Urgency = Literal["calm", "soon", "urgent"]


def reference(opened_at: datetime, case_id: int) -> str:
    """The number by which people speak of a case: `2026-0042`."""
    return f"{opened_at.year}-{case_id:04d}"


def urgency(due_at: datetime) -> Urgency:
    """How pressing a case is: due within 4 hours or overdue, within a day, or later."""
    left = due_at - clock.now()
    if left <= URGENT_WITHIN:
        return "urgent"
    return "soon" if left <= SOON_WITHIN else "calm"


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody wants to report; `about_id` is whose conduct it is."""

    kind: Literal["post", "member"]
    id: int
    about_id: int | None
    about: Face | None
    title: str
    excerpt: str
    language: str
    address: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as actions need it; `category` is where the post stands that it is about."""

    id: int
    post_id: int | None
    member_id: int | None
    about_id: int | None
    state: str
    opened_at: datetime
    due_at: datetime
    severity: int
    reporter_count: int
    owner_id: int | None
    owner_name: str
    claimed_at: datetime | None
    decided_at: datetime | None
    is_about_staff: bool
    reporter_ids: frozenset[int]
    category: CategoryRow | None

    @property
    def number(self) -> str:
        return reference(self.opened_at, self.id)

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def urgency(self) -> Urgency:
        return urgency(self.due_at)

    @property
    def is_overdue(self) -> bool:
        return self.due_at <= clock.now()


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A case in the list; `rule_title` is that of the gravest rule named, by language."""

    id: int
    number: str
    is_about_post: bool
    rule_title: Any
    excerpt: str
    opened_at: datetime
    due_at: datetime
    decided_at: datetime | None
    reporter_count: int
    owner_name: str
    act: str
    is_reversed: bool

    @property
    def urgency(self) -> Urgency:
        return "calm" if self.decided_at is not None else urgency(self.due_at)

    @property
    def is_overdue(self) -> bool:
        return self.decided_at is None and self.due_at <= clock.now()


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report in its case."""

    id: int
    reporter: Face
    rule: NamedRule | None
    text: str
    created_at: datetime
    evidence_id: int


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What was reported, as it was then; `content` holds plain JSON values."""

    id: int
    taken_at: datetime
    sha256: str
    content: Mapping[str, Any]

    @property
    def body(self) -> str:
        return str(self.content.get("body", self.content.get("about", "")))

    @property
    def title(self) -> str:
        return str(self.content.get("title", ""))

    @property
    def avatar(self) -> str:
        return str(self.content.get("avatar") or "")

    @property
    def banner(self) -> str:
        return str(self.content.get("banner") or "")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A post before or after the accused one, in short."""

    number: int
    name: str
    excerpt: str
    language: str


@dataclass(frozen=True, slots=True)
class LivePost:
    """The accused post as it is now; `taken_along` counts the posts that its removal would hide with it."""

    number: int | None
    state: str
    body: str
    html: str
    language: str
    revision: int
    created_at: datetime
    edited_at: datetime | None
    title: str
    address: str
    taken_along: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided, by whom, and whether it was undone."""

    id: int
    case_id: int
    act: str
    rule: NamedRule | None
    reason: str
    days: int | None
    until: datetime | None
    at: datetime
    by: Face | None
    removed_post: bool
    removed_pictures: Sequence[str]
    reversed_at: datetime | None
    reversed_by: Face | None
    reversal_reason: str


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """Another case about the same person."""

    id: int
    number: str
    opened_at: datetime
    state: str
    act: str
    is_reversed: bool
    rule_title: Any


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """A sanction on the person; it holds while it is neither lifted nor over."""

    kind: str
    starts_at: datetime
    until: datetime | None
    lifted_at: datetime | None

    @property
    def holds(self) -> bool:
        return self.lifted_at is None and (self.until is None or self.until > clock.now())

    @property
    def was_undone(self) -> bool:
        """Whether it was lifted before its end."""
        return self.lifted_at is not None and (self.until is None or self.lifted_at < self.until)

    @property
    def bans(self) -> bool:
        """Whether it is one while which the member is banned."""
        return self.kind in BANNING and self.lifted_at is None


@dataclass(frozen=True, slots=True)
class Ban:
    """What bans a member: which decision, and until when; None: until it is undone."""

    decision_id: int
    until: datetime | None


class _Lasting(Protocol):
    """What ends at a time, or doesn't."""

    @property
    def until(self) -> datetime | None: ...


def banned_until(bans: Iterable[_Lasting]) -> datetime | None:
    """When somebody whom these ban may take part again by themselves; None: not before somebody undoes it."""
    ends = [ban.until for ban in bans]
    return None if None in ends else max((end for end in ends if end is not None), default=None)


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Whom a case is about: history and figures."""

    face: Face
    joined_at: datetime
    language: str
    time_zone: str
    banner: str | None
    about: str
    about_html: str
    is_banned: bool
    silenced_until: datetime | None
    thread_count: int
    post_count: int
    reactions_received: int
    earlier: Sequence[EarlierCase]
    sanctions: Sequence[SanctionRow]

    @property
    def upheld_count(self) -> int:
        return sum(case.act not in {"", "no_action"} and not case.is_reversed for case in self.earlier)

    @property
    def is_silenced(self) -> bool:
        return self.silenced_until is not None and self.silenced_until > clock.now()

    @property
    def suspended_until(self) -> datetime | None:
        """When a suspension ends; None of who isn't suspended, and of who is banned besides."""
        return banned_until(one for one in self.sanctions if one.bans) if self.is_banned else None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything a moderator needs to decide one case."""

    case: CaseRow
    reports: Sequence[ReportRow]
    evidence: Sequence[EvidenceRow]
    post: LivePost | None
    before: Sequence[Neighbour]
    after: Sequence[Neighbour]
    person: PersonFile | None
    decisions: Sequence[DecisionRow]

    @property
    def rule(self) -> NamedRule | None:
        """The gravest rule that the reports name."""
        named = [report.rule for report in self.reports if report.rule is not None]
        return max(named, key=lambda rule: (rule.severity, -rule.number), default=None)


@dataclass(frozen=True, slots=True)
class MyReport:
    """A report as its maker may follow it; `act` and `decided_at` are those of the decision, once there is one."""

    id: int
    reporter_id: int
    case_id: int
    number: str
    is_about_post: bool
    rule_title: Any
    text: str
    created_at: datetime
    due_at: datetime
    decided_at: datetime | None
    act: str
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What the one concerned is told: facts, rule, reason, consequence. The words are made from it at display.
    `removed_pictures` are kinds (avatar, banner)."""

    act: str
    is_about_post: bool
    title: str
    written_at: datetime | None
    rule: NamedRule | None
    reason: str
    days: int | None
    until: datetime | None
    removed_post: bool
    at: datetime | None
    was_reported: bool
    excerpt: str = ""
    reversed_at: datetime | None = None
    reversal_reason: str = ""
    decision_id: int | None = None
    case_id: int | None = None
    about_id: int | None = None
    number: str = ""
    removed_pictures: Sequence[str] = ()
