"""Pages: of numbered things by range of numbers, of other lists by key (`before=<cursor>`)."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from forum.core.errors import NotFound

T = TypeVar("T")
NUMBERED_PAGE = 20
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One stretch of a list; `older` is the cursor of the next stretch, or None at the end."""

    rows: Sequence[T]
    older: str | None = None


def encode(*values: Any) -> str:
    """A cursor made of the sort key of the last row shown (ints, strings, floats)."""
    return base64.urlsafe_b64encode(json.dumps(values, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The values of a cursor, or None for no cursor. Raises NotFound for one that was not made by `encode`, and for
    text that no database takes."""
    if not cursor:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, UnicodeError) as error:
        raise NotFound("cursor") from error
    if not isinstance(values, list) or len(values) != len(kinds):
        raise NotFound("cursor")
    for value, kind in zip(values, kinds, strict=True):
        if type(value) is not kind or (isinstance(value, int) and abs(value) >= 2**63):
            raise NotFound("cursor")
        if isinstance(value, str) and ("\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value)):
            raise NotFound("cursor")
    return tuple(values)


def micros(moment: datetime) -> int:
    """A time as a cursor holds it: microseconds."""
    return (moment - _BEGINNING) // timedelta(microseconds=1)


def moment(micros: int) -> datetime:
    """The time that a cursor holds. Raises NotFound for one beyond all years."""
    try:
        return _BEGINNING + timedelta(microseconds=micros)
    except OverflowError as error:
        raise NotFound("cursor") from error


def cut(rows: Sequence[T], size: int, cursor: Callable[[T], str]) -> Page[T]:
    """A page of `size` rows out of `size + 1` that were asked for."""
    if len(rows) <= size:
        return Page(rows)
    return Page(rows[:size], cursor(rows[size - 1]))


def page_of(number: int) -> int:
    """The page that holds the post with this number."""
    return (max(1, number) - 1) // NUMBERED_PAGE + 1


def pages_in(last_number: int) -> int:
    """How many pages a thread with this last number has; an empty one has one."""
    return page_of(last_number)


def number_range(page: int) -> tuple[int, int]:
    """First and last number on a page, both included."""
    return (page - 1) * NUMBERED_PAGE + 1, page * NUMBERED_PAGE


def page_number(raw: str | None, last_number: int) -> int:
    """The page a reader asks for. Raises NotFound for what is no number or lies beyond the end."""
    if raw is None or raw == "":
        return 1
    if not raw.isdecimal() or len(raw) > 9 or not raw.isascii():
        raise NotFound("page")
    page = int(raw)
    if not 1 <= page <= pages_in(last_number):
        raise NotFound("page")
    return page
