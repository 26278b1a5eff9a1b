"""What pages and actions are given of ideas: frozen rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from forum.ideas.models import SETTLED
from forum.threads.queries.rows import CategoryRow, Person, ThreadPage, ThreadRow

VoteState = Literal["counted", "waiting"]
"""Whether a vote counts now, or will when its member has confirmed an address or may take part again."""


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status in one reader's language; `names` has all of them, `stage` says what it means."""

    id: int
    slug: str
    name: str
    names: Any = field(hash=False)
    stage: str
    position: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A product area in one reader's language, with the category it belongs to."""

    id: int
    slug: str
    name: str
    names: Any
    category: CategoryRow
    position: int


@dataclass(frozen=True, slots=True)
class IdeaRow:
    """An idea as actions need it. `root_id` is the idea whose count its votes go into."""

    id: int
    thread: ThreadRow
    status: StatusRow
    area: AreaRow | None
    owner: Person | None
    target_month: str | None
    vote_count: int
    staff_vote_count: int
    trend: float
    answer_body: str
    answer_html: str
    answered_by: Person | None
    answered_at: datetime | None
    status_change_id: int | None
    root_id: int
    from_post_id: int | None
    created_at: datetime
    updated_at: datetime

    @property
    def stage(self) -> str:
        return self.status.stage

    @property
    def is_settled(self) -> bool:
        return self.stage in SETTLED

    @property
    def address(self) -> str:
        return f"/ideas/{self.id}/{self.thread.slug}"


@dataclass(frozen=True, slots=True)
class MadeIdea:
    """The idea that a post became."""

    id: int
    slug: str
    title: str
    language: str

    @property
    def address(self) -> str:
        return f"/ideas/{self.id}/{self.slug}"


@dataclass(frozen=True, slots=True)
class IdeaListRow:
    """An idea in a list; `my_vote` is the reader's own."""

    id: int
    slug: str
    title: str
    excerpt: str
    language: str
    tags: Sequence[str]
    status: StatusRow
    area: AreaRow | None
    category: CategoryRow
    vote_count: int
    staff_vote_count: int
    comment_count: int
    author: Person | None
    created_at: datetime
    target_month: str | None
    is_closed: bool
    has_answer: bool
    my_vote: VoteState | None = None

    @property
    def is_settled(self) -> bool:
        return self.status.stage in SETTLED

    @property
    def address(self) -> str:
        return f"/ideas/{self.id}/{self.slug}"


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One stretch of the board; `older` is the cursor of the next one, or None at the end."""

    rows: Sequence[IdeaListRow]
    older: str | None = None


class RoadmapColumn(NamedTuple):
    """The ideas with one status on the roadmap, the most wanted first; `has_more` when the board has others."""

    status: StatusRow
    rows: Sequence[IdeaListRow]
    has_more: bool


@dataclass(frozen=True, slots=True)
class MyVote:
    """The reader's own vote on an idea, given to it or to one that was merged into it."""

    state: VoteState
    importance: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class StatusChangeRow:
    """One entry of an idea's history: a status, a new answer, or both. `answer_html` is empty without a new answer."""

    id: int
    status: StatusRow
    answer_html: str
    is_new_answer: bool
    actor: Person | None
    at: datetime


@dataclass(frozen=True, slots=True)
class MergedIdea:
    """An idea that was merged into the one shown, as it was worded, and what moved with it."""

    id: int
    title: str
    author: Person | None
    excerpt: str
    html: str
    language: str
    created_at: datetime
    merged_at: datetime | None
    votes_moved: int
    votes_overlapping: int
    comments_moved: int


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What somebody of the product team wrote down for the others."""

    id: int
    author: Person | None
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why a member supports an idea, as they said it to the team."""

    member: Person | None
    importance: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class IdeaView:
    """The page of an idea: its thread's page, and what an idea has besides. `notes` are empty but for the team."""

    idea: IdeaRow
    page: ThreadPage
    my_vote: MyVote | None
    history: Sequence[StatusChangeRow]
    merged: Sequence[MergedIdea]
    notes: Sequence[NoteRow]


@dataclass(frozen=True, slots=True)
class VotedIdea:
    """An idea that the reader voted for, with what has become of it; `at` is when its status was last changed."""

    id: int
    slug: str
    title: str
    language: str
    status: StatusRow
    vote_count: int
    answer_excerpt: str
    at: datetime
    state: VoteState

    @property
    def address(self) -> str:
        return f"/ideas/{self.id}/{self.slug}"
