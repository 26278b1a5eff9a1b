"""Groups that open something: who is in such a group may see or do what not everybody may. Putting somebody into it or
taking them out asks for the password (`forum.web.proving`), in a group that opens nothing neither does."""

from collections.abc import Iterable

from forum.access import may
from forum.http.viewer import actor, community
from forum.members import queries as members
from forum.threads import queries as threads


def are_doors(group_ids: Iterable[int]) -> bool:
    """Whether one of these groups opens a category, a private one or one to moderate, for who manages groups."""
    return may(actor(), "group.manage") and threads.opens_categories(group_ids, community().stamp)


def is_a_door(group_id: int, **_more: object) -> bool:
    """Whether this group does, for who says who belongs to it. Others aren't asked, as they are refused whatever it
    opens: the question would tell them of groups that they don't know. Raises NotFound as the view does."""
    group = members.get_group(actor(), group_id)
    return may(actor(), "group.tend", group) and threads.opens_categories([group_id], community().stamp)
