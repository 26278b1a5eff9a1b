"""Codes of the second step: those of an app (TOTP, RFC 6238) and those for whoever has lost it.

The database holds no secret: of a member's a random seed, from which the installation's key makes it, and of recovery
codes a keyed hash. A stolen database alone opens nothing.
"""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime

import pyotp

from forum.core.settings import installed

STEP_SECONDS = 30
DIGITS = 6
SKEW_STEPS = 1
"""How many steps a clock may be off, either way (RFC 6238, 5.2)."""
FAR_STEPS = 60
"""How far away a code is looked for, to tell a wrong clock from a wrong code: half an hour."""
RECOVERY_CODES = 10
_HALF = 5
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Of a recovery code: 32 signs that nobody mixes up (Crockford), so ten of them are 50 random bits."""
_MISREAD = str.maketrans("oil", "011")


def _keyed(purpose: str, member_id: int, value: str) -> hmac.HMAC:
    words = f"two-factor/{purpose}\n{member_id}\n{value}"
    return hmac.new(installed().secret_key.encode(), words.encode("utf-8", "surrogatepass"), hashlib.sha256)


def new_seed() -> str:
    """A random value for a new secret."""
    return secrets.token_hex(20)


def secret_of(member_id: int, seed: str) -> str:
    """The secret that the member's app holds, 160 bits (RFC 4226, 4) in base32."""
    return base64.b32encode(_keyed("secret", member_id, seed).digest()[:20]).decode()


def address_of(secret: str, *, username: str, community: str) -> str:
    """What a QR code tells an app: the secret, and whose it is."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=community)


def _present_step(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The code of a time step, counted since 1970."""
    return pyotp.HOTP(secret).at(step)


def _plain(typed: str) -> str:
    """What was typed without what people put in to read it better."""
    letters = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(sign for sign in letters if not sign.isspace() and sign not in "-‐‑–")


def read_code(typed: str) -> str | None:
    """The six digits of an app's code, or None for what isn't one."""
    plain = _plain(typed)
    return plain if len(plain) == DIGITS and plain.isascii() and plain.isdecimal() else None


def step_of(secret: str, code: str, now: datetime, reach: int = SKEW_STEPS) -> int | None:
    """The step to which a code belongs, at most `reach` steps away, the nearest first; None for none."""
    present = _present_step(now)
    found = None
    for step in sorted(range(present - reach, present + reach + 1), key=lambda step: abs(step - present)):
        if hmac.compare_digest(code_at(secret, step), code) and found is None:
            found = step
    return found


def minutes_off(step: int, now: datetime) -> int:
    """How far the clock is off that made the code of this step; less than nothing: it is slow."""
    return round((step - _present_step(now)) * STEP_SECONDS / 60)


def new_recovery_code() -> str:
    """A code such as `7m4kq-0xw2t`."""
    signs = [secrets.choice(_LETTERS) for _ in range(2 * _HALF)]
    return f"{''.join(signs[:_HALF])}-{''.join(signs[_HALF:])}"


def recovery_hash(member_id: int, typed: str) -> str:
    """What is kept of a recovery code, however it is written: capitals, blanks, and O for 0 are all one."""
    return _keyed("recovery", member_id, _plain(typed).translate(_MISREAD)).hexdigest()
