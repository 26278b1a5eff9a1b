"""What can be done with ideas: who acts comes first, the gate is asked, the caller has the transaction."""

from forum.ideas.actions.configure import (
    AreaDraft,
    StatusDraft,
    create_area,
    create_status,
    delete_area,
    delete_status,
    move_area,
    move_status,
    update_area,
    update_status,
)
from forum.ideas.actions.counting import recount, touch, weight
from forum.ideas.actions.make import draft_from_post, make_idea
from forum.ideas.actions.merge import MergeResult, merge, unmerge
from forum.ideas.actions.propose import draft_of_idea, propose
from forum.ideas.actions.steer import add_note, set_area, set_owner, set_status, set_target
from forum.ideas.actions.vote import vote, withdraw

__all__ = [
    "AreaDraft",
    "MergeResult",
    "StatusDraft",
    "add_note",
    "create_area",
    "create_status",
    "delete_area",
    "delete_status",
    "draft_from_post",
    "draft_of_idea",
    "make_idea",
    "merge",
    "move_area",
    "move_status",
    "propose",
    "recount",
    "set_area",
    "set_owner",
    "set_status",
    "set_target",
    "touch",
    "unmerge",
    "update_area",
    "update_status",
    "vote",
    "weight",
    "withdraw",
]
