"""Training: fit with reports, average, calibrate, measure, save."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from qtdigits.core.model_card import read_card
from qtdigits.core.training import Report, TrainingConfig, TrainingResult, TrainingStarted
from qtdigits.ml.batches import (
    PREDICTION_BATCH,
    steps_of,
    training_batches,
    validation_batches,
)
from qtdigits.ml.calibrate import calibrated_contract
from qtdigits.ml.callbacks import EventReporter, StopKeepingBest
from qtdigits.ml.datasets import TrainingData
from qtdigits.ml.digit_accuracy import DigitAccuracy
from qtdigits.ml.learner import learner_of
from qtdigits.ml.model_file import NewModel, save_model
from qtdigits.ml.network import build_network
from qtdigits.ml.recognizer import load_network
from qtdigits.ml.views import mean_logits

_LEARNT: Final = 0.15
"""Below this validation accuracy a network is no better than guessing."""


def _never() -> bool:
    return False


def train(
    data: TrainingData,
    config: TrainingConfig,
    out: Path,
    report: Report,
    sources: tuple[str, ...] = (),
    *,
    should_stop: Callable[[], bool] = _never,
    watched: NDArray[np.float32] | None = None,
    start_from: Path | None = None,
) -> TrainingResult:
    """Train a network, save it with its card, and say what came of it.

    report is called with TrainingStarted once, TrainingProgress now and then, EpochFinished after
    each epoch and, where drawings are watched (images of shape (n, 28, 28) in 0..1),
    DrawingsWatched after that. should_stop is asked after each batch; once it says so, the network
    that did best in validation is saved. start_from: a network whose weights to begin with.
    Nothing is chosen by the test part. Raises ValueError with one sentence when the loss diverges,
    nothing was learnt, memory runs out or the file cannot be written; a network that was at `out`
    before then stays as it was.
    """
    started = time.monotonic()
    try:
        network, fitted = _trained(data, config, report, should_stop, watched, start_from)
        validation = _logits(network, data.validation_images)
        test = _logits(network, data.test_images)
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        raise ValueError(
            "memory ran out; train with fewer images, a smaller batch size or a smaller network"
        ) from error
    digits, tested = data.validation_labels >= 0, data.test_labels >= 0
    validation_accuracy = _accuracy(validation, data.validation_labels)
    _require_learnt(validation_accuracy, fitted.is_stopped)
    contract = calibrated_contract(
        validation[digits], data.validation_labels[digits], bool((data.labels < 0).any())
    )
    result = TrainingResult(
        path=str(out),
        network=config.network,
        parameters=network.count_params(),
        seconds=time.monotonic() - started,
        epochs=fitted.epochs,
        validation_n=int(digits.sum()),
        validation_accuracy=validation_accuracy,
        test_n=int(tested.sum()),
        test_accuracy=_accuracy(test, data.test_labels) if tested.any() else None,
        stopped=fitted.is_stopped,
    )
    settings = asdict(config)
    if start_from is not None:
        settings["start_from"] = read_card(start_from).sha256
    figures = _card_figures(result, len(data.images))
    save_model(
        NewModel(network, config.network, config.seed, sources, settings, figures, contract), out
    )
    return result


def _trained(
    data: TrainingData,
    config: TrainingConfig,
    report: Report,
    should_stop: Callable[[], bool],
    watched: NDArray[np.float32] | None,
    start_from: Path | None,
) -> tuple[keras.Sequential, StopKeepingBest]:
    """A network with the weights to keep, and how its training ended."""
    keras.utils.set_random_seed(config.seed)
    network = build_network(config.network, config.dropout)
    if start_from is not None:
        network.set_weights(_weights_of(start_from, config.network))
    steps = steps_of(data, config)
    learner = learner_of(network, config.precision)
    learner.compile(
        optimizer=_optimizer(config, steps),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True),
        metrics=[DigitAccuracy(name="accuracy")],
        jit_compile=False,
    )
    report(
        TrainingStarted(
            len(data.images), len(data.validation_images), network.count_params(), config.epochs
        )
    )
    samples = min(steps * config.batch_size, len(data.images))
    reporter = EventReporter(report, config.epochs, config.batch_size, samples, watched)
    stopper = StopKeepingBest(should_stop)
    _fit(learner, data, config, [reporter, stopper])
    if stopper.is_stopped:
        stopper.restore_best()
    network.set_weights(learner.get_weights())
    return network, stopper


def _weights_of(path: Path, name: str) -> list[NDArray[Any]]:
    """The weights of a saved network of the architecture `name`; raises ValueError."""
    network, card = load_network(path)
    if card.network != name:
        raise ValueError(
            f"{card.name} is a network of the kind {card.network!r} and cannot be the start of "
            f"one of the kind {name!r}; choose the same kind"
        )
    weights: list[NDArray[Any]] = network.get_weights()
    return weights


def _accuracy(logits: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """The share of the digits that is read right, from logits (n, 10) and labels (n,)."""
    digits = labels >= 0
    return float((logits[digits].argmax(axis=1) == labels[digits]).mean())


def _require_learnt(validation_accuracy: float, was_stopped: bool) -> None:
    """Raise ValueError for a network that is no better than guessing."""
    if validation_accuracy >= _LEARNT:
        return
    if was_stopped:
        raise ValueError(
            "the training was stopped before anything was learnt; let it go on for longer"
        )
    raise ValueError(
        f"nothing was learnt: {validation_accuracy:.0%} of the digits kept back are read right, "
        "as by guessing; train for more epochs, with more images or a lower learning rate"
    )


def _card_figures(result: TrainingResult, images: int) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "validation_n": result.validation_n,
        "validation_accuracy": round(result.validation_accuracy, 5),
        "training_images": images,
        "seconds": round(result.seconds, 1),
    }
    if result.test_accuracy is not None:
        figures |= {"test_n": result.test_n, "test_accuracy": round(result.test_accuracy, 5)}
    return figures


def _optimizer(config: TrainingConfig, steps: int) -> keras.optimizers.Optimizer:
    total = config.epochs * steps
    averaging: dict[str, Any] = {}
    if config.averaging:
        # Keras' average starts at the untrained weights. It must forget them in a short run, and
        # within two epochs in any, since a run may be stopped early.
        momentum = min(config.averaging, max(0.0, 1 - 25 / total), 1 - 0.5 / steps)
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
    learner: keras.Sequential,
    data: TrainingData,
    config: TrainingConfig,
    listeners: list[keras.callbacks.Callback],
) -> None:
    digits = data.validation_labels >= 0
    callbacks = [*listeners, keras.callbacks.TerminateOnNaN()]
    if config.averaging:
        # Validate, and keep at the end, the averaged weights.
        callbacks.append(keras.callbacks.SwapEMAWeights())
    history = learner.fit(
        training_batches(data, config),
        epochs=config.epochs,
        steps_per_epoch=steps_of(data, config),
        validation_data=validation_batches(
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


def _logits(network: keras.Sequential, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What a recognizer answers, raw, shape (n, 10), for images of shape (n, 28, 28)."""
    batches = [np.zeros((0, 10), np.float32)]
    for at in range(0, len(images), PREDICTION_BATCH):
        pixels = images[at : at + PREDICTION_BATCH, ..., None].astype(np.float32) / 255.0
        batches.append(np.asarray(mean_logits(network, pixels)))
    return np.concatenate(batches)
