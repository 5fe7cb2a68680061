"""Batches that several devices can share."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from qtdigits.core.training import TrainingConfig
from qtdigits.ml.batches import PREDICTION_BATCH, validation_batches
from qtdigits.ml.devices import devices_in_words, even_batch, mirrored, shared_evenly


def shares(batch: int, size: int, devices: int) -> list[int]:
    """How TensorFlow deals a batch out: one device after the other is filled."""
    share = size // devices
    return [min(max(batch - number * share, 0), share) for number in range(devices)]


@pytest.mark.parametrize("devices", [2, 3, 4, 8])
def test_no_device_goes_without_in_any_batch(devices: int) -> None:
    for images in range(230, 3000, 7):
        size = even_batch(images, PREDICTION_BATCH, devices)
        assert size <= images
        assert len(set(shares(size, size, devices))) == 1
        if rest := images % size:
            assert all(shares(rest, size, devices))


def test_one_device_takes_the_usual_batch() -> None:
    assert even_batch(151, PREDICTION_BATCH, 1) == PREDICTION_BATCH
    batches = validation_batches(np.zeros((7, 28, 28), np.uint8), np.zeros(7, np.int64))
    assert [len(images) for images, _ in batches] == [7]


def test_too_few_images_to_share_are_refused() -> None:
    with pytest.raises(ValueError, match=r"9 images kept back .* cannot be shared by 2 devices"):
        even_batch(9, PREDICTION_BATCH, 2)
    with pytest.raises(ValueError, match="2 images cannot be shared by 3 devices"):
        shared_evenly(TrainingConfig(), 2, 3)


@pytest.mark.parametrize(("images", "size"), [(10_000, 126), (100, 99)])
def test_training_batch_is_made_to_be_shared(images: int, size: int) -> None:
    assert shared_evenly(TrainingConfig(batch_size=128), images, 3).batch_size == size


def test_processor_stands_in_for_gpus_that_are_not_there() -> None:
    strategy = mirrored()
    assert strategy.num_replicas_in_sync == 1
    assert devices_in_words(strategy) == "1 CPU"
    with strategy.scope():
        assert tf.distribute.get_strategy() is strategy
