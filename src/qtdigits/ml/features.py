"""What a network's last layer is given: the features of a digit image."""

from __future__ import annotations

from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from qtdigits.ml.views import mean_over_views

_BATCH: Final = 250

Matrix = NDArray[np.float32]


class Features:
    """A network cut before its last layer, which must be linear. Owned by one thread."""

    def __init__(self, network: keras.Sequential) -> None:
        """Raises ValueError with a sentence for a network that ends in anything else."""
        *self._before, last = network.layers
        is_linear = isinstance(last, keras.layers.Dense) and last.use_bias
        if not is_linear or last.activation is not keras.activations.linear:
            raise ValueError(
                "this network does not end in a linear layer, and cannot learn a hand; "
                "choose another one"
            )
        self._last = last
        signature = [tf.TensorSpec((None, 28, 28, 1), tf.float32)]
        self._read_once = tf.function(
            self._features, input_signature=signature, autograph=False
        ).get_concrete_function()
        self._read = tf.function(
            lambda images: mean_over_views(self._features, images),
            input_signature=signature,
            autograph=False,
        ).get_concrete_function()

    def of(self, images: NDArray[np.uint8]) -> Matrix:
        """Features (n, d) of images (n, 28, 28), averaged over the views that reading averages."""
        return self._batched(self._read, images)

    def of_one_view(self, images: NDArray[np.uint8]) -> Matrix:
        """The same of the images as they are, in a fifth of the time."""
        return self._batched(self._read_once, images)

    def logits(self, features: Matrix) -> Matrix:
        """What the last layer makes of features, (n, 10)."""
        kernel, bias = self._last.get_weights()
        return np.asarray(features @ kernel + bias, np.float32)

    def _features(self, images: tf.Tensor) -> tf.Tensor:
        for layer in self._before:
            images = layer(images, training=False)
        return images

    def _batched(self, read: Any, images: NDArray[np.uint8]) -> Matrix:  # noqa: ANN401 - no types
        batches = []
        for at in range(0, len(images), _BATCH):
            pixels = images[at : at + _BATCH, :, :, None].astype(np.float32) / np.float32(255)
            batches.append(read(tf.constant(pixels)).numpy())
        return np.concatenate(batches)
