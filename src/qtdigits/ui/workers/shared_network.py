"""The network of the inference thread, for a thread that has none of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.model_card import ModelCard
from qtdigits.core.prediction import Prediction
from qtdigits.core.recognizer import Recognizer

_AT_ONCE: Final = 8
"""Images in one call: somebody who writes meanwhile waits for one call at most."""

Call = Callable[[Callable[[Recognizer], Any]], "Future[Any]"]
"""Has something done with the network in its thread: InferenceThread.call."""


class SharedNetwork:
    """A Recognizer whose every call waits for its turn, in small pieces.

    While no network is loaded a call waits for that. It raises CancelledError when the program
    ends.
    """

    def __init__(self, call: Call) -> None:
        self._call = call

    @property
    def card(self) -> ModelCard:
        card: ModelCard = self._call(lambda network: network.card).result()
        return card

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """As Recognizer.logits: shape (n, 28, 28) to (n, 10)."""
        parts = [self._part_logits(part) for part in _parts(images)]
        return np.concatenate(parts) if parts else np.zeros((0, 10), np.float32)

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        """As Recognizer.predict: one prediction for each image of shape (n, 28, 28)."""
        return [answer for part in _parts(images) for answer in self._part_predictions(part)]

    def _part_logits(self, part: NDArray[np.float32]) -> NDArray[np.float32]:
        logits: NDArray[np.float32] = self._call(lambda network: network.logits(part)).result()
        return logits

    def _part_predictions(self, part: NDArray[np.float32]) -> list[Prediction]:
        answers: list[Prediction] = self._call(lambda network: network.predict(part)).result()
        return answers


def _parts(images: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    return [images[at : at + _AT_ONCE] for at in range(0, len(images), _AT_ONCE)]
