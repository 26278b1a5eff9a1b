"""What happened in conversations: ids and plain values only."""

from dataclasses import dataclass, field

from forum.core.events import Event


@dataclass(frozen=True, slots=True)
class ThreadStarted(Event):
    """A thread with its first post was published; `mentions` are the members it names, `groups` those groups whose
    members are to be notified. `author_id` is None where a text of a former member was made a thread."""

    thread_id: int
    post_id: int
    author_id: int | None
    mentions: list[int]
    groups: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReplyPosted(Event):
    """A reply was published; `quoted` are the authors of the posts it quotes or answers."""

    thread_id: int
    post_id: int
    author_id: int
    mentions: list[int]
    quoted: list[int]
    groups: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PostEdited(Event):
    """A post has a new text; `mentions` are the members it names now."""

    thread_id: int
    post_id: int
    editor_id: int | None
    mentions: list[int]
    groups: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PostDeleted(Event):
    """An author took a post back, or what they had taken back isn't removed any more."""

    thread_id: int
    post_id: int


@dataclass(frozen=True, slots=True)
class PostRestored(Event):
    """A post that its author had taken back, or that a decision had removed, is there again."""

    thread_id: int
    post_id: int


@dataclass(frozen=True, slots=True)
class PostRemoved(Event):
    """A decision of the moderators removed a post; removing the first one hides the whole thread."""

    thread_id: int
    post_id: int


@dataclass(frozen=True, slots=True)
class ReactionAdded(Event):
    """A member reacted to a post."""

    post_id: int
    member_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class ReactionWithdrawn(Event):
    """A member took a reaction back."""

    post_id: int
    member_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class SolutionMarked(Event):
    """A post was marked as the answer to its question."""

    thread_id: int
    post_id: int
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class SolutionUnmarked(Event):
    """A post is no longer the answer to its question."""

    thread_id: int
    post_id: int
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class ThreadClosed(Event):
    """Nobody may reply any more."""

    thread_id: int
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class ThreadReopened(Event):
    """A closed thread takes replies again."""

    thread_id: int
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class ThreadRenamed(Event):
    """A thread has a new title."""

    thread_id: int
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class ThreadMoved(Event):
    """A thread stands in another category."""

    thread_id: int
    actor_id: int | None
    old_category_id: int
    new_category_id: int


@dataclass(frozen=True, slots=True)
class ThreadTagged(Event):
    """A thread's tags changed."""

    thread_id: int
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class CategoriesChanged(Event):
    """A category was made, changed, ordered anew or granted to other groups."""

    actor_id: int | None


@dataclass(frozen=True, slots=True)
class GrantsChanged(Event):
    """A category was granted to other groups than before."""

    category_id: int


@dataclass(frozen=True, slots=True)
class ThreadsImported(Event):
    """A batch of imported threads or posts is in the tables."""

    thread_ids: list[int]


@dataclass(frozen=True, slots=True)
class PostsMoved(Event):
    """Posts stand in another thread now, or are back where they were."""

    source_id: int
    target_id: int
    post_ids: list[int]
