"""Passkeys (WebAuthn): who we are for authenticators, challenges, and what a browser is asked for. Whether what it
answers holds is seen by `members.authenticators`.

Nothing of a challenge is kept: it carries when it was made and a keyed hash of that, of what it is for and of the
browser's session. That it is answered only once is seen by its moment (`actions.use_passkey`). The authenticator must
have recognised its owner (user verification), so a passkey is both steps of signing in at once. Which make it is isn't
asked for, nor kept.
"""

import base64
import hashlib
import hmac
import ipaddress
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

from forum.core import clock
from forum.core.errors import Invalid
from forum.core.settings import installed

Purpose = Literal["add", "use"]
CHALLENGE_LASTS = timedelta(minutes=5)
ALGORITHMS = (-8, -7, -257)
"""Of signatures: EdDSA, ECDSA and RSA with SHA-256, by their numbers in COSE, the best first; all devices have one."""
TRANSPORTS = frozenset({"ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"})
"""How a device may be reached."""
_RANDOM_BYTES, _MOMENT_BYTES, _HANDLE_BYTES = 16, 8, 32
_TIMEOUT_MILLISECONDS = int(CHALLENGE_LASTS.total_seconds()) * 1000 - 30_000
"""What a browser gives its reader: so much less that the answer still comes in time."""


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who we are for authenticators: a host name, for which a passkey is made, and the address of our pages."""

    id: str
    origin: str


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """A passkey of ours, with what an answer of it is checked by."""

    id: int
    member_id: int
    public_key: str
    user_handle: str


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What an authenticator has made, checked; texts in base64url."""

    credential_id: str
    public_key: str
    user_handle: str
    sign_count: int
    transports: Sequence[str]
    is_backed_up: bool


@dataclass(frozen=True, slots=True)
class UsedPasskey:
    """That a passkey was used, checked but for what `actions.use_passkey` looks at; `challenge_at` in µs since 1970."""

    id: int
    sign_count: int
    is_backed_up: bool
    challenge_at: int


def relying_party() -> RelyingParty | None:
    """Who we are by `FORUM_BASE_URL`; None where browsers have no passkeys: at a bare IP address, and without https
    anywhere but on localhost."""
    address = urlsplit(installed().base_url)
    try:
        host = (address.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        return None
    is_local = host == "localhost" or host.endswith(".localhost")
    if not host or _is_ip(host) or not (address.scheme == "https" or is_local):
        return None
    usual = {"https": 443, "http": 80}[address.scheme]
    port = "" if address.port in {None, usual} else f":{address.port}"
    return RelyingParty(host, f"{address.scheme}://{host}{port}")


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def here() -> RelyingParty:
    """The same. Raises Invalid for None."""
    found = relying_party()
    if found is None:
        raise Invalid("passkey-impossible")
    return found


def encoded(value: bytes) -> str:
    """In base64url without padding, as WebAuthn writes everything."""
    return base64.urlsafe_b64encode(value).decode("ascii").rstrip("=")


# ---------------------------------------------------------------- challenges


def _moment() -> int:
    now = clock.now()
    return int(now.timestamp()) * 1_000_000 + now.microsecond


def _keyed(purpose: Purpose, session: str, head: bytes) -> bytes:
    words = f"passkey/{purpose}\n{session}\n".encode() + head
    return hmac.new(installed().secret_key.encode(), words, hashlib.sha256).digest()


def new_challenge(purpose: Purpose, session: str) -> bytes:
    """A challenge that this browser's session alone can answer; `session` is a secret of it."""
    head = secrets.token_bytes(_RANDOM_BYTES) + _moment().to_bytes(_MOMENT_BYTES, "big")
    return head + _keyed(purpose, session, head)


def made_at(purpose: Purpose, session: str, challenge: bytes) -> int:
    """When a challenge was made. Raises Invalid for one that is too old, of another session or for something else."""
    length = _RANDOM_BYTES + _MOMENT_BYTES
    head, keyed = challenge[:length], challenge[length:]
    moment = int.from_bytes(head[_RANDOM_BYTES:], "big")
    lasts = int(CHALLENGE_LASTS.total_seconds()) * 1_000_000
    is_ours = bool(session) and hmac.compare_digest(keyed, _keyed(purpose, session, head))
    if not is_ours or _moment() - moment > lasts:
        raise Invalid("passkey-expired")
    return moment


def new_user_handle() -> str:
    """A random name under which authenticators know a member: they show it to whoever holds them."""
    return encoded(secrets.token_bytes(_HANDLE_BYTES))


# ---------------------------------------------------------------- what the browser is asked for, as JSON


def creation_options(
    session: str, user_handle: str, known: Mapping[str, Sequence[str]], *, username: str, name: str, community: str
) -> str:
    """For `navigator.credentials.create()`; authenticators that hold one of the `known` ones make no second one."""
    options: dict[str, Any] = {
        "rp": {"id": here().id, "name": community},
        "user": {"id": user_handle, "name": username, "displayName": name},
        "challenge": encoded(new_challenge("add", session)),
        "pubKeyCredParams": [{"type": "public-key", "alg": number} for number in ALGORITHMS],
        "timeout": _TIMEOUT_MILLISECONDS,
        "excludeCredentials": [
            {"type": "public-key", "id": credential_id, "transports": list(transports)}
            for credential_id, transports in known.items()
        ],
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
    }
    return json.dumps(options)


def request_options(session: str) -> str:
    """For `navigator.credentials.get()`: any passkey for this place, whosever it is."""
    options = {
        "rpId": here().id,
        "challenge": encoded(new_challenge("use", session)),
        "timeout": _TIMEOUT_MILLISECONDS,
        "userVerification": "required",
    }
    return json.dumps(options)
