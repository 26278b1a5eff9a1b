"""Posts whose HTML an older version of the text pipeline made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, update

from forum.community.actions import bump_epoch
from forum.core.database import db
from forum.core.exchange import in_order, rows_of
from forum.threads.actions.pictures import note_pictures
from forum.threads.models import POSTS, THREADS


@dataclass(frozen=True, slots=True)
class PostText:
    """A post to be rendered anew; `revision` guards against an edit meanwhile."""

    id: int
    thread_id: int
    number: int | None
    revision: int
    body: str


def _wanted(below: int | None) -> Any:
    statement = select(POSTS.c.id, POSTS.c.thread_id, POSTS.c.number, POSTS.c.revision, POSTS.c.body)
    return statement if below is None else statement.where(POSTS.c.html_version < below)


def outdated_count(below: int | None) -> int:
    """How many posts an older version than `below` made; None: all posts."""
    return db.session.scalar(select(func.count()).select_from(_wanted(below).subquery())) or 0


def outdated_posts(below: int | None) -> Iterator[Sequence[PostText]]:
    """Those posts in batches; each batch may be written before the next one is asked for."""
    for batch in in_order(_wanted(below), POSTS.c.id):
        yield [PostText(*row) for row in batch]


_WRITE = (
    update(POSTS)
    .where(POSTS.c.id == bindparam("post"), POSTS.c.revision == bindparam("seen"))
    .values(html=bindparam("new_html"), html_version=bindparam("new_version"))
)


def write_html(made: Mapping[PostText, tuple[str, str]], version: int) -> None:
    """Stores HTML and excerpt by post, in the caller's transaction; what was edited meanwhile is left alone."""
    rows = [
        {"post": post.id, "seen": post.revision, "new_html": html, "new_version": version}
        for post, (html, _) in made.items()
    ]
    if not rows:
        return
    connection = db.session.connection()
    connection.execute(_WRITE, rows)
    note_pictures((post.id, html) for post, (html, _) in made.items())
    threads = rows_of(THREADS, (post.thread_id for post in made))
    connection.execute(
        update(THREADS).where(THREADS.c.id == bindparam("thread")).values(version=THREADS.c.version + 1),
        [{"thread": id} for id in sorted(threads)],
    )
    firsts = [{"thread": post.thread_id, "words": words} for post, (_, words) in made.items() if post.number == 1]
    if firsts:
        connection.execute(
            update(THREADS).where(THREADS.c.id == bindparam("thread")).values(excerpt=bindparam("words")), firsts
        )
    bump_epoch()
