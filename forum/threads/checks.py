"""The counters, compared with what they count, and the pictures, with the texts that show them; and mended."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import and_, case, func, select, update

from forum.core.checks import Difference
from forum.core.database import db, insert, transaction
from forum.media.queries import ADDRESS, address, names_in
from forum.threads.actions.counters import REACTION_SUM
from forum.threads.actions.pictures import note_pictures
from forum.threads.models import (
    ACTIVITIES,
    CATEGORIES,
    POST_PICTURES,
    POSTS,
    PUBLISHED,
    REACTION_ROWS,
    REACTIONS,
    REVISIONS,
    THREADS,
)

BATCH = 2_000
Mend = Callable[[int, Mapping[str, Any]], None]


def compare(fix: bool) -> Iterator[Difference]:
    """Yields each counter that is wrong and each picture that isn't known to stand in its post; with `fix` it is set
    right, batch by batch, in transactions of its own."""
    yield from _posts(fix)
    yield from _pictures(fix)
    yield from _threads(fix)
    yield from _categories(fix)
    yield from _activities(fix)


def _ranges(table: Any) -> Iterator[tuple[int, int]]:
    last = db.session.scalar(select(func.max(table.c.id))) or 0
    for first in range(1, int(last) + 1, BATCH):
        yield first, first + BATCH - 1


def _differences(
    what: str, id: int, expected: Mapping[str, Any], found: Mapping[str, Any], mend: Mend | None
) -> Iterator[Difference]:
    wrong = {name: value for name, value in expected.items() if found[name] != value}
    for name, value in wrong.items():
        yield Difference(f"{what}.{name}", id, value, found[name])
    if wrong and mend is not None:
        mend(id, wrong)


def _setter(table: Any) -> Mend:
    def mend(id: int, values: Mapping[str, Any]) -> None:
        extra = {"version": table.c.version + 1} if "version" in table.c else {}
        with transaction():
            db.session.execute(update(table).where(table.c.id == id).values(**values, **extra))

    return mend


def _posts(fix: bool) -> Iterator[Difference]:
    mend = _setter(POSTS) if fix else None
    for first, last in _ranges(POSTS):
        counted: dict[int, dict[str, int]] = {}
        for post_id, kind, count in db.session.execute(
            select(REACTION_ROWS.c.post_id, REACTION_ROWS.c.kind, func.count())
            .where(REACTION_ROWS.c.post_id.between(first, last))
            .group_by(REACTION_ROWS.c.post_id, REACTION_ROWS.c.kind)
        ):
            counted.setdefault(post_id, {})[f"{kind}_count"] = count
        names = [f"{kind}_count" for kind in REACTIONS]
        rows = db.session.execute(
            select(POSTS.c.id, *(POSTS.c[name] for name in names)).where(POSTS.c.id.between(first, last))
        ).all()
        for row in rows:
            expected = {name: counted.get(row.id, {}).get(name, 0) for name in names}
            yield from _differences("post", row.id, expected, row._asdict(), mend)


def _pictures(fix: bool) -> Iterator[Difference]:
    present, former = select(POSTS.c.id, POSTS.c.html), select(REVISIONS.c.post_id, REVISIONS.c.body)
    for first, last in _ranges(POSTS):
        shown = [
            *db.session.execute(present.where(POSTS.c.id.between(first, last), POSTS.c.html.contains(ADDRESS))),
            *db.session.execute(
                former.where(REVISIONS.c.post_id.between(first, last), REVISIONS.c.body.contains(ADDRESS))
            ),
        ]
        known = set(
            db.session.execute(
                select(POST_PICTURES.c.post_id, POST_PICTURES.c.name).where(
                    POST_PICTURES.c.post_id.between(first, last)
                )
            ).tuples()
        )
        missing = sorted({(post_id, name) for post_id, text in shown for name in names_in(text)} - known)
        for post_id, name in missing:
            yield Difference("post.picture", post_id, name, "none")
        if fix and missing:
            with transaction():
                note_pictures((post_id, address(name)) for post_id, name in missing)


def _thread_facts(first: int, last: int) -> dict[int, dict[str, Any]]:
    newest = (
        select(POSTS.c.thread_id, func.max(POSTS.c.number).label("number"), func.count().label("posts"))
        .where(POSTS.c.thread_id.between(first, last), POSTS.c.state == PUBLISHED)
        .group_by(POSTS.c.thread_id)
        .subquery()
    )
    rows = db.session.execute(
        select(newest.c.thread_id, newest.c.posts, POSTS.c.created_at, POSTS.c.author_id).join_from(
            newest, POSTS, and_(POSTS.c.thread_id == newest.c.thread_id, POSTS.c.number == newest.c.number)
        )
    )
    return {
        row.thread_id: {"post_count": row.posts, "last_post_at": row.created_at, "last_author_id": row.author_id}
        for row in rows
    }


def _threads(fix: bool) -> Iterator[Difference]:
    mend = _setter(THREADS) if fix else None
    solution = POSTS.alias("solution")
    for first, last in _ranges(THREADS):
        facts = _thread_facts(first, last)
        numbers = dict(
            db.session.execute(
                select(POSTS.c.thread_id, func.max(POSTS.c.number))
                .where(POSTS.c.thread_id.between(first, last))
                .group_by(POSTS.c.thread_id)
            )
            .tuples()
            .all()
        )
        rows = db.session.execute(
            select(
                THREADS.c.id,
                THREADS.c.created_at,
                THREADS.c.author_id,
                THREADS.c.post_count,
                THREADS.c.last_number,
                THREADS.c.last_post_at,
                THREADS.c.last_author_id,
                THREADS.c.solution_number,
                case((solution.c.state == PUBLISHED, solution.c.number), else_=None).label("solved"),
            )
            .select_from(
                THREADS.outerjoin(
                    solution,
                    and_(solution.c.id == THREADS.c.solution_post_id, solution.c.thread_id == THREADS.c.id),
                )
            )
            .where(THREADS.c.id.between(first, last))
        ).all()
        for row in rows:
            empty = {"post_count": 0, "last_post_at": row.created_at, "last_author_id": row.author_id}
            expected = {
                **facts.get(row.id, empty),
                "last_number": max(numbers.get(row.id) or 0, row.last_number),
                "solution_number": row.solved,
            }
            yield from _differences("thread", row.id, expected, row._asdict(), mend)


def _categories(fix: bool) -> Iterator[Difference]:
    mend = _setter(CATEGORIES) if fix else None
    counted = {
        row.category_id: {"thread_count": row.threads, "post_count": int(row.posts)}
        for row in db.session.execute(
            select(THREADS.c.category_id, func.count().label("threads"), func.sum(THREADS.c.post_count).label("posts"))
            .where(THREADS.c.state == PUBLISHED)
            .group_by(THREADS.c.category_id)
        )
    }
    rows = db.session.execute(select(CATEGORIES.c.id, CATEGORIES.c.thread_count, CATEGORIES.c.post_count)).all()
    for row in rows:
        expected = counted.get(row.id, {"thread_count": 0, "post_count": 0})
        yield from _differences("category", row.id, expected, row._asdict(), mend)


_KINDS = ("threads", "posts", "reactions_received", "solutions")


def _add(into: dict[tuple[int, int], dict[str, int]], name: str, rows: Iterable[Any]) -> None:
    for member_id, category_id, count in rows:
        values = into.setdefault((member_id, category_id), dict.fromkeys(_KINDS, 0))
        values[name] += int(count)


def _counted_activities() -> dict[tuple[int, int], dict[str, int]]:
    found: dict[tuple[int, int], dict[str, int]] = {}
    place = (POSTS.c.author_id, THREADS.c.category_id)
    posts = (
        select(*place, func.count(), func.sum(REACTION_SUM))
        .join_from(POSTS, THREADS, THREADS.c.id == POSTS.c.thread_id)
        .where(POSTS.c.state == PUBLISHED, THREADS.c.state == PUBLISHED, POSTS.c.author_id.is_not(None))
        .group_by(*place)
    )
    rows = db.session.execute(posts).all()
    _add(found, "posts", ((row[0], row[1], row[2]) for row in rows))
    _add(found, "reactions_received", ((row[0], row[1], row[3]) for row in rows))
    started = (
        select(THREADS.c.author_id, THREADS.c.category_id, func.count())
        .where(THREADS.c.state == PUBLISHED, THREADS.c.author_id.is_not(None))
        .group_by(THREADS.c.author_id, THREADS.c.category_id)
    )
    _add(found, "threads", db.session.execute(started))
    solved = (
        select(*place, func.count())
        .join_from(THREADS, POSTS, and_(POSTS.c.id == THREADS.c.solution_post_id, POSTS.c.thread_id == THREADS.c.id))
        .where(POSTS.c.state == PUBLISHED, THREADS.c.state == PUBLISHED, POSTS.c.author_id.is_not(None))
        .group_by(*place)
    )
    _add(found, "solutions", db.session.execute(solved))
    return found


def _activities(fix: bool) -> Iterator[Difference]:
    counted = _counted_activities()
    stored = {
        (row.member_id, row.category_id): {name: getattr(row, name) for name in _KINDS}
        for row in db.session.execute(select(ACTIVITIES))
    }
    for key in sorted(counted.keys() | stored.keys()):
        none = dict.fromkeys(_KINDS, 0)
        expected, found = counted.get(key, none), stored.get(key, none)
        if expected == found:
            continue
        for name in _KINDS:
            if expected[name] != found[name]:
                yield Difference(f"member_activity.{name} (category {key[1]})", key[0], expected[name], found[name])
        if fix:
            with transaction():
                db.session.execute(
                    insert(ACTIVITIES)
                    .values(member_id=key[0], category_id=key[1], **expected)
                    .on_conflict_do_update(
                        index_elements=[ACTIVITIES.c.member_id, ACTIVITIES.c.category_id], set_=expected
                    )
                )
