"""The words for predictions."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.ink import Bounds
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.reading import ReadDigit, Reading
from qtdigits.core.wording import (
    box_words,
    confidence_words,
    number_verdict_words,
    percentage,
    plain_percentage,
    short_answer,
    verdict_words,
)

FOUR_OR_NINE = (0.0, 0.0, 0.0, 0.0, 0.55, 0.0, 0.0, 0.02, 0.0, 0.43)


def prediction(verdict: Verdict, *candidates: int) -> Prediction:
    return Prediction(FOUR_OR_NINE, verdict, candidates)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.996, "99.6\u202f%"),
        (0.00049, "0.0\u202f%"),
        (0.99999, "99.9\u202f%"),
        (1.0, "99.9\u202f%"),
    ],
)
def test_percentage_never_claims_certainty(probability: float, words: str) -> None:
    assert percentage(probability) == words
    assert plain_percentage(probability) == words.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (prediction(Verdict.DIGIT, 4), "Fairly sure"),
        (prediction(Verdict.UNSURE, 4, 9), "4 or 9?"),
        (prediction(Verdict.UNSURE), "4 or 9?"),
        (prediction(Verdict.UNSURE, 4, 9, 7), "4 or 9?"),
        (prediction(Verdict.NOT_A_DIGIT), "Not a digit, I think"),
        (prediction(Verdict.EMPTY), "Write a digit"),
    ],
)
def test_verdict_is_said_in_words(answer: Prediction, words: str) -> None:
    assert verdict_words(answer) == words


def test_high_confidence_is_quite_sure() -> None:
    sure = Prediction((0.0,) * 7 + (0.99, 0.0, 0.01), Verdict.DIGIT, (7,))
    assert verdict_words(sure) == "Quite sure"
    assert confidence_words(sure) == "99.0\u202f% · next best 9"


def test_unsure_confidence_names_both_digits() -> None:
    words = confidence_words(prediction(Verdict.UNSURE, 4, 9))
    assert words == "4: 55.0\u202f% · 9: 43.0\u202f%"


@pytest.mark.parametrize(
    ("verdict", "short"),
    [
        (Verdict.DIGIT, ("4", "55.0\u202f%")),
        (Verdict.UNSURE, ("?", "4 or 9")),
        (Verdict.NOT_A_DIGIT, ("–", "no digit")),
        (Verdict.EMPTY, ("–", "empty")),
    ],
)
def test_short_answer_fits_the_verdict(verdict: Verdict, short: tuple[str, str]) -> None:
    assert short_answer(prediction(verdict)) == short


def number(*predictions: Prediction) -> Reading:
    blank = np.zeros((28, 28), np.float32)
    return Reading(tuple(ReadDigit(Bounds(0, 0, 1, 1), blank, one) for one in predictions))


SURE = Prediction((0.0,) * 4 + (1.0,) + (0.0,) * 5, Verdict.DIGIT, (4,))
DOUBT = prediction(Verdict.UNSURE, 4, 9)
STRANGE = prediction(Verdict.NOT_A_DIGIT)


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (number(SURE, SURE), "Quite sure"),
        (number(SURE, prediction(Verdict.DIGIT, 4)), "Fairly sure"),
        (number(Prediction((1.0,) + (0.0,) * 9, Verdict.DIGIT, (0,)), DOUBT), "The 4 may be a 9"),
        (number(DOUBT, SURE), "The first 4 may be a 9"),
        (number(SURE, DOUBT), "The last 4 may be a 9"),
        (number(SURE, DOUBT, SURE), "The second 4 may be a 9"),
        (number(SURE, prediction(Verdict.UNSURE, 4, 8)), "The last 4 may be an 8"),
        (number(DOUBT, DOUBT, SURE), "2 of 3 are unsure"),
        (number(SURE, STRANGE), "One is not a digit, I think"),
        (number(STRANGE, STRANGE), "No digits, I think"),
    ],
)
def test_verdict_on_a_number_names_what_is_in_doubt(reading: Reading, words: str) -> None:
    assert number_verdict_words(reading) == words


def test_words_at_a_box_get_shorter() -> None:
    assert box_words(SURE) == ("4 · 99\u202f%", "4")
    assert box_words(DOUBT) == ("4? · 55\u202f%", "4?")
    assert box_words(STRANGE) == ("no digit", "–")
