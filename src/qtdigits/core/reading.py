"""What was read: the digits found in ink or in a picture, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import prod
from typing import Final

from qtdigits.core.history import READ
from qtdigits.core.ink import Bounds, Ink
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.raster import DigitImage


@dataclass(frozen=True, slots=True, eq=False)
class ReadDigit:
    """One shape that was taken for a digit, where it lies, and the network's answer to it.

    bounds: page units for ink, pixels of the upright picture for a picture; the pen's width is not
    counted. image: the very array that the network was given. ink: its own strokes, cut where it
    touches a neighbour; None for a picture. line, number: which line from the top and which number
    of that line from the left it belongs to, from 0.
    """

    bounds: Bounds
    image: DigitImage
    prediction: Prediction
    ink: Ink | None = None
    line: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The digits of one drawing or picture: left to right, line after line."""

    digits: tuple[ReadDigit, ...] = ()

    def __iter__(self) -> Iterator[ReadDigit]:
        return iter(self.digits)

    def __len__(self) -> int:
        return len(self.digits)

    @property
    def text(self) -> str:
        """The numbers as text, '' if none: a space between numbers, a new line between lines.

        A shape that is not taken for a digit is left out.
        """
        lines = []
        for _, line in groupby(self.digits, key=lambda digit: digit.line):
            numbers = [
                "".join(digit.prediction.text for digit in number)
                for _, number in groupby(line, key=lambda digit: digit.number)
            ]
            lines.append(" ".join(number for number in numbers if number))
        return "\n".join(line for line in lines if line)

    @property
    def verdict(self) -> Verdict:
        """The verdict on all: a digit (or several) only where every shape was read surely."""
        verdicts = {digit.prediction.verdict for digit in self.digits}
        if not verdicts:
            return Verdict.EMPTY
        return verdicts.pop() if len(verdicts) == 1 else Verdict.UNSURE

    @property
    def confidence(self) -> float:
        """The probability that every digit that was read is right, 0..1; 0 where none was."""
        read = [digit.prediction for digit in self.digits if digit.prediction.verdict in READ]
        return prod(prediction.confidence for prediction in read) if read else 0.0


NOTHING_READ: Final = Reading()
"""The reading of empty paper."""
