"""A network without its batch normalisations answers as it does with them."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from qtdigits.ml.folded import folded
from qtdigits.ml.network import NETWORKS, build_network


def _unsettled(network: keras.Sequential) -> keras.Sequential:
    """The network with weights as unlike fresh ones as a training makes them."""
    chance = np.random.default_rng(5)
    for layer in network.layers:
        shapes = [weight.shape for weight in layer.get_weights()]
        drawn = [chance.normal(0, 0.3, shape).astype(np.float32) for shape in shapes]
        if isinstance(layer, layers.BatchNormalization):
            drawn[-1] = np.abs(drawn[-1]) + np.float32(0.1)  # a variance
        layer.set_weights(drawn)
    return network


def _difference(network: keras.Sequential) -> float:
    """How far the answers are apart, as a share of the largest."""
    images = tf.constant(np.random.default_rng(1).random((8, 28, 28, 1), np.float32))
    wanted = network(images, training=False).numpy()
    return float(np.abs(folded(network)(images).numpy() - wanted).max() / np.abs(wanted).max())


def _sequence(*steps: keras.Layer) -> keras.Sequential:
    return _unsettled(keras.Sequential([keras.Input((28, 28, 1)), *steps, layers.Flatten()]))


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_answers_the_same(name: str) -> None:
    assert _difference(_unsettled(build_network(name, 0.3))) < 1e-5


@pytest.mark.parametrize(
    ("convolution", "normalisation"),
    [
        ({"use_bias": True}, {}),
        ({"padding": "valid", "strides": 2}, {"center": False}),
        ({"dilation_rate": 2}, {"scale": False, "epsilon": 0.1}),
        ({"activation": "tanh"}, {}),
        ({}, {"axis": 1}),
    ],
)
def test_every_kind_of_convolution_answers_the_same(
    convolution: dict[str, Any], normalisation: dict[str, Any]
) -> None:
    made = _sequence(
        layers.Conv2D(4, 3, **convolution),
        layers.BatchNormalization(**normalisation),
        layers.BatchNormalization(),
        layers.DepthwiseConv2D(3),
        layers.BatchNormalization(),
    )
    assert _difference(made) < 1e-5


def test_no_normalisation_is_left_to_compute(monkeypatch: pytest.MonkeyPatch) -> None:
    read = folded(_unsettled(build_network("digits", 0.0)))

    def refuse(*args: object, **named: object) -> None:
        pytest.fail("a batch normalisation was computed")

    monkeypatch.setattr(layers.BatchNormalization, "call", refuse)
    assert read(tf.zeros((1, 28, 28, 1))).shape == (1, 10)
