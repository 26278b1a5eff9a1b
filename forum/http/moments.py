"""Moments as people type them, into one plain field: a browser's own control for date and time has six stops for the
keyboard, and some browsers have none."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_GERMAN = re.compile(
    r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:(?:,\s?|\s)(?:um\s)?(?:(\d{1,2})[:.](\d{2})(?:\sUhr)?|(\d{1,2})\sUhr))?"
)


def moment_of(raw: str, zone: str) -> datetime | None:
    """What was typed, in UTC: ISO 8601 (`2026-12-31 18:00`) or `31.12.2026, 18:00`; without an hour, midnight; without
    an offset of its own, in this time zone. None if nothing was. Raises ValueError for anything else."""
    raw = " ".join(raw.split())
    if not raw:
        return None
    if german := _GERMAN.fullmatch(raw):
        day, month, year, hour, minute, full_hour = (int(part or 0) for part in german.groups())
        found = datetime(year, month, day, hour or full_hour, minute, tzinfo=ZoneInfo(zone))
    else:
        found = datetime.fromisoformat(raw)
        if found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo(zone))
    try:
        return found.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(raw) from error
