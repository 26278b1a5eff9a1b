"""Uploads; what was uploaded lies in the store under the row's name."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import NEVER_REUSED, Base, BigId, UtcTime, key, table_of

NAME_LENGTH = 80
PICTURE = "picture"
AVATAR = "avatar"
BANNER = "banner"
LOGO = "logo"
KINDS = (PICTURE, AVATAR, BANNER, LOGO)


class Upload(Base):
    """One file in the store. `name` is made of its content (`forum.media.pictures`), so the same content is kept once,
    for whoever came first; `sha256` is that of the file as it is kept. `member_id` is empty for what came by import and
    for the community's logo."""

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_kind", "kind", "size_bytes"), NEVER_REUSED)

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    member_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    mimetype: Mapped[str] = mapped_column(String(40))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    size_bytes: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcTime)


UPLOADS = table_of(Upload)
