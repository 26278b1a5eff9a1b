"""What a provider's claims mean here: a name, an address, groups, roles, a second step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forum.core.actor import ROLES
from forum.core.errors import Invalid
from forum.members.actions import check_email
from forum.members.models import DISPLAY_NAME_LENGTH
from forum.members.names import check_display_name
from forum.oidc.protocol import Found
from forum.oidc.queries import ProviderRow

_MOST_VALUES = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a provider describes them, in terms of this community. `email` is empty without one that can be;
    `is_email_confirmed` says that the provider has confirmed it. `roles` are those of its map that they have there.
    `authenticated_at` is as in `Found`."""

    subject: str
    sid: str | None
    label: str
    username: str
    display_name: str
    email: str
    is_email_confirmed: bool
    group_ids: Sequence[int]
    roles: Sequence[str]
    is_vouched_for: bool
    authenticated_at: int = 0


def person(provider: ProviderRow, found: Found) -> Person:
    """Who that is here. What can't be used is left out: a claim is somebody else's input."""
    claims = found.claims
    email, verified = _email(claims.get("email")), claims.get("email_verified")
    username, name = _word(claims, provider.username_claim), _word(claims, provider.name_claim)
    groups, roles = _values(claims, provider.groups_claim), _values(claims, provider.roles_claim)
    return Person(
        subject=found.subject,
        sid=found.sid,
        label=(email or username or name or found.subject)[:254],
        username=username or name,
        display_name=name,
        email=email,
        is_email_confirmed=bool(email) and (verified is True or verified == "true"),
        group_ids=sorted({id for value, id in provider.group_map if value in groups}),
        roles=[
            role for role in ROLES if any(value in roles for value, leads_to in provider.role_map if leads_to == role)
        ],
        is_vouched_for=_is_vouched_for(provider, claims),
        authenticated_at=found.authenticated_at,
    )


def is_name_refused(provider: ProviderRow, found: Found) -> bool:
    """Whether a name that the provider gave has signs that nobody sees, or that turn the direction of writing: `person`
    leaves it out."""
    given = (_at(found.claims, path) for path in (provider.username_claim, provider.name_claim))
    return any(_refusal(value) == "invisible-signs" for value in given if isinstance(value, str))


def _refusal(name: str) -> str:
    """The code of why this is no name to show; empty if it is one."""
    try:
        check_display_name(name[:DISPLAY_NAME_LENGTH], "")
    except Invalid as error:
        return error.code
    return ""


def _at(claims: Mapping[str, Any], path: str) -> Any:
    """The claim of this name, or within others where the name has dots (`realm_access.roles`)."""
    if not path or path in claims:
        return claims.get(path)
    value: Any = claims
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _word(claims: Mapping[str, Any], path: str) -> str:
    """One line that can be shown."""
    value = _at(claims, path)
    if not isinstance(value, str):
        return ""
    try:
        return check_display_name(value[:DISPLAY_NAME_LENGTH], "")
    except Invalid:
        return ""


def _values(claims: Mapping[str, Any], path: str) -> set[str]:
    value = _at(claims, path)
    given = value[:_MOST_VALUES] if isinstance(value, list) else [value]
    return {one for one in given if isinstance(one, str)}


def _email(value: Any) -> str:
    try:
        return check_email(value) if isinstance(value, str) else ""
    except Invalid:
        return ""


def _is_vouched_for(provider: ProviderRow, claims: Mapping[str, Any]) -> bool:
    """Whether the provider has asked for a second step, by the operator's words for it (RFC 8176; Core, section 2)."""
    said = _values(claims, "amr") | _values(claims, "acr")
    return "*" in provider.second_step or not said.isdisjoint(provider.second_step)
