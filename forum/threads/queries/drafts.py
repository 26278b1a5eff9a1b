"""Drafts: what a member has typed and not yet published; nobody else ever reads them."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.threads.models import DRAFTS, POSTS, THREADS
from forum.threads.policy import readable_threads
from forum.threads.queries.rows import DraftRow, address_of

MOST = 100
_PLACE = re.compile(r"thread:([1-9]\d{0,17})|edit:([1-9]\d{0,17})|(?:new|idea)(?::([1-9]\d{0,8}))?")


def known_place(place: str) -> str:
    """The place itself: `thread:<id>`, `edit:<post id>`, `new`, `idea`, or one of many such (`new:<n>`, `idea:<n>`).
    Raises NotFound for anything else."""
    if not _PLACE.fullmatch(place):
        raise NotFound
    return place


def _titles(actor: Actor, places: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Title, its language and address of what each draft belongs to, as far as the actor may (still) read it."""
    threads = {int(place[7:]) for place in places if place.startswith("thread:")}
    posts = {int(place[5:]) for place in places if place.startswith("edit:")}
    found: dict[str, tuple[str, str, str]] = {}
    if threads:
        rows: Sequence[Any] = db.session.execute(
            select(THREADS.c.id, THREADS.c.title, THREADS.c.language, THREADS.c.slug, THREADS.c.kind).where(
                THREADS.c.id.in_(threads), readable_threads(actor)
            )
        ).all()
        found |= {
            f"thread:{row.id}": (row.title, row.language, f"{address_of(row.kind, row.id, row.slug)}#reply")
            for row in rows
        }
    if posts:
        rows = db.session.execute(
            select(POSTS.c.id, THREADS.c.title, THREADS.c.language)
            .join_from(POSTS, THREADS, THREADS.c.id == POSTS.c.thread_id)
            .where(POSTS.c.id.in_(posts), readable_threads(actor))
        ).all()
        found |= {f"edit:{row.id}": (row.title, row.language, f"/p/{row.id}/edit") for row in rows}
    return found


def _rows(actor: Actor, *conditions: Any) -> list[DraftRow]:
    rows = db.session.execute(
        select(DRAFTS.c.id, DRAFTS.c.place, DRAFTS.c.title, DRAFTS.c.body, DRAFTS.c.fields, DRAFTS.c.updated_at)
        .where(DRAFTS.c.member_id == actor.member_id, *conditions)
        .order_by(DRAFTS.c.updated_at.desc(), DRAFTS.c.id.desc())
        .limit(MOST)
    ).all()
    titles = _titles(actor, [row.place for row in rows])
    found = []
    for row in rows:
        title, language, address = titles.get(row.place, ("", "", ""))
        if row.place.startswith("new"):
            address = f"/new?draft={row.id}"
        elif row.place.startswith("idea"):
            address = f"/ideas/new?draft={row.id}"
        found.append(
            DraftRow(row.id, row.place, row.title, row.body, row.fields, row.updated_at, title, language, address)
        )
    return found


def drafts(actor: Actor) -> Sequence[DraftRow]:
    """The actor's drafts, the newest first; `address` is empty where the thread can't be read any more."""
    return _rows(actor)


def get_draft(actor: Actor, id: int) -> DraftRow:
    """One of the actor's drafts. Raises NotFound for one that isn't theirs."""
    found = _rows(actor, DRAFTS.c.id == id) if actor.id is not None and 0 < id < 2**63 else []
    if not found:
        raise NotFound
    return found[0]


def draft_at(actor: Actor, place: str) -> DraftRow | None:
    """The actor's draft at a place, if there is one."""
    found = _rows(actor, DRAFTS.c.place == place) if actor.id is not None else []
    return found[0] if found else None
