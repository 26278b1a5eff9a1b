"""Passwords: what may be one, argon2id by RFC 9106, and equal work whether or not there is an account."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from forum.community import queries as community
from forum.core.errors import Invalid
from forum.members import guessing

SHORTEST, LONGEST = 10, 256
PRODUCT = "Tafelrunde"
_hasher = [PasswordHasher()]


def use(hasher: PasswordHasher) -> None:
    """Sets other costs; for tests, which sign in often."""
    _hasher[:] = [hasher]
    _nobodys_hash.cache_clear()


def _normalized(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _bytes(password: str) -> bytes:
    return _normalized(password).encode("utf-8", "surrogatepass")


def check(password: str, *known: str) -> None:
    """Whether it may be a password: from 10 to 256 characters, of any kind, that aren't easily guessed (NIST SP
    800-63B-4, 3.1.1.2: length and a list of frequent ones instead of rules of composition).

    `known` is what everybody may know of the member: names and address; the community's own names are known besides.
    The first time takes up to a second, each further one some 20 ms: never inside a transaction. Raises Invalid beside
    `password`.
    """
    if not password:
        raise Invalid("required", field="password")
    if len(password) < SHORTEST:
        raise Invalid("too-short", field="password", limit=SHORTEST)
    if len(password) > LONGEST:
        raise Invalid("too-long", field="password", limit=LONGEST)
    weakness = guessing.weakness(_normalized(password), (*known, *_names_of_the_house()))
    if weakness is not None:
        raise Invalid(f"password-{weakness}", field="password")


def _names_of_the_house() -> list[str]:
    house = community.current()
    return [PRODUCT, house.team_name, *(house.name(language) for language in house.languages)]


def hashed(password: str) -> str:
    """The hash to keep, a tenth of a second's work: never inside a transaction."""
    return _hasher[0].hash(_bytes(password))


@cache
def _nobodys_hash() -> str:
    return _hasher[0].hash(b"nobody's password")


def verify(password_hash: str | None, password: str) -> bool:
    """Whether the password fits; without a hash (no such account) the same work is done and the answer is no.

    A process makes the hash in its place at the first call, whether or not it is needed then: else the first answer
    would tell.
    """
    in_its_place = _nobodys_hash()
    try:
        _hasher[0].verify(password_hash or in_its_place, _bytes(password[: LONGEST * 4]))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other costs and should be renewed at this sign-in."""
    return _hasher[0].check_needs_rehash(password_hash)
