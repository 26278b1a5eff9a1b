"""Passwords: argon2id with the parameters of RFC 9106, and equal work whether or not there is an account."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from forum.core.errors import Invalid

SHORTEST, LONGEST = 10, 256
_hasher = [PasswordHasher()]


def use(hasher: PasswordHasher) -> None:
    """Sets other costs; for tests, which sign in often."""
    _hasher[:] = [hasher]
    _nobodys_hash.cache_clear()


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def check(password: str, *others: str) -> None:
    """Raises Invalid for a password that is too short, too long, one sign repeated, or one of `others` (the names)."""
    if not password:
        raise Invalid("required", field="password")
    if len(password) < SHORTEST:
        raise Invalid("too-short", field="password", limit=SHORTEST)
    if len(password) > LONGEST:
        raise Invalid("too-long", field="password", limit=LONGEST)
    folded = password.casefold()
    if len(set(folded)) < 3 or folded in {other.casefold() for other in others if other}:
        raise Invalid("password-guessable", field="password")


def hashed(password: str) -> str:
    """The hash to keep, a tenth of a second's work: never inside a transaction."""
    return _hasher[0].hash(_bytes(password))


@cache
def _nobodys_hash() -> str:
    return _hasher[0].hash(b"nobody's password")


def verify(password_hash: str | None, password: str) -> bool:
    """Whether the password fits; without a hash (no such account) the same work is done and the answer is no."""
    try:
        _hasher[0].verify(password_hash or _nobodys_hash(), _bytes(password[: LONGEST * 4]))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other costs and should be renewed at this sign-in."""
    return _hasher[0].check_needs_rehash(password_hash)
