"""What happened on the ideas board: ids and plain values only."""

from dataclasses import dataclass

from forum.core.events import Event


@dataclass(frozen=True, slots=True)
class VoteCast(Event):
    """A member supports an idea; the vote may still be waiting to count."""

    idea_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class VoteWithdrawn(Event):
    """A member no longer supports an idea."""

    idea_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class StatusChanged(Event):
    """An idea has another status, another official answer, or both; a small step is told to nobody."""

    idea_id: int
    change_id: int
    is_small_step: bool


@dataclass(frozen=True, slots=True)
class IdeaSteered(Event):
    """The product team changed an idea's area, owner or target month."""

    idea_id: int


@dataclass(frozen=True, slots=True)
class IdeasMerged(Event):
    """An idea was merged into another."""

    source_id: int
    target_id: int
    merge_id: int


@dataclass(frozen=True, slots=True)
class IdeasUnmerged(Event):
    """A merge was undone."""

    source_id: int
    target_id: int
    merge_id: int


@dataclass(frozen=True, slots=True)
class PostMadeIdea(Event):
    """The team made an idea of a member's post."""

    idea_id: int
    post_id: int
    actor_id: int | None
