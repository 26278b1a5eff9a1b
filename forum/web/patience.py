"""What keeps programs from registering and asks nothing of people: a field that nobody sees, the time a form takes, and
work that the browser does while the form is filled in (`forum.web.proof_of_work`).

None refuses for good. Who filled in the unseen field, was faster than anybody reads, or comes with a form that was
used, is a day old or was shown by a clock that has been put back since is asked to send the form once more: that is a
press for a person whose browser filled it in, and in vain for a program that does the same again. Where no work was
done, since there are no scripts, somebody of the team looks.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer

from forum.core import clock
from forum.core.errors import Invalid, Refused
from forum.core.limits import DatabaseStorage
from forum.core.logging import security
from forum.http.limits import network, times
from forum.web import proof_of_work

REGISTER, LIMITS = "register", "10 per 10 minutes; 30 per day"
"""How often a network may send the form."""
SHORTEST = timedelta(seconds=3)
"""Less than anybody needs to read and fill in a form, even with a browser that types for them."""
LONGEST = timedelta(days=1)
"""How long a form is good for that was once shown; so long is kept that it was used."""
UNSEEN = "second_name"
"""The field that nobody sees: its name says nothing to browsers that fill in forms, and something to programs."""
SHOWN, SOLUTION = "shown", "solution"
EASY_TRIES = 4
"""After so many forms that a network sent within a day, each further so many double the work."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a form carries from when it was first shown: signed, and good for one account. `puzzle` and `bits` are the
    work (`proof_of_work.is_solved`), `solution` what the browser has found already."""

    token: str
    puzzle: str
    bits: int
    at: datetime
    solution: str = ""

    @property
    def used_key(self) -> str:
        return f"form-used/{self.puzzle}"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="web.patience.register")


def _new() -> Shown:
    now, puzzle = clock.now(), secrets.token_urlsafe(12)
    bits = min(proof_of_work.EASIEST + times(REGISTER, LIMITS) // EASY_TRIES, proof_of_work.HARDEST)
    return Shown(str(_serializer().dumps([now.timestamp(), puzzle, bits])), puzzle, bits, now)


def _came_back() -> Shown | None:
    """What the form that is sent carries; None if it is forged, too old, or of a time that is yet to come: a clock was
    put back since, and whoever had to wait for it would be refused until it has caught up."""
    token = request.form.get(SHOWN, "")
    try:
        at, puzzle, bits = _serializer().loads(token)
        shown = Shown(token, str(puzzle), int(bits), datetime.fromtimestamp(float(at), UTC))
    except (BadData, ValueError, TypeError, OverflowError):
        return None
    return shown if timedelta(0) <= clock.now() - shown.at < LONGEST else None


def carried() -> Shown:
    """What the form is to carry: the same as when it came, with the work that is done, as long as that is good; else
    something new."""
    shown = _came_back()
    if shown is None or DatabaseStorage().get(shown.used_key):
        return _new()
    solution = request.form.get(SOLUTION, "")
    is_done = proof_of_work.is_solved(shown.puzzle, shown.bits, solution)
    return Shown(shown.token, shown.puzzle, shown.bits, shown.at, solution if is_done else "")


def check() -> bool:
    """Whether the browser has done the work; if not, somebody of the team should look. Raises Invalid (`send-again`)
    for a form that a program seems to have filled in."""
    if not current_app.config["RATE_LIMITS"]:
        return True
    shown, solution = _came_back(), request.form.get(SOLUTION, "")
    if shown is None or clock.now() - shown.at < SHORTEST or request.form.get(UNSEEN):
        raise _again("form")
    if solution and not proof_of_work.is_solved(shown.puzzle, shown.bits, solution):
        raise _again("proof")
    return bool(solution)


@contextmanager
def used_up() -> Iterator[None]:
    """What happens within is done once with this form, however often it is sent: of several at a time one gets through.
    What is refused within leaves it good. Raises Invalid (`send-again`) for one that was used."""
    shown = _came_back()
    if shown is None or not current_app.config["RATE_LIMITS"]:
        yield
        return
    storage = DatabaseStorage()
    if storage.incr(shown.used_key, LONGEST.total_seconds()) > 1:
        raise _again("used")
    try:
        yield
    except Refused:
        storage.clear(shown.used_key)
        raise


def _again(why: str) -> Invalid:
    security("registration-held-up", None, network(), what=why)
    return Invalid("send-again")
