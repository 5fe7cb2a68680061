"""The network as it is trained: quicker, and the same."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.ml.learner import learner_of
from qtdigits.ml.network import NETWORKS, build_network


@pytest.fixture(scope="module")
def images() -> NDArray[np.float32]:
    return np.random.default_rng(1).random((64, 28, 28, 1), np.float32)


def trained_once(
    network: keras.Sequential, images: NDArray[np.float32]
) -> list[NDArray[np.float32]]:
    """The weights after two steps on the images."""
    keras.utils.set_random_seed(1)
    network.compile(
        keras.optimizers.SGD(0.1), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    )
    for _ in range(2):
        network.train_on_batch(images, np.arange(len(images)) % 10)
    return [np.asarray(weights) for weights in network.get_weights()]


@pytest.mark.parametrize("name", NETWORKS)
def test_learner_answers_as_its_network(name: str, images: NDArray[np.float32]) -> None:
    network = build_network(name, 0.3)
    answers = np.asarray(learner_of(network, "float32")(images, training=False))
    assert np.array_equal(answers, np.asarray(network(images, training=False)))


@pytest.mark.parametrize(("precision", "bound"), [("float32", 2e-3), ("bfloat16", 3e-2)])
def test_learner_learns_what_its_network_would(
    precision: str, bound: float, images: NDArray[np.float32]
) -> None:
    network = build_network("small", 0.0)
    learnt = trained_once(learner_of(network, precision), images)
    for one, other in zip(learnt, trained_once(network, images), strict=True):
        assert one == pytest.approx(other, abs=bound)


def test_half_precision_keeps_weights_and_logits_whole(images: NDArray[np.float32]) -> None:
    learner = learner_of(build_network("digits", 0.3), "bfloat16")
    assert {weights.dtype for weights in learner.weights} == {"float32"}
    assert {layer.compute_dtype for layer in learner.layers} == {"bfloat16", "float32"}
    assert learner(images).dtype == "float32"


def test_another_precision_is_refused() -> None:
    with pytest.raises(ValueError, match="the precision is 'float32' or 'bfloat16', got 'int8'"):
        learner_of(build_network("small", 0.3), "int8")
