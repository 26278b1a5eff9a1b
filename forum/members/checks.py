"""The beginnings by which members are found, compared with their names, and who belongs to groups that fill themselves,
compared with what leads into them; both are mended."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from forum.core.actor import SYSTEM
from forum.core.checks import Difference
from forum.core.database import db, transaction
from forum.core.exchange import CHUNK, in_order
from forum.members.actions import fit_to_groups, renew_names
from forum.members.models import MEMBERS, NAMES
from forum.members.names import beginnings
from forum.members.queries import former_names_of_many, get_member
from forum.members.queries.automatic import belongings_among, led_into

_NAMED = select(MEMBERS.c.id, MEMBERS.c.username, MEMBERS.c.display_name, MEMBERS.c.confirmed_at, MEMBERS.c.is_imported)


def compare(fix: bool) -> Iterator[Difference]:
    """Yields what isn't as it should be; with `fix` it is set right."""
    yield from _names(fix)
    yield from _groups(fix)


def _names(fix: bool) -> Iterator[Difference]:
    """Each member who isn't found by their own names, by others, or by whom they shouldn't."""
    for rows in in_order(_NAMED, MEMBERS.c.id, size=CHUNK):
        kept: dict[int, set[tuple[str, bool]]] = defaultdict(set)
        for id, key, is_public in db.session.execute(
            select(NAMES.c.member_id, NAMES.c.key, NAMES.c.is_public).where(
                NAMES.c.member_id.in_([row.id for row in rows])
            )
        ):
            kept[id].add((key, is_public))
        former = former_names_of_many([row.id for row in rows])
        for row in rows:
            is_public = row.confirmed_at is not None or row.is_imported
            names = beginnings(row.username, row.display_name, *former.get(row.id, ()))
            expected = {(key, is_public) for key in names}
            if kept[row.id] != expected:
                yield Difference("member_name", row.id, _said(expected), _said(kept[row.id]))
                if fix:
                    with transaction(SYSTEM) as system:
                        renew_names(get_member(system, row.id, lock=True))


def _said(names: Iterable[tuple[str, bool]]) -> Sequence[str]:
    return [key if is_public else f"{key} (not public)" for key, is_public in sorted(names)]


def _groups(fix: bool) -> Iterator[Difference]:
    """Each member who doesn't belong to a group that they are led into, or belongs to one by what leads there no
    longer; also while the worker is about to set that right."""
    for rows in in_order(select(MEMBERS.c.id), MEMBERS.c.id, size=CHUNK):
        ids = [row.id for row in rows]
        wanted, automatic = led_into(ids), belongings_among(ids, is_automatic=True)
        missing, gone = wanted - belongings_among(ids), automatic - wanted
        for group_id, member_id in sorted(missing | gone):
            is_led = (group_id, member_id) in missing
            yield Difference("group_member", f"{group_id}/{member_id}", is_led, not is_led)
        if fix and (missing or gone):
            with transaction(SYSTEM):
                fit_to_groups(sorted({member_id for _group, member_id in missing | gone}))
