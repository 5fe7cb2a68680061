"""A change of the last layer reads what it was taught, and keeps clear of what is familiar."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.last_layer import extended, learnt_change, softmax_rows, whitening

Matrix = NDArray[np.float32]
D = 24


@pytest.fixture
def familiar() -> Matrix:
    """Features that vary in the first half of their dimensions only."""
    rng = np.random.default_rng(1)
    features = np.zeros((400, D), np.float32)
    features[:, : D // 2] = rng.normal(1, 1, (400, D // 2))
    return features


@pytest.fixture
def drawings() -> tuple[Matrix, Matrix, NDArray[np.int64]]:
    """Twenty drawings with features of their own, which are all read as 0: logits and labels."""
    rng = np.random.default_rng(2)
    features = rng.normal(1, 1, (20, D)).astype(np.float32)
    labels = np.arange(20) % 10
    features[np.arange(20), D // 2 + labels] += 4
    logits = np.zeros((20, 10), np.float32)
    logits[:, 0] = 2
    return features, logits, labels.astype(np.int64)


def changed(
    familiar: Matrix, drawings: tuple[Matrix, Matrix, NDArray[np.int64]], temperature: float = 1.0
) -> Matrix:
    features, logits, labels = drawings
    weights = np.ones(len(labels), np.float32)
    whitener = whitening(familiar, unsure(len(familiar)), temperature)
    return learnt_change(features, logits, labels, weights, whitener, temperature)


def unsure(n: int) -> Matrix:
    """The logits of so many digits that are read with the same doubt."""
    return np.eye(10, dtype=np.float32)[np.arange(n) % 10]


def test_whitened_familiar_features_are_small(familiar: Matrix) -> None:
    whitened = extended(familiar) @ whitening(familiar, unsure(len(familiar)), 1.0)
    assert np.all((whitened**2).mean(axis=0) <= 1.0001)


def test_taught_drawings_are_read_right(
    familiar: Matrix, drawings: tuple[Matrix, Matrix, NDArray[np.int64]]
) -> None:
    features, logits, labels = drawings
    after = logits + extended(features) @ changed(familiar, drawings)
    assert (after.argmax(axis=1) == labels).all()


def test_familiar_drawings_change_less_than_taught_ones(
    familiar: Matrix, drawings: tuple[Matrix, Matrix, NDArray[np.int64]]
) -> None:
    change = changed(familiar, drawings)
    taught = np.abs(extended(drawings[0]) @ change).mean()
    assert np.abs(extended(familiar) @ change).mean() < taught / 5


def test_familiar_digits_in_doubt_change_less_than_certain_ones(
    drawings: tuple[Matrix, Matrix, NDArray[np.int64]],
) -> None:
    rng = np.random.default_rng(3)
    familiar = np.zeros((400, D), np.float32)
    familiar[:200, : D // 4] = rng.normal(1, 1, (200, D // 4))
    familiar[200:, D // 4 : D // 2] = rng.normal(1, 1, (200, D // 4))
    logits = 20 * unsure(400)
    logits[:200] = 0
    features, before, labels = drawings
    features[:, D // 4 : D // 2] = features[:, : D // 4]
    change = learnt_change(
        features, before, labels, np.ones(20, np.float32), whitening(familiar, logits, 1.0), 1.0
    )
    moved = np.abs(extended(familiar) @ change - change[-1]).mean(axis=1)
    assert moved[:200].mean() < 0.7 * moved[200:].mean()


def test_drawings_read_right_with_a_margin_ask_for_nothing(
    familiar: Matrix, drawings: tuple[Matrix, Matrix, NDArray[np.int64]]
) -> None:
    features, _, labels = drawings
    sure = np.eye(10, dtype=np.float32)[labels] * 30
    assert np.abs(changed(familiar, (features, sure, labels))).max() < 1e-6


def test_change_scales_with_the_temperature(
    familiar: Matrix, drawings: tuple[Matrix, Matrix, NDArray[np.int64]]
) -> None:
    features, logits, labels = drawings
    once = changed(familiar, drawings)
    twice = changed(familiar, (features, 2 * logits, labels), temperature=2.0)
    np.testing.assert_allclose(twice, 2 * once, atol=1e-4)


def test_softmax_of_huge_logits_is_finite() -> None:
    rows = softmax_rows(np.array([[1e4, 0, -1e4]], np.float32))
    np.testing.assert_allclose(rows, [[1, 0, 0]])
