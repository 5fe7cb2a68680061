"""Building the architecture of a network from elsewhere: Keras' own layers, from checked values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from qtdigits.core.architecture import IMPORTED, INPUT, Architecture
from qtdigits.core.layers import KINDS

_CLASSES: Final[dict[str, Callable[..., keras.Layer]]] = {
    kind: getattr(layers, kind) for kind in KINDS
}


def build_imported(
    architecture: Architecture, weights: Iterable[NDArray[np.float32]] | None = None
) -> keras.Sequential:
    """Build a network from (n, 28, 28, 1) to (n, 10) logits, with these weights or fresh ones.

    weights: in the order and of the shapes of `architecture.weight_shapes`.
    """
    built = [_CLASSES[layer.kind](**layer.options) for layer in architecture.layers]
    network = keras.Sequential([keras.Input(INPUT), *built], name=IMPORTED)
    if weights is not None:
        left = iter(weights)
        for layer in built:
            layer.set_weights([next(left) for _ in layer.weights])
    return network
