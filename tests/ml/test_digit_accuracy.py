"""Training accuracy is that of digits, whatever letters are among them."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.ml.digit_accuracy import DigitAccuracy

LOGITS = np.eye(10, dtype=np.float32)[[3, 5, 7, 7]]


def smoothed(
    labels: list[int], smoothing: float
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    targets = np.full((len(labels), 10), 0.1, np.float32)
    for row, label in enumerate(labels):
        if label >= 0:
            targets[row] = smoothing / 10
            targets[row, label] += 1 - smoothing
    return targets


@pytest.mark.parametrize("smoothing", [0.0, 0.04, 0.5])
def test_letters_do_not_count(smoothing: float) -> None:
    metric = DigitAccuracy(name="accuracy")
    metric.update_state(smoothed([3, 4, -1, -1], smoothing), LOGITS)
    assert float(metric.result()) == pytest.approx(0.5)


def test_batches_are_averaged_by_their_digits() -> None:
    metric = DigitAccuracy(name="accuracy")
    metric.update_state(smoothed([3, 5, 7, 7], 0.0), LOGITS)
    metric.update_state(smoothed([0, -1, -1, -1], 0.0), LOGITS)
    assert float(metric.result()) == pytest.approx(0.8)


def test_batch_of_letters_alone_is_no_number_to_stumble_over() -> None:
    metric = DigitAccuracy(name="accuracy")
    metric.update_state(smoothed([-1, -1, -1, -1], 0.0), LOGITS)
    assert np.isfinite(float(metric.result()))
