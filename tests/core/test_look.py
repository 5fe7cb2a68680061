"""Where to look in a number before somebody says so, and after it was divided anew."""

from __future__ import annotations

import numpy as np

from qtdigits.core.ink import Bounds
from qtdigits.core.look import first_look, look_there
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.reading import NOTHING_READ, ReadDigit, Reading


def number(*digits: tuple[float, float], verdict: Verdict = Verdict.DIGIT) -> Reading:
    """A digit of this confidence at this place for each pair."""
    return Reading(
        tuple(
            ReadDigit(
                Bounds(x, 0.0, x + 10.0, 20.0),
                np.zeros((28, 28), np.float32),
                Prediction((confidence, *[(1 - confidence) / 9] * 9), verdict, (0,)),
            )
            for confidence, x in digits
        )
    )


def test_sure_number_is_looked_at_where_it_is_written() -> None:
    assert first_look(number((0.9, 0), (0.99, 20), (0.999, 40))) == 2


def test_doubtful_digits_come_first_the_least_sure_of_them() -> None:
    doubtful = number((0.5, 0), (0.4, 20), verdict=Verdict.UNSURE)
    sure = number((0.3, 40), (0.99, 60))
    assert first_look(Reading(doubtful.digits + sure.digits)) == 1


def test_nothing_read_is_looked_at_without_harm() -> None:
    assert first_look(NOTHING_READ) == look_there(NOTHING_READ, Bounds(0, 0, 1, 1)) == 0


def test_look_stays_where_it_was() -> None:
    reading = number((0.9, 0), (0.9, 12), (0.9, 40))
    assert look_there(reading, Bounds(11, 0, 24, 20)) == 1
    assert look_there(reading, Bounds(38, 0, 44, 20)) == 2
    assert look_there(reading, Bounds(70, 0, 80, 20)) == 2
