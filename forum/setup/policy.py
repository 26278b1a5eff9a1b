"""Who may set the community up."""

from typing import Protocol

from forum.access import YES, Decision, no, rule
from forum.core.actor import Actor


class Stage(Protocol):
    """What the rule needs to know of the first run."""

    @property
    def has_account(self) -> bool: ...


@rule("setup.go_on")
def go_on(actor: Actor, stage: Stage) -> Decision:
    """Until the administrator has an account, whoever opened the link, for whom the system acts; then administrators"""
    if actor.is_system:
        return no("sign-in") if stage.has_account else YES
    return YES if stage.has_account and actor.has_role("admin") else no("staff-only")
