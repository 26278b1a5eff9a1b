"""Whether the time of an answer tells that there is an account: signing in with a wrong password, asking for a new one
and for a link to sign in, for names and addresses that exist and for others.

Each is asked for in turn with both kinds, in an order left to chance, one request at a time. The two distributions are
compared by their medians and by the rank test of Mann and Whitney: how often an answer about an account takes longer
than one about nobody (0.5 if the time tells nothing), and how probable a share so far from 0.5 is by chance. Below
SIGNIFICANCE the time tells, and `make bench` fails.
"""

import http.client
import math
import random
import re
import secrets
import shutil
import statistics
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.servers import free_port, running

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
ACCOUNTS = 10
"""So many members of the measured community have a password: member0 to member9."""
SIGNIFICANCE = 0.001
"""Below this probability a difference counts as one: three comparisons on a machine that does other things besides."""


@dataclass(frozen=True, slots=True)
class Way:
    """Something that whoever guesses may send: where the form is and goes, whether with a password, and how often."""

    what: str
    page: str
    action: str
    status: int
    pairs: int
    fields: dict[str, str]


WAYS = (
    Way("sign-in, wrong password", "/login", "/login", 400, 150, {"password": "not their password"}),
    Way("a new password", "/reset", "/reset", 200, 400, {}),
    Way("a link to sign in", "/login", "/login/link", 200, 400, {}),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Milliseconds of both kinds; `share` and `p` as the module says."""

    known: Sequence[float]
    unknown: Sequence[float]
    share: float
    p: float

    @property
    def tells(self) -> bool:
        """Whether the two differ by more than chance explains."""
        return self.p < SIGNIFICANCE


def mann_whitney(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """How often a value of `one` is above one of `other` (ties count half), and the two-sided probability of a share so
    far from a half where both come from the same distribution: by the normal approximation with correction for ties,
    which is close from some twenty values on (Mann and Whitney 1947)."""
    ranked = sorted([(value, True) for value in one] + [(value, False) for value in other])
    total, rank_sum, ties, at = len(ranked), 0.0, 0, 0
    while at < total:
        end = at
        while end < total and ranked[end][0] == ranked[at][0]:
            end += 1
        count = end - at
        rank_sum += (at + 1 + end) / 2 * sum(is_one for _value, is_one in ranked[at:end])
        ties += count**3 - count
        at = end
    pairs = len(one) * len(other)
    above = rank_sum - len(one) * (len(one) + 1) / 2
    variance = pairs / 12 * (total + 1 - ties / (total * (total - 1)))
    if variance == 0:
        return 0.5, 1.0
    deviation = max(0.0, abs(above - pairs / 2) - 0.5) / math.sqrt(variance)
    return above / pairs, math.erfc(deviation / math.sqrt(2))


class Guesser:
    """A browser that sends one form after the other over one connection."""

    def __init__(self, port: int, way: Way) -> None:
        self._connection, self._way = http.client.HTTPConnection("127.0.0.1", port, timeout=30), way
        self._connection.request("GET", way.page)
        answer = self._connection.getresponse()
        found = _TOKEN.search(answer.read().decode())
        if found is None:
            raise RuntimeError(f"{way.page} has no token")
        self._token, self._cookie = found[1], answer.getheader("Set-Cookie", "").partition(";")[0]

    def ask(self, name: str) -> float:
        """Sends the form with this name; the milliseconds until the whole answer is there."""
        form = urllib.parse.urlencode({"csrf_token": self._token, "username": name, **self._way.fields})
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        self._connection.request("POST", self._way.action, form, headers)
        answer = self._connection.getresponse()
        answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != self._way.status:
            raise RuntimeError(f"{self._way.action} answered {answer.status}")
        return took


def _names(number: int) -> tuple[str, str]:
    """One that has an account and one of the same length that has none, user names and addresses by turns."""
    ending = "" if number % 2 else "@example.org"
    return f"member{number % ACCOUNTS}{ending}", f"nobody{number % ACCOUNTS}{ending}"


def compare(port: int, way: Way, *, is_quick: bool) -> Comparison:
    """Asks and compares; the first answers, when processes have yet to get ready, don't count."""
    dice, guesser = random.Random(1947), Guesser(port, way)
    known: list[float] = []
    unknown: list[float] = []
    warm = 5
    for number in range(-warm, way.pairs // (5 if is_quick else 1)):
        found = list(zip((known, unknown), _names(number), strict=True))
        dice.shuffle(found)
        for times, name in found:
            took = guesser.ask(name)
            if number >= 0:
                times.append(took)
    return Comparison(known, unknown, *mann_whitney(known, unknown))


def _spread(times: Sequence[float]) -> str:
    tenths = statistics.quantiles(times, n=10)
    return f"{tenths[0]:>8.2f}{statistics.median(times):>8.2f}{tenths[8]:>8.2f}"


def measure(database: Path, *, is_quick: bool) -> Sequence[str]:
    """Compares on a copy of this database, with the worker that sends the mails, and prints what it finds; returns what
    tells."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "copy")
        shutil.copytree(database, folder)
        port = free_port()
        settings = {
            "FORUM_DATA_DIR": str(folder), "PORT": str(port), "FORUM_WEB_WORKERS": "1", "FORUM_RATE_LIMITS": "off",
            "FORUM_LOG_LEVEL": "error", "FORUM_SECRET_KEY": secrets.token_hex(16),
        }  # fmt: skip
        with running([sys.executable, "-m", "forum", "serve"], port, "/healthz", **settings):
            found = [(way, compare(port, way, is_quick=is_quick)) for way in WAYS]
    head = f"{'account, ms p10':>16}{'p50':>8}{'p90':>8}{'nobody, p10':>13}{'p50':>8}{'p90':>8}{'longer':>8}{'p':>8}"
    print(f"\n{'does the time tell that there is an account?':<46}{head}")
    for way, one in found:
        verdict = "IT TELLS" if one.tells else "it tells nothing"
        spreads = f"{_spread(one.known):>32}{_spread(one.unknown):>29}"
        print(f"{f'{way.what} ({len(one.known)} each)':<46}{spreads}{one.share:>8.3f}{one.p:>8.3f}  {verdict}")
    return [way.what for way, one in found if one.tells]
