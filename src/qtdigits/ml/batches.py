"""The batches that Keras is fed with while it trains and validates."""

from __future__ import annotations

from typing import Final

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from qtdigits.core.random_variation import Variation
from qtdigits.core.training import TrainingConfig
from qtdigits.ml.augment import vary
from qtdigits.ml.datasets import TrainingData
from qtdigits.ml.devices import even_batch

PREDICTION_BATCH: Final = 500
_GENTLE: Final = 0.4
"""The share of the variation that is left at the end of a training whose variation fades."""
_NO_DIGIT: Final = np.full(10, 0.1, np.float32)
"""What a network should answer to what is no digit (outlier exposure, Hendrycks et al. 2019)."""


def training_batches(data: TrainingData, config: TrainingConfig) -> tf.data.Dataset:
    """Shuffled batches of varied images and soft targets, for all epochs one after another."""
    targets = _targets(data.labels, config.label_smoothing)
    order = tf.data.Dataset.range(len(data.images)).shuffle(len(data.images), seed=config.seed)
    images, answers = tf.constant(data.images), tf.constant(targets)
    total = config.epochs * steps_of(data, config)

    def prepare(step: tf.Tensor, places: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        batch = tf.cast(tf.gather(images, places), tf.float32)[..., tf.newaxis] / 255.0
        if config.variation:
            batch = vary(batch, Variation(), _strength(tf.cast(step, tf.float32) / total, config))
        return batch, tf.gather(answers, places)

    batched = order.batch(config.batch_size, drop_remainder=len(data.images) >= config.batch_size)
    numbered = batched.repeat(config.epochs).enumerate()
    prepared = numbered.map(tf.autograph.experimental.do_not_convert(prepare)).prefetch(2)
    # With tf.data's tuning on, TensorFlow 2.21 stood still for up to a minute every few epochs: all
    # threads asleep, until the tuner's next round happened to wake them.
    options = tf.data.Options()
    options.autotune.enabled = False
    options.experimental_optimization.apply_default_optimizations = False
    return prepared.with_options(options)


def steps_of(data: TrainingData, config: TrainingConfig) -> int:
    """How many batches an epoch has."""
    return max(1, len(data.images) // config.batch_size)


def _strength(done: tf.Tensor, config: TrainingConfig) -> tf.Tensor:
    """How strongly images are varied when the share `done` of the training, 0..1, is over.

    Strong variation teaches what no writer here wrote; at the end it would cost some of the
    accuracy on what they did. So it falls evenly in the first half of the fading part, and stays
    gentle in the other.
    """
    if not config.fading:
        return tf.constant(config.variation, tf.float32)
    fallen = tf.clip_by_value((done - (1 - config.fading)) / (config.fading / 2), 0.0, 1.0)
    return config.variation * (1 - (1 - _GENTLE) * fallen)


def validation_batches(images: NDArray[np.uint8], labels: NDArray[np.int64]) -> tf.data.Dataset:
    """Batches of digit images (n, 28, 28) and of what should be answered, as they are."""
    pixels = images[..., np.newaxis].astype(np.float32) / 255.0
    pairs = tf.data.Dataset.from_tensor_slices((pixels, np.eye(10, dtype=np.float32)[labels]))
    devices = tf.distribute.get_strategy().num_replicas_in_sync
    return pairs.batch(even_batch(len(images), PREDICTION_BATCH, devices))


def _targets(labels: NDArray[np.int64], smoothing: float) -> NDArray[np.float32]:
    """What the network should answer, shape (n, 10): smoothed digits, all alike for non-digits."""
    targets = np.eye(10, dtype=np.float32)[labels.clip(0)] * (1 - smoothing) + smoothing / 10
    targets[labels < 0] = _NO_DIGIT
    return np.asarray(targets, np.float32)
