"""Sign-in sessions, their second step, passkeys, and tokens for programs."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Integer,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import (
    NEVER_REUSED,
    Base,
    BigId,
    Json,
    UtcTime,
    key,
    table_of,
)

PASSKEY_NAME_LENGTH = 60


CREDENTIAL_ID_LENGTH = 1364
"""1,023 bytes, the most that a passkey's id may have, in base64url (WebAuthn, 4)."""


class SignIn(Base):
    """A sign-in session; the cookie carries a token of which only the hash is kept. `device` and `network` are what its
    member recognises it by; without use it lasts for `days`. `proved_at` is when whoever uses it last proved to be the
    member, `vouched_at` when a provider said that it has asked them for a second step."""

    __tablename__ = "sign_in"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    device: Mapped[str] = mapped_column(String(200), default="")
    network: Mapped[str] = mapped_column(String(45), default="")
    days: Mapped[int] = mapped_column(Integer)
    proved_at: Mapped[datetime] = mapped_column(UtcTime)
    vouched_at: Mapped[datetime | None] = mapped_column(UtcTime)


class TwoFactor(Base):
    """That a member signs in in two steps. The secret in their app is made from `seed` (`members.two_factor`);
    `used_step` is the last time step whose code was accepted."""

    __tablename__ = "two_factor"

    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    seed: Mapped[str] = mapped_column(String(40))
    used_step: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[datetime] = mapped_column(UtcTime)


class RecoveryCode(Base):
    """A code, not used yet, for whoever has lost the app; only its keyed hash is kept."""

    __tablename__ = "recovery_code"

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)


class Passkey(Base):
    """A passkey of a member (`members.passkeys`): what its authenticator calls it, the key that its signatures are
    checked with, and the random name under which it knows the member; all three in base64url.

    `sign_count` is how often it had signed when it was last used, 0 for ever where it doesn't count. `used_challenge`
    is when the newest challenge was made that it has answered, in µs since 1970. `is_backed_up` says that it is kept
    elsewhere, too, as those are that go along to other devices.
    """

    __tablename__ = "passkey"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(String(CREDENTIAL_ID_LENGTH), unique=True)
    public_key: Mapped[str] = mapped_column(Text)
    user_handle: Mapped[str] = mapped_column(String(86))
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]] = mapped_column(Json, default=list)
    is_backed_up: Mapped[bool] = mapped_column(Boolean)
    name: Mapped[str] = mapped_column(String(PASSKEY_NAME_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    used_challenge: Mapped[int] = mapped_column(BigInteger, default=0)


class ApiToken(Base):
    """A personal token for programs, with what it may be used for; only its hash is kept."""

    __tablename__ = "api_token"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(Json, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)


SIGN_INS = table_of(SignIn)


TWO_FACTORS = table_of(TwoFactor)


RECOVERY_CODES = table_of(RecoveryCode)


PASSKEYS = table_of(Passkey)


API_TOKENS = table_of(ApiToken)
