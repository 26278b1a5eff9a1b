"""What a provider signs: ID tokens (OpenID Connect Core 1.0, 3.1.3.7) and logout tokens (Back-Channel Logout 1.0, 2.6).

Each check that fails raises Invalid with the word for the security log in `what`; the sentence for the member is one of
two, since what exactly is wrong helps only whoever forges.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from joserfc import jwk, jws
from joserfc.errors import JoseError

from forum.core import clock
from forum.core.errors import Invalid
from forum.oidc.queries import ProviderRow

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key pair alone: neither `none` nor those by a secret that both sides know."""
_KINDS = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
SKEW = timedelta(minutes=3)
"""By how much the provider's clock may differ from ours; five minutes are refused, and why is told."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_MOST_BYTES = 64 * 1024
_MOST_KEYS = 50
_FEWEST_BITS = 2048


def refused(provider: ProviderRow, what: str) -> Invalid:
    """That the provider's answer doesn't hold."""
    return Invalid("provider-clock" if what == "clock" else "provider-answer", name=provider.name, what=what)


def readable_keys(content: Any) -> list[Mapping[str, Any]]:
    """The public keys of a key set that may check a signature; others are left out."""
    given = content.get("keys") if isinstance(content, dict) else None
    keys = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return [
        one for one in keys[:_MOST_KEYS] if one.get("kty") in {"RSA", "EC", "OKP"} and one.get("use", "sig") == "sig"
    ]


def header_of(provider: ProviderRow, token: Any) -> Mapping[str, Any]:
    """The head of a signed token, with an algorithm that is allowed. Raises Invalid."""
    if not isinstance(token, str) or not token.isascii() or len(token) > _MOST_BYTES or token.count(".") != 2:
        raise refused(provider, "token")
    try:
        header = dict(jws.extract_compact(token.encode()).headers())
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise refused(provider, "token") from error
    if header.get("alg") not in ALGORITHMS:
        raise refused(provider, "algorithm")
    return header


def fitting(header: Mapping[str, Any], keys: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The keys by which a token with this head may be signed: those of its id where it names one."""
    kind, wanted, algorithm = _KINDS[str(header["alg"])[:2]], header.get("kid"), header["alg"]
    return [
        one
        for one in keys
        if one.get("kty") == kind
        and one.get("alg", algorithm) == algorithm
        and (wanted is None or one.get("kid") == wanted)
    ]


def read_signed(provider: ProviderRow, token: str, keys: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The claims of a token that one of these keys has signed. Raises Invalid."""
    header = header_of(provider, token)
    for one in fitting(header, keys):
        try:
            public = jwk.import_key({name: value for name, value in one.items() if name in _PUBLIC})
            if isinstance(public, jwk.RSAKey) and public.raw_value.key_size < _FEWEST_BITS:
                continue
            content = jws.deserialize_compact(token.encode(), public, algorithms=[str(header["alg"])]).payload
        except (JoseError, ValueError, TypeError):
            continue
        return _object(provider, content)
    raise refused(provider, "signature")


_PUBLIC = {"kty", "kid", "n", "e", "crv", "x", "y"}


def _object(provider: ProviderRow, content: bytes | None) -> dict[str, Any]:
    try:
        claims = json.loads(content or b"")
    except (ValueError, RecursionError) as error:
        raise refused(provider, "token") from error
    if not isinstance(claims, dict):
        raise refused(provider, "token")
    return claims


def _number(provider: ProviderRow, claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refused(provider, name)
    return value


def _check_sender(provider: ProviderRow, claims: Mapping[str, Any]) -> None:
    """Who has made the token, and for whom."""
    if claims.get("iss") != provider.issuer:
        raise refused(provider, "issuer")
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if provider.client_id not in named:
        raise refused(provider, "audience")
    if len(named) > 1 and claims.get("azp") != provider.client_id:
        raise refused(provider, "audience")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise refused(provider, "audience")


def _check_times(provider: ProviderRow, claims: Mapping[str, Any]) -> None:
    now, skew = clock.now().timestamp(), SKEW.total_seconds()
    if abs(_number(provider, claims, "iat") - now) > skew:
        raise refused(provider, "clock")
    if "nbf" in claims and _number(provider, claims, "nbf") > now + skew:
        raise refused(provider, "clock")


def _check_expiry(provider: ProviderRow, claims: Mapping[str, Any]) -> None:
    if clock.now().timestamp() > _number(provider, claims, "exp") + SKEW.total_seconds():
        raise refused(provider, "expired")


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    """A subject or a session's name, if it is one (Core, section 2: at most 255 ASCII characters)."""
    value = claims.get(name)
    return value if isinstance(value, str) and 0 < len(value) <= 255 and value.isascii() and "\0" not in value else None


def check_id_token(provider: ProviderRow, claims: Mapping[str, Any], nonce: str) -> str:
    """Whose ID token this is: the subject. Raises Invalid."""
    _check_sender(provider, claims)
    _check_expiry(provider, claims)
    _check_times(provider, claims)
    given = claims.get("nonce")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
        raise refused(provider, "nonce")
    subject = _text(claims, "sub")
    if subject is None:
        raise refused(provider, "subject")
    return subject


def authenticated_at(claims: Mapping[str, Any]) -> int:
    """When the provider last asked its user who they are (Core, section 2), in seconds of the epoch; 0 where it doesn't
    say, or says what can't be."""
    value = claims.get("auth_time")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    return int(value) if 0 < value <= clock.now().timestamp() + SKEW.total_seconds() else 0


def check_logout_token(
    provider: ProviderRow, header: Mapping[str, Any], claims: Mapping[str, Any]
) -> tuple[str, str | None, str | None]:
    """What a logout token says: its id, the subject and the session's name, of which one is there. Raises Invalid."""
    if str(header.get("typ", "JWT")).lower() not in {"jwt", "logout+jwt"}:
        raise refused(provider, "type")
    _check_sender(provider, claims)
    if "exp" in claims:
        _check_expiry(provider, claims)
    _check_times(provider, claims)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise refused(provider, "events")
    if "nonce" in claims:
        raise refused(provider, "nonce")
    identifier, subject, session = _text(claims, "jti"), _text(claims, "sub"), _text(claims, "sid")
    if identifier is None or (subject is None and session is None):
        raise refused(provider, "subject")
    return identifier, subject, session
