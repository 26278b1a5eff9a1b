"""How often a password is tried for one account, whoever tries: beside the limit for each network, which many networks
together would slip through.

The name that was typed is counted, whether or not there is an account of it, so that the answer tells nothing. Networks
from which somebody has signed in to the account before are not held up, so nobody can lock its owner out from afar; for
everybody else the wait ends with the quarter of an hour. Names and networks are kept as keyed hashes only.
"""

import hashlib
import hmac
import time

from flask import current_app
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from forum.core.errors import TooMany
from forum.core.limits import DatabaseStorage
from forum.http.limits import network
from forum.members.names import username_key

MOST = parse("10 per 15 minutes")
REMEMBERED_SECONDS = 60 * 24 * 60 * 60


def _hash(*words: object) -> str:
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, "\n".join(map(str, words)).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _tried(name: str) -> tuple[str, str]:
    return "sign-in", _hash("name", username_key(name.strip()[:300]))


def _from_here(member_id: int) -> str:
    return f"signed-in-from/{_hash(member_id, network())}"


def note(name: str, member_id: int) -> None:
    """Counts a try before the password is looked at. Raises TooMany (with `seconds`) after ten within 15 minutes.

    `member_id` is 0 where there is no such account.
    """
    if not current_app.config["RATE_LIMITS"]:
        return
    storage = DatabaseStorage()
    is_known = storage.get(_from_here(member_id)) > 0
    limiter, tried = FixedWindowRateLimiter(storage), _tried(name)
    if not limiter.hit(MOST, *tried) and not is_known:
        raise TooMany("too-many", seconds=max(1, int(limiter.get_window_stats(MOST, *tried).reset_time - time.time())))


def succeeded(name: str, member_id: int) -> None:
    """The account's owner was here: the name's count begins anew, and this network is known for 60 days."""
    if not current_app.config["RATE_LIMITS"]:
        return
    storage = DatabaseStorage()
    FixedWindowRateLimiter(storage).clear(MOST, *_tried(name))
    storage.incr(_from_here(member_id), REMEMBERED_SECONDS)
