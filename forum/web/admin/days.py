"""Days as filters name them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from forum.core.errors import Invalid
from forum.http.render import zone_of_reader


def beginning_of(raw: str, field: str) -> datetime | None:
    """When a day begins for the reader; None for no day. Raises Invalid beside the field."""
    if not raw:
        return None
    try:
        day = date.fromisoformat(raw)
    except ValueError as error:
        raise Invalid("day-unreadable", field=field) from error
    if not date(1970, 1, 1) <= day < date(9999, 1, 1):  # with room for a day and a time zone on both sides
        raise Invalid("day-unreadable", field=field)
    return datetime.combine(day, time(), ZoneInfo(zone_of_reader()))
