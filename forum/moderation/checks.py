"""What a case keeps of its reports, compared with them, and suspensions whose time is over; both are mended."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select, update

from forum.core import clock
from forum.core.actor import SYSTEM
from forum.core.checks import Difference
from forum.core.database import db, transaction
from forum.moderation.actions import end_suspension
from forum.moderation.models import CASES, REPORTS, SANCTION_ROWS, due_at

_COUNTED = select(func.count()).where(REPORTS.c.case_id == CASES.c.id).correlate(CASES).scalar_subquery()


def compare(fix: bool) -> Iterator[Difference]:
    """Yields what isn't as it should be; with `fix` it is set right."""
    yield from _reporters(fix)
    yield from _suspensions(fix)


def _reporters(fix: bool) -> Iterator[Difference]:
    """Each case whose number of reporters is wrong; mended with when the case is due."""
    columns = (CASES.c.id, CASES.c.reporter_count, CASES.c.opened_at, CASES.c.severity, _COUNTED.label("counted"))
    wrong = select(*columns).where(CASES.c.reporter_count != _COUNTED).order_by(CASES.c.id)
    for row in db.session.execute(wrong).all():
        if fix:
            _mend(row)
        yield Difference("case.reporter_count", row.id, row.counted, row.reporter_count)


def _mend(row: Any) -> None:
    with transaction():
        values = {"reporter_count": _COUNTED, "due_at": due_at(row.opened_at, row.severity, row.counted)}
        db.session.execute(update(CASES).where(CASES.c.id == row.id).values(values))


def _suspensions(fix: bool) -> Iterator[Difference]:
    """Each suspension whose time is over and that still holds; also while the worker is about to end it."""
    sanction = SANCTION_ROWS.c
    over = (sanction.kind == "suspension", sanction.lifted_at.is_(None), sanction.until <= clock.now())
    columns = (sanction.id, sanction.decision_id, sanction.until)
    for row in db.session.execute(select(*columns).where(*over).order_by(sanction.id)).all():
        if fix:
            with transaction(SYSTEM) as system:
                end_suspension(system, row.decision_id)
        yield Difference("suspension.lifted_at", row.id, row.until, None)
