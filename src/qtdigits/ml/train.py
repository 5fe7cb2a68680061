"""Training: fit with reports, average, calibrate, measure, save."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from qtdigits.core.training import (
    EpochFinished,
    Report,
    TrainingConfig,
    TrainingResult,
    TrainingStarted,
)
from qtdigits.ml.augment import Variation, vary
from qtdigits.ml.calibrate import calibrated_contract
from qtdigits.ml.datasets import TrainingData
from qtdigits.ml.model_file import NewModel, save_model
from qtdigits.ml.network import build_network

_PREDICTION_BATCH: Final = 500
_NO_DIGIT: Final = np.full(10, 0.1, np.float32)
"""What a network should answer to what is no digit (outlier exposure, Hendrycks et al. 2019)."""


def train(
    data: TrainingData,
    config: TrainingConfig,
    out: Path,
    report: Report,
    sources: tuple[str, ...] = (),
) -> TrainingResult:
    """Train a network, save it with its card, and say what came of it.

    report is called with TrainingStarted once and EpochFinished after each epoch. Nothing is
    chosen by the test part. Raises ValueError when the loss diverges or the file cannot be
    written; a network that was at `out` before then stays as it was.
    """
    started = time.monotonic()
    keras.utils.set_random_seed(config.seed)
    network = build_network(config.network, config.dropout)
    steps = max(1, len(data.images) // config.batch_size)
    network.compile(
        optimizer=_optimizer(config, steps),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
        jit_compile=False,
    )
    report(
        TrainingStarted(
            len(data.images), len(data.validation_images), network.count_params(), config.epochs
        )
    )
    _fit(network, data, config, report, steps)
    validation = _logits(network, data.validation_images)
    digits = data.validation_labels >= 0
    contract = calibrated_contract(
        validation[digits], data.validation_labels[digits], bool((data.labels < 0).any())
    )
    test_accuracy = None
    tested = data.test_labels >= 0
    if tested.any():
        answers = _logits(network, data.test_images[tested]).argmax(axis=1)
        test_accuracy = float((answers == data.test_labels[tested]).mean())
    validation_accuracy = float(
        (validation[digits].argmax(axis=1) == data.validation_labels[digits]).mean()
    )
    seconds = time.monotonic() - started
    figures: dict[str, Any] = {
        "validation_n": int(digits.sum()),
        "validation_accuracy": round(validation_accuracy, 5),
        "training_images": len(data.images),
        "seconds": round(seconds, 1),
    }
    if test_accuracy is not None:
        figures |= {"test_n": int(tested.sum()), "test_accuracy": round(test_accuracy, 5)}
    save_model(
        NewModel(network, config.network, config.seed, sources, asdict(config), figures, contract),
        out,
    )
    return TrainingResult(
        path=str(out),
        network=config.network,
        parameters=network.count_params(),
        seconds=seconds,
        epochs=config.epochs,
        validation_n=int(digits.sum()),
        validation_accuracy=validation_accuracy,
        test_n=int(tested.sum()),
        test_accuracy=test_accuracy,
    )


def _optimizer(config: TrainingConfig, steps: int) -> keras.optimizers.Optimizer:
    total = config.epochs * steps
    averaging: dict[str, Any] = {}
    if config.averaging:
        # Keras' average starts at the untrained weights; in a short run it must forget them sooner.
        momentum = min(config.averaging, max(0.0, 1 - 25 / total))
        averaging = {"use_ema": True, "ema_momentum": momentum}
    if config.optimizer == "adam":
        return keras.optimizers.Adam(config.learning_rate, **averaging)
    if config.optimizer != "adamw":
        raise ValueError(f"the optimizer is 'adam' or 'adamw', got {config.optimizer!r}")
    warm_up = min(steps, total // 10)
    schedule = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=config.learning_rate / 30,
        decay_steps=max(1, total - warm_up),
        alpha=0.001,
        warmup_target=config.learning_rate,
        warmup_steps=warm_up,
    )
    return keras.optimizers.AdamW(schedule, weight_decay=0.01, **averaging)


def _fit(
    network: keras.Sequential,
    data: TrainingData,
    config: TrainingConfig,
    report: Report,
    steps: int,
) -> None:
    digits = data.validation_labels >= 0
    callbacks: list[keras.callbacks.Callback] = [
        keras.callbacks.TerminateOnNaN(),
        _Reporter(config, report, steps * config.batch_size),
    ]
    if config.averaging:
        # Validate, and keep at the end, the averaged weights.
        callbacks.insert(0, keras.callbacks.SwapEMAWeights())
    history = network.fit(
        _batches(data, config),
        epochs=config.epochs,
        validation_data=_validation_batches(
            data.validation_images[digits], data.validation_labels[digits]
        ),
        shuffle=False,  # the batches are shuffled already
        verbose=0,  # a windowed program has no stdout
        callbacks=callbacks,
    )
    if not np.isfinite(history.history["loss"][-1]):
        raise ValueError(
            "training diverged: the loss is no number any more; lower the learning rate"
        )


def _batches(data: TrainingData, config: TrainingConfig) -> tf.data.Dataset:
    """Shuffled batches of varied images and soft targets, an epoch long."""
    targets = _targets(data.labels, config.label_smoothing)
    order = tf.data.Dataset.range(len(data.images)).shuffle(len(data.images), seed=config.seed)
    images, answers = tf.constant(data.images), tf.constant(targets)
    variation = Variation()

    def prepare(places: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        batch = tf.cast(tf.gather(images, places), tf.float32)[..., tf.newaxis] / 255.0
        return (vary(batch, variation) if config.varied else batch), tf.gather(answers, places)

    batched = order.batch(config.batch_size, drop_remainder=len(data.images) >= config.batch_size)
    prepared = batched.map(tf.autograph.experimental.do_not_convert(prepare)).prefetch(2)
    # With tf.data's tuning on, TensorFlow 2.21 stood still for up to a minute every few epochs: all
    # threads asleep, until the tuner's next round happened to wake them.
    options = tf.data.Options()
    options.autotune.enabled = False
    options.experimental_optimization.apply_default_optimizations = False
    return prepared.with_options(options)


def _validation_batches(images: NDArray[np.uint8], labels: NDArray[np.int64]) -> tf.data.Dataset:
    pixels = images[..., np.newaxis].astype(np.float32) / 255.0
    pairs = tf.data.Dataset.from_tensor_slices((pixels, np.eye(10, dtype=np.float32)[labels]))
    return pairs.batch(_PREDICTION_BATCH)


def _targets(labels: NDArray[np.int64], smoothing: float) -> NDArray[np.float32]:
    """What the network should answer, shape (n, 10): smoothed digits, all alike for non-digits."""
    targets = np.eye(10, dtype=np.float32)[labels.clip(0)] * (1 - smoothing) + smoothing / 10
    targets[labels < 0] = _NO_DIGIT
    return np.asarray(targets, np.float32)


def _logits(network: keras.Sequential, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    batches = [
        network(images[at : at + _PREDICTION_BATCH, ..., None].astype(np.float32) / 255.0)
        for at in range(0, len(images), _PREDICTION_BATCH)
    ]
    return np.concatenate([np.asarray(batch) for batch in batches])


class _Reporter(keras.callbacks.Callback):  # type: ignore[misc] # Keras has no types
    """Turns the ends of epochs into events."""

    def __init__(self, config: TrainingConfig, report: Report, samples: int) -> None:
        super().__init__()
        self._config = config
        self._report = report
        self._samples = samples
        self._begun = 0.0
        self._learning_seconds = 0.0

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self._begun = time.monotonic()

    def on_test_begin(self, logs: dict[str, float] | None = None) -> None:
        self._learning_seconds = time.monotonic() - self._begun

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        logs = logs or {}
        self._report(
            EpochFinished(
                epoch=epoch + 1,
                epochs=self._config.epochs,
                loss=float(logs["loss"]),
                accuracy=float(logs["accuracy"]),
                validation_loss=float(logs["val_loss"]),
                validation_accuracy=float(logs["val_accuracy"]),
                seconds=time.monotonic() - self._begun,
                samples_per_second=self._samples / max(self._learning_seconds, 1e-9),
            )
        )
