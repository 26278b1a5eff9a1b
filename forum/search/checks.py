"""The index, compared with what the database says ought to be in it."""

from collections.abc import Iterator

from sqlalchemy import Select, select

from forum.core.checks import Difference
from forum.core.database import read, transaction
from forum.members.models import MEMBERS
from forum.search import index, pending
from forum.search.documents import IS_PUBLIC, IS_SHOWN
from forum.search.engines import SearchAway
from forum.search.models import MEMBER, POST
from forum.threads.models import POSTS, THREADS

_AT_ONCE = 10_000

_SHOWN_POSTS = select(POSTS.c.id).join_from(POSTS, THREADS, THREADS.c.id == POSTS.c.thread_id).where(IS_SHOWN)
_PUBLIC_MEMBERS = select(MEMBERS.c.id).where(IS_PUBLIC)


def compare(fix: bool) -> Iterator[Difference]:
    """Yields each document that is missing or too many, but for those that wait for the worker; with `fix` it is asked
    to write them once more. Without an index there is one difference: the worker makes it by itself."""
    try:
        engine = index.live()
        for kind, wanted, id in ((POST, _SHOWN_POSTS, POSTS.c.id), (MEMBER, _PUBLIC_MEMBERS, MEMBERS.c.id)):
            waiting = pending.waiting_ids(kind)
            found = {ref_id for of_kind, ref_id in engine.contents() if of_kind == kind}
            should = set(_ids(wanted, id))
            for ref_id in sorted(should - found - waiting):
                yield Difference(f"search document of {kind}", ref_id, "there", "missing")
            for ref_id in sorted(found - should - waiting):
                yield Difference(f"search document of {kind}", ref_id, "gone", "there")
            if fix:
                with transaction():
                    (pending.note_posts if kind == POST else pending.note_members)(sorted((found ^ should) - waiting))
    except SearchAway:
        yield Difference("search index", "", "there", "missing, broken or another database's")


def _ids(wanted: Select[tuple[int]], id: object) -> Iterator[int]:
    last = 0
    while True:
        ids = read(wanted.where(id > last).order_by(id).limit(_AT_ONCE)).scalars().all()  # type: ignore[operator, arg-type]
        if not ids:
            return
        yield from ids
        last = ids[-1]
