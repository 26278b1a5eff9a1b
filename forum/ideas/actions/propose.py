"""Proposing an idea: a thread of kind `idea` with what an idea has besides, and its author's vote."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update

from forum import access
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.ideas.actions.vote import cast
from forum.ideas.models import IDEAS, NEW, STATUS_CHANGES, STATUSES
from forum.ideas.queries.rows import AreaRow
from forum.threads import actions as threads
from forum.threads.actions import Posted, ThreadDraft
from forum.threads.models import IDEA


def draft_of_idea(actor: Actor, title: str, body: str, tags: str, submission_id: str | None) -> ThreadDraft:
    """A new idea from what was typed; slow, and so done before the transaction. Raises Invalid, naming the field."""
    return replace(threads.draft_of_thread(actor, title, body, "discussion", tags, submission_id), kind=IDEA)


def propose(actor: Actor, area: AreaRow, draft: ThreadDraft) -> Posted:
    """Publishes an idea in an area, with the vote of its author. The same form sent again gives the same answer.

    Raises Conflict (`sent-twice-changed`) for the same form with another text, Invalid for a title that won't do.
    """
    access.require(actor, "idea.propose", area.category)
    known = threads.started_before(actor, area.category, draft)
    if known is not None:
        return known
    posted = threads.begin_thread(actor.member_id, area.category, replace(draft, kind=IDEA))
    threads.mark_read(actor, posted.thread_id, 1)
    enter(posted.thread_id, area.id)
    cast(actor.member_id, posted.thread_id)
    return posted


def enter(thread_id: int, area_id: int | None, *, from_post_id: int | None = None, at: datetime | None = None) -> None:
    """Gives a thread that was begun now, or at that time, what an idea has besides: no votes yet, and the first status
    for new ones."""
    now = clock.now()
    status_id = first_status()
    db.session.execute(
        insert(IDEAS).values(
            thread_id=thread_id,
            root_id=thread_id,
            status_id=status_id,
            area_id=area_id,
            from_post_id=from_post_id,
            vote_count=0,
            staff_vote_count=0,
            trend=0.0,
            answer_body="",
            answer_html="",
            created_at=at or now,
            updated_at=now,
            extra={},
        )
    )
    begin_history(thread_id, status_id, at or now)


def begin_history(idea_id: int, status_id: int, at: datetime, answer_body: str = "", answer_html: str = "") -> None:
    """Notes the status and the answer that an idea has from its beginning, so that its history says at any moment which
    it had."""
    change_id = db.session.execute(
        insert(STATUS_CHANGES)
        .values(
            idea_id=idea_id,
            status_id=status_id,
            answer_body=answer_body,
            answer_html=answer_html,
            html_version=0,
            is_new_answer=bool(answer_body),
            is_small_step=True,
            at=at,
        )
        .returning(STATUS_CHANGES.c.id)
    ).scalar_one()
    db.session.execute(update(IDEAS).where(IDEAS.c.thread_id == idea_id).values(status_change_id=change_id))


def first_status() -> int:
    """The status of an idea that nobody has looked at: the first one of stage `new`."""
    return int(
        db.session.execute(
            select(STATUSES.c.id).where(STATUSES.c.stage == NEW).order_by(STATUSES.c.position, STATUSES.c.id).limit(1)
        ).scalar_one()
    )
