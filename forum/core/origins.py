"""Where imported things came from: (source, kind, source id) ↔ our id, so that a second import changes nothing."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, BigId, db, insert, table_of


class Origin(Base):
    """One imported thing's name in the system it came from."""

    __tablename__ = "origin"
    __table_args__ = (Index("ix_origin_local", "kind", "local_id"),)

    source: Mapped[str] = mapped_column(String(100), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    local_id: Mapped[int] = mapped_column(BigId)


ORIGINS = table_of(Origin)


def known(source: str, kind: str, source_ids: Iterable[str]) -> dict[str, int]:
    """Our ids of those source ids that were imported before."""
    wanted = list(source_ids)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(ORIGINS.c.source_id, ORIGINS.c.local_id).where(
            ORIGINS.c.source == source, ORIGINS.c.kind == kind, ORIGINS.c.source_id.in_(wanted)
        )
    )
    return {row.source_id: row.local_id for row in rows}


def remember(source: str, kind: str, pairs: Mapping[str, int]) -> None:
    """Notes source id → our id, in the caller's transaction."""
    if pairs:
        rows = [{"source": source, "kind": kind, "source_id": there, "local_id": here} for there, here in pairs.items()]
        db.session.execute(insert(ORIGINS).on_conflict_do_nothing(), rows)


def forget(source: str, kind: str) -> None:
    """Removes what was noted of this kind, in the caller's transaction."""
    db.session.execute(delete(ORIGINS).where(ORIGINS.c.source == source, ORIGINS.c.kind == kind))


def forget_one(kind: str, local_id: int) -> None:
    """Of this thing of ours nothing is noted any more: a further import brings it in anew. In the caller's
    transaction."""
    db.session.execute(delete(ORIGINS).where(ORIGINS.c.kind == kind, ORIGINS.c.local_id == local_id))


def of(kind: str, local_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """(source, source id) of those things of ours that were imported."""
    rows = db.session.execute(
        select(ORIGINS.c.local_id, ORIGINS.c.source, ORIGINS.c.source_id).where(
            ORIGINS.c.kind == kind, ORIGINS.c.local_id.in_(local_ids)
        )
    )
    return {row.local_id: (row.source, row.source_id) for row in rows}
