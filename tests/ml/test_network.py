"""The architectures."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from qtdigits.ml.network import NETWORKS, build_network


@pytest.mark.parametrize(
    ("name", "parameters"), [("digits", 217_898), ("small", 42_746), ("lenet", 197_855)]
)
def test_network_has_its_number_of_parameters(name: str, parameters: int) -> None:
    assert build_network(name, 0.5).count_params() == parameters


@pytest.mark.parametrize("name", NETWORKS)
def test_network_maps_images_to_ten_logits(name: str) -> None:
    logits = np.asarray(build_network(name, 0.5)(np.zeros((3, 28, 28, 1), np.float32)))
    assert logits.shape == (3, 10)
    assert np.isfinite(logits).all()


@pytest.mark.parametrize("name", NETWORKS)
def test_network_ends_in_logits_not_in_probabilities(name: str) -> None:
    assert build_network(name, 0.5).layers[-1].activation is keras.activations.linear


@pytest.mark.parametrize("name", NETWORKS)
def test_network_leaves_out_the_share_that_was_asked_for(name: str) -> None:
    layers = build_network(name, 0.25).layers
    assert [layer.rate for layer in layers if isinstance(layer, keras.layers.Dropout)] == [0.25]


def test_lenet_is_built_as_described() -> None:
    kinds = [type(layer).__name__ for layer in build_network("lenet", 0.5).layers]
    assert kinds == [
        "Conv2D",
        "MaxPooling2D",
        "Conv2D",
        "MaxPooling2D",
        "Flatten",
        "Dense",
        "Dropout",
        "Dense",
    ]


def test_network_of_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no network is called 'resnet'; there are digits, small"):
        build_network("resnet", 0.5)
