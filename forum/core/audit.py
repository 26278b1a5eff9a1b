"""The audit log: every act of staff, in the transaction of the act, append-only, chained by hash.

Each entry's hash covers its content and the hash before it, so that a changed or missing entry shows (`verify`).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, select, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import NEVER_REUSED, Base, BigId, Json, UtcTime, db, in_transaction, key

BATCH = 500
_LOCK = 7_260_001  # PostgreSQL's advisory lock that keeps the chain in one line


class AuditEntry(Base):
    """One act of staff or of the system; `target` is a kind and an id, such as `post` 42."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_at", "at", "id"),
        Index("ix_audit_entry_actor", "actor_id", "at", "id"),
        Index("ix_audit_entry_act", "act", "at", "id"),
        Index("ix_audit_entry_kind", "target_kind", "at", "id"),
        Index("ix_audit_entry_target", "target_kind", "target_id", "at", "id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor_id: Mapped[int | None] = mapped_column(BigId)
    actor_name: Mapped[str] = mapped_column(String(100))
    act: Mapped[str] = mapped_column(String(80))
    target_kind: Mapped[str] = mapped_column(String(40))
    target_id: Mapped[int | None] = mapped_column(BigId)
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any] | None] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(Text, default="")
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


def _digest(entry: AuditEntry) -> str:
    content = {
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "name": entry.actor_name,
        "act": entry.act,
        "target": [entry.target_kind, entry.target_id],
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
        "previous": entry.previous_hash,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def record(
    actor: Actor,
    act: str,
    target: tuple[str, int | None],
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Adds an entry to the chain, in the caller's transaction. `before` and `after` hold plain JSON values."""
    if not in_transaction():
        raise RuntimeError(f"{act} was recorded outside a transaction")
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    last = db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    entry = AuditEntry(
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.username,
        act=act,
        target_kind=target[0],
        target_id=target[1],
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
        reason=reason,
        previous_hash=last or "",
    )
    entry.hash = _digest(entry)
    db.session.add(entry)
    db.session.flush()


def broken_entries() -> Iterator[int]:
    """Ids of entries that don't fit the chain, read in order and in batches."""
    previous, last_id = "", 0
    while entries := db.session.scalars(
        select(AuditEntry).where(AuditEntry.id > last_id).order_by(AuditEntry.id).limit(BATCH)
    ).all():
        for entry in entries:
            if entry.previous_hash != previous or entry.hash != _digest(entry):
                yield entry.id
            previous, last_id = entry.hash, entry.id
