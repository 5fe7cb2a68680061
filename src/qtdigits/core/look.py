"""Which digit of a number is looked at: its probabilities are shown, and a digit key means it."""

from __future__ import annotations

from qtdigits.core.ink import Bounds
from qtdigits.core.prediction import Verdict
from qtdigits.core.reading import Reading


def first_look(reading: Reading) -> int:
    """Where to look before a person says so: at the least sure digit, if there is a doubtful one.

    Where all were read surely it is the last: it is the one being written, so what is shown
    follows the pen. 0 for a reading without digits.
    """
    doubtful = [
        at for at, digit in enumerate(reading) if digit.prediction.verdict is not Verdict.DIGIT
    ]
    if doubtful:
        return min(doubtful, key=lambda at: reading.digits[at].prediction.confidence)
    return max(len(reading) - 1, 0)


def look_there(reading: Reading, bounds: Bounds) -> int:
    """The digit that lies where one was looked at before the number was divided in another way."""
    if not reading.digits:
        return 0
    middle_x, middle_y = _middle(bounds)

    def distance(at: int) -> tuple[float, float]:
        there = reading.digits[at].bounds
        shared = min(there.right, bounds.right) - max(there.left, bounds.left)
        x, y = _middle(there)
        return -max(shared, 0.0), (x - middle_x) ** 2 + (y - middle_y) ** 2

    return min(range(len(reading)), key=distance)


def _middle(bounds: Bounds) -> tuple[float, float]:
    return (bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2
