"""What the network answers for one digit image."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np


class Verdict(StrEnum):
    """What kind of answer it is."""

    DIGIT = "digit"
    UNSURE = "unsure"
    NOT_A_DIGIT = "not_a_digit"
    EMPTY = "empty"
    UNREAD = "unread"
    """No network was asked yet, as for a drawing that was imported."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answer for one digit image.

    probabilities: ten numbers for the digits 0 to 9, each in 0..1, summing to 1 (softmax at the
    card's temperature). candidates: the digits that a reader should consider, best first; more
    than one means unsure.
    """

    probabilities: tuple[float, ...]
    verdict: Verdict
    candidates: tuple[int, ...]

    @property
    def digit(self) -> int:
        """The most probable digit, 0 to 9."""
        return self.probabilities.index(max(self.probabilities))

    @property
    def confidence(self) -> float:
        """The probability of `digit`, 0..1."""
        return self.probabilities[self.digit]

    @property
    def next_best(self) -> int:
        """The second most probable digit."""
        return int(np.argsort(self.probabilities)[-2])

    @property
    def text(self) -> str:
        """What was read: the digit, or '' when it is not taken for one."""
        return "" if self.verdict in (Verdict.NOT_A_DIGIT, Verdict.EMPTY) else str(self.digit)
