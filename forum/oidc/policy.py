"""Who may have providers, and who is whom there."""

from typing import Protocol

from forum.access import YES, Decision, no, rule
from forum.core.actor import Actor


class Owned(Protocol):
    """What belongs to a member."""

    @property
    def member_id(self) -> int: ...


@rule("provider.manage")
def manage(actor: Actor, _thing: object = None) -> Decision:
    """Saying by which providers one signs in, and that there is no other way."""
    return YES if actor.has_role("admin") else no("staff-only")


@rule("identity.link")
def link(actor: Actor, _thing: object = None) -> Decision:
    """Everybody may sign in to their own account by a provider, once its address is confirmed: else somebody could
    register with the address of another and keep a way in. Whoever is banned only reads."""
    if actor.id is None:
        return no("sign-in")
    if actor.is_banned:
        return no("banned")
    return YES if actor.is_confirmed else no("way-in-unconfirmed")


@rule("identity.unlink")
def unlink(actor: Actor, identity: Owned) -> Decision:
    """Everybody may undo that for their own."""
    if actor.is_banned:
        return no("banned")
    return YES if actor.id == identity.member_id else no("not-yours")
