"""Who may do what with the rules."""

from forum.access import YES, Decision, no, rule
from forum.core.actor import Actor


@rule("rulebook.publish")
def publish(actor: Actor, _thing: object = None) -> Decision:
    """Rules are the community managers' and administrators' business."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("rulebook.acceptances")
def see_acceptances(actor: Actor, _thing: object = None) -> Decision:
    """Everybody of the team may see who has accepted the rules in force."""
    return YES if actor.is_staff or actor.is_system else no("staff-only")


@rule("rulebook.accept")
def accept(actor: Actor, _thing: object = None) -> Decision:
    """Every member may, confirmed or not; nobody is punished for not doing it."""
    if actor.is_guest:
        return no("sign-in")
    return no("banned") if actor.is_banned else YES
