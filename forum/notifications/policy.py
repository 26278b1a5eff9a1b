"""Whose notification it is."""

from typing import Protocol

from forum.access import YES, Decision, absent, no, rule
from forum.core.actor import Actor


class NotificationLike(Protocol):
    """What the rule needs to know of a notification."""

    @property
    def member_id(self) -> int: ...


@rule("notification.list")
def list_notifications(actor: Actor, _nothing: object) -> Decision:
    """One's own."""
    return no("sign-in") if actor.is_guest else YES


@rule("notification.see")
def see_notification(actor: Actor, notification: NotificationLike) -> Decision:
    """Only the member whom it was made for."""
    return YES if actor.id is not None and actor.id == notification.member_id else absent()
