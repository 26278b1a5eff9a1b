"""How often a key was used lately: a store of the `limits` library, in the database so that all processes agree."""

import time

from limits.storage import Storage
from sqlalchemy import BigInteger, Integer, String, case, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, db, insert, table_of, transaction


class RateCount(Base):
    """How often a key was used in its present window; `expires_at` in seconds since 1970."""

    __tablename__ = "rate_count"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    expires_at: Mapped[int] = mapped_column(BigInteger, index=True)


COUNTS = table_of(RateCount)


class DatabaseStorage(Storage):
    """The application's database as a store of the `limits` library (fixed windows)."""

    STORAGE_SCHEME = ["forum"]

    def __init__(self) -> None:
        super().__init__("forum://")

    @property
    def base_exceptions(self) -> type[Exception]:
        return Exception

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = int(time.time())
        fresh = {"key": key[:200], "count": amount, "expires_at": now + int(expiry)}
        over = COUNTS.c.expires_at <= now
        statement = insert(COUNTS).values(**fresh)
        statement = statement.on_conflict_do_update(
            index_elements=[COUNTS.c.key],
            set_={
                "count": case((over, amount), else_=COUNTS.c.count + amount),
                "expires_at": case((over, fresh["expires_at"]), else_=COUNTS.c.expires_at),
            },
        ).returning(COUNTS.c.count)
        with transaction():
            return int(db.session.execute(statement).scalar_one())

    def get(self, key: str) -> int:
        row = db.session.execute(select(COUNTS.c.count, COUNTS.c.expires_at).where(COUNTS.c.key == key[:200])).first()
        return int(row.count) if row is not None and row.expires_at > time.time() else 0  # type: ignore[call-overload]

    def get_expiry(self, key: str) -> float:
        found = db.session.scalar(select(COUNTS.c.expires_at).where(COUNTS.c.key == key[:200]))
        return float(found or time.time())

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        return None

    def clear(self, key: str) -> None:
        with transaction():
            db.session.execute(delete(COUNTS).where(COUNTS.c.key == key[:200]))


def forget_old() -> None:
    """Removes counts whose window is over."""
    with transaction():
        db.session.execute(delete(COUNTS).where(COUNTS.c.expires_at < int(time.time())))
