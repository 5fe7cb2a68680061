"""The figures of a finished training: those of evaluate, on images that it did not learn from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from qtdigits.cli.errors import say
from qtdigits.cli.figures import Answered, figures
from qtdigits.cli.reading import load_network, read_images
from qtdigits.core.data_files.digit_set import DigitSet, from_arrays
from qtdigits.core.evaluation import ComparedAs, Interval, ReliabilityBin
from qtdigits.core.mistakes import is_right, mistakes_of
from qtdigits.core.prediction import Prediction
from qtdigits.core.training_figures import (
    ComparedNetwork,
    MeasuredOn,
    ReadImage,
    ResultFigures,
)

if TYPE_CHECKING:
    from qtdigits.core.recognizer import Recognizer
    from qtdigits.ml.datasets import TrainingData

_MOST_MISTAKES: Final = 300
_MOST_RIGHT: Final = 12
"""So many examples of each digit read right are shown, the least confident ones."""


def result_figures(model: Path, data: TrainingData, other: Path | None) -> ResultFigures:
    """Measure a saved network, beside another one if there is one that can be loaded.

    The test part counts, or where the data have none, what was kept back for validation. Raises
    ValueError when the network cannot be loaded.
    """
    measured_on, digit_set = _unseen(data)
    network = load_network(model)
    compared = None if other is None else _loaded(other)
    answered = Answered(
        digit_set,
        tuple(read_images(network, digit_set.images)),
        None if compared is None else tuple(read_images(compared, digit_set.images)),
    )
    found = figures(answered)
    return ResultFigures(
        measured_on,
        found["n"],
        found["accuracy"],
        Interval(*found["interval"]),
        found["ece"],
        tuple(tuple(row) for row in found["confusion"]),
        tuple(ReliabilityBin(*one) for one in found["reliability"]),
        _examples(digit_set, answered.predictions),
        None if compared is None else _compared(compared.card.name, found["compare"]),
    )


def _unseen(data: TrainingData) -> tuple[MeasuredOn, DigitSet]:
    if (data.test_labels >= 0).any():
        part, images, labels = MeasuredOn.TEST, data.test_images, data.test_labels
    else:
        part, images, labels = (
            MeasuredOn.VALIDATION,
            data.validation_images,
            data.validation_labels,
        )
    digits = labels >= 0
    return part, from_arrays(part.value, images[digits], labels[digits])


def _loaded(path: Path) -> Recognizer | None:
    """A network to compare with; a damaged one takes nothing from what was trained."""
    try:
        return load_network(path)
    except ValueError as error:
        say(f"nothing was compared: {error}")
        return None


def _compared(name: str, found: dict[str, Any]) -> ComparedNetwork:
    return ComparedNetwork(
        name=name,
        accuracy=found["accuracy"],
        interval=Interval(*found["interval"]),
        only_new_right=found["only_this_right"],
        only_other_right=found["only_other_right"],
        p=found["p"],
        verdict=ComparedAs(found["verdict"]),
    )


def _examples(digit_set: DigitSet, predictions: Sequence[Prediction]) -> tuple[ReadImage, ...]:
    """The most confident mistakes, then the least confident right answers of each digit."""
    wrong = [
        ReadImage(
            int(mistake.label),
            mistake.prediction.digit,
            mistake.prediction.confidence,
            mistake.image.tobytes(),
        )
        for mistake in mistakes_of(digit_set, predictions)[:_MOST_MISTAKES]
    ]
    right = is_right(digit_set, predictions)
    confidences = np.array([prediction.confidence for prediction in predictions])
    shown = []
    for digit in range(10):
        at = np.flatnonzero(right & (digit_set.labels == digit))
        at = at[np.argsort(confidences[at], kind="stable")][:_MOST_RIGHT]
        shown += [
            ReadImage(digit, digit, predictions[i].confidence, digit_set.images[i].tobytes())
            for i in at.tolist()
        ]
    return (*wrong, *shown)
