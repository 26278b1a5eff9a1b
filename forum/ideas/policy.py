"""Who may do what on the ideas board. What may be read, replied to and reported is the thread's business."""

from typing import Any, Protocol

from forum.access import NOT_YET, YES, Decision, conflict, decide, no, publishing, rule
from forum.core.actor import Actor
from forum.ideas.models import SETTLED
from forum.threads.models import PUBLISHED
from forum.threads.policy import CategoryLike, PostLike, ThreadLike

PRODUCT = ("product", "manager", "admin")
MANAGE = ("manager", "admin")


class IdeaLike(Protocol):
    """What the rules need to know of an idea."""

    @property
    def thread(self) -> ThreadLike: ...
    @property
    def stage(self) -> str: ...


def is_product_team(actor: Actor) -> bool:
    """Whether the actor answers ideas on behalf of the company."""
    return actor.has_role(*PRODUCT)


def _team(actor: Actor) -> Decision:
    if is_product_team(actor):
        return YES
    return no("sign-in") if actor.is_guest else no("staff-only")


def _team_may(actor: Actor, idea: IdeaLike) -> Decision:
    readable = decide(actor, "thread.read", idea.thread)
    return _team(actor) if readable else readable


@rule("idea.propose")
def _propose(actor: Actor, category: CategoryLike) -> Decision:
    """Whoever may start threads in the category of the area."""
    return decide(actor, "thread.start", category)


@rule("idea.vote")
def _vote(actor: Actor, idea: IdeaLike) -> Decision:
    """Every member who may read it and has accepted the rules, while it is open; one who has yet to confirm an address
    too: the vote waits for that."""
    readable = decide(actor, "thread.read", idea.thread)
    if not readable:
        return readable
    allowed = publishing(actor)
    if not allowed and allowed.code not in NOT_YET:
        return allowed
    if actor.owes_acceptance:
        return no("owes-acceptance")
    if idea.thread.state != PUBLISHED:
        return conflict("thread-hidden")
    return conflict("idea-settled") if idea.stage in SETTLED else YES


@rule("idea.withdraw")
def _withdraw(actor: Actor, idea: IdeaLike) -> Decision:
    """Whoever may read it takes an own vote back at any time, but for the banned, who only read."""
    readable = decide(actor, "thread.read", idea.thread)
    if not readable:
        return readable
    if actor.is_guest:
        return no("sign-in")
    return no("banned") if actor.is_banned else YES


@rule("idea.steer")
def _steer(actor: Actor, idea: IdeaLike) -> Decision:
    """Status, official answer, owner, target month, area, notes: the product team, managers and administrators."""
    return _team_may(actor, idea)


@rule("idea.merge")
def _merge(actor: Actor, idea: IdeaLike) -> Decision:
    """Merging and unmerging: the product team, managers and administrators, in categories that they may read."""
    return _team_may(actor, idea)


@rule("idea.make")
def _make(actor: Actor, post: PostLike) -> Decision:
    """Making an idea of a post: the product team, managers and administrators."""
    readable = decide(actor, "post.read", post)
    if not readable:
        return readable
    if post.state != PUBLISHED or post.thread.state != PUBLISHED:
        return conflict("post-hidden")
    return _team(actor)


@rule("idea.inbox")
def _inbox(actor: Actor, _thing: Any) -> Decision:
    """The inbox of new ideas: the product team, managers and administrators."""
    return _team(actor)


@rule("idea.export")
def _export(actor: Actor, _thing: Any) -> Decision:
    """Exports and their snapshots: the product team, managers and administrators."""
    return _team(actor)


@rule("idea.configure")
def _configure(actor: Actor, _thing: Any) -> Decision:
    """Product areas, and the names and order of statuses."""
    return YES if actor.has_role(*MANAGE) else no("staff-only")
