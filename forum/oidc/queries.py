"""Reading providers and identities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, select

from forum.access import require
from forum.community.registration import CLOSED, Registration
from forum.core.actor import ROLES as ALL_ROLES
from forum.core.actor import Actor
from forum.core.database import BigId, db, read
from forum.core.errors import NotFound
from forum.core.settings import installed
from forum.members.models import GROUPS, MEMBERS, SIGN_INS
from forum.members.queries import token_hash
from forum.members.queries.ways_in import has_way_in
from forum.oidc.models import ALWAYS, AS_REGISTRATION, IDENTITIES, PROVIDERS, SESSIONS

MOST_PROVIDERS = 20


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider as it was set up; the maps are pairs of a claim's value and what it leads to."""

    id: int
    key: str
    name: str
    issuer: str
    client_id: str
    scopes: str
    username_claim: str
    name_claim: str
    groups_claim: str
    roles_claim: str
    group_map: Sequence[tuple[str, int]]
    role_map: Sequence[tuple[str, str]]
    second_step: Sequence[str]
    creates: str
    is_on: bool
    trouble: str | None = None
    troubled_at: datetime | None = None

    @property
    def secret(self) -> str:
        """The client secret of the settings; empty for a client without one."""
        return installed().oidc_secret(self.key)

    @property
    def way_back(self) -> str:
        """The address to which the provider sends browsers back, as it is registered there."""
        return f"{installed().base_url}/login/with/{self.key}/back"

    @property
    def is_open_to_all(self) -> bool:
        """As for a door."""
        return self.creates == ALWAYS

    @property
    def source(self) -> str:
        """By which name its word leads members into groups."""
        return f"oidc/{self.id}"


@dataclass(frozen=True, slots=True)
class Door:
    """A provider as it stands on the sign-in page; `creates` says for whom it opens an account."""

    key: str
    name: str
    creates: str

    @property
    def is_open_to_all(self) -> bool:
        """Whether everybody joins whom the provider lets in, whatever the operator has chosen for the registration."""
        return self.creates == ALWAYS

    def lets_join(self, registration: Registration, *, is_invited: bool = False) -> bool:
        """Whether newcomers may find it where one joins; their address may still be refused."""
        if self.creates == AS_REGISTRATION:
            return registration.mode != CLOSED and (is_invited or registration.takes_newcomers)
        return self.is_open_to_all


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """Who a member is at a provider."""

    id: int
    member_id: int
    provider_key: str
    provider_name: str
    is_on: bool
    label: str
    linked_at: datetime
    used_at: datetime


_COLUMNS = [PROVIDERS.c[name] for name in ProviderRow.__slots__]
_BY_KEY = select(*_COLUMNS).where(PROVIDERS.c.key == bindparam("key"))
_DOORS = (
    select(PROVIDERS.c.key, PROVIDERS.c.name, PROVIDERS.c.creates)
    .where(PROVIDERS.c.is_on)
    .order_by(PROVIDERS.c.name, PROVIDERS.c.id)
    .limit(MOST_PROVIDERS)
)


def _provider(row: Row[Any]) -> ProviderRow:
    values = row._asdict()
    for name in ("group_map", "role_map"):
        values[name] = [tuple(pair) for pair in values[name]]
    return ProviderRow(**values)


def doors() -> Sequence[Door]:
    """The providers by which one may sign in, by name; each guest sees them."""
    return [Door(*row) for row in read(_DOORS)]


def doors_for_newcomers(registration: Registration, *, is_invited: bool = False) -> Sequence[Door]:
    """Those by which one may join where the operator has chosen this."""
    return [door for door in doors() if door.lets_join(registration, is_invited=is_invited)]


def open_provider(key: str) -> ProviderRow:
    """The provider with this key, by which one may sign in. Raises NotFound."""
    row = read(_BY_KEY, {"key": key[:100]}).first()
    if row is None or not row.is_on:
        raise NotFound
    return _provider(row)


def provider_names(actor: Actor) -> Sequence[tuple[str, str]]:
    """Key and name of all of them, by name, for who lists members by where they sign in."""
    require(actor, "member.list")
    rows = read(select(PROVIDERS.c.key, PROVIDERS.c.name).order_by(PROVIDERS.c.name, PROVIDERS.c.id))
    return [(row.key, row.name) for row in rows]


def is_linked_with(key: str) -> ColumnElement[bool]:
    """Rows of MEMBERS whose account is linked with one at the provider with this key."""
    linked = (IDENTITIES.c.member_id == MEMBERS.c.id, PROVIDERS.c.key == key)
    return exists().where(IDENTITIES.c.provider_id == PROVIDERS.c.id, *linked)


def providers(actor: Actor) -> Sequence[ProviderRow]:
    """All of them, by name."""
    require(actor, "provider.manage")
    return [_provider(row) for row in read(select(*_COLUMNS).order_by(PROVIDERS.c.name, PROVIDERS.c.id))]


def provider(actor: Actor, provider_id: int) -> ProviderRow:
    """One of them. Raises NotFound."""
    require(actor, "provider.manage")
    row = read(select(*_COLUMNS).where(PROVIDERS.c.id == provider_id)).first()
    if row is None:
        raise NotFound
    return _provider(row)


def providers_leading_into(actor: Actor, group_id: int) -> Sequence[ProviderRow]:
    """Those whose word leads members into this group."""
    return [one for one in providers(actor) if any(id == group_id for _value, id in one.group_map)]


def group_names(provider: ProviderRow) -> Sequence[tuple[str, str]]:
    """What its groups lead to, as pairs of a value and the name of a group; without groups that are gone."""
    names = {row.id: row.name for row in read(select(GROUPS.c.id, GROUPS.c.name).where(GROUPS.c.is_builtin.is_(False)))}
    return [(value, names[id]) for value, id in provider.group_map if id in names]


def group_ids(names: Sequence[str]) -> dict[str, int]:
    """The groups with these names, by name, case folded."""
    rows = read(select(GROUPS.c.id, GROUPS.c.name).where(GROUPS.c.is_builtin.is_(False)))
    wanted = {name.casefold() for name in names}
    return {row.name.casefold(): row.id for row in rows if row.name.casefold() in wanted}


def known_roles() -> Sequence[str]:
    """What a value of a claim may lead to."""
    return ALL_ROLES


_OF_MEMBER = (
    select(
        IDENTITIES.c.id,
        IDENTITIES.c.member_id,
        PROVIDERS.c.key,
        PROVIDERS.c.name,
        PROVIDERS.c.is_on,
        IDENTITIES.c.label,
        IDENTITIES.c.linked_at,
        IDENTITIES.c.used_at,
    )
    .join_from(IDENTITIES, PROVIDERS, PROVIDERS.c.id == IDENTITIES.c.provider_id)
    .where(IDENTITIES.c.member_id == bindparam("member_id", type_=BigId))
    .order_by(PROVIDERS.c.name, IDENTITIES.c.id)
    .limit(100)
)


def identities_of(actor: Actor) -> Sequence[IdentityRow]:
    """Who the actor is at providers."""
    return [IdentityRow(*row) for row in read(_OF_MEMBER, {"member_id": actor.member_id})]


def open_identities(actor: Actor) -> int:
    """By how many identities the actor can sign in at providers."""
    return sum(one.is_on for one in identities_of(actor))


def may_unlink(actor: Actor) -> bool:
    """Whether a way in is left to the actor when one identity goes."""
    return has_way_in(actor.member_id, identities=open_identities(actor) - 1)


def is_address_taken(email: str) -> bool:
    """Whether an account has this address and nobody else can claim it."""
    return bool(email) and read(select(MEMBERS.c.id).where(MEMBERS.c.email_key == email.casefold())).first() is not None


def began_at_provider(token: str) -> bool:
    """Whether the sign-in session with this token began at a provider by which one may sign in."""
    statement = (
        select(SESSIONS.c.sign_in_id)
        .join(SIGN_INS, SIGN_INS.c.id == SESSIONS.c.sign_in_id)
        .join(IDENTITIES, IDENTITIES.c.id == SESSIONS.c.identity_id)
        .join(PROVIDERS, PROVIDERS.c.id == IDENTITIES.c.provider_id)
        .where(SIGN_INS.c.token_hash == token_hash(token), PROVIDERS.c.is_on)
    )
    return read(statement).first() is not None


def identity_counts(actor: Actor) -> dict[int, int]:
    """How many members sign in by each provider, by its id."""
    require(actor, "provider.manage")
    rows = db.session.execute(select(IDENTITIES.c.provider_id, func.count()).group_by(IDENTITIES.c.provider_id))
    return {row[0]: row[1] for row in rows}
