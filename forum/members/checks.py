"""The beginnings by which the directory finds members, compared with their names, and mended."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from forum.core.actor import SYSTEM
from forum.core.checks import Difference
from forum.core.database import db, transaction
from forum.core.exchange import CHUNK, in_order
from forum.members.actions import renew_names
from forum.members.models import MEMBERS, NAMES
from forum.members.names import beginnings
from forum.members.queries import get_member

_NAMED = select(MEMBERS.c.id, MEMBERS.c.username, MEMBERS.c.display_name, MEMBERS.c.confirmed_at, MEMBERS.c.is_imported)


def compare(fix: bool) -> Iterator[Difference]:
    """Yields each member who isn't found by their own names, or by others; with `fix` it is set right."""
    for rows in in_order(_NAMED, MEMBERS.c.id, size=CHUNK):
        kept: dict[int, set[str]] = defaultdict(set)
        for id, key in db.session.execute(
            select(NAMES.c.member_id, NAMES.c.key).where(NAMES.c.member_id.in_([row.id for row in rows]))
        ):
            kept[id].add(key)
        for row in rows:
            is_public = row.confirmed_at is not None or row.is_imported
            expected = beginnings(row.username, row.display_name) if is_public else set()
            if kept[row.id] != expected:
                yield Difference("member_name", row.id, sorted(expected), sorted(kept[row.id]))
                if fix:
                    with transaction(SYSTEM) as system:
                        renew_names(get_member(system, row.id, lock=True))
