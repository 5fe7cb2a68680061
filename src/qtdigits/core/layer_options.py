"""What the settings of a layer may be: each check gives the value back in its one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from qtdigits.core.foreign_text import brief

Check = Callable[[object], Any]
"""Gives the value as it is kept; raises ValueError saying what was expected."""

_LONGEST_SHAPE: Final = 4


def flag(value: object) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {brief(value)}")
    return value


def whole(low: int, high: int) -> Check:
    """A whole number from low to high."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"must be a whole number from {low} to {high:,}, not {brief(value)}")
        return value

    return check


def number(low: float, high: float) -> Check:
    """A number from low to high."""

    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"must be a number, not {brief(value)}")
        if not low <= value <= high:  # so it is for NaN, too
            raise ValueError(f"must lie between {low:g} and {high:g}, not {brief(value)}")
        return float(value)

    return check


def one_of(*values: str) -> Check:
    """One of these words."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in values:
            raise ValueError(f"must be one of {', '.join(values)}, not {brief(value)}")
        return value

    return check


def optional(check: Check) -> Check:
    """The same, or nothing."""
    return lambda value: None if value is None else check(value)


def pair(low: int, high: int) -> Check:
    """Two whole numbers, rows and columns; a single one stands for both."""
    each = whole(low, high)

    def check(value: object) -> list[int]:
        if isinstance(value, list | tuple) and len(value) == 2:
            return [each(value[0]), each(value[1])]
        if isinstance(value, list | tuple):
            raise ValueError(f"must be two whole numbers, not {brief(value)}")
        return [each(value)] * 2

    return check


def edges(high: int) -> Check:
    """[[top, bottom], [left, right]], each from 0 to high; a pair or one number as Keras has it."""
    each = pair(0, high)

    def check(value: object) -> list[list[int]]:
        if isinstance(value, list | tuple) and len(value) == 2:
            return [each(value[0]), each(value[1])]
        return [each(value)] * 2

    return check


def shape(low: int, high: int) -> Check:
    """One to four whole numbers."""
    each = whole(low, high)

    def check(value: object) -> list[int]:
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= _LONGEST_SHAPE:
            raise ValueError(f"must be 1 to {_LONGEST_SHAPE} whole numbers, not {brief(value)}")
        return [each(item) for item in value]

    return check
