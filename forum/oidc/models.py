"""OpenID providers, who is whom there, the sessions that began there, and what was used once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import NEVER_REUSED, Base, BigId, Json, UtcTime, key, table_of

KEY_LENGTH = 30
NAME_LENGTH = 60
ISSUER_LENGTH = 300
CLIENT_LENGTH = 255
SUBJECT_LENGTH = 255
"""OpenID Connect Core 1.0, section 2: a subject has at most 255 ASCII characters."""
CLAIM_LENGTH = 100
TROUBLE_LENGTH = 60
ALWAYS, AS_REGISTRATION, NEVER = CREATES = ("always", "registration", "never")
"""For whom the provider opens an account: everybody it lets in, whoever may join, nobody."""


class Provider(Base):
    """An OpenID provider. `key` stands in addresses and names the secret among the settings. `group_map` and `role_map`
    are pairs: a value of the claim, and the id of the group or the role it leads to. `second_step` are words (`amr`,
    `acr`) by which it says that it has asked for a second step. `trouble` is why nobody could sign in by it at
    `troubled_at`, as the security log has it; None since somebody could."""

    __tablename__ = "oidc_provider"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    issuer: Mapped[str] = mapped_column(String(ISSUER_LENGTH))
    client_id: Mapped[str] = mapped_column(String(CLIENT_LENGTH))
    scopes: Mapped[str] = mapped_column(String(300))
    username_claim: Mapped[str] = mapped_column(String(CLAIM_LENGTH))
    name_claim: Mapped[str] = mapped_column(String(CLAIM_LENGTH))
    groups_claim: Mapped[str] = mapped_column(String(CLAIM_LENGTH))
    roles_claim: Mapped[str] = mapped_column(String(CLAIM_LENGTH))
    group_map: Mapped[list[list[Any]]] = mapped_column(Json)
    role_map: Mapped[list[list[str]]] = mapped_column(Json)
    second_step: Mapped[list[str]] = mapped_column(Json)
    creates: Mapped[str] = mapped_column(String(12))
    is_on: Mapped[bool] = mapped_column(Boolean)
    trouble: Mapped[str | None] = mapped_column(String(TROUBLE_LENGTH))
    troubled_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Identity(Base):
    """Who a member is at a provider: `subject` is the provider's name for them, which never changes; `label` is what
    they recognise it by."""

    __tablename__ = "oidc_identity"
    __table_args__ = (UniqueConstraint("provider_id", "subject"), NEVER_REUSED)

    id: Mapped[int] = key()
    provider_id: Mapped[int] = mapped_column(BigId, ForeignKey("oidc_provider.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(254))
    linked_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime] = mapped_column(UtcTime)


class ProviderSession(Base):
    """That a sign-in session began at a provider, and the provider's name for its own session, if it has one."""

    __tablename__ = "oidc_session"

    sign_in_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("sign_in.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    identity_id: Mapped[int] = mapped_column(BigId, ForeignKey("oidc_identity.id", ondelete="CASCADE"), index=True)
    sid: Mapped[str | None] = mapped_column(String(SUBJECT_LENGTH), index=True)


class Used(Base):
    """Something that may be used only once, until when it could be: the hash of a state or of a logout token's id."""

    __tablename__ = "oidc_used"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcTime, index=True)


PROVIDERS = table_of(Provider)
IDENTITIES = table_of(Identity)
SESSIONS = table_of(ProviderSession)
USED = table_of(Used)
