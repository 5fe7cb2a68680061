"""Which digits of a page make a number, and whether what was read there are numbers at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from qtdigits.core.page.shapes import Shape
from qtdigits.core.prediction import Verdict
from qtdigits.core.reading import NOTHING_READ, ReadDigit, Reading

_WIDE_GAP: Final = 1.1
"""Paper between two numbers, in heights of their line."""
_FEW: Final = 3
"""Pages with so few shapes are taken as they are: a person sees what was refused."""
_READ: Final = 0.6
"""Share of a page's shapes that must be digits, or it shows something else."""


def numbers_of(shapes: Sequence[Shape], height: float) -> list[int]:
    """Which number of a line, from 0, each of its digits belongs to; left to right."""
    numbers = [0] * len(shapes)
    right = shapes[0].right if shapes else 0
    for at in range(1, len(shapes)):
        far = shapes[at].left - right > _WIDE_GAP * height
        numbers[at] = numbers[at - 1] + far
        right = max(right, shapes[at].right)
    return numbers


def sensible(reading: Reading) -> Reading:
    """The reading without words, and nothing at all where most shapes are not digits."""
    if len(reading) <= _FEW:
        return reading
    if _share(reading.digits) < _READ:
        return NOTHING_READ
    kept: list[ReadDigit] = []
    for _, group in groupby(reading.digits, key=lambda digit: (digit.line, digit.number)):
        number = tuple(group)
        if len(number) == 1 or _share(number) >= _READ:
            kept += number
    return Reading(tuple(kept))


def _share(digits: Sequence[ReadDigit]) -> float:
    taken = sum(digit.prediction.verdict is not Verdict.NOT_A_DIGIT for digit in digits)
    return taken / len(digits)
