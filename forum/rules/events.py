"""What happened to the rules."""

from dataclasses import dataclass

from forum.core.events import Event


@dataclass(frozen=True, slots=True)
class RulebookPublished(Event):
    """A version was published; it may come into force later."""

    rulebook_id: int


@dataclass(frozen=True, slots=True)
class RulesAccepted(Event):
    """A member accepted a version."""

    member_id: int
    rulebook_id: int
