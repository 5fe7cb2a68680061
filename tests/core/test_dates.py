"""Days in words, whatever the language of the system."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from qtdigits.core.dates import long_day, short_day


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2026, 1, 31), "31 Jan", "31 January"),
        (date(2026, 5, 2), "2 May", "2 May"),
        (datetime(2026, 12, 9, 23, 59, tzinfo=UTC), "9 Dec", "9 December"),
    ],
)
def test_day_is_said_in_english_and_without_a_leading_zero(
    day: date, short: str, long: str
) -> None:
    assert (short_day(day), long_day(day)) == (short, long)
