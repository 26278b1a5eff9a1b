"""Changing the community, its legal texts, and what the worker does."""

from forum.community.actions.changing import bind_rulebook, bump_epoch, bump_people_epoch, set_up
from forum.community.actions.house import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    TEAM_LENGTH,
    CommunityDraft,
    LookDraft,
    change,
    change_frame,
    change_logo,
    change_look,
    change_registration,
    change_welcome,
    require_two_factor,
    set_sso_only,
)
from forum.community.actions.legal import write_legal_text
from forum.community.actions.machinery import dismiss, try_again

__all__ = [
    "DESCRIPTION_LENGTH",
    "NAME_LENGTH",
    "TEAM_LENGTH",
    "CommunityDraft",
    "LookDraft",
    "bind_rulebook",
    "bump_epoch",
    "bump_people_epoch",
    "change",
    "change_frame",
    "change_logo",
    "change_look",
    "change_registration",
    "change_welcome",
    "dismiss",
    "require_two_factor",
    "set_sso_only",
    "set_up",
    "try_again",
    "write_legal_text",
]
