"""What is kept of ideas, compared with the rows that say it, and mended."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from forum import text
from forum.core import clock
from forum.core.checks import Difference
from forum.core.database import db, transaction
from forum.core.exchange import CHUNK, batched, in_order
from forum.ideas.actions.counting import COUNTED, recount, weight
from forum.ideas.actions.propose import begin_history, enter
from forum.ideas.models import IDEAS, STATUS_CHANGES, VOTES
from forum.threads.models import IDEA, MERGED, THREADS

COUNTS = ("vote_count", "staff_vote_count", "trend")


def compare(fix: bool) -> Iterator[Difference]:
    """Yields what is wrong; with `fix` it is set right, in transactions of its own. Counts come last, for they depend
    on the others."""
    yield from _rows(fix)
    yield from _histories(fix)
    yield from _answers(fix)
    yield from _weights(fix)
    yield from _roots(fix)
    yield from _counts(fix)


def _rows(fix: bool) -> Iterator[Difference]:
    """Each thread of kind `idea` has what an idea has."""
    missing = (
        select(THREADS.c.id, THREADS.c.created_at)
        .select_from(THREADS.outerjoin(IDEAS, IDEAS.c.thread_id == THREADS.c.id))
        .where(THREADS.c.kind == IDEA, IDEAS.c.thread_id.is_(None))
    )
    for row in db.session.execute(missing).all():
        yield Difference("idea", row.id, "a row", None)
        if fix:
            with transaction():
                enter(row.id, None, at=row.created_at)


def _histories(fix: bool) -> Iterator[Difference]:
    """Each idea has a status from its beginning, and names the newest change."""
    newest = (
        select(STATUS_CHANGES.c.id)
        .where(STATUS_CHANGES.c.idea_id == IDEAS.c.thread_id)
        .order_by(STATUS_CHANGES.c.at.desc(), STATUS_CHANGES.c.id.desc())
        .limit(1)
        .correlate(IDEAS)
        .scalar_subquery()
    )
    wanted = select(
        IDEAS.c.thread_id,
        IDEAS.c.status_id,
        IDEAS.c.status_change_id,
        IDEAS.c.created_at,
        IDEAS.c.answer_body,
        IDEAS.c.answer_html,
        newest.label("newest"),
    ).where(IDEAS.c.status_change_id.is_distinct_from(newest) | newest.is_(None))
    for row in db.session.execute(wanted).all():
        yield Difference("idea.status_change_id", row.thread_id, row.newest or "a first status", row.status_change_id)
        if fix:
            with transaction():
                if row.newest is None:
                    begin_history(row.thread_id, row.status_id, row.created_at, row.answer_body, row.answer_html)
                else:
                    _set(row.thread_id, {"status_change_id": row.newest})


def _answers(fix: bool) -> Iterator[Difference]:
    """Each official answer has its HTML; what came with an older version of the program has none."""
    bare = select(IDEAS.c.thread_id, IDEAS.c.answer_body, IDEAS.c.status_change_id).where(
        IDEAS.c.answer_body != "", IDEAS.c.answer_html == ""
    )
    for row in db.session.execute(bare).all():
        yield Difference("idea.answer_html", row.thread_id, "HTML", "")
        if fix:
            made = text.render(row.answer_body, text.Resolved({}))
            with transaction():
                _set(row.thread_id, {"answer_html": made.html})
                db.session.execute(
                    update(STATUS_CHANGES)
                    .where(STATUS_CHANGES.c.id == row.status_change_id, STATUS_CHANGES.c.answer_html == "")
                    .values(answer_html=made.html, html_version=made.version)
                )


def _weights(fix: bool) -> Iterator[Difference]:
    """Each vote weighs what its time says."""
    statement = update(VOTES).where(VOTES.c.id == bindparam("vote")).values(weight=bindparam("right"))
    for batch in in_order(select(VOTES.c.id, VOTES.c.created_at, VOTES.c.weight), VOTES.c.id):
        wrong = [row for row in batch if not _same(row.weight, weight(row.created_at))]
        for row in wrong:
            yield Difference("vote.weight", row.id, weight(row.created_at), row.weight)
        if wrong and fix:
            with transaction():
                db.session.connection().execute(
                    statement, [{"vote": row.id, "right": weight(row.created_at)} for row in wrong]
                )


def _roots(fix: bool) -> Iterator[Difference]:
    """Each idea's root is the end of the chain of its merges."""
    into: dict[int, int] = dict(
        db.session.execute(
            select(THREADS.c.id, THREADS.c.merged_into_id).where(
                THREADS.c.kind == IDEA, THREADS.c.state == MERGED, THREADS.c.merged_into_id.is_not(None)
            )
        )
        .tuples()
        .all()
    )
    for batch in in_order(select(IDEAS.c.thread_id, IDEAS.c.root_id), IDEAS.c.thread_id):
        wrong = {row.thread_id: row.root_id for row in batch if row.root_id != _end(row.thread_id, into)}
        for idea_id, root_id in wrong.items():
            yield Difference("idea.root_id", idea_id, _end(idea_id, into), root_id)
        if wrong and fix:
            with transaction():
                for idea_id in wrong:
                    _set(idea_id, {"root_id": _end(idea_id, into)})
                recount([*wrong, *wrong.values()])


def _end(id: int, into: Mapping[int, int]) -> int:
    seen = {id}
    while (further := into.get(id)) is not None and further not in seen:
        seen.add(further)
        id = further
    return id


def _counts(fix: bool) -> Iterator[Difference]:
    """The votes of each idea that isn't merged are those of its valid voters, each once."""
    stored = select(IDEAS.c.thread_id, *(IDEAS.c[name] for name in COUNTS)).where(IDEAS.c.root_id == IDEAS.c.thread_id)
    for batch in in_order(stored, IDEAS.c.thread_id):
        for rows in batched(batch, CHUNK):
            wrong = list(_wrong_counts(rows))
            yield from wrong
            if wrong and fix:
                with transaction():
                    recount({int(one.id) for one in wrong})


def _wrong_counts(rows: Sequence[Any]) -> Iterator[Difference]:
    parameters = {"roots": [row.thread_id for row in rows], "now": clock.now()}
    counted = {row.id: row for row in db.session.execute(COUNTED, parameters)}
    for row in rows:
        for name in COUNTS:
            expected, found = getattr(counted[row.thread_id], name), getattr(row, name)
            if not _same(expected, found):
                yield Difference(f"idea.{name}", row.thread_id, expected, found)


def _same(one: float, other: float) -> bool:
    """Sums of doubles depend on their order in the last digits."""
    return math.isclose(one, other, rel_tol=1e-9)


def _set(idea_id: int, values: Mapping[str, Any]) -> None:
    db.session.execute(update(IDEAS).where(IDEAS.c.thread_id == idea_id).values(updated_at=clock.now(), **values))
