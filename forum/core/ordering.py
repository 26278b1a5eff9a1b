"""Rows that stand in an order of the operator's, by their column `position`: read while nobody else changes it, so that
of two who move something at once neither undoes what the other does."""

from collections.abc import Sequence

from sqlalchemy import Table, select, update

from forum.core.database import db
from forum.core.errors import NotFound


def held_order(table: Table) -> list[int]:
    """The ids in their order; held until the transaction ends."""
    # Held first and read then: who has waited for another one's order sees that.
    db.session.execute(select(table.c.id).order_by(table.c.id).with_for_update(key_share=True))
    return list(db.session.scalars(select(table.c.id).order_by(table.c.position, table.c.id)))


def moved(order: Sequence[int], id: int, direction: str) -> list[int]:
    """The order with one of them moved by a place, `up` or `down`; at the end it stays. Raises NotFound for one that
    isn't there, and for another direction."""
    if direction not in {"up", "down"} or id not in order:
        raise NotFound
    changed = list(order)
    place = changed.index(id)
    other = place + (1 if direction == "down" else -1)
    if 0 <= other < len(changed):
        changed[place], changed[other] = changed[other], changed[place]
    return changed


def write_order(table: Table, order: Sequence[int]) -> None:
    """Puts the rows into this order."""
    for position, id in enumerate(order, 1):
        db.session.execute(update(table).where(table.c.id == id).values(position=position))
