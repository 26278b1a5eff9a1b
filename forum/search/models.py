"""What search keeps in the database: what waits to be written to the index, which index is in use, what is similar; and
for PostgreSQL the index itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import NEVER_REUSED, Base, BigId, Json, UtcTime, key, table_of

THREAD, POST, MEMBER = KINDS = ("thread", "post", "member")
BUILDING, LIVE = "building", "live"
LITTLE_PENDING = {"gin_pending_list_limit": 256}
"""kB of entries that PostgreSQL has not yet sorted into the index, and that each search reads through. The server's own
limit is 4 MB, and that was four fifths of a search for two rare words."""
Terms = Text().with_variant(TSVECTOR(), "postgresql")


class Pending(Base):
    """Something whose place in the index is no longer true: a post, a member, or a thread with all its posts.

    One that `is_written` is in the live index and kept for the one that is being built beside it.
    """

    __tablename__ = "search_pending"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in KINDS)})", name="kind"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    kind: Mapped[str] = mapped_column(String(10))
    ref_id: Mapped[int] = mapped_column(BigId)
    is_written: Mapped[bool] = mapped_column(Boolean, default=False)


class Generation(Base):
    """One building of the index. The newest live one is searched; one that is building is written beside it."""

    __tablename__ = "search_generation"
    __table_args__ = (
        CheckConstraint(f"state IN ('{BUILDING}', '{LIVE}')", name="state"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    state: Mapped[str] = mapped_column(String(10))
    format: Mapped[int] = mapped_column(Integer)
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Document(Base):
    """One document of the index on PostgreSQL; on other engines the table stays empty. `words` are the terms of the
    analysis, `grams` those of a first post that similar ones are found by."""

    __tablename__ = "search_document"
    __table_args__ = (
        Index("ix_search_document_words", "words", postgresql_using="gin", postgresql_with=LITTLE_PENDING),
        Index("ix_search_document_grams", "grams", postgresql_using="gin", postgresql_with=LITTLE_PENDING),
        Index("ix_search_document_newest", "generation", "created_at", "ref_id"),
    )

    generation: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    ref_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    category_id: Mapped[int | None] = mapped_column(BigInteger)
    author_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    words: Mapped[Any] = mapped_column(Terms)
    grams: Mapped[Any | None] = mapped_column(Terms)


class Similar(Base):
    """Which threads are similar to a thread, the most similar first, as the worker found."""

    __tablename__ = "similar_thread"

    thread_id: Mapped[int] = mapped_column(BigId, ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)
    others: Mapped[list[int]] = mapped_column(Json, default=list)
    found_at: Mapped[datetime] = mapped_column(UtcTime)


PENDING = table_of(Pending)
GENERATIONS = table_of(Generation)
DOCUMENTS = table_of(Document)
SIMILAR = table_of(Similar)
