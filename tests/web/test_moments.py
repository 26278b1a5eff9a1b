"""Moments as people type them."""

from datetime import UTC, datetime

import pytest

from forum.http.moments import moment_of

ZONE = "Europe/Berlin"


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2026-12-31 18:00", datetime(2026, 12, 31, 17, tzinfo=UTC)),
        ("2026-07-01T12:00", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-07-01", datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("2026-07-01T12:00Z", datetime(2026, 7, 1, 12, tzinfo=UTC)),
        ("2026-07-01 12:00+05:00", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("31.12.2026, 18:00", datetime(2026, 12, 31, 17, tzinfo=UTC)),
        ("1.7.2026 9:05 Uhr", datetime(2026, 7, 1, 7, 5, tzinfo=UTC)),
        ("31.12.2026 18.00", datetime(2026, 12, 31, 17, tzinfo=UTC)),
        ("31.12.2026 um 18:00 Uhr", datetime(2026, 12, 31, 17, tzinfo=UTC)),
        ("31.12.2026, 18 Uhr", datetime(2026, 12, 31, 17, tzinfo=UTC)),
        ("1. 7. 2026", datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("  2026-12-31   18:00 ", datetime(2026, 12, 31, 17, tzinfo=UTC)),
    ],
)
def test_both_ways_of_writing_are_understood(raw: str, moment: datetime) -> None:
    assert moment_of(raw, ZONE) == moment


def test_nothing_typed_is_no_moment() -> None:
    assert moment_of("", ZONE) is None
    assert moment_of(" \n", ZONE) is None


@pytest.mark.parametrize(
    "raw", ["x", "tomorrow", "2026-13-01", "31.2.2026", "1.7.26", "1.7.2026 25:00", "12:00", "0001-01-01T00:00", "\x00"]
)
def test_anything_else_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        moment_of(raw, ZONE)
