"""Who may look after the installation."""

from forum.access import YES, Decision, no, rule
from forum.core.actor import Actor


@rule("admin.see")
def see_admin(actor: Actor, _thing: object = None) -> Decision:
    """The administration's pages at all."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("community.change")
def change_community(actor: Actor, _thing: object = None) -> Decision:
    """The community's name, look, languages and time zone."""
    return YES if actor.has_role("admin") else no("staff-only")


@rule("styleguide.see")
def see_styleguide(actor: Actor, _thing: object = None) -> Decision:
    """What pages are made of."""
    return YES if actor.is_staff else no("staff-only")


@rule("audit.read")
def read_audit(actor: Actor, _thing: object = None) -> Decision:
    """The audit log of everybody."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("site.look")
def look_as(actor: Actor, _thing: object = None) -> Decision:
    """Seeing the site as guests and members of some kind see it."""
    return YES if actor.has_role("manager", "admin") else no("staff-only")


@rule("machine.see")
def see_machine(actor: Actor, _thing: object = None) -> Decision:
    """How the machine does: worker, queues, room."""
    return YES if actor.has_role("admin") else no("staff-only")


@rule("jobs.manage")
def manage_jobs(actor: Actor, _thing: object = None) -> Decision:
    """What waits for the worker, and trying again what failed for good."""
    return YES if actor.has_role("admin") else no("staff-only")
