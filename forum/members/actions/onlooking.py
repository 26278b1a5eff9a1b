"""Looking at the site as others see it."""

from forum.access import require
from forum.core import audit
from forum.core.actor import Actor
from forum.core.errors import Invalid
from forum.members.queries.groups import get_group
from forum.members.viewpoints import GROUP, KINDS, Viewpoint


def look_as(actor: Actor, viewpoint: Viewpoint) -> tuple[Viewpoint, str]:
    """That the actor begins to see the site from there is recorded; returns the viewpoint and the name of its group.

    Raises Invalid beside `viewpoint`, NotFound for a group that there isn't.
    """
    require(actor, "site.look")
    if viewpoint.kind not in KINDS or (viewpoint.kind == GROUP) != (viewpoint.group_id is not None):
        raise Invalid("unknown-choice", field="viewpoint")
    group = get_group(actor, viewpoint.group_id).name if viewpoint.group_id is not None else ""
    after = {"as": viewpoint.kind} | ({"group": group} if group else {})
    audit.record(actor, "site.look", ("group" if group else "community", viewpoint.group_id), after=after)
    return viewpoint, group
