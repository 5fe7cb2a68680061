"""The figures that qtdigits evaluate reports, as values for JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.data_files.digit_set import NOT_A_DIGIT, DigitSet
from qtdigits.core.evaluation import (
    compare,
    confusion_matrix,
    coverage,
    expected_calibration_error,
    per_class_accuracy,
    reliability,
    right_by_group,
    wilson_interval,
)
from qtdigits.core.mistakes import Mistake, is_refused, is_right, mistakes_of, most_confident
from qtdigits.core.prediction import Prediction, Verdict

LOOK_ALIKES: Final = frozenset("OoDQIil|/\\!SsZzBbGqgy")
"""Letters and symbols that many people write as others write a digit."""

_MOST_MISTAKES: Final = 100


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """A digit set, what the network answers to it, and perhaps what another one does."""

    digit_set: DigitSet
    predictions: tuple[Prediction, ...]
    others: tuple[Prediction, ...] | None = None

    def where(self, chosen: NDArray[np.bool_]) -> Answered:
        """The images for which `chosen`, of shape (n,), is true."""
        at = np.flatnonzero(chosen).tolist()
        return Answered(
            self.digit_set.where(chosen),
            tuple(self.predictions[i] for i in at),
            None if self.others is None else tuple(self.others[i] for i in at),
        )


def figures(answered: Answered) -> dict[str, Any]:
    """All figures for one set: those for digits, and those for non-digits under `non_digits`.

    A set without any digit has the figures for non-digits at the top.
    """
    digit_set = answered.digit_set
    about: dict[str, Any] = {"file": digit_set.source, "skipped": len(digit_set.skipped)}
    is_digit = digit_set.labels != NOT_A_DIGIT
    digits, others = answered.where(is_digit), answered.where(~is_digit)
    if not is_digit.any():
        result = about | _non_digit_figures(others)
    else:
        result = about | _digit_figures(digits)
        if not is_digit.all():
            result["non_digits"] = _non_digit_figures(others)
    return result | listed(mistakes_of(digit_set, answered.predictions))


def joined(answered: Sequence[Answered]) -> dict[str, Any]:
    """The figures for several sets together, and under `sets` those for each.

    Writers are not joined: those of different files may have the same names.
    """
    sets = [one.digit_set for one in answered]
    together = DigitSet(
        "all together",
        np.concatenate([s.images for s in sets]),
        np.concatenate([s.labels for s in sets]),
        tuple(name for s in sets for name in s.names),
        tuple(place for s in sets for place in s.places),
        skipped=tuple(sentence for s in sets for sentence in s.skipped),
    )
    others = [one.others for one in answered if one.others is not None]
    whole = Answered(
        together,
        tuple(prediction for one in answered for prediction in one.predictions),
        tuple(prediction for these in others for prediction in these) if others else None,
    )
    return (
        figures(whole) | listed(all_mistakes(answered)) | {"sets": [figures(o) for o in answered]}
    )


def all_mistakes(answered: Sequence[Answered]) -> list[Mistake]:
    """The mistakes in all sets, the most confident first; those with digits, if there are any."""
    with_digits = [one for one in answered if (one.digit_set.labels != NOT_A_DIGIT).any()]
    return most_confident(
        [
            mistake
            for one in with_digits or answered
            for mistake in mistakes_of(one.digit_set, one.predictions)
        ]
    )


def listed(mistakes: Sequence[Mistake]) -> dict[str, Any]:
    """The first 100 mistakes under `mistakes`, as they come."""
    return {"mistakes": [_as_json(mistake) for mistake in mistakes[:_MOST_MISTAKES]]}


def _as_json(mistake: Mistake) -> dict[str, Any]:
    found = re.fullmatch(r"(line|index) (\d+)", mistake.place)
    place = {found[1]: int(found[2])} if found else {"name": mistake.place}
    writer = {"writer": mistake.writer} if mistake.writer else {}
    return {
        "file": mistake.source,
        **place,
        **writer,
        "label": mistake.label,
        "answer": mistake.prediction.digit,
        "confidence": round(mistake.prediction.confidence, 6),
        "verdict": mistake.prediction.verdict.value,
    }


def _digit_figures(answered: Answered) -> dict[str, Any]:
    """accuracy counts the most probable digit, sure or not; an image without ink is not right.

    `coverage` is the share that is answered as one digit, when unsure answers are withheld, and
    `error_when_sure` the share of these that are wrong; `digits_refused` (for short also
    `refused`) is the share not taken for a digit.
    """
    labels, predictions = answered.digit_set.labels, answered.predictions
    correct = is_right(answered.digit_set, predictions)
    empty = np.array([p.verdict is Verdict.EMPTY for p in predictions])
    read = np.array([p.digit for p in predictions])
    confidences = np.where(empty, 0.0, np.array([p.confidence for p in predictions]))
    covered = coverage(correct, np.array([p.verdict is Verdict.DIGIT for p in predictions]))
    refused = sum(map(is_refused, predictions))
    n, right = len(labels), int(correct.sum())
    confusion = confusion_matrix(labels[~empty], read[~empty])
    result = {
        "n": n,
        "accuracy": right / n,
        "interval": list(wilson_interval(right, n)),
        "errors": n - right,
        "ece": expected_calibration_error(np.clip(confidences, 0, 1), correct),
        "reliability": [list(one) for one in reliability(np.clip(confidences, 0, 1), correct)],
        "coverage": covered.share,
        "error_when_sure": covered.error,
        "digits_refused": refused / n,
        "digits_refused_count": refused,
        "refused": refused / n,
        "empty": int(empty.sum()),
        "per_class": list(per_class_accuracy(confusion)),
        "confusion": confusion.tolist(),
    }
    if answered.digit_set.writers:
        writers = right_by_group(answered.digit_set.writers, correct)
        result["per_writer"] = {
            writer: {"n": count.n, "right": count.right, "accuracy": count.right / count.n}
            for writer, count in writers.items()
        }
    return result | _comparison(answered)


def _non_digit_figures(answered: Answered) -> dict[str, Any]:
    """`refused` is the share that is not taken for a digit; look-alikes are also told apart."""
    alike = np.array([name in LOOK_ALIKES for name in answered.digit_set.names], np.bool_)
    return _refusals(answered) | {
        "without_look_alikes": _refusals(answered.where(~alike)),
        "look_alikes": _refusals(answered.where(alike)),
    }


def _refusals(answered: Answered) -> dict[str, Any]:
    n = len(answered.digit_set)
    if n == 0:
        return {"n": 0}
    refused = sum(map(is_refused, answered.predictions))
    unsure = sum(p.verdict is Verdict.UNSURE for p in answered.predictions)
    return {
        "n": n,
        "refused": refused / n,
        "refused_interval": list(wilson_interval(refused, n)),
        "refused_count": refused,
        "unsure": unsure / n,
    } | _comparison(answered)


def _comparison(answered: Answered) -> dict[str, Any]:
    """How the other network does on the same images, under `compare`; nothing without one.

    Right is, for non-digits, what is refused. `verdict` says how the network measured does beside
    the other one.
    """
    if answered.others is None:
        return {}
    n = len(answered.digit_set)
    first = is_right(answered.digit_set, answered.predictions)
    second = is_right(answered.digit_set, answered.others)
    compared = compare(first, second)
    right = int(second.sum())
    non_digits = bool((answered.digit_set.labels == NOT_A_DIGIT).any())
    share, interval = ("refused", "refused_interval") if non_digits else ("accuracy", "interval")
    return {
        "compare": {
            share: right / n,
            interval: list(wilson_interval(right, n)),
            "only_this_right": compared.only_first,
            "only_other_right": compared.only_second,
            "p": compared.p,
            "verdict": compared.first_is.value,
        }
    }
