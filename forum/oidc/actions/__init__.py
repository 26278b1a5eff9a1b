"""Changing providers, signing in by one, linking accounts, hearing that somebody has signed out there."""

from forum.oidc.actions.identities import (
    create_account,
    link,
    may_join,
    proposed_username,
    recognise,
    unlink,
)
from forum.oidc.actions.once import use_up
from forum.oidc.actions.providers import (
    ProviderDraft,
    add_provider,
    change_provider,
    forget_group,
    only_providers,
    remove_provider,
)
from forum.oidc.actions.sessions import forget_used, note_session, sign_out_there
from forum.oidc.actions.troubles import is_known, is_trouble, note_trouble

__all__ = [
    "ProviderDraft",
    "add_provider",
    "change_provider",
    "create_account",
    "forget_group",
    "forget_used",
    "is_known",
    "is_trouble",
    "link",
    "may_join",
    "note_session",
    "note_trouble",
    "only_providers",
    "proposed_username",
    "recognise",
    "remove_provider",
    "sign_out_there",
    "unlink",
    "use_up",
]
