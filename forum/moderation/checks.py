"""What a case keeps of its reports, compared with them, and mended."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select, update

from forum.core.checks import Difference
from forum.core.database import db, transaction
from forum.moderation.models import CASES, REPORTS, due_at

_COUNTED = select(func.count()).where(REPORTS.c.case_id == CASES.c.id).correlate(CASES).scalar_subquery()


def compare(fix: bool) -> Iterator[Difference]:
    """Yields each case whose number of reporters is wrong; with `fix` it is set right, and when the case is due."""
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
