"""Talking to a provider: its metadata, its keys, and the exchange of a code for who somebody is.

All of it happens outside transactions, within `SECONDS` for one request. Metadata and keys are kept in the process for
a while; a key that isn't among them is looked for at once, and at most once a minute.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode

from forum.core import clock, outside
from forum.core.errors import Invalid
from forum.core.outside import Deadline, Unreachable
from forum.oidc import tokens
from forum.oidc.queries import ProviderRow
from forum.oidc.tokens import refused

SECONDS = 5.0
METADATA_LASTS = timedelta(hours=1)
KEYS_LAST = timedelta(minutes=10)
LOOKED_FOR_EVERY = timedelta(minutes=1)
_OF_THE_CLIENT = frozenset({"invalid_client", "unauthorized_client", "unsupported_grant_type"})
"""What a provider answers where this community isn't registered as it is set up here (RFC 6749, 5.2): another secret,
for one."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the provider and back, as the browser that goes it keeps it: what must come back, and the secrets
    that prove that it is the same browser (state), the same answer (nonce) and the same asker (verifier, RFC 7636)."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Found:
    """Who the provider says that somebody is: the claims of the ID token and, where they say more, those of the user
    info endpoint. `sid` is the provider's name for its session, `authenticated_at` when it last asked them who they
    are, in seconds of the epoch; 0 where the ID token doesn't say."""

    subject: str
    sid: str | None
    claims: Mapping[str, Any]
    authenticated_at: int = 0


_metadata: dict[str, tuple[datetime, Mapping[str, Any]]] = {}
_keys: dict[str, tuple[datetime, list[Mapping[str, Any]]]] = {}
_missed_a_key: dict[str, datetime] = {}


def forget() -> None:
    """Asks every provider anew (for tests, and after a change of one)."""
    _metadata.clear()
    _keys.clear()
    _missed_a_key.clear()
    outside.forget()


def _is_fresh(at: datetime, lasts: timedelta) -> bool:
    return timedelta() <= clock.now() - at < lasts


def _ask(provider: ProviderRow, *arguments: Any, **more: Any) -> outside.Answer:
    try:
        return outside.ask(*arguments, **more)
    except Unreachable as error:
        raise Invalid("provider-silent", name=provider.name, what=error.why) from error


def metadata(provider: ProviderRow, deadline: Deadline) -> Mapping[str, Any]:
    """What the provider says of itself (Discovery 1.0, section 4), kept for an hour. Raises Invalid."""
    kept = _metadata.get(provider.issuer)
    if kept is not None and _is_fresh(kept[0], METADATA_LASTS):
        return kept[1]
    address = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
    answer = _ask(provider, "GET", address, deadline)
    found = answer.content
    if answer.status != 200 or not isinstance(found, dict):
        raise Invalid("provider-silent", name=provider.name, what=f"metadata {answer.status}")
    if found.get("issuer") != provider.issuer:
        raise refused(provider, "metadata-issuer")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    named = [found.get(name) for name in (*wanted, "userinfo_endpoint") if name in wanted or name in found]
    is_local = not provider.issuer.startswith("https:")
    if not all(isinstance(one, str) and outside.is_safe(one, with_this_machine=is_local) for one in named):
        raise refused(provider, "metadata")
    _metadata[provider.issuer] = (clock.now(), found)
    return found


def check(provider: ProviderRow, deadline: Deadline) -> None:
    """Asks for metadata and keys, and, by a code that nobody has given out, whether client ID and secret are taken.
    Raises Invalid, with what is wrong in `what`."""
    known = metadata(provider, deadline)
    _fetched_keys(provider, deadline)
    answer = _asked_for_tokens(provider, known, new_way(), "none", deadline)
    if answer.status not in {200, 400} and _error_of(answer) != "invalid_grant":
        raise refused(provider, f"code {answer.status}")


def _fetched_keys(provider: ProviderRow, deadline: Deadline) -> list[Mapping[str, Any]]:
    answer = _ask(provider, "GET", metadata(provider, deadline)["jwks_uri"], deadline)
    keys = tokens.readable_keys(answer.content) if answer.status == 200 else []
    if not keys:
        raise refused(provider, "keys")
    _keys[provider.issuer] = (clock.now(), keys)
    return keys


def _claims_of(provider: ProviderRow, token: Any, deadline: Deadline) -> dict[str, Any]:
    """What a token says that the provider has signed; a key that isn't known yet is looked for."""
    header = tokens.header_of(provider, token)
    at, keys = _keys.get(provider.issuer, (None, []))
    if at is None or not _is_fresh(at, KEYS_LAST) or _is_to_be_looked_for(provider, header, keys):
        keys = _fetched_keys(provider, deadline)
    return tokens.read_signed(provider, token, keys)


def _is_to_be_looked_for(provider: ProviderRow, header: Mapping[str, Any], keys: list[Mapping[str, Any]]) -> bool:
    """Whether the token is signed by a key that isn't known, and none was looked for within the last minute: whoever
    sends forged logout tokens would have us ask the provider as often as they like."""
    missed_at = _missed_a_key.get(provider.issuer)
    if tokens.fitting(header, keys) or (missed_at is not None and _is_fresh(missed_at, LOOKED_FOR_EVERY)):
        return False
    _missed_a_key[provider.issuer] = clock.now()
    return True


# ---------------------------------------------------------------- there


def new_way() -> Way:
    """A way that nobody has gone."""
    return Way(*(secrets.token_urlsafe(32) for _ in range(3)))


def address_there(provider: ProviderRow, way: Way, *, is_proof: bool = False) -> str:
    """Where the browser goes to sign in; for a proof the provider asks anew who somebody is. Raises Invalid."""
    endpoint = metadata(provider, Deadline.within(SECONDS))["authorization_endpoint"]
    challenge = base64.urlsafe_b64encode(hashlib.sha256(way.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": provider.way_back,
        "scope": provider.scopes,
        "state": way.state,
        "nonce": way.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **({"max_age": "0", "prompt": "login"} if is_proof else {}),
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


# ---------------------------------------------------------------- and back


def finish(provider: ProviderRow, way: Way, code: str, issuer: str | None) -> Found:
    """Who came back with this code. `issuer` is what the answer names as its sender, if it does (RFC 9207). Raises
    Invalid: `provider-silent`, `provider-answer`, `provider-clock`, `provider-setup`."""
    deadline = Deadline.within(SECONDS)
    known = metadata(provider, deadline)
    must_name = known.get("authorization_response_iss_parameter_supported") is True
    if issuer != provider.issuer and (issuer is not None or must_name):
        raise refused(provider, "issuer")
    given = _exchanged(provider, known, way, code, deadline)
    claims = _claims_of(provider, given.get("id_token"), deadline)
    subject = tokens.check_id_token(provider, claims, way.nonce)
    sid = claims.get("sid")
    more = dict(_user_info(provider, known, given.get("access_token"), claims, deadline))
    if "email" in claims:  # whether an address is confirmed is said where the address is named
        more.pop("email_verified", None)
    known_sid = sid if isinstance(sid, str) and 0 < len(sid) <= 255 else None
    return Found(subject, known_sid, {**more, **claims}, tokens.authenticated_at(claims))


def _exchanged(
    provider: ProviderRow, known: Mapping[str, Any], way: Way, code: str, deadline: Deadline
) -> Mapping[str, Any]:
    """What the provider gives for the code (Core, 3.1.3)."""
    answer = _asked_for_tokens(provider, known, way, code, deadline)
    if answer.status != 200 or not isinstance(answer.content, dict):
        raise refused(provider, f"code {answer.status}")
    return answer.content


def _asked_for_tokens(
    provider: ProviderRow, known: Mapping[str, Any], way: Way, code: str, deadline: Deadline
) -> outside.Answer:
    """What the provider answers who has this code. Raises Invalid (`provider-setup`) where it doesn't take who asks."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": provider.way_back,
        "code_verifier": way.verifier,
    }
    headers, secret = {}, provider.secret
    ways = known.get("token_endpoint_auth_methods_supported")
    if not secret:
        form["client_id"] = provider.client_id
    elif isinstance(ways, list) and "client_secret_basic" not in ways:
        form |= {"client_id": provider.client_id, "client_secret": secret}
    else:  # RFC 6749, 2.3.1: both are encoded as in a form first
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    answer = _ask(provider, "POST", known["token_endpoint"], deadline, form=form, headers=headers)
    error = _error_of(answer)
    if error in _OF_THE_CLIENT or (answer.status == 401 and error != "invalid_grant"):
        raise Invalid("provider-setup", name=provider.name, what=f"code {answer.status}")
    return answer


def _error_of(answer: outside.Answer) -> str | None:
    """The word for what is wrong (RFC 6749, 5.2), if the answer has one."""
    error = answer.content.get("error") if isinstance(answer.content, dict) else None
    return error if isinstance(error, str) else None


def _user_info(
    provider: ProviderRow, known: Mapping[str, Any], token: Any, claims: Mapping[str, Any], deadline: Deadline
) -> Mapping[str, Any]:
    """What the provider tells besides (Core, 5.3), asked for when the ID token lacks something that is mapped."""
    wanted = {"email", provider.username_claim, provider.name_claim, provider.groups_claim, provider.roles_claim}
    endpoint = known.get("userinfo_endpoint")
    lacks = any(claim.partition(".")[0] not in claims for claim in wanted if claim)
    if not lacks or not isinstance(endpoint, str) or not isinstance(token, str) or not token.isprintable():
        return {}
    answer = _ask(provider, "GET", endpoint, deadline, headers={"Authorization": f"Bearer {token}"})
    if answer.status != 200 or not isinstance(answer.content, dict):
        return {}
    if answer.content.get("sub") != claims.get("sub"):
        raise refused(provider, "userinfo-subject")
    return answer.content


def said_goodbye(provider: ProviderRow, token: Any) -> tuple[str, str | None, str | None]:
    """What a logout token says: its id, the subject, the session's name. Raises Invalid."""
    claims = _claims_of(provider, token, Deadline.within(SECONDS))
    return tokens.check_logout_token(provider, tokens.header_of(provider, token), claims)
