"""Areas, ideas and votes for tests, made through the verbs themselves."""

import itertools
from typing import Any

from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.ideas import actions, queries
from forum.ideas.actions import AreaDraft
from forum.ideas.queries import IdeaRow, VoteState
from forum.threads import actions as threads
from forum.threads.actions import Posted
from tests.factories import threads as make

_numbers = itertools.count(1)


def area(category_id: int = 0, name: str = "") -> int:
    """A product area, in a category of its own unless one is given; returns its id."""
    name = name or f"Area {next(_numbers)}"
    draft = AreaDraft({"en": name, "de": f"{name} de"}, category_id or make.category())
    with transaction(SYSTEM) as actor:
        return actions.create_area(actor, draft)


def idea(
    author: Actor, area_id: int = 0, title: str = "A lamp that dims", body: str = "It is too bright.", **fields: Any
) -> Posted:
    """An idea with its author's vote."""
    area_id = area_id or area()
    draft = actions.draft_of_idea(author, title, body, fields.pop("tags", ""), fields.pop("submission_id", None))
    with transaction(author) as actor:
        return actions.propose(actor, queries.get_area(actor, area_id), draft)


def on_idea(verb: Any, member: Actor, idea_id: int, *more: Any, **named: Any) -> Any:
    """A verb on a locked idea, such as `on_idea(actions.withdraw, anna, 3)`."""
    with transaction(member) as actor:
        return verb(actor, queries.get_idea(actor, idea_id, lock=True), *more, **named)


def vote(member: Actor, idea_id: int, **given: Any) -> VoteState:
    """A vote, or what is changed of it."""
    state: VoteState = on_idea(actions.vote, member, idea_id, **given)
    return state


def withdraw(member: Actor, idea_id: int) -> None:
    """A vote taken back."""
    on_idea(actions.withdraw, member, idea_id)


def merge(member: Actor, source_id: int, target_id: int) -> None:
    """One idea merged into another."""
    with transaction(member) as actor:
        actions.merge(actor, source_id, target_id)


def now(idea_id: int) -> IdeaRow:
    """The idea as it stands."""
    return queries.get_idea(SYSTEM, idea_id)


def set_status(member: Actor, idea_id: int, slug: str, answer: str = "", *, is_small_step: bool = False) -> int | None:
    """A status, with an official answer if one is given; returns the id of the change."""
    written = threads.write(member, answer) if answer else None
    with transaction(member) as actor:
        found = queries.get_idea(actor, idea_id, lock=True)
        return actions.set_status(
            actor,
            found,
            queries.get_status(actor, slug),
            written,
            is_small_step=is_small_step,
            seen_change_id=found.status_change_id,
        )
