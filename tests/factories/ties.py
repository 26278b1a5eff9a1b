"""Members who settle something with another one."""

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.members import actions, queries


def block(actor: Actor, other: Actor | str) -> Actor:
    """Blocks another member; returns the actor as they are then."""
    with transaction(actor) as member:
        actions.block(member, queries.profile(member, other if isinstance(other, str) else other.username))
    return queries.reload(actor)


def follow(actor: Actor, other: Actor | str, level: str = "watching") -> None:
    """Follows another member, or no longer."""
    with transaction(actor) as member:
        actions.follow(member, queries.profile(member, other if isinstance(other, str) else other.username), level)
