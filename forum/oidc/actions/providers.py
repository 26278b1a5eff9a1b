"""Setting up providers, and that there is no other way in; every act is in the audit log."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from forum.access import require
from forum.community import actions as community
from forum.community.queries import current
from forum.core import audit, outside
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid, NotFound
from forum.members import actions as members
from forum.members.models import SIGN_INS
from forum.oidc.actions.sessions import end_sessions_of
from forum.oidc.models import (
    CLAIM_LENGTH,
    CLIENT_LENGTH,
    CREATES,
    IDENTITIES,
    ISSUER_LENGTH,
    KEY_LENGTH,
    NAME_LENGTH,
    PROVIDERS,
    SESSIONS,
    Provider,
)
from forum.oidc.queries import MOST_PROVIDERS, began_at_provider, group_ids, known_roles
from forum.text import clean_line

_KEY = re.compile(r"[a-z][a-z0-9-]*")
_CLAIM = re.compile(r"[\x21-\x7e]*")
MOST_PAIRS = 200
_VALUE_LENGTH = 200
_MOST_WORDS = 20
SCOPES = "openid profile email"


@dataclass(frozen=True, slots=True)
class ProviderDraft:
    """What an administrator says of a provider. The maps have one line for each value, `value = name`; `second_step`
    holds words parted by blanks."""

    key: str
    name: str
    issuer: str
    client_id: str
    scopes: str = SCOPES
    username_claim: str = "preferred_username"
    name_claim: str = "name"
    groups_claim: str = ""
    groups: str = ""
    roles_claim: str = ""
    roles: str = ""
    second_step: str = ""
    creates: str = "registration"
    is_on: bool = True


def add_provider(actor: Actor, draft: ProviderDraft) -> int:
    """A new provider; returns its id. Raises Invalid beside the field, Conflict for one too many."""
    require(actor, "provider.manage")
    values = _checked(draft)
    if len(db.session.scalars(select(PROVIDERS.c.id)).all()) >= MOST_PROVIDERS:
        raise Conflict("too-many-providers", limit=MOST_PROVIDERS)
    provider = Provider(**values)
    try:
        with db.session.begin_nested():
            db.session.add(provider)
            db.session.flush()
    except IntegrityError as error:
        raise Invalid("provider-key-taken", field="key") from error
    audit.record(actor, "provider.create", ("provider", provider.id), after=values)
    return provider.id


def change_provider(actor: Actor, provider_id: int, draft: ProviderDraft) -> bool:
    """What is said of a provider is this now; its key stays, and so does its issuer while somebody signs in by it.
    Returns whether anything is different.

    Raises NotFound, Invalid beside the field, Conflict for what could lock everybody out where nothing else lets in.
    """
    require(actor, "provider.manage")
    provider = _locked(provider_id)
    before = _values(provider)
    after = _checked(draft) | {"key": provider.key}
    if before == after:
        return False
    if any(before[name] != after[name] for name in ("issuer", "client_id", "is_on")) and provider.is_on:
        _not_the_only_way()
    if before["issuer"] != after["issuer"] and _has_identities(provider_id):
        raise Invalid("provider-issuer-stays", field="issuer")
    for name, value in after.items():
        setattr(provider, name, value)
    db.session.flush()
    changed = [name for name, value in after.items() if before[name] != value]
    kept = [{name: values[name] for name in changed} for values in (before, after)]
    audit.record(actor, "provider.change", ("provider", provider.id), before=kept[0], after=kept[1])
    return True


def remove_provider(actor: Actor, provider_id: int) -> None:
    """Nobody signs in by this provider any more, and whom it knows is forgotten. Raises NotFound, Conflict as above."""
    require(actor, "provider.manage")
    provider = _locked(provider_id)
    if provider.is_on:
        _not_the_only_way()
    audit.record(actor, "provider.remove", ("provider", provider.id), before=_values(provider))
    known = select(IDENTITIES.c.id).where(IDENTITIES.c.provider_id == provider_id)
    end_sessions_of(known, but_of=actor.id)
    db.session.execute(delete(PROVIDERS).where(PROVIDERS.c.id == provider_id))
    members.forget_source(f"oidc/{provider_id}")


def forget_group(actor: Actor, group_id: int) -> None:
    """No provider's word leads into this group any more, which is about to be deleted."""
    require(actor, "provider.manage")
    for provider in db.session.scalars(select(Provider).order_by(Provider.id).with_for_update()).all():
        before = provider.group_map
        after = [pair for pair in before if pair[1] != group_id]
        if after != before:
            provider.group_map = after
            kept = {"group_map": before}, {"group_map": after}
            audit.record(actor, "provider.change", ("provider", provider.id), before=kept[0], after=kept[1])


def only_providers(actor: Actor, *, is_on: bool, token: str = "") -> bool:
    """One signs in by providers and in no other way, or in all ways again; returns whether anything is different.

    It is switched on by somebody whose own session, with this token, began at a provider: so nobody shuts the door that
    they can't open. Sessions that began otherwise end. Raises Conflict for others.
    """
    require(actor, "provider.manage")
    if is_on and not began_at_provider(token):
        raise Conflict("sso-not-tried")
    is_changed = community.set_sso_only(actor, is_on=is_on)
    if is_on and is_changed:
        db.session.execute(delete(SIGN_INS).where(SIGN_INS.c.id.not_in(select(SESSIONS.c.sign_in_id))))
    return is_changed


def _locked(provider_id: int) -> Provider:
    provider = db.session.scalar(select(Provider).where(Provider.id == provider_id).with_for_update())
    if provider is None:
        raise NotFound
    return provider


def _has_identities(provider_id: int) -> bool:
    known = select(IDENTITIES.c.id).where(IDENTITIES.c.provider_id == provider_id).limit(1)
    return db.session.scalar(known) is not None


def _not_the_only_way() -> None:
    if current().is_sso_only:
        raise Conflict("sso-is-on")


def _values(provider: Provider) -> dict[str, Any]:
    """What administrators say of it, as `_checked` has it."""
    kept = (column.name for column in PROVIDERS.c if column.name not in {"id", "trouble", "troubled_at"})
    return {name: getattr(provider, name) for name in kept}


def _checked(draft: ProviderDraft) -> dict[str, Any]:
    """The columns. Raises Invalid beside the field."""
    values = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(draft).items()}
    if not _KEY.fullmatch(values["key"]) or len(values["key"]) > KEY_LENGTH:
        raise Invalid("provider-key", field="key", limit=KEY_LENGTH)
    values["name"] = _line(values["name"], "name", NAME_LENGTH)
    values["issuer"] = _line(values["issuer"], "issuer", ISSUER_LENGTH)
    if not outside.is_safe(values["issuer"]) or "?" in values["issuer"]:
        raise Invalid("provider-issuer", field="issuer")
    values["client_id"] = _line(values["client_id"], "client_id", CLIENT_LENGTH)
    values["scopes"] = " ".join(dict.fromkeys(["openid", *values["scopes"].split()]))[:300]
    for name in ("username_claim", "name_claim", "groups_claim", "roles_claim"):
        if not _CLAIM.fullmatch(values[name]) or len(values[name]) > CLAIM_LENGTH:
            raise Invalid("provider-claim", field=name)
    if values["creates"] not in CREATES:
        raise Invalid("unknown-choice", field="creates")
    values["second_step"] = list(dict.fromkeys(values["second_step"].split()))[:_MOST_WORDS]
    groups, roles = _pairs(values.pop("groups"), "groups"), _pairs(values.pop("roles"), "roles")
    known = group_ids([name for _value, name in groups])
    values["group_map"] = [[value, _known(known, name.casefold(), name, "groups")] for value, name in groups]
    known_role = {role: role for role in known_roles()}
    values["role_map"] = [[value, _known(known_role, name.lower(), name, "roles")] for value, name in roles]
    for lines, claim in (("groups", "groups_claim"), ("roles", "roles_claim")):
        if values[f"{lines.removesuffix('s')}_map"] and not values[claim]:
            raise Invalid("required", field=claim)
    return values


def _line(value: str, field: str, limit: int) -> str:
    value = clean_line(value).text
    if not value:
        raise Invalid("required", field=field)
    if len(value) > limit:
        raise Invalid("too-long", field=field, limit=limit)
    return value


def _pairs(lines: str, field: str) -> list[tuple[str, str]]:
    """`value = name`, one on each line; the value may hold signs of equality, the name none."""
    found = []
    for line in lines.splitlines():
        if not line.strip():
            continue
        value, equals, name = (part.strip() for part in line.rpartition("="))
        if not equals or not value or not name or len(value) > _VALUE_LENGTH:
            raise Invalid("provider-pair", field=field, line=line.strip()[:80])
        found.append((value, name))
    if len(found) > MOST_PAIRS:
        raise Invalid("provider-pairs", field=field, limit=MOST_PAIRS)
    return list(dict.fromkeys(found))


def _known(known: Mapping[str, Any], key: str, name: str, field: str) -> Any:
    if key not in known:
        raise Invalid("provider-unknown-name", field=field, name=name[:80])
    return known[key]
