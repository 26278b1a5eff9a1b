"""Threads, with their tags."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from forum import text
from forum.core.database import db, insert
from forum.core.exchange import Intake, Line, Record, in_order, iso, slim
from forum.members.records import language_of
from forum.threads.actions.drafting import fold_tag
from forum.threads.models import PUBLISHED, TAG_LENGTH, TAGS_PER_THREAD, THREAD_TAGS, THREADS
from forum.threads.records.counting import Sums

NO_TITLE = "…"


def full_title(record: Record) -> str:
    """The title on one line, however long."""
    return text.clean_line(record["title"]).text


def bring_in_threads(lines: Sequence[Line], intake: Intake) -> None:
    """Writes threads without posts yet; titles that are too long are cut at a word."""
    rows, tags, sums = [], [], Sums()
    for line in lines:
        row = _row(line, intake)
        rows.append(row)
        tags += [{"tag": tag, "thread_id": line.id} for tag in row["tags"]]
        sums.category(row["category_id"], threads=1)
        sums.activity(row["author_id"], row["category_id"], "threads")
    db.session.execute(insert(THREADS), rows)
    if tags:
        db.session.execute(insert(THREAD_TAGS), tags)
    sums.write()


def _row(line: Line, intake: Intake) -> Record:
    record = line.record
    title = full_title(record)
    if not title:
        intake.notes.count("threads without a title")
    title = text.cut_title(title or NO_TITLE)
    created = record["created_at"]
    return {
        "id": line.id,
        "category_id": record["category"],
        "kind": record["type"] or "discussion",
        "title": title,
        "slug": text.slug(title),
        "language": language_of(record["language"]) or text.language(title, intake.default_language),
        "author_id": record["author"],
        "state": PUBLISHED,
        "created_at": created,
        "excerpt": "",
        "tags": tags_of(record["tags"] or ()),
        "closed_at": record["closed_at"] or created if record["closed"] or record["closed_at"] else None,
        "pinned_at": record["pinned_at"] or created if record["pinned"] or record["pinned_at"] else None,
        "last_number": 0,
        "post_count": 0,
        "last_post_at": created,
        "last_author_id": record["author"],
        "version": 1,
    }


def tags_of(names: Sequence[str]) -> list[str]:
    """Tags as they stand in addresses, at most as many as a thread may have."""
    cleaned = (fold_tag(fold_tag(name)[:TAG_LENGTH]) for name in names)
    return list(dict.fromkeys(tag for tag in cleaned if tag))[:TAGS_PER_THREAD]


def threads() -> Iterator[list[Record]]:
    """Every thread, oldest id first."""
    for batch in in_order(select(THREADS), THREADS.c.id):
        yield [_record(row) for row in batch]


def _record(row: Any) -> Record:
    return slim(
        {
            "kind": "thread",
            "id": str(row.id),
            "category": str(row.category_id),
            "title": row.title,
            "created_at": iso(row.created_at),
            "author": str(row.author_id) if row.author_id else None,
            "type": row.kind,
            "tags": row.tags or None,
            "closed": True if row.closed_at else None,
            "closed_at": iso(row.closed_at) if row.closed_at else None,
            "pinned": True if row.pinned_at else None,
            "pinned_at": iso(row.pinned_at) if row.pinned_at else None,
            "solution": str(row.solution_post_id) if row.solution_post_id else None,
            "language": row.language,
        }
    )
