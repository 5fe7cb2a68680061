"""The question to the network about a drawing, and the answer that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qtdigits.core.arrangement import Arrangement
from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Prediction
from qtdigits.core.raster import SIDE, DigitImage
from qtdigits.core.reading import ReadDigit, Reading
from qtdigits.core.verdict import NOTHING_WRITTEN


@dataclass(frozen=True, slots=True)
class Request:
    """A question: the ink as it was when the question was asked, and how the person divides it."""

    id: int
    ink: Ink
    arrangements: tuple[Arrangement, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The answer to the request of the same id, for the ink that it was asked for.

    looked_at: the digit of the reading whose probabilities and image are shown, from 0 at the left.
    """

    id: int
    ink: Ink
    reading: Reading
    looked_at: int = 0

    @property
    def digit(self) -> ReadDigit | None:
        """The digit looked at; None where the ink holds none."""
        digits = self.reading.digits
        return digits[self.looked_at] if self.looked_at < len(digits) else None

    @property
    def prediction(self) -> Prediction:
        """The answer for the digit looked at."""
        return NOTHING_WRITTEN if self.digit is None else self.digit.prediction

    @property
    def image(self) -> DigitImage:
        """The very array that the network was given for the digit looked at."""
        blank = np.zeros((SIDE, SIDE), np.float32)
        return blank if self.digit is None else self.digit.image
