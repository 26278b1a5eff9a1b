"""How often a password, and the code of the second step, is tried: from one network, whatever the account, and for one
account, whoever tries, since many networks together would slip through the first.

The name that was typed is counted, whether or not there is an account of it, so that the answer tells nothing. Nobody
can lock an account's owner out: a browser in which they have signed in before is counted by itself alone, however many
tries come from its network or from others, and networks from which they have signed in are not held up by those of
others. For everybody else the wait for an account ends with the quarter of an hour. Names, networks and browsers are
kept as keyed hashes only.
"""

import hashlib
import hmac
import time

from flask import current_app
from limits import parse, parse_many
from limits.strategies import FixedWindowRateLimiter

from forum.core.errors import TooMany
from forum.core.limits import DatabaseStorage
from forum.core.logging import security
from forum.http.limits import count, network
from forum.members.names import username_key
from forum.web import known_browsers

OFTEN = parse_many("10 per minute; 60 per hour")
MOST = parse("10 per 15 minutes")
MOST_CODES = parse_many("10 per 15 minutes; 50 per day")
REMEMBERED_SECONDS = 60 * 24 * 60 * 60


def _hash(*words: object) -> str:
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, "\n".join(map(str, words)).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _tried(name: str) -> tuple[str, str]:
    return "sign-in", _hash("name", username_key(name.strip()[:300]))


def _from_here(member_id: int) -> str:
    return f"signed-in-from/{_hash(member_id, network())}"


def note(name: str, member_id: int) -> None:
    """Counts a try before the password is looked at. Raises TooMany (with `seconds`) after ten within a minute or 60
    within an hour from one network or known browser, and after ten within 15 minutes for one account.

    `member_id` is 0 where there is no such account.
    """
    if not current_app.config["RATE_LIMITS"]:
        return
    mark = known_browsers.mark_of(member_id)
    count("login", OFTEN, network() if mark is None else _hash("browser", mark))
    storage = DatabaseStorage()
    is_known = mark is not None or storage.get(_from_here(member_id)) > 0
    limiter, tried = FixedWindowRateLimiter(storage), _tried(name)
    if not limiter.hit(MOST, *tried) and not is_known:
        security("too-many-tries", member_id or None, network(), what="account")
        raise TooMany("too-many", seconds=max(1, int(limiter.get_window_stats(MOST, *tried).reset_time - time.time())))


def note_code(member_id: int) -> None:
    """Counts a try of a code, which only whoever knows the password gets to. Raises TooMany (with `seconds`) after ten
    within 15 minutes or fifty within a day: six digits are soon guessed otherwise.

    A browser or a network from which the owner has signed in before has a count of its own, which nobody elsewhere uses
    up.
    """
    if current_app.config["RATE_LIMITS"]:
        count("code", MOST_CODES, _codes_tried(member_id))


def _codes_tried(member_id: int) -> str:
    known = known_browsers.mark_of(member_id)
    if known is None and DatabaseStorage().get(_from_here(member_id)) > 0:
        known = network()
    return _hash("codes", member_id, known or "")


def succeeded(name: str, member_id: int) -> None:
    """The account's owner was here: the counts begin anew, and this network is known for 60 days."""
    if not current_app.config["RATE_LIMITS"]:
        return
    storage = DatabaseStorage()
    limiter = FixedWindowRateLimiter(storage)
    limiter.clear(MOST, *_tried(name))
    for most in MOST_CODES:
        limiter.clear(most, "code", _codes_tried(member_id))
    storage.incr(_from_here(member_id), REMEMBERED_SECONDS)
