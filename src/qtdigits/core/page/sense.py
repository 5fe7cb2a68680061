"""Which digits of a page make a number, and whether what was read there are numbers at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise
from typing import Final

from qtdigits.core.page.shapes import Shape
from qtdigits.core.prediction import Verdict
from qtdigits.core.reading import NOTHING_READ, ReadDigit, Reading

_WIDE_GAP: Final = 1.1
"""Paper between two numbers, in heights of their line."""
_LESS_WIDE_GAP: Final = 0.7
_JUMP: Final = 3.0
"""Less paper is enough where all gaps of the line that are narrower are so many times narrower."""
_NARROW_GAP: Final = 0.1
"""Digits that touch, and all nearer to each other than this, count as so far apart."""
_FEW: Final = 2
"""Pages with so few shapes are taken as they are: a person sees what was refused."""
_FENCE: Final = 6
"""So many ones and nothing else are the bars of something, or a zigzag."""
_READ: Final = 0.6
"""Share of a page's shapes that must be digits, or it shows something else."""


def numbers_of(shapes: Sequence[Shape], height: float) -> list[int]:
    """Which number of a line, from 0, each of its digits belongs to; left to right."""
    rights = accumulate((shape.right for shape in shapes), max)
    gaps = [(shape.left - right) / height for right, shape in zip(rights, shapes[1:], strict=False)]
    wide = _least_wide(gaps)
    return [0, *accumulate(int(gap >= wide) for gap in gaps)][: len(shapes)]


def _least_wide(gaps: Sequence[float]) -> float:
    """From which gap on, in heights, a line's next number begins."""
    ordered = sorted(max(gap, _NARROW_GAP) for gap in gaps)
    for narrow, wide in pairwise(ordered):
        if _LESS_WIDE_GAP <= wide <= _WIDE_GAP and wide >= _JUMP * narrow:
            return wide
    return _WIDE_GAP


def sensible(reading: Reading) -> Reading:
    """The reading without words, and nothing at all where most shapes are not digits."""
    if len(reading) <= _FEW:
        return reading
    if _share(reading.digits) < _READ:
        return NOTHING_READ
    kept: list[ReadDigit] = []
    for _, group in groupby(reading.digits, key=lambda digit: (digit.line, digit.number)):
        number = tuple(group)
        fence = len(number) >= _FENCE and all(one.prediction.text in ("1", "") for one in number)
        if len(number) == 1 or (_share(number) >= _READ and not fence):
            kept += number
    return Reading(tuple(kept))


def _share(digits: Sequence[ReadDigit]) -> float:
    taken = sum(digit.prediction.verdict is not Verdict.NOT_A_DIGIT for digit in digits)
    return taken / len(digits)
