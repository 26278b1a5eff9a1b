"""What the product team does with an idea: status and official answer, owner, target month, area, notes."""

import re
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy import insert as plain_insert

from forum import access
from forum.core import audit, clock, events
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid
from forum.ideas.events import IdeaSteered, StatusChanged
from forum.ideas.models import DECLINED, IDEAS, NOTES, STATUS_CHANGES
from forum.ideas.policy import is_product_team
from forum.ideas.queries.rows import AreaRow, IdeaRow, StatusRow
from forum.members.queries import actors_of
from forum.text import clean_body
from forum.threads import actions as threads
from forum.threads.actions import Written
from forum.threads.actions.counters import change_category, change_thread

LONGEST_NOTE = 4_000
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def set_status(
    actor: Actor,
    idea: IdeaRow,
    status: StatusRow,
    answer: Written | None,
    *,
    is_small_step: bool,
    seen_change_id: int | None,
) -> int | None:
    """Gives an idea a status, a new official answer, or both; `idea` comes locked from `get_idea`, the answer rendered
    from `threads.actions.write`. Without an answer the present one goes on standing.

    Returns the id of the newest status change; the same status without another answer changes nothing. A small step is
    told to nobody. Raises Conflict (`idea-changed`, with the present status, answer and change) when `seen_change_id`
    isn't the newest, Invalid for declining without an answer.
    """
    access.require(actor, "idea.steer", idea)
    if seen_change_id != idea.status_change_id:
        raise Conflict(
            "idea-changed", status=idea.status.name, answer=idea.answer_body, change_id=idea.status_change_id
        )
    is_new_answer = answer is not None and answer.body != idea.answer_body
    if status.id == idea.status.id and not is_new_answer:
        return idea.status_change_id
    if status.stage == DECLINED and answer is None and not idea.answer_body:
        raise Invalid("answer-required", "answer")
    if answer is not None and is_new_answer:
        threads.note_pictures_beside(idea.id, answer.html)
    now = clock.now()
    values: dict[str, Any] = {"answer_body": idea.answer_body, "answer_html": idea.answer_html}
    version: Any = select(STATUS_CHANGES.c.html_version).where(STATUS_CHANGES.c.id == idea.status_change_id)
    version = func.coalesce(version.scalar_subquery(), 0)
    if answer is not None and is_new_answer:
        values, version = {"answer_body": answer.body, "answer_html": answer.html}, answer.version
    change_id = int(
        db.session.execute(
            plain_insert(STATUS_CHANGES)
            .values(
                idea_id=idea.id,
                status_id=status.id,
                html_version=version,
                is_new_answer=is_new_answer,
                is_small_step=is_small_step,
                actor_id=actor.id,
                at=now,
                **values,
            )
            .returning(STATUS_CHANGES.c.id)
        ).scalar_one()
    )
    if is_new_answer:
        values |= {"answered_by_id": actor.id, "answered_at": now}
    _change(idea, status_id=status.id, status_change_id=change_id, **values)
    audit.record(
        actor,
        "idea.status",
        ("idea", idea.id),
        before={"status": idea.status.slug, "answer": idea.answer_body},
        after={
            "status": status.slug,
            "answer": values["answer_body"],
            "change": change_id,
            "small_step": is_small_step,
        },
    )
    events.publish(StatusChanged(idea.id, change_id, is_small_step))
    return change_id


def set_owner(actor: Actor, idea: IdeaRow, owner_id: int | None) -> None:
    """Says who of the product team looks after an idea. Raises Invalid for somebody who isn't of the team."""
    access.require(actor, "idea.steer", idea)
    before = idea.owner.id if idea.owner is not None else None
    if owner_id == before:
        return
    if owner_id is not None:
        owner = actors_of([owner_id]).get(owner_id)
        if owner is None or not is_product_team(owner):
            raise Invalid("unknown-choice", "owner")
    _steered(actor, idea, "owner", before, owner_id, owner_id=owner_id)


def set_target(actor: Actor, idea: IdeaRow, month: str | None) -> None:
    """Says for which month an idea is planned (`2027-03`), or that it is planned for none."""
    access.require(actor, "idea.steer", idea)
    month = month or None
    if month is not None and not _MONTH.fullmatch(month):
        raise Invalid("target-month", "target")
    if month != idea.target_month:
        _steered(actor, idea, "target", idea.target_month, month, target_month=month)


def set_area(actor: Actor, idea: IdeaRow, area: AreaRow | None) -> None:
    """Puts an idea into a product area, and with it into the category that the area belongs to."""
    access.require(actor, "idea.steer", idea)
    before = idea.area.slug if idea.area is not None else None
    if (area.slug if area is not None else None) == before:
        return
    if area is not None:
        access.require(actor, "category.read", area.category)
        threads.move(actor, idea.thread, area.category)
    area_id = area.id if area is not None else None
    _steered(actor, idea, "area", before, area.slug if area is not None else None, area_id=area_id)


def add_note(actor: Actor, idea: IdeaRow, body: str) -> int:
    """Writes something down that only the product team reads; returns the note's id. Readers of the idea see no trace
    of it."""
    access.require(actor, "idea.steer", idea)
    body = clean_body(body).text.strip()
    if not body:
        raise Invalid("required", "note")
    if len(body) > LONGEST_NOTE:
        raise Invalid("too-long", "note", limit=LONGEST_NOTE)
    note_id = int(
        db.session.execute(
            plain_insert(NOTES)
            .values(idea_id=idea.id, author_id=actor.id, body=body, at=clock.now())
            .returning(NOTES.c.id)
        ).scalar_one()
    )
    audit.record(actor, "idea.note", ("idea", idea.id), after={"note": note_id})
    return note_id


def _change(idea: IdeaRow, **values: Any) -> None:
    """Sets columns of an idea; its page and the lists with it are made anew."""
    db.session.execute(update(IDEAS).where(IDEAS.c.thread_id == idea.id).values(updated_at=clock.now(), **values))
    change_thread(idea.id)
    change_category(idea.thread.category_id)


def _steered(actor: Actor, idea: IdeaRow, what: str, before: Any, after: Any, **values: Any) -> None:
    _change(idea, **values)
    audit.record(actor, f"idea.{what}", ("idea", idea.id), before={"value": before}, after={"value": after})
    events.publish(IdeaSteered(idea.id))
