"""From where somebody of the team may look at the site: as a guest, a new member, a member of a group; never as
anybody in particular.

The actor is made from the viewpoint, and every policy is asked as ever: no second set of rules has to be kept in step.
"""

from dataclasses import dataclass
from typing import Literal

from forum.core.actor import EVERYONE, MEMBERS, NOBODY_ID, Actor

GUEST, NEW, GROUP = KINDS = ("guest", "new", "group")
Kind = Literal["guest", "new", "group"]


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """`group_id` is None but for GROUP."""

    kind: str
    group_id: int | None = None


def onlooker(viewpoint: Viewpoint, language: str, time_zone: str) -> Actor:
    """The actor of a viewpoint. A member of a group has taken part for a while (`regular`), a new one hasn't; both have
    confirmed their address and accepted the rules."""
    if viewpoint.kind == GUEST:
        return Actor(language=language, is_onlooker=True)
    of_group = frozenset() if viewpoint.group_id is None else frozenset({viewpoint.group_id})
    return Actor(
        id=NOBODY_ID,
        group_ids=frozenset({EVERYONE, MEMBERS}) | of_group,
        standing="new" if viewpoint.kind == NEW else "regular",
        is_confirmed=True,
        language=language,
        time_zone=time_zone,
        is_onlooker=True,
    )
