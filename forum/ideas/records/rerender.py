"""Official answers whose HTML an older version of the text pipeline made."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select, update

from forum.community.actions import bump_epoch
from forum.core.database import db
from forum.core.exchange import in_order
from forum.ideas.models import IDEAS, STATUS_CHANGES


def _outdated(below: int | None) -> Any:
    statement = select(STATUS_CHANGES.c.id, STATUS_CHANGES.c.answer_body).where(STATUS_CHANGES.c.answer_body != "")
    return statement if below is None else statement.where(STATUS_CHANGES.c.html_version < below)


def outdated_count(below: int | None) -> int:
    """How many answers an older version than `below` made, each as often as it stands in a history; None: all."""
    return db.session.scalar(select(func.count()).select_from(_outdated(below).subquery())) or 0


def outdated_answers(below: int | None) -> Iterator[list[tuple[int, str]]]:
    """Status change and text of those answers, in batches; each may be written before the next one is asked for."""
    for batch in in_order(_outdated(below), STATUS_CHANGES.c.id):
        yield [(row.id, row.answer_body) for row in batch]


def write_html(made: Mapping[tuple[int, str], str], version: int) -> None:
    """Stores HTML by status change, and with the ideas whose newest it is, in the caller's transaction. The text of a
    status change is never edited."""
    for (change_id, _body), html in made.items():
        db.session.execute(
            update(STATUS_CHANGES)
            .where(STATUS_CHANGES.c.id == change_id)
            .values(answer_html=html, html_version=version)
        )
        db.session.execute(update(IDEAS).where(IDEAS.c.status_change_id == change_id).values(answer_html=html))
    bump_epoch()
