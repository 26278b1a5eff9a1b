"""Posts with their revisions, and the counters of the threads they stand in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, nulls_last, select, tuple_, update

from forum.core.database import db, insert
from forum.core.exchange import CHUNK, Intake, Line, Record, batched, iso, rows_of, slim
from forum.media import actions as media
from forum.media.queries import names_in
from forum.members.records import language_of
from forum.threads.actions.pictures import note_pictures
from forum.threads.models import HELD, MOVED, POSTS, PUBLISHED, REVISIONS, THREADS
from forum.threads.records.counting import Sums, reaction_columns


@dataclass(slots=True)
class _Thread:
    """What a thread's row says now and what this batch adds to it."""

    id: int
    category_id: int
    author_id: int | None
    state: str
    last_number: int
    post_count: int
    last_post_at: Any
    last_author_id: int | None
    excerpt: str
    numbers: dict[int, int | None] = field(default_factory=dict)

    def values(self) -> Record:
        return {
            "thread": self.id,
            "state": self.state,
            "last_number": self.last_number,
            "post_count": self.post_count,
            "last_post_at": self.last_post_at,
            "last_author_id": self.last_author_id,
            "excerpt": self.excerpt,
        }


_COLUMNS = tuple(
    THREADS.c[name]
    for name in (
        "category_id",
        "author_id",
        "state",
        "last_number",
        "post_count",
        "last_post_at",
        "last_author_id",
        "excerpt",
    )
)
_UPDATE = (
    update(THREADS)
    .where(THREADS.c.id == bindparam("thread"))
    .values(
        {
            name: bindparam(name)
            for name in ("state", "last_number", "post_count", "last_post_at", "last_author_id", "excerpt")
        }
    )
    .values(version=THREADS.c.version + 1)
)


def bring_in_posts(lines: Sequence[Line], intake: Intake) -> list[int]:
    """Writes posts with the next numbers of their threads, in the order of the lines; returns the threads' ids.

    A line's `rendered` holds the text as it is stored. The first post's state is its thread's.
    """
    rows_by_id = rows_of(THREADS, (line.record["thread"] for line in lines), *_COLUMNS)
    threads = {id: _Thread(*row) for id, row in rows_by_id.items()}
    answered = _Answered(lines)
    sums, rows = Sums(), []
    revisions: list[Record] = []
    for line in lines:
        thread = threads[line.record["thread"]]
        row = _row(line, thread, answered, intake)
        _count(row, thread, line, sums)
        rows.append(row)
        answered.note(row)
        revisions += _revisions(line)
    db.session.execute(insert(POSTS), rows)
    if revisions:
        db.session.execute(insert(REVISIONS), revisions)
    note_pictures([(row["id"], row["html"]) for row in rows])
    media.claim((name, row["author_id"]) for row in rows if row["author_id"] for name in names_in(row["html"]))
    note_pictures([(former["post_id"], former["body"]) for former in revisions])
    db.session.connection().execute(_UPDATE, [thread.values() for thread in threads.values()])
    sums.write()
    return sorted(threads)


class _Answered:
    """Thread and number of the posts that the batch's posts answer."""

    def __init__(self, lines: Sequence[Line]) -> None:
        ids = (line.record["reply_to"] for line in lines if line.record["reply_to"])
        self._known = {
            id: (row.thread_id, row.number)
            for id, row in rows_of(POSTS, ids, POSTS.c.thread_id, POSTS.c.number).items()
        }

    def note(self, row: Record) -> None:
        self._known[row["id"]] = (row["thread_id"], row["number"])

    def find(self, id: int | None, thread_id: int, intake: Intake) -> tuple[int | None, int | None]:
        if not id:
            return None, None
        found_thread, number = self._known.get(id, (None, None))
        if found_thread != thread_id:
            intake.notes.count("answers to a post of another thread (kept without the reference)")
            return None, None
        return id, number


def _row(line: Line, thread: _Thread, answered: _Answered, intake: Intake) -> Record:
    record, made = line.record, line.rendered
    state = record["state"] or PUBLISHED
    reply_to_id, reply_to_number = answered.find(record["reply_to"], thread.id, intake)
    revisions = record["revisions"] or ()
    return {
        "id": line.id,
        "thread_id": thread.id,
        "number": None if state == HELD else thread.last_number + 1,
        "author_id": record["author"],
        "state": state,
        "body": made.body,
        "html": made.html,
        "html_version": made.version,
        "language": language_of(record["language"]) or made.language or intake.default_language,
        "reply_to_id": reply_to_id,
        "reply_to_number": reply_to_number,
        "created_at": record["created_at"],
        "edited_at": record["edited_at"],
        "edited_by_id": record["edited_by"] or record["author"] if record["edited_at"] else None,
        "revision": len(revisions) + 1,
        "hidden_at": record["hidden_at"],
        "hidden_by_id": record["hidden_by"],
        **dict.fromkeys(reaction_columns(), 0),
    }


def _revisions(line: Line) -> Iterator[Record]:
    for number, former in enumerate(line.record["revisions"] or (), 1):
        yield {
            "post_id": line.id,
            "number": number,
            "body": former["body"],
            "author_id": former["author"],
            "at": former["at"] or line.record["created_at"],
        }


def _count(row: Record, thread: _Thread, line: Line, sums: Sums) -> None:
    is_first = thread.last_number == 0
    if row["number"] is not None:
        thread.last_number = row["number"]
    if is_first and row["state"] != PUBLISHED and thread.state == PUBLISHED:
        thread.state = row["state"]
        sums.category(thread.category_id, threads=-1)
        sums.activity(thread.author_id, thread.category_id, "threads", -1)
    if row["number"] == 1:
        thread.excerpt = line.rendered.excerpt
    if row["state"] != PUBLISHED:
        return
    thread.post_count += 1
    thread.last_post_at, thread.last_author_id = row["created_at"], row["author_id"]
    if thread.state == PUBLISHED:
        sums.category(thread.category_id, posts=1)
        sums.activity(row["author_id"], thread.category_id, "posts")


def posts() -> Iterator[list[Record]]:
    """Every post, thread by thread in the order of the numbers; what is held comes at the end of its thread."""
    after = 0
    while True:
        thread_ids = list(
            db.session.scalars(select(THREADS.c.id).where(THREADS.c.id > after).order_by(THREADS.c.id).limit(200))
        )
        if not thread_ids:
            return
        after = thread_ids[-1]
        yield from _of_threads(thread_ids[0], after)


def _of_threads(first: int, last: int) -> Iterator[list[Record]]:
    order = (POSTS.c.thread_id, nulls_last(POSTS.c.number), POSTS.c.id)
    statement = select(POSTS).where(
        POSTS.c.thread_id.between(first, last), POSTS.c.number.is_not(None), POSTS.c.state != MOVED
    )
    after: tuple[int, int] | None = None
    held = select(POSTS).where(POSTS.c.thread_id.between(first, last), POSTS.c.number.is_(None)).order_by(*order)
    waiting: dict[int, list[Any]] = {}
    for row in db.session.execute(held):
        waiting.setdefault(row.thread_id, []).append(row)
    thread_id = first
    while True:
        part = statement if after is None else statement.where(tuple_(POSTS.c.thread_id, POSTS.c.number) > after)
        rows = list(db.session.execute(part.order_by(POSTS.c.thread_id, POSTS.c.number).limit(CHUNK)))
        ordered: list[Any] = []
        for row in rows:
            for passed in sorted(id for id in waiting if thread_id <= id < row.thread_id):
                ordered += waiting.pop(passed)
            thread_id = row.thread_id
            ordered.append(row)
        if len(rows) < CHUNK:
            for passed in sorted(waiting):
                ordered += waiting.pop(passed)
        if ordered:
            yield _records(ordered)
        if len(rows) < CHUNK:
            return
        after = (rows[-1].thread_id, rows[-1].number)


def _records(rows: Sequence[Any]) -> list[Record]:
    former: dict[int, list[Record]] = {}
    for chunk in batched([row.id for row in rows if row.revision > 1], CHUNK):
        wanted = (
            select(REVISIONS).where(REVISIONS.c.post_id.in_(chunk)).order_by(REVISIONS.c.post_id, REVISIONS.c.number)
        )
        for row in db.session.execute(wanted):
            author = str(row.author_id) if row.author_id else None
            former.setdefault(row.post_id, []).append(slim({"body": row.body, "author": author, "at": iso(row.at)}))
    return [_record(row, former.get(row.id)) for row in rows]


def _record(row: Any, revisions: list[Record] | None) -> Record:
    return slim(
        {
            "kind": "post",
            "id": str(row.id),
            "thread": str(row.thread_id),
            "body": row.body,
            "created_at": iso(row.created_at),
            "author": str(row.author_id) if row.author_id else None,
            "reply_to": str(row.reply_to_id) if row.reply_to_id and row.reply_to_number else None,
            "edited_at": iso(row.edited_at) if row.edited_at else None,
            "edited_by": str(row.edited_by_id) if row.edited_by_id and row.edited_by_id != row.author_id else None,
            "language": row.language,
            "state": row.state if row.state != PUBLISHED else None,
            "hidden_at": iso(row.hidden_at) if row.hidden_at else None,
            "hidden_by": str(row.hidden_by_id) if row.hidden_by_id else None,
            "revisions": revisions,
        }
    )
