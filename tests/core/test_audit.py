"""The audit log can be added to, and shows when it was changed."""

import pytest
import sqlalchemy as sa
from flask import Flask

from forum.core import audit
from forum.core.actor import SYSTEM
from forum.core.database import db, transaction


def three_acts() -> list[int]:
    """Records three acts and returns the ids of their entries."""
    for number in range(3):
        with transaction():
            audit.record(
                SYSTEM, "test.act", ("post", number), before={"n": number}, after={"n": number + 1}, reason="ä"
            )
    return list(db.session.scalars(sa.select(audit.AuditEntry.id).order_by(audit.AuditEntry.id)))


def test_an_untouched_chain_is_whole(app: Flask) -> None:
    three_acts()
    assert list(audit.broken_entries()) == []


def test_a_changed_entry_shows(app: Flask) -> None:
    second = three_acts()[1]
    with transaction():
        db.session.execute(sa.text("UPDATE audit_entry SET reason = 'another' WHERE id = :id"), {"id": second})
    assert list(audit.broken_entries()) == [second]


def test_a_missing_entry_shows(app: Flask) -> None:
    _, second, third = three_acts()
    with transaction():
        db.session.execute(sa.text("DELETE FROM audit_entry WHERE id = :id"), {"id": second})
    assert list(audit.broken_entries()) == [third]


def test_an_act_that_is_rolled_back_leaves_no_entry(app: Flask) -> None:
    def fail() -> None:
        with transaction():
            audit.record(SYSTEM, "test.act", ("post", 1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(audit.AuditEntry)) == 0


def test_nothing_is_recorded_outside_a_transaction(app: Flask) -> None:
    with pytest.raises(RuntimeError):
        audit.record(SYSTEM, "test.act", ("post", 1))
