"""What a network got wrong, the most confident first: there wrong labels in the data show up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.data_files.digit_set import NOT_A_DIGIT, DigitSet
from qtdigits.core.prediction import Prediction, Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """An image read as what it is not labelled as.

    label is as the file has it, place where in the source the image stands, writer '' where nobody
    is named; image has the shape (28, 28), 0 for paper to 255 for ink.
    """

    source: str
    place: str
    writer: str
    label: str
    prediction: Prediction
    image: NDArray[np.uint8]


def is_right(digit_set: DigitSet, predictions: Sequence[Prediction]) -> NDArray[np.bool_]:
    """Which images are read right, shape (n,).

    A digit is when it is the most probable one, sure or not; no image without ink is. Anything
    else is when it is not taken for a digit.
    """
    right = [
        is_refused(prediction)
        if label == NOT_A_DIGIT
        else prediction.digit == label and prediction.verdict is not Verdict.EMPTY
        for label, prediction in zip(digit_set.labels.tolist(), predictions, strict=True)
    ]
    return np.array(right, np.bool_)


def is_refused(prediction: Prediction) -> bool:
    """Is it answered that there is no digit?"""
    return prediction.verdict in (Verdict.NOT_A_DIGIT, Verdict.EMPTY)


def mistakes_of(digit_set: DigitSet, predictions: Sequence[Prediction]) -> list[Mistake]:
    """All mistakes with ink, the most confident first.

    In a set with digits these are the digits read as another one, in a set without any the
    non-digits taken for a digit.
    """
    wrong = ~is_right(digit_set, predictions)
    if (digit_set.labels != NOT_A_DIGIT).any():
        wrong &= digit_set.labels != NOT_A_DIGIT
    found = [
        Mistake(
            digit_set.source,
            digit_set.places[at],
            digit_set.writers[at] if digit_set.writers else "",
            digit_set.names[at],
            predictions[at],
            digit_set.images[at],
        )
        for at in np.flatnonzero(wrong).tolist()
        if predictions[at].verdict is not Verdict.EMPTY
    ]
    return most_confident(found)


def most_confident(mistakes: Sequence[Mistake]) -> list[Mistake]:
    """The same, the most confident first; among equals the order stays."""
    return sorted(mistakes, key=lambda mistake: -mistake.prediction.confidence)
