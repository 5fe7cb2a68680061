"""A reading says the numbers as text, and no more certainly than its weakest digit."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.ink import Bounds
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.reading import NOTHING_READ, ReadDigit, Reading

HERE = Bounds(0, 0, 1, 1)


def a_digit(
    digit: int, verdict: Verdict = Verdict.DIGIT, line: int = 0, number: int = 0
) -> ReadDigit:
    probabilities = tuple(0.91 if at == digit else 0.01 for at in range(10))
    prediction = Prediction(probabilities, verdict, (digit,))
    return ReadDigit(HERE, np.zeros((28, 28), np.float32), prediction, line=line, number=number)


def test_text_has_a_space_between_numbers_and_a_line_for_each_line() -> None:
    reading = Reading((a_digit(2), a_digit(0), a_digit(7, number=1), a_digit(5, line=1)))
    assert reading.text == "20 7\n5"


def test_text_leaves_out_what_is_no_digit() -> None:
    odd = a_digit(8, Verdict.NOT_A_DIGIT, number=1)
    assert Reading((a_digit(4), odd, a_digit(1, line=1))).text == "4\n1"
    assert Reading((odd,)).text == ""


def test_verdict_of_mixed_answers_is_unsure() -> None:
    assert Reading((a_digit(1), a_digit(2))).verdict is Verdict.DIGIT
    assert Reading((a_digit(1), a_digit(2, Verdict.UNSURE))).verdict is Verdict.UNSURE
    assert Reading((a_digit(1), a_digit(2, Verdict.NOT_A_DIGIT))).verdict is Verdict.UNSURE
    assert Reading((a_digit(1, Verdict.NOT_A_DIGIT),)).verdict is Verdict.NOT_A_DIGIT


def test_confidence_is_that_of_all_digits_together() -> None:
    assert Reading((a_digit(1), a_digit(2))).confidence == pytest.approx(0.91**2)
    assert Reading((a_digit(1, Verdict.NOT_A_DIGIT),)).confidence == 0.0


def test_nothing_read_is_empty() -> None:
    assert NOTHING_READ.verdict is Verdict.EMPTY
    assert (NOTHING_READ.text, NOTHING_READ.confidence, len(NOTHING_READ)) == ("", 0.0, 0)
