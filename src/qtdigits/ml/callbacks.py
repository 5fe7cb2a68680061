"""What Keras calls while it trains: events for whoever listens, and the end on request."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

import keras
import numpy as np
from numpy.typing import NDArray

from qtdigits.core.training import (
    DrawingsWatched,
    EpochFinished,
    Report,
    TrainingProgress,
    WatchedAnswer,
)
from qtdigits.core.verdict import softmax

_PROGRESS_S: Final = 0.2
Logs = dict[str, float] | None


class EventReporter(keras.callbacks.Callback):  # type: ignore[misc] # Keras has no types
    """Turns batches and epochs into events.

    To tell the answers of averaged weights it must stand before SwapEMAWeights, which takes them
    out of the network at the end of validation.
    """

    def __init__(
        self,
        report: Report,
        epochs: int,
        batch_size: int,
        samples: int,
        watched: NDArray[np.float32] | None,
    ) -> None:
        """samples: images of an epoch; watched: images of shape (n, 28, 28) in 0..1."""
        super().__init__()
        self._report = report
        self._epochs = epochs
        self._batch_size = batch_size
        self._samples = samples
        self._watched = watched
        self._answers: tuple[WatchedAnswer, ...] = ()
        self._epoch = 0
        self._done = 0
        self._begun = 0.0
        self._learning_s = 0.0
        self._validation_s = 0.0
        self._told = 0.0
        self._pace_from = (0.0, 0)

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        self._epoch, self._done = epoch + 1, 0
        self._begun = time.monotonic()
        self._pace_from = (self._begun, 0)

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        now = time.monotonic()
        self._done = min(self._done + self._batch_size, self._samples)
        if self._epoch == 1 and batch == 0:
            # The first batch of all waits for TensorFlow to build its graph, and tells no pace.
            self._pace_from = (now, self._done)
        if now - self._told >= _PROGRESS_S:
            self._told = now
            self._report(self._progress(now))

    def on_test_begin(self, logs: Logs = None) -> None:
        self._learning_s = time.monotonic() - self._begun

    def on_test_end(self, logs: Logs = None) -> None:
        self._validation_s = time.monotonic() - self._begun - self._learning_s
        if self._watched is not None:
            logits = np.asarray(self.model(self._watched[..., None], training=False))
            if np.isfinite(logits).all():
                rows = softmax(logits)
                self._answers = tuple(WatchedAnswer(int(r.argmax()), float(r.max())) for r in rows)

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        logs = logs or {}
        self._report(
            EpochFinished(
                epoch=epoch + 1,
                epochs=self._epochs,
                loss=float(logs["loss"]),
                accuracy=float(logs["accuracy"]),
                validation_loss=float(logs["val_loss"]),
                validation_accuracy=float(logs["val_accuracy"]),
                seconds=time.monotonic() - self._begun,
                samples_per_second=self._done / max(self._learning_s, 1e-9),
            )
        )
        if self._watched is not None:
            self._report(DrawingsWatched(epoch + 1, self._answers))

    def _progress(self, now: float) -> TrainingProgress:
        since, done_then = self._pace_from
        pace = (self._done - done_then) / max(now - since, 1e-9)
        left = None
        if pace > 0:
            later = self._epochs - self._epoch
            images = self._samples - self._done + later * self._samples
            left = images / pace + (later + 1) * self._validation_s
        return TrainingProgress(self._epoch, self._epochs, self._done, self._samples, pace, left)


class StopKeepingBest(keras.callbacks.Callback):  # type: ignore[misc] # Keras has no types
    """Ends the training when asked to, and remembers the weights that did best in validation.

    Must stand before SwapEMAWeights, as EventReporter.
    """

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        super().__init__()
        self._should_stop = should_stop
        self._best: tuple[float, float] | None = None
        self._weights: list[NDArray[Any]] = []
        self.epochs = 0
        """How many epochs were begun."""
        self.is_stopped = False
        """Whether the training was ended before its last epoch was over."""

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        self.epochs = epoch + 1

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        self._stop_if_asked()

    def on_test_end(self, logs: Logs = None) -> None:
        logs = logs or {}
        score = (float(logs["accuracy"]), -float(logs["loss"]))
        if self._best is None or score > self._best:
            self._best, self._weights = score, self.model.get_weights()

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        if epoch + 1 < self.params["epochs"]:
            self._stop_if_asked()

    def restore_best(self) -> None:
        """Put the best weights into the network, if there are any."""
        if self._weights:
            self.model.set_weights(self._weights)

    def _stop_if_asked(self) -> None:
        if self._should_stop():
            self.is_stopped = self.model.stop_training = True
