"""What an idea has beyond its thread: status, area, official answer, target; what else an archive says is kept."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy import insert as plain_insert

from forum import text
from forum.core import clock
from forum.core.database import db
from forum.core.exchange import CHUNK, Intake, Line, Record, batched, iso
from forum.ideas.models import AREAS, IDEAS, NEW, STATUS_CHANGES, STATUSES
from forum.ideas.records.names import Areas, Statuses, told
from forum.threads.models import IDEA, THREADS

OWN_FIELDS = ("status", "stage", "status_at", "area", "answer", "answered_at", "target", "merged_into")


def answer_of(record: Record) -> str:
    """The official answer in a thread's record, Markdown; empty where there is none."""
    answer = (record["idea"] or {}).get("answer") if record["type"] == IDEA else None
    return answer if isinstance(answer, str) else ""


def bring_in_ideas(lines: Sequence[Line], intake: Intake) -> None:
    """Gives the threads of kind `idea` among these lines what an idea has, and the beginning of its history."""
    ideas = [line for line in lines if line.record["type"] == IDEA]
    if not ideas:
        return
    statuses = Statuses(intake.default_language)
    areas = Areas(intake.default_language, (line.record["category"] for line in ideas))
    rows, history = list[Record](), list[Record]()
    for line in ideas:
        row = _row(line, statuses, areas)
        rows.append(row)
        history += _history(row, line, statuses)
    db.session.execute(plain_insert(IDEAS), rows)
    db.session.execute(plain_insert(STATUS_CHANGES), history)
    newest = (
        select(func.max(STATUS_CHANGES.c.id)).where(STATUS_CHANGES.c.idea_id == IDEAS.c.thread_id).scalar_subquery()
    )
    for chunk in batched([line.id for line in ideas], CHUNK):
        db.session.execute(update(IDEAS).where(IDEAS.c.thread_id.in_(chunk)).values(status_change_id=newest))


def _row(line: Line, statuses: Statuses, areas: Areas) -> Record:
    given, made, created_at = line.record["idea"] or {}, line.rendered, line.record["created_at"]
    has_answer = made is not None and bool(made.body)
    return {
        "thread_id": line.id,
        "root_id": line.id,
        "status_id": statuses.find(given),
        "area_id": areas.find(given, line.record["category"]),
        "target_month": month(given.get("target")),
        "vote_count": 0,
        "staff_vote_count": 0,
        "trend": 0.0,
        "answer_body": made.body if has_answer else "",
        "answer_html": made.html if has_answer else "",
        "answered_at": _time(given.get("answered_at")) or created_at if has_answer else None,
        "created_at": created_at,
        "updated_at": clock.now(),
        "extra": {name: value for name, value in given.items() if name not in OWN_FIELDS},
    }


def _history(row: Record, line: Line, statuses: Statuses) -> Iterator[Record]:
    """What the archive knows of it: new from the beginning, its status and its answer since it got them."""
    created_at: datetime = row["created_at"]
    since = created_at
    if not statuses.is_first(row["status_id"]):
        since = max(created_at, _time((line.record["idea"] or {}).get("status_at")) or created_at)
    answered_at = max(created_at, row["answered_at"]) if row["answered_at"] is not None else None
    for at in sorted({created_at, since, answered_at or created_at}):
        is_answered = answered_at is not None and answered_at <= at
        yield {
            "idea_id": row["thread_id"],
            "status_id": row["status_id"] if since <= at else statuses.new,
            "answer_body": row["answer_body"] if is_answered else "",
            "answer_html": row["answer_html"] if is_answered else "",
            "html_version": line.rendered.version if is_answered else 0,
            "is_new_answer": answered_at == at,
            "is_small_step": True,
            "at": at,
        }


def month(given: Any) -> str | None:
    """A month such as `2027-03`; None for anything else."""
    try:
        return datetime.strptime(given, "%Y-%m").replace(tzinfo=UTC).strftime("%Y-%m")
    except (TypeError, ValueError):
        return None


def _time(given: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


# ---------------------------------------------------------------- out


def with_ideas(batches: Iterator[list[Record]]) -> Iterator[list[Record]]:
    """The records of threads, each idea's with its field `idea`."""
    for batch in batches:
        found = _ideas([int(record["id"]) for record in batch if record.get("type") == IDEA])
        yield [
            record | {"idea": found[int(record["id"])]} if int(record["id"]) in found else record for record in batch
        ]


def _ideas(ids: list[int]) -> dict[int, Record]:
    found: dict[int, Record] = {}
    for chunk in batched(ids, CHUNK):
        wanted = (
            select(
                IDEAS.c.thread_id,
                IDEAS.c.created_at,
                IDEAS.c.answer_body,
                IDEAS.c.answered_at,
                IDEAS.c.target_month,
                IDEAS.c.extra,
                STATUSES.c.slug,
                STATUSES.c.stage,
                STATUSES.c.name,
                AREAS.c.name.label("area"),
                THREADS.c.merged_into_id,
            )
            .select_from(
                IDEAS.join(THREADS, THREADS.c.id == IDEAS.c.thread_id)
                .join(STATUSES, STATUSES.c.id == IDEAS.c.status_id)
                .outerjoin(AREAS, AREAS.c.id == IDEAS.c.area_id)
            )
            .where(IDEAS.c.thread_id.in_(chunk))
        )
        since = _since(chunk)
        for row in db.session.execute(wanted):
            found[row.thread_id] = _record(row, since.get(row.thread_id))
    return found


def _since(ids: Sequence[int]) -> dict[int, datetime]:
    """When these ideas got the status that they have."""
    changes = select(STATUS_CHANGES.c.idea_id, STATUS_CHANGES.c.status_id, STATUS_CHANGES.c.at)
    changes = changes.where(STATUS_CHANGES.c.idea_id.in_(ids))
    found: dict[int, tuple[int, datetime]] = {}
    for id, status_id, at in db.session.execute(
        changes.order_by(STATUS_CHANGES.c.idea_id, STATUS_CHANGES.c.at, STATUS_CHANGES.c.id)
    ):
        if id not in found or found[id][0] != status_id:
            found[id] = (status_id, at)
    return {id: at for id, (_, at) in found.items()}


def _record(row: Any, since: datetime | None) -> Record:
    record: Record = dict(row.extra)
    if row.slug == text.slug(row.stage):
        record["status"] = row.stage
    else:
        record |= {"status": told(row.name), "stage": row.stage}
    if row.stage != NEW and since is not None and since > row.created_at:
        record["status_at"] = iso(since)
    if row.area is not None:
        record["area"] = told(row.area)
    if row.answer_body:
        record["answer"] = row.answer_body
        if row.answered_at is not None:
            record["answered_at"] = iso(row.answered_at)
    if row.target_month:
        record["target"] = row.target_month
    if row.merged_into_id is not None:
        record["merged_into"] = str(row.merged_into_id)
    return {name: record[name] for name in sorted(record)}
