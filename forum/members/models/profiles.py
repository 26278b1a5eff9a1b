"""The fields of profiles, and what members have filled in."""

from typing import Any

from sqlalchemy import (
    Boolean,
    ForeignKey,
    Index,
    Integer,
    String,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import (
    NEVER_REUSED,
    Base,
    BigId,
    Json,
    key,
    table_of,
)

TEXT, CHOICE, LINK = FIELD_KINDS = ("text", "choice", "link")
"""What a field of profiles may hold."""


FIELD_NAME_LENGTH = 60
"""Characters of a field's name, and of an option."""


FIELD_TEXT_LENGTH = 200


FIELD_LINK_LENGTH = 300


MOST_FIELDS = 20


MOST_CHOICES = 50


CHOICE_KEY_LENGTH = 20


class ProfileField(Base):
    """Something members may say about themselves, as the operator defines it. `kind` is one of FIELD_KINDS, `audience`
    one of PROFILE_AUDIENCES; `options` are those of a choice, each with the `key` by which it is chosen and its `name`
    by language. One that `is_by_team` is filled in by the team alone."""

    __tablename__ = "profile_field"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    name: Mapped[Any] = mapped_column(Json)
    kind: Mapped[str] = mapped_column(String(10))
    audience: Mapped[str] = mapped_column(String(12))
    options: Mapped[list[Any]] = mapped_column(Json, default=list)
    position: Mapped[int] = mapped_column(Integer)
    is_by_team: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class ProfileValue(Base):
    """What a member has filled into a field: a line of text, the key of an option, an address."""

    __tablename__ = "profile_value"
    __table_args__ = (Index("ix_profile_value_filled", "field_id", "value", "member_id"),)

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(BigId, ForeignKey("profile_field.id", ondelete="CASCADE"), primary_key=True)
    value: Mapped[str] = mapped_column(String(FIELD_LINK_LENGTH))


PROFILE_FIELDS = table_of(ProfileField)


PROFILE_VALUES = table_of(ProfileValue)
