"""Votes: known by what they join. One that was taken back here isn't brought back by reading the archive again."""

from collections.abc import Iterator, Sequence

from sqlalchemy import insert as plain_insert
from sqlalchemy import select

from forum import text
from forum.core.database import db
from forum.core.exchange import CHUNK, Intake, Line, Record, batched, in_order, iso, slim
from forum.ideas.actions.counting import recount, weight
from forum.ideas.models import IDEAS, REASON_LENGTH, VOTES


def bring_in_votes(lines: Sequence[Line], intake: Intake) -> int:
    """Writes votes that are not there yet, and counts them; returns how many were new."""
    rows: dict[tuple[int, int], Record] = {}
    for line in lines:
        rows.setdefault((line.record["thread"], line.record["member"]), _row(line))
    known = set[int]()
    for idea_ids in batched({idea_id for idea_id, _member_id in rows}, CHUNK):
        known.update(db.session.scalars(select(IDEAS.c.thread_id).where(IDEAS.c.thread_id.in_(idea_ids))))
        there = select(VOTES.c.idea_id, VOTES.c.member_id).where(VOTES.c.idea_id.in_(idea_ids))
        for row in db.session.execute(there):
            rows.pop((row.idea_id, row.member_id), None)
    fresh = [row for row in rows.values() if row["idea_id"] in known]
    intake.notes.count("votes on threads that are no ideas (left out)", len(rows) - len(fresh))
    if fresh:
        db.session.execute(plain_insert(VOTES), fresh)
        recount({row["idea_id"] for row in fresh})
    return len(fresh)


def _row(line: Line) -> Record:
    record = line.record
    return {
        "idea_id": record["thread"],
        "member_id": record["member"],
        "created_at": record["created_at"],
        "importance": record["importance"],
        "reason": text.shortened(text.clean_line(record["reason"] or "").text, REASON_LENGTH),
        "weight": weight(record["created_at"]),
    }


def votes() -> Iterator[list[Record]]:
    """Every vote that stands, by idea and member."""
    keys = (VOTES.c.idea_id, VOTES.c.member_id)
    wanted = select(*keys, VOTES.c.created_at, VOTES.c.importance, VOTES.c.reason).where(VOTES.c.withdrawn_at.is_(None))
    for batch in in_order(wanted, *keys):
        yield [
            slim(
                {
                    "kind": "vote",
                    "thread": str(row.idea_id),
                    "member": str(row.member_id),
                    "created_at": iso(row.created_at) if row.created_at else None,
                    "importance": row.importance,
                    "reason": row.reason or None,
                }
            )
            for row in batch
        ]
