"""Days and months in English, as everything else in the program.

strftime's %b and %B speak the language that Qt has given the process from its environment.
"""

from __future__ import annotations

from datetime import date
from typing import Final

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def short_day(day: date) -> str:
    """A day of the year for a narrow place, such as '2 Nov'."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def long_day(day: date) -> str:
    """A day of the year, such as '2 November'."""
    return f"{day.day} {_MONTHS[day.month - 1]}"
