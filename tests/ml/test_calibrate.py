"""Temperature and thresholds, chosen on validation digits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.verdict import free_energy, softmax
from qtdigits.ml.calibrate import calibrated_contract


def honest_answers(
    n: int, seed: int, spread: float = 2.0
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Logits whose softmax is the very chance of each label, and labels drawn by it."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, spread, (n, 10)).astype(np.float32)
    chances = softmax(logits)
    labels = (chances.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1).clip(0, 9)
    return logits, labels.astype(np.int64)


@pytest.mark.parametrize("scale", [0.25, 1.0, 4.0])
def test_temperature_recovers_a_known_scaling(scale: float) -> None:
    logits, labels = honest_answers(5_000, 1)
    contract = calibrated_contract(logits * np.float32(scale), labels, False)
    assert contract.temperature == pytest.approx(scale, rel=0.08)


def test_conformal_threshold_covers_other_digits_of_the_same_kind() -> None:
    contract = calibrated_contract(*honest_answers(8_000, 2), False)
    logits, labels = honest_answers(8_000, 3)
    right = softmax(logits, contract.temperature)[np.arange(len(labels)), labels]
    assert (right >= contract.conformal_threshold).mean() == pytest.approx(0.99, abs=0.005)


def test_conformal_threshold_of_few_digits_covers_them_all() -> None:
    logits, labels = honest_answers(30, 4)
    contract = calibrated_contract(logits, labels, False)
    right = softmax(logits, contract.temperature)[np.arange(30), labels]
    assert contract.conformal_threshold == pytest.approx(right.min())


def test_energy_threshold_keeps_almost_all_digits() -> None:
    logits, labels = honest_answers(4_000, 5)
    contract = calibrated_contract(logits, labels, True)
    kept = free_energy(logits, contract.temperature) <= contract.energy_threshold
    assert kept.mean() == pytest.approx(0.9985, abs=0.0005)


def test_energy_threshold_of_a_network_that_saw_only_digits_is_infinite() -> None:
    assert calibrated_contract(*honest_answers(100, 6), False).energy_threshold == math.inf


def test_contract_of_a_network_that_is_always_right_is_finite() -> None:
    labels = np.arange(10)
    contract = calibrated_contract(np.eye(10, dtype=np.float32)[labels] * 50, labels, False)
    assert 0 < contract.temperature < math.inf
    assert 0 <= contract.conformal_threshold <= 1


def test_contract_of_a_single_digit_is_finite() -> None:
    logits, labels = honest_answers(1, 7)
    assert math.isfinite(calibrated_contract(logits, labels, True).energy_threshold)
