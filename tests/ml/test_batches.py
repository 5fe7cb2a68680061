"""The batches that a network learns from."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import numpy as np
import pytest
import tensorflow as tf

from qtdigits.core.training import TrainingConfig
from qtdigits.ml.batches import steps_of, training_batches
from qtdigits.ml.datasets import TrainingData

PLAIN = TrainingConfig(epochs=10, batch_size=20, variation=0.0, label_smoothing=0.0)


@pytest.fixture
def data() -> TrainingData:
    """A hundred images, each of one grey level with a dark middle, by its number."""
    images = np.zeros((100, 28, 28), np.uint8)
    images[:, 8:20, 8:20] = np.arange(100, 200, dtype=np.uint8)[:, None, None]
    labels = np.arange(100, dtype=np.int64) % 11 - 1
    return TrainingData(images, labels, images[:0], labels[:0], images[:0], labels[:0])


def levels(images: tf.Tensor) -> list[int]:
    """Which image each one is."""
    return [round(float(image[14, 14, 0]) * 255) - 100 for image in images]


def test_batches_bring_each_image_once_an_epoch_in_a_new_order(data: TrainingData) -> None:
    batches = [levels(images) for images, _ in training_batches(data, PLAIN)]
    assert len(batches) == PLAIN.epochs * steps_of(data, PLAIN) == 50
    first, second = (list(chain.from_iterable(batches[at : at + 5])) for at in (0, 5))
    assert sorted(first) == sorted(second) == list(range(100))
    assert first != second


def test_batches_name_the_digit_or_all_digits_alike(data: TrainingData) -> None:
    images, targets = next(iter(training_batches(data, PLAIN)))
    for level, target in zip(levels(images), np.asarray(targets), strict=True):
        label = level % 11 - 1
        assert target == pytest.approx(np.eye(10)[label] if label >= 0 else np.full(10, 0.1))


def test_fading_variation_is_gentle_in_the_end(data: TrainingData) -> None:
    """How much images differ from the originals, epoch by epoch."""
    config = replace(PLAIN, variation=1.0, fading=0.4)
    changes = []
    for images, _ in training_batches(data, config):
        dark = np.asarray(images)[..., 0] > 0.2
        square = np.zeros((28, 28), bool)
        square[8:20, 8:20] = True
        changes.append((dark != square).mean())
    by_epoch = np.reshape(changes, (10, 5)).mean(axis=1)
    assert by_epoch[:6].min() > by_epoch[8:].max() * 1.5
    assert by_epoch[:6].std() < by_epoch[:6].mean() / 4


def test_variation_that_does_not_fade_stays_strong(data: TrainingData) -> None:
    config = replace(PLAIN, variation=1.0, fading=0.0)
    strong = [
        np.abs(np.diff(np.asarray(images), axis=0)).mean()
        for images, _ in training_batches(data, config)
    ]
    assert np.mean(strong[-10:]) == pytest.approx(np.mean(strong[:10]), rel=0.2)
