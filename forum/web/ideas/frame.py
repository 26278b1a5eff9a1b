"""What all pages of the ideas board share: the blueprint, and votes as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response
from flask_babel import ngettext

from forum.access import NOT_YET, decide, may, publishing
from forum.core import formats
from forum.core.actor import Actor
from forum.http.language import of_answer
from forum.http.reasons import sentence
from forum.http.render import page
from forum.http.viewer import actor
from forum.ideas.queries import IdeaListRow, IdeaRow
from forum.web import intents

bp = Blueprint("ideas", __name__)

_NO_OBSTACLE = NOT_YET | {"sign-in"}
"""Reasons that don't take the button away: a guest's vote waits for the sign-in, a new member's is stored."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Where the reader votes for one idea: `mine` is the own vote (`counted`, `waiting` or None)."""

    id: int
    title: str
    language: str
    count: int
    staff_count: int
    mine: str | None
    is_open: bool
    why_not: str = ""

    @property
    def staff(self) -> str:
        """How many of the team support it, in words; empty where nobody does."""
        return said_of_staff(self.staff_count)


def said_of_staff(count: int) -> str:
    """The votes of the team, which are told apart from those of the community."""
    return ngettext("+%(num)s from the team", "+%(num)s from the team", count) if count else ""


def month_in_words(value: str | None) -> str:
    """A target month (`2027-03`) as the reader writes it."""
    return formats.month(date.fromisoformat(f"{value}-01"), of_answer()) if value else ""


def takes_part(who: Actor) -> bool:
    """Whether buttons for voting are shown: a guest signs in by them, an unconfirmed member's vote waits."""
    allowed = publishing(who)
    return bool(allowed) or allowed.code in _NO_OBSTACLE


def ballot(idea: IdeaRow, mine: str | None) -> Ballot:
    """The vote of one idea's page; what stands against voting is said in words."""
    decision = decide(actor(), "idea.vote", idea)
    is_open = bool(decision) or decision.code in _NO_OBSTACLE
    return Ballot(
        id=idea.id,
        title=idea.thread.title,
        language=idea.thread.language,
        count=idea.vote_count,
        staff_count=idea.staff_vote_count,
        mine=mine,
        is_open=is_open and not idea.is_settled,
        why_not="" if is_open or idea.is_settled else sentence(decision.error()),
    )


def ballots(rows: Iterable[IdeaListRow]) -> Sequence[tuple[IdeaListRow, Ballot]]:
    """The rows of a list, each with its vote."""
    may_vote = takes_part(actor())
    return [
        (
            row,
            Ballot(
                id=row.id,
                title=row.title,
                language=row.language,
                count=row.vote_count,
                staff_count=row.staff_vote_count,
                mine=row.my_vote,
                is_open=may_vote and not row.is_settled,
            ),
        )
        for row in rows
    ]


def ideas_page(template: str, status: int = 200, /, **values: Any) -> Response:
    """A page of the board: with what signs guests' votes, and whether the links of the product team are shown."""
    sign = intents.signer() if actor().is_guest else None
    return page(template, status, sign=sign, is_team=may(actor(), "idea.inbox"), **values)
