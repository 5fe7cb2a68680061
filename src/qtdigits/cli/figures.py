"""The figures that qtdigits evaluate reports, as values for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from qtdigits.core.data_files.digit_set import NOT_A_DIGIT, DigitSet
from qtdigits.core.evaluation import (
    confusion_matrix,
    expected_calibration_error,
    per_class_accuracy,
    wilson_interval,
)
from qtdigits.core.prediction import Prediction, Verdict

LOOK_ALIKES: Final = frozenset("OoQDIl|/\\!()[]ZzSsbGBgq")
"""Letters and symbols that many people write as others write a digit."""

_REFUSED: Final = (Verdict.NOT_A_DIGIT, Verdict.EMPTY)

Answered = tuple[DigitSet, list[Prediction]]


def figures(digit_set: DigitSet, predictions: list[Prediction]) -> dict[str, Any]:
    """All figures for one set: those for digits, and those for non-digits under `non_digits`.

    A set without any digit has the figures for non-digits at the top.
    """
    about: dict[str, Any] = {"file": digit_set.source, "skipped": len(digit_set.skipped)}
    digits = [(int(n), p) for n, p in zip(digit_set.labels, predictions, strict=True) if n >= 0]
    others = [
        (name, prediction)
        for name, label, prediction in zip(
            digit_set.names, digit_set.labels, predictions, strict=True
        )
        if label == NOT_A_DIGIT
    ]
    if not digits:
        return about | _non_digit_figures(others)
    result = about | _digit_figures(digits)
    return result | {"non_digits": _non_digit_figures(others)} if others else result


def joined(answered: Sequence[Answered]) -> Answered:
    """Several sets and their predictions as one."""
    sets = [digit_set for digit_set, _ in answered]
    together = DigitSet(
        "all together",
        np.concatenate([s.images for s in sets]),
        np.concatenate([s.labels for s in sets]),
        tuple(name for s in sets for name in s.names),
        skipped=tuple(sentence for s in sets for sentence in s.skipped),
    )
    return together, [prediction for _, predictions in answered for prediction in predictions]


def _digit_figures(answers: list[tuple[int, Prediction]]) -> dict[str, Any]:
    """accuracy counts the most probable digit, sure or not; an image without ink is not right.

    `sure` is the share that is answered as one digit, `sure_accuracy` how many of these are right;
    `refused` is the share not taken for a digit.
    """
    labels = np.array([label for label, _ in answers])
    empty = np.array([p.verdict is Verdict.EMPTY for _, p in answers])
    read = np.array([p.digit for _, p in answers])
    confidences = np.where(empty, 0.0, np.array([p.confidence for _, p in answers]))
    correct = (read == labels) & ~empty
    sure = np.array([p.verdict is Verdict.DIGIT for _, p in answers])
    refused = sum(p.verdict in _REFUSED for _, p in answers)
    n, right = len(answers), int(correct.sum())
    confusion = confusion_matrix(labels[~empty], read[~empty])
    per_class = per_class_accuracy(confusion)
    return {
        "n": n,
        "accuracy": right / n,
        "interval": list(wilson_interval(right, n)),
        "errors": n - right,
        "ece": expected_calibration_error(np.clip(confidences, 0, 1), correct),
        "sure": float(sure.mean()),
        "sure_accuracy": float(correct[sure].mean()) if sure.any() else None,
        "refused": refused / n,
        "empty": int(empty.sum()),
        "per_class": list(per_class),
        "confusion": confusion.tolist(),
    }


def _non_digit_figures(answers: list[tuple[str, Prediction]]) -> dict[str, Any]:
    """`refused` is the share that is not taken for a digit; look-alikes are also told apart."""
    plain = [(name, p) for name, p in answers if name not in LOOK_ALIKES]
    alike = [(name, p) for name, p in answers if name in LOOK_ALIKES]
    return _refusals(answers) | {
        "without_look_alikes": _refusals(plain),
        "look_alikes": _refusals(alike),
    }


def _refusals(answers: list[tuple[str, Prediction]]) -> dict[str, Any]:
    n = len(answers)
    if n == 0:
        return {"n": 0}
    refused = sum(p.verdict in _REFUSED for _, p in answers)
    return {
        "n": n,
        "refused": refused / n,
        "refused_interval": list(wilson_interval(refused, n)),
        "refused_count": refused,
        "unsure": sum(p.verdict is Verdict.UNSURE for _, p in answers) / n,
    }
