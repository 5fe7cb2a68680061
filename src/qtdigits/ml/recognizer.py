"""A Keras network that reads digit images through a compiled function."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path
from typing import Final

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from qtdigits.core.model_card import ModelCard, read_card
from qtdigits.core.prediction import Prediction
from qtdigits.core.verdict import interpret
from qtdigits.ml.folded import folded
from qtdigits.ml.imported import build_imported
from qtdigits.ml.network import build_network
from qtdigits.ml.views import mean_logits

_LARGEST_FILE: Final = 64 * 1024 * 1024
_BATCHES: Final = (*range(1, 9), 10, 12, 16, 20, 24, 32, 40, 48, 64)
"""The sizes of the batches that are computed. For each size TensorFlow keeps a megabyte of prepared
kernels, and it never gives back what the largest batch needed: 40 MB for 64 images, 270 for 500."""


class KerasRecognizer:
    """Reads digit images with one network. Owned by one thread: TensorFlow promises no more."""

    def __init__(self, network: keras.Sequential, card: ModelCard) -> None:
        """network: a Keras model from (n, 28, 28, 1) to (n, 10) logits."""
        self._card = card
        read = folded(network)
        # AutoGraph reads source files, which a frozen program does not have; there is no
        # Python control flow to translate.
        self._compiled = tf.function(
            lambda images: mean_logits(read, images),
            input_signature=[tf.TensorSpec((None, 28, 28, 1), tf.float32)],
            autograph=False,
        ).get_concrete_function()

    @property
    def card(self) -> ModelCard:
        return self._card

    def warm_up(self) -> None:
        """Let TensorFlow do once what it does at the first call."""
        for _ in range(3):
            self.logits(np.zeros((1, 28, 28), np.float32))

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Raw outputs, shape (n, 10), for images of shape (n, 28, 28) with values 0..1.

        Raises ValueError for another shape.
        """
        if images.ndim != 3 or images.shape[1:] != (28, 28):
            raise ValueError(f"digit images have the shape (n, 28, 28), got {images.shape}")
        batches = [
            self._computed(images[at : at + _BATCHES[-1]])
            for at in range(0, len(images), _BATCHES[-1])
        ]
        return np.concatenate(batches) if batches else np.zeros((0, 10), np.float32)

    def _computed(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """The outputs for a batch, which is filled up to the next size that is computed."""
        size = next(size for size in _BATCHES if size >= len(images))
        batch = np.zeros((size, 28, 28, 1), np.float32)
        batch[: len(images), :, :, 0] = images
        outputs: NDArray[np.float32] = self._compiled(tf.constant(batch)).numpy()
        return outputs[: len(images)]

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        """Predictions for images of shape (n, 28, 28), by the card's contract."""
        return interpret(self.logits(images), self._card)


def load_recognizer(path: Path) -> KerasRecognizer:
    """Load a network that this program saved, with its card beside it, ready to answer.

    Raises ValueError as load_network does.
    """
    recognizer = KerasRecognizer(*load_network(path))
    recognizer.warm_up()
    return recognizer


def load_network(path: Path) -> tuple[keras.Sequential, ModelCard]:
    """A network that this program saved, without dropout, and its card.

    Only weights are read from the file. The architecture is ours, by the name on the card, or made
    of the checked layers on the card. Raises ValueError with one sentence when the file or its card
    cannot be used.
    """
    check_model_file(path)
    card = read_card(path)
    if card.architecture is not None:
        network = build_imported(card.architecture)
    else:
        network = build_network(card.network, dropout=0.0)
    try:
        network.load_weights(path)
    except (ValueError, OSError, KeyError, zipfile.BadZipFile) as error:
        raise ValueError(f"the network {path} is damaged; choose another one") from error
    if not all(np.isfinite(weights).all() for weights in network.get_weights()):
        raise ValueError(f"the network {path} holds weights that are not numbers")
    return network, card


def check_model_file(path: Path) -> None:
    """Raise ValueError unless the path is a regular file of a sensible size that looks right."""
    try:
        status = path.stat()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ValueError(f"cannot open the network {path}: {reason}") from None
    if not stat.S_ISREG(status.st_mode):
        raise ValueError(f"the network {path} is not a file; name a .keras file")
    if status.st_size > _LARGEST_FILE:
        raise ValueError(f"the network {path} is larger than 64 MiB; digits need far less")
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise ValueError(f"cannot read the network {path}: {error.strerror}") from None
    if not start.startswith((b"PK\x03\x04", b"\x89HDF\r\n\x1a\n")):
        raise ValueError(f"{path} is not a Keras network; name a .keras file")
