"""Which pictures posts show; who may see these depends on it (`queries.pictures`)."""

from collections.abc import Iterable

from sqlalchemy import select

from forum.core.database import db, insert
from forum.media.queries import names_in
from forum.threads.models import POST_PICTURES, POSTS


def note_pictures(texts: Iterable[tuple[int, str]]) -> None:
    """Notes the pictures in these texts, each given with its post's id; what is known already stays."""
    rows = [{"name": name, "post_id": post_id} for post_id, text in texts for name in names_in(text)]
    if rows:
        db.session.execute(insert(POST_PICTURES).on_conflict_do_nothing(), rows)


def note_pictures_beside(thread_id: int, text: str) -> None:
    """Notes the pictures of a text that stands beside the posts, such as an answer to an idea: they are seen by whoever
    may read the thread's first post."""
    opening = select(POSTS.c.id).where(POSTS.c.thread_id == thread_id, POSTS.c.number == 1)
    note_pictures((post_id, text) for post_id in db.session.scalars(opening).all())
