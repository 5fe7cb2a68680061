"""Layers as data: what is on the allow-list, what shapes they make, and the limits."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qtdigits.core.architecture import IMPORTED, Architecture, layer_words, plans, size_words
from qtdigits.core.layers import KINDS, Layer, checked_layer
from qtdigits.core.model_card import ModelCard

LENET: list[dict[str, Any]] = [
    {"kind": "Conv2D", "filters": 30, "kernel_size": 5, "activation": "relu"},
    {"kind": "MaxPooling2D"},
    {"kind": "Conv2D", "filters": 15, "kernel_size": [3, 3], "activation": "relu"},
    {"kind": "MaxPooling2D"},
    {"kind": "Flatten"},
    {"kind": "Dense", "units": 500, "activation": "relu"},
    {"kind": "Dense", "units": 10},
]
FROM_LENET = Architecture.from_data(LENET)


def layer(kind: str, **options: object) -> Layer:
    return checked_layer(kind, options)


def test_lenet_has_the_parameters_that_keras_counts() -> None:
    assert FROM_LENET.parameters == 197_855
    assert FROM_LENET.weight_shapes[:3] == ((5, 5, 1, 30), (30,), (3, 3, 30, 15))
    assert layer_words(FROM_LENET.layers) == "Conv2D 30, Conv2D 15, Dense 500, Dense 10"


def test_architecture_survives_json() -> None:
    again = Architecture.from_data(json.loads(json.dumps(FROM_LENET.to_data())))
    assert again == FROM_LENET


@pytest.mark.parametrize(
    ("made", "given", "output"),
    [
        (layer("Conv2D", filters=4, kernel_size=3), (28, 27, 1), (26, 25, 4)),
        (layer("Conv2D", filters=4, kernel_size=3, strides=2), (28, 27, 1), (13, 13, 4)),
        (
            layer("Conv2D", filters=4, kernel_size=3, strides=2, padding="same"),
            (28, 27, 1),
            (14, 14, 4),
        ),
        (layer("Conv2D", filters=4, kernel_size=3, dilation_rate=3), (28, 28, 1), (22, 22, 4)),
        (layer("DepthwiseConv2D", kernel_size=3, depth_multiplier=2), (9, 9, 3), (7, 7, 6)),
        (layer("SeparableConv2D", kernel_size=3, filters=5), (9, 9, 3), (7, 7, 5)),
        (layer("AveragePooling2D", pool_size=3, strides=1), (9, 9, 3), (7, 7, 3)),
        (layer("GlobalMaxPooling2D", keepdims=True), (9, 9, 3), (1, 1, 3)),
        (layer("ZeroPadding2D", padding=[[1, 0], [2, 3]]), (9, 9, 3), (10, 14, 3)),
        (layer("Reshape", target_shape=[-1, 9]), (9, 9, 3), (27, 9)),
        (layer("Permute", dims=[3, 1, 2]), (9, 8, 3), (3, 9, 8)),
        (layer("Dense", units=7), (9, 8, 3), (9, 8, 7)),
    ],
)
def test_layer_makes_the_shape_that_keras_makes(
    made: Layer, given: tuple[int, ...], output: tuple[int, ...]
) -> None:
    assert plans((made,), given)[0].output == output


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Conv2D", "list of layers"),
        ([3], "list of layers"),
        ([{"kind": "Lambda"}], "'Lambda' is not one that can be imported"),
        ([{"kind": "Dense"}], "needs the setting units"),
        ([{"kind": "Dense", "units": 10, "function": "x"}], "no setting 'function'"),
        ([{"kind": "Dense", "units": True}], "whole number"),
        ([{"kind": "Dense", "units": 10.0}], "whole number"),
        ([{"kind": "Dense", "units": 10, "activation": "softmax"}], "activation"),
        ([{"kind": "Dense", "units": 10, "use_bias": 1}], "true or false"),
        ([{"kind": "Rescaling", "scale": float("nan")}], "between"),
        ([{"kind": "Conv2D", "filters": 1, "kernel_size": [1, 2, 3]}], "two whole numbers"),
        ([], "gives 10 numbers"),
        ([{"kind": "Flatten"}], "gives 10 numbers"),
        ([{"kind": "Flatten"}, {"kind": "MaxPooling2D"}], "needs rows, columns and channels"),
        ([{"kind": "Conv2D", "filters": 1, "kernel_size": 28, "dilation_rate": 2}], "smaller"),
        (
            [{"kind": "Conv2D", "filters": 1, "kernel_size": 2, "strides": 2, "dilation_rate": 2}],
            "either strides or a dilation rate",
        ),
        ([{"kind": "DepthwiseConv2D", "kernel_size": 2, "strides": [1, 2]}], "the same stride"),
        ([{"kind": "Reshape", "target_shape": [5, -1]}], "cannot make"),
        ([{"kind": "Reshape", "target_shape": [-1, -1]}], "cannot make"),
        ([{"kind": "Permute", "dims": [1, 1, 2]}], "cannot order"),
        ([{"kind": "PReLU", "shared_axes": [4]}], "whole number"),
        ([{"kind": "Dense", "units": 65_536}] * 3, "too large"),
        ([{"kind": "ZeroPadding2D", "padding": 28}] * 40, "too large"),
        (
            [{"kind": "Conv2D", "filters": 1000, "kernel_size": 28, "padding": "same"}],
            "too slow",
        ),
        ([{"kind": "Flatten"}] * 101, "at most 100 layers"),
    ],
)
def test_what_is_no_network_for_digits_is_refused(data: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Architecture.from_data(data)


def card(**values: object) -> str:
    """A model card as JSON."""
    made = ModelCard("mine", IMPORTED, 197_855, "2026-11-22", "00", architecture=FROM_LENET)
    return json.dumps({**json.loads(made.to_json()), **values})


def test_card_keeps_the_layers() -> None:
    assert ModelCard.from_json(card()).architecture == FROM_LENET


def test_card_of_an_architecture_of_ours_has_no_layers() -> None:
    assert ModelCard.from_json(card(network="digits")).architecture is None
    assert "architecture" not in json.loads(ModelCard("m", "digits", 1, "", "").to_json())


@pytest.mark.parametrize("layers", [None, "x", [], [{"kind": "Lambda"}], [3]])
def test_card_whose_layers_are_no_network_is_refused(layers: object) -> None:
    with pytest.raises(ValueError, match="model card's architecture cannot be used"):
        ModelCard.from_json(card(architecture=layers))


def test_allow_list_holds_no_layer_that_runs_code_or_reads_files() -> None:
    forbidden = ("Lambda", "TFSMLayer", "TorchModuleWrapper", "Lookup", "Vectorization", "Hashing")
    assert not [kind for kind in KINDS if any(word in kind for word in forbidden)]


@pytest.mark.parametrize(
    ("size", "words"),
    [(2_000, "2 kB"), (540e9, "540 GB"), (64 * 2**20, "67 MB"), (7e15, "7,000 TB")],
)
def test_size_is_told_in_words(size: float, words: str) -> None:
    assert size_words(size) == words
