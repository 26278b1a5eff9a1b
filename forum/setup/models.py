"""How far the first run is."""

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, table_of


class Setup(Base):
    """The one row of a first run, made with the schema of an empty database and gone with the end of the first run, for
    ever. `passed` counts the screens that are done or skipped; of the link's secret and of the key of the browser that
    has opened it only hashes are kept."""

    __tablename__ = "setup"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    passed: Mapped[int] = mapped_column(Integer, default=0)
    link_hash: Mapped[str | None] = mapped_column(String(64))
    browser_hash: Mapped[str | None] = mapped_column(String(64))


SETUP = table_of(Setup)
