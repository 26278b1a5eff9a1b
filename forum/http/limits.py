"""How often somebody may do something: counted in the database, so that all web processes count together."""

import functools
import ipaddress
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from limits import RateLimitItem, parse_many
from limits.strategies import FixedWindowRateLimiter

from forum.core.errors import TooMany
from forum.core.limits import DatabaseStorage
from forum.core.logging import security
from forum.http.viewer import actor

View = TypeVar("View", bound=Callable[..., Any])


def network() -> str:
    """The asker's address; of IPv6 the first 64 bits, since that is what one customer gets."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def _asker() -> str:
    """Who is counted: members by account, guests by network."""
    return f"m{actor().id}" if actor().id is not None else network()


def limited(name: str, limits: str, methods: Collection[str] = ("POST",)) -> Callable[[View], View]:
    """Refuses (429) a POST, or other methods, of who did it too often; `limits` are such as
    `10 per minute; 60 per hour`."""
    items = parse_many(limits)

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if request.method in methods:
                count(name, items, _asker())
            return view(*args, **kwargs)

        return cast(View, wrapped)

    return decorate


def times(name: str, limits: str) -> int:
    """How often who asks now has done it within the longest time of these limits (`limited`)."""
    longest = max(parse_many(limits), key=lambda item: item.get_expiry())
    return DatabaseStorage().get(longest.key_for(name, _asker()))


class Pace:
    """How often each may do something in a minute, counted in this process alone and without a write."""

    def __init__(self, most_per_minute: int) -> None:
        self._most, self._minute = most_per_minute, 0
        self._seen: dict[str, int] = {}

    def forget(self) -> None:
        """Begins anew (for tests)."""
        self._seen.clear()

    def count(self, who: str) -> None:
        """Notes that somebody does it. Raises TooMany when it was too often."""
        if not current_app.config["RATE_LIMITS"]:
            return
        now = int(time.time())
        if now // 60 != self._minute:
            self._minute = now // 60
            self._seen.clear()
        self._seen[who] = self._seen.get(who, 0) + 1
        if self._seen[who] > self._most:
            raise TooMany("too-many", seconds=60 - now % 60)


def paced(most_per_minute: int) -> Callable[[View], View]:
    """Refuses (429) what one asks more often in a minute: for what pages ask by themselves, again and again, and what
    costs less than a page (`Pace`)."""
    pace = Pace(most_per_minute)

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            pace.count(_asker())
            return view(*args, **kwargs)

        return cast(View, wrapped)

    return decorate


def count(name: str, items: Sequence[RateLimitItem], who: str) -> None:
    """Notes that somebody did something. Raises TooMany when it was too often."""
    if not current_app.config["RATE_LIMITS"]:
        return
    limiter = FixedWindowRateLimiter(DatabaseStorage())
    for item in items:
        if not limiter.hit(item, name, who):
            security("too-many-tries", actor().id, network(), what=name)
            seconds = max(1, int(limiter.get_window_stats(item, name, who).reset_time - time.time()))
            raise TooMany("too-many", seconds=seconds)


def init_app(app: Flask, on: bool) -> None:
    app.config["RATE_LIMITS"] = on
