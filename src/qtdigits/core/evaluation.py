"""How well a network reads: accuracy with its interval, confusion, calibration, comparison."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

CLASSES: Final = 10
CALIBRATION_BINS: Final = 15
SIGNIFICANCE: Final = 0.05
"""Networks whose comparison has a larger p-value than this show no clear difference."""
_Z_95: Final = 1.959963984540054
"""The normal distribution's quantile for a two-sided interval of 95 %."""


class Interval(NamedTuple):
    """The ends of a 95 % confidence interval for a share, both in 0..1."""

    low: float
    high: float


class Coverage(NamedTuple):
    """What withholding answers costs and gains."""

    share: float
    """How many of all are answered, 0..1."""
    error: float | None
    """How many of the answers are wrong, 0..1; None where nothing is answered."""


class Right(NamedTuple):
    """How many of n are right."""

    n: int
    right: int


class ReliabilityBin(NamedTuple):
    """The predictions whose confidence lies above `low`, up to `high`."""

    low: float
    high: float
    n: int
    confidence: float | None
    """Their mean confidence, 0..1; None in an empty bin."""
    accuracy: float | None
    """The share of them that is right, 0..1; None in an empty bin."""


class ComparedAs(StrEnum):
    """One network beside another, in words."""

    BETTER = "better"
    NO_CLEAR_DIFFERENCE = "no clear difference"
    WORSE = "worse"


class Comparison(NamedTuple):
    """One network beside another on the same images."""

    only_first: int
    """How many images only the first reads right."""
    only_second: int
    p: float
    """From mcnemar_exact."""
    first_is: ComparedAs


def accuracy(labels: NDArray[np.integer], predicted: NDArray[np.integer]) -> float:
    """The share of n predictions, shape (n,), that equal their labels; raises ValueError for 0."""
    _require(labels, predicted)
    return float(np.mean(labels == predicted))


def wilson_interval(successes: int, n: int) -> Interval:
    """The 95 % interval for a share of `successes` out of n.

    Wilson, 'Probable inference, the law of succession, and statistical inference', JASA 22 (1927):
    (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n). Unlike the normal approximation it stays
    within 0..1 and holds near both ends. Raises ValueError unless 0 <= successes <= n and n > 0.
    """
    if not 0 <= successes <= n or n == 0:
        raise ValueError(f"expected 0 <= successes <= n and n > 0, got {successes} of {n}")
    share = successes / n
    z2 = _Z_95**2
    middle = share + z2 / (2 * n)
    half = _Z_95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    # At both ends the formula is exact, and only rounding would say otherwise.
    low = 0.0 if successes == 0 else (middle - half) / (1 + z2 / n)
    high = 1.0 if successes == n else (middle + half) / (1 + z2 / n)
    return Interval(low, high)


def confusion_matrix(
    labels: NDArray[np.integer], predicted: NDArray[np.integer]
) -> NDArray[np.int64]:
    """Counts, shape (10, 10): row i, column j is how often the digit i was read as j.

    Both arrays have the shape (n,) and hold digits 0 to 9; raises ValueError otherwise.
    """
    _require(labels, predicted, allow_empty=True)
    for name, digits in (("labels", labels), ("predictions", predicted)):
        if len(digits) and not 0 <= digits.min() <= digits.max() < CLASSES:
            raise ValueError(f"{name} must be digits from 0 to 9")
    pairs = labels.astype(np.int64) * CLASSES + predicted.astype(np.int64)
    return np.bincount(pairs, minlength=CLASSES**2).reshape(CLASSES, CLASSES).astype(np.int64)


def per_class_accuracy(confusion: NDArray[np.int64]) -> tuple[float | None, ...]:
    """For each digit the share (0..1) of its images read as it; None for one without images.

    confusion: counts, shape (10, 10), a row for each true digit.
    """
    rows = confusion.sum(axis=1)
    return tuple(
        float(right / total) if total else None
        for right, total in zip(np.diag(confusion).tolist(), rows.tolist(), strict=True)
    )


def coverage(correct: NDArray[np.bool_], answered: NDArray[np.bool_]) -> Coverage:
    """The share answered, and the error among the answered; both of shape (n,), n > 0."""
    _require(correct, answered)
    error = float(np.mean(~correct[answered])) if answered.any() else None
    return Coverage(float(np.mean(answered)), error)


def right_by_group(groups: Sequence[str], correct: NDArray[np.bool_]) -> dict[str, Right]:
    """How many are right in each group, such as a writer's images; the worst groups first.

    groups: the group of each of the n images; correct: shape (n,). Among groups of equal accuracy
    the larger comes first. Raises ValueError when the lengths differ.
    """
    if len(groups) != len(correct):
        raise ValueError(f"expected a group for each image, got {len(groups)} and {len(correct)}")
    names, places = np.unique(np.array(groups, np.str_), return_inverse=True)
    totals = np.bincount(places, minlength=len(names)).tolist()
    rights = np.bincount(places, weights=correct, minlength=len(names)).astype(int).tolist()
    found = [
        (str(name), Right(n, right)) for name, n, right in zip(names, totals, rights, strict=True)
    ]
    return dict(sorted(found, key=lambda one: (one[1].right / one[1].n, -one[1].n, one[0])))


def expected_calibration_error(
    confidences: NDArray[np.floating], correct: NDArray[np.bool_], bins: int = CALIBRATION_BINS
) -> float:
    """How far confidence and accuracy lie apart, on average over the predictions; 0..1.

    Guo et al., 'On calibration of modern neural networks', ICML 2017: `bins` bins of equal width
    over (0, 1], and the sum of |B| / n * |accuracy(B) - mean confidence(B)|. Both arrays have the
    shape (n,); raises ValueError for n = 0 or a confidence outside 0..1.
    """
    places = _bins_of(confidences, correct, bins)
    gaps = np.bincount(places, weights=correct - confidences.astype(np.float64), minlength=bins)
    return float(np.abs(gaps).sum() / len(correct))


def reliability(
    confidences: NDArray[np.floating], correct: NDArray[np.bool_], bins: int = CALIBRATION_BINS
) -> tuple[ReliabilityBin, ...]:
    """The bins behind expected_calibration_error, for a reliability diagram; the same arguments."""
    places = _bins_of(confidences, correct, bins)
    counts = np.bincount(places, minlength=bins)
    sums = np.bincount(places, weights=confidences.astype(np.float64), minlength=bins)
    rights = np.bincount(places, weights=correct, minlength=bins)
    return tuple(
        ReliabilityBin(
            at / bins,
            (at + 1) / bins,
            int(n),
            float(sums[at] / n) if n else None,
            float(rights[at] / n) if n else None,
        )
        for at, n in enumerate(counts.tolist())
    )


def _bins_of(
    confidences: NDArray[np.floating], correct: NDArray[np.bool_], bins: int
) -> NDArray[np.int64]:
    """The bin of each confidence, shape (n,), 0 to bins - 1."""
    _require(confidences, correct)
    if not (confidences.min() >= 0 and confidences.max() <= 1 + 1e-6):
        raise ValueError("confidences must lie in 0..1")
    # Intervals are open below: a confidence of exactly 1/15 belongs to the first bin.
    places = np.ceil(confidences.astype(np.float64) * bins).astype(np.int64) - 1
    return np.clip(places, 0, bins - 1)


def mcnemar_exact(correct_a: NDArray[np.bool_], correct_b: NDArray[np.bool_]) -> float:
    """The p-value for two networks being equally good, from their answers to the same n images.

    McNemar (Psychometrika 12, 1947) in its exact form: of the images that only one of them reads
    right, either does so with probability 1/2; two-sided binomial test. Raises ValueError unless
    both have the same shape (n,).
    """
    _require(correct_a, correct_b, allow_empty=True)
    only_a = int(np.count_nonzero(correct_a & ~correct_b))
    only_b = int(np.count_nonzero(correct_b & ~correct_a))
    n, fewer = only_a + only_b, min(only_a, only_b)
    term = tail = 1  # binomial coefficients as whole numbers: exact for any n
    for k in range(fewer):
        term = term * (n - k) // (k + 1)
        tail += term
    # Python divides whole numbers of any size exactly and rounds once.
    p_value: float = 2 * tail / 2**n
    return min(1.0, p_value)


def compare(correct_a: NDArray[np.bool_], correct_b: NDArray[np.bool_]) -> Comparison:
    """Compare two networks by their answers to the same n images, both of shape (n,)."""
    p = mcnemar_exact(correct_a, correct_b)
    only_a = int(np.count_nonzero(correct_a & ~correct_b))
    only_b = int(np.count_nonzero(correct_b & ~correct_a))
    if p >= SIGNIFICANCE:
        words = ComparedAs.NO_CLEAR_DIFFERENCE
    else:
        words = ComparedAs.BETTER if only_a > only_b else ComparedAs.WORSE
    return Comparison(only_a, only_b, p, words)


def _require(
    first: NDArray[np.generic], second: NDArray[np.generic], allow_empty: bool = False
) -> None:
    if first.ndim != 1 or first.shape != second.shape:
        raise ValueError(f"expected two arrays of shape (n,), got {first.shape}, {second.shape}")
    if not (allow_empty or len(first)):
        raise ValueError("expected at least one prediction, got none")
