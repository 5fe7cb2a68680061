"""Digits of the synthetic pen that no training has seen."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.drawn_digits import HELD_OUT_SEED, drawn_count, drawn_digit_set
from qtdigits.core.training import TrainingConfig


@pytest.mark.parametrize(
    ("text", "count"),
    [("synthetic:500", 500), ("synthetic", None), ("pen.jsonl", None), ("synthetic:x", None)],
)
def test_count_is_read_from_the_words(text: str, count: int | None) -> None:
    assert drawn_count(text) == count


@pytest.mark.parametrize("count", [0, 1_000_001])
def test_count_that_cannot_be_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="draws 1 to 1,000,000 digits"):
        drawn_count(f"synthetic:{count}")


def test_same_digits_are_drawn_each_time() -> None:
    first, second = drawn_digit_set(30), drawn_digit_set(30)
    assert np.array_equal(first.images, second.images)
    assert sorted(first.labels.tolist()) == sorted([*range(10)] * 3)
    assert first.images.dtype == np.uint8
    assert first.images.any(axis=(1, 2)).all()


def test_no_training_can_have_the_seed() -> None:
    with pytest.raises(ValueError, match="seed"):
        TrainingConfig(seed=HELD_OUT_SEED)
