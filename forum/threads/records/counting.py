"""Counters in bulk: what a batch adds is summed first and written once a row. The laws stand in `actions.counters`."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from sqlalchemy import bindparam, update

from forum.core.database import db, insert
from forum.threads.models import ACTIVITIES, CATEGORIES, REACTIONS

COLUMNS = ("threads", "posts", "reactions_received", "solutions")


class Sums:
    """What one batch adds to categories and to members' activity."""

    def __init__(self) -> None:
        self._activity: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
        self._categories: dict[int, Counter[str]] = defaultdict(Counter)

    def category(self, category_id: int, *, threads: int = 0, posts: int = 0) -> None:
        self._categories[category_id].update(threads=threads, posts=posts)

    def activity(self, member_id: int | None, category_id: int, column: str, by: int = 1) -> None:
        if member_id is not None:
            self._activity[member_id, category_id][column] += by

    def write(self) -> None:
        """Adds everything to the rows, inside the caller's transaction, and moves the categories' versions."""
        if self._categories:
            rows = [
                {"category": id, "more_threads": sums["threads"], "more_posts": sums["posts"]}
                for id, sums in sorted(self._categories.items())
            ]
            statement = (
                update(CATEGORIES)
                .where(CATEGORIES.c.id == bindparam("category"))
                .values(
                    thread_count=CATEGORIES.c.thread_count + bindparam("more_threads"),
                    post_count=CATEGORIES.c.post_count + bindparam("more_posts"),
                    version=CATEGORIES.c.version + 1,
                )
            )
            db.session.connection().execute(statement, rows)
        if self._activity:
            self._write_activity()

    def _write_activity(self) -> None:
        rows = [
            {"member_id": member_id, "category_id": category_id, **{column: sums[column] for column in COLUMNS}}
            for (member_id, category_id), sums in sorted(self._activity.items())
        ]
        statement = insert(ACTIVITIES)
        added = statement.excluded
        merged = statement.on_conflict_do_update(
            index_elements=[ACTIVITIES.c.member_id, ACTIVITIES.c.category_id],
            set_={column: ACTIVITIES.c[column] + added[column] for column in COLUMNS},
        )
        db.session.connection().execute(merged, rows)


def reaction_columns() -> Iterable[str]:
    """The columns of a post that count its reactions."""
    return (f"{kind}_count" for kind in REACTIONS)
