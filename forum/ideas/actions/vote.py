"""Supporting an idea, and taking that back.

A vote stays with the idea that it was given to. Whether a member supports an idea is asked of all ideas that count for
its root, so that nobody has to vote again after a merge, and taking it back takes all of them back.
"""

from typing import Any

from sqlalchemy import insert as plain_insert
from sqlalchemy import select, update

from forum import access, text
from forum.core import clock, events
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Invalid
from forum.ideas.actions.counting import recount, touch, weight
from forum.ideas.events import VoteCast, VoteWithdrawn
from forum.ideas.models import IDEAS, IMPORTANCES, REASON_LENGTH, VOTES
from forum.ideas.queries.rows import IdeaRow, VoteState
from forum.ideas.queries.voters import IS_OPEN, VALID_VOTER
from forum.members.models import MEMBERS


def vote(actor: Actor, idea: IdeaRow, *, importance: str | None = None, reason: str | None = None) -> VoteState:
    """Supports an idea; `idea` comes locked from `get_idea`. Whoever supports it already changes what is given of
    importance and reason (an empty text takes it away), and nothing else.

    Returns whether the vote counts now or is waiting. Raises Invalid for a reason that is too long, Conflict for an
    idea that is settled.
    """
    access.require(actor, "idea.vote", idea)
    return cast(actor.member_id, idea.id, **_checked(importance, reason))


def cast(member_id: int, idea_id: int, **given: Any) -> VoteState:
    """Enters a member's vote, or changes the one there is; the caller has asked the gate and holds the idea's lock."""
    state = _hold_voter(member_id)
    known = db.session.execute(
        select(VOTES.c.id, VOTES.c.importance, VOTES.c.reason)
        .join_from(VOTES, IDEAS, IDEAS.c.thread_id == VOTES.c.idea_id)
        .where(VOTES.c.member_id == member_id, IDEAS.c.root_id == idea_id, IS_OPEN)
        .order_by(VOTES.c.id.desc())
        .limit(1)
    ).first()
    if known is not None:
        changed = {name: value for name, value in given.items() if getattr(known, name) != value}
        if changed:
            db.session.execute(update(VOTES).where(VOTES.c.id == known.id).values(**changed))
            touch([idea_id])
        return state
    now = clock.now()
    fresh = {"importance": None, "reason": "", **given}
    db.session.execute(
        plain_insert(VOTES).values(idea_id=idea_id, member_id=member_id, created_at=now, weight=weight(now), **fresh)
    )
    recount([idea_id])
    events.publish(VoteCast(idea_id, member_id))
    return state


def withdraw(actor: Actor, idea: IdeaRow) -> None:
    """Takes one's vote back, whichever of the merged ideas it was given to; `idea` comes locked from `get_idea`.
    Nothing happens where there is none. The vote's row stays as history."""
    access.require(actor, "idea.withdraw", idea)
    of_root = select(IDEAS.c.thread_id).where(IDEAS.c.root_id == idea.id)
    withdrawn = db.session.execute(
        update(VOTES)
        .where(VOTES.c.member_id == actor.member_id, VOTES.c.idea_id.in_(of_root), IS_OPEN)
        .values(withdrawn_at=clock.now())
        .returning(VOTES.c.id)
    ).all()
    if withdrawn:
        recount([idea.id])
        events.publish(VoteWithdrawn(idea.id, actor.member_id))


def _checked(importance: str | None, reason: str | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if importance is not None:
        if importance and importance not in IMPORTANCES:
            raise Invalid("unknown-choice", "importance")
        given["importance"] = importance or None
    if reason is not None:
        given["reason"] = text.clean_line(reason).text
        if len(given["reason"]) > REASON_LENGTH:
            raise Invalid("too-long", "reason", limit=REASON_LENGTH)
    return given


def _hold_voter(member_id: int) -> VoteState:
    """Whether the member's votes count now. Their row is held, so that a sanction that comes in the same moment either
    has been seen here or is followed by a count that sees this vote."""
    is_valid = db.session.scalar(
        select(VALID_VOTER).where(MEMBERS.c.id == member_id).with_for_update(read=True), {"now": clock.now()}
    )
    return "counted" if is_valid else "waiting"
