"""The architectures, each as a list of layers; every network maps 28x28x1 in 0..1 to ten logits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import keras
from keras import layers


def _convolution(filters: int, size: int = 3, stride: int = 1) -> list[keras.Layer]:
    """Convolution, batch normalisation, ReLU: 'same' padding, the bias left to normalisation."""
    return [
        layers.Conv2D(filters, size, stride, padding="same", use_bias=False),
        # Keras' own momentum of 0.99 takes longer to settle than a quick training lasts.
        layers.BatchNormalization(momentum=0.95),
        layers.ReLU(),
    ]


def _digits(dropout: float) -> list[keras.Layer]:
    """The network that ships: strides instead of pooling, so that two cores train it in an hour."""
    return [
        *_convolution(32, size=5, stride=2),
        *_convolution(48),
        *_convolution(64, stride=2),
        *_convolution(64),
        *_convolution(96, stride=2),
        *_convolution(80),
        layers.Flatten(),
        layers.Dropout(dropout),
        layers.Dense(10),
    ]


def _small(dropout: float) -> list[keras.Layer]:
    """A quarter of the arithmetic, for a quick training."""
    return [
        *_convolution(16, size=5, stride=2),
        *_convolution(32, stride=2),
        *_convolution(48),
        layers.Flatten(),
        layers.Dropout(dropout),
        layers.Dense(10),
    ]


def _lenet(dropout: float) -> list[keras.Layer]:
    """The baseline of every comparison, after LeNet-5 (LeCun et al. 1998): 197,855 parameters."""
    return [
        layers.Conv2D(30, 5, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(15, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(500, activation="relu"),
        layers.Dropout(dropout),
        layers.Dense(10),
    ]


NETWORKS: Final[dict[str, Callable[[float], list[keras.Layer]]]] = {
    "digits": _digits,
    "small": _small,
    "lenet": _lenet,
}


def build_network(name: str, dropout: float) -> keras.Sequential:
    """Build a network by its name with fresh weights; raises ValueError for an unknown name."""
    if name not in NETWORKS:
        raise ValueError(f"no network is called {name!r}; there are {', '.join(NETWORKS)}")
    return keras.Sequential([keras.Input((28, 28, 1)), *NETWORKS[name](dropout)], name=name)
