"""From the description of a network to checked layers of the allow-list.

Of a layer's settings those that an answer depends on are taken and checked. What only training
needs (initialisers, regularisers, constraints, dropout) is left out and never made. A setting that
is unknown is refused: it could change the answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from qtdigits.core.architecture import INPUT, Architecture, checked_architecture, plans
from qtdigits.core.foreign_text import brief
from qtdigits.core.layer_shapes import Shape
from qtdigits.core.layers import KINDS, Layer, checked_layer
from qtdigits.ml.foreign.description import check_for_code
from qtdigits.ml.foreign.graph import NETWORK_CLASSES, Entry, Graph, read_graph
from qtdigits.ml.foreign.refused import RefusedError


class Answers(StrEnum):
    """What a network from elsewhere gives; the function that made it so is taken off."""

    LOGITS = "logits"
    PROBABILITIES = "probabilities"
    SEPARATE = "separate"
    """Ten probabilities that need not sum to 1, by sigmoid."""


_FINAL: Final = {
    "softmax": Answers.PROBABILITIES,
    "softmax_v2": Answers.PROBABILITIES,
    "log_softmax": Answers.PROBABILITIES,
    "sigmoid": Answers.SEPARATE,
}
_NOTHING_TO_READ: Final = frozenset(
    {
        "Dropout",
        "SpatialDropout2D",
        "AlphaDropout",
        "GaussianDropout",
        "GaussianNoise",
        "ActivityRegularization",
        "RandomRotation",
        "RandomTranslation",
        "RandomZoom",
        "InputLayer",
    }
)
"""Layers that do nothing when a digit is read."""

_TRAINING_ONLY: Final = frozenset(
    {
        "name",
        "trainable",
        "dtype",
        "batch_input_shape",
        "batch_shape",
        "momentum",
        "renorm_clipping",
        "renorm_momentum",
        "activity_regularizer",
        "fused",
        "virtual_batch_size",
        "adjustment",
    }
)
_TRAINING_ENDINGS: Final = ("_initializer", "_regularizer", "_constraint")
_FIXED: Final[dict[str, tuple[object, ...]]] = {
    "data_format": (None, "channels_last"),
    "groups": (1,),
    "synchronized": (None, False),
    "renorm": (False,),
    "rms_scaling": (False,),
    "quantization_config": (None,),
    "lora_rank": (None,),
    "lora_alpha": (None,),
}
"""Settings that are only taken with these values."""
_NORMALISATIONS: Final = ("BatchNormalization", "LayerNormalization")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A description turned into layers of ours: from (28, 28, 1) to ten logits.

    listed: all layers in the order of the file. row: those that are in `architecture`, in its
    order, where something may stand before them. given: the shape that the file's network takes.
    """

    architecture: Architecture
    listed: tuple[Entry, ...]
    row: tuple[Entry, ...]
    given: Shape
    answers: Answers


def read_config(description: dict[str, Any]) -> Foreign:
    """Turn a description into checked layers; raises RefusedError."""
    graph = read_graph(description)
    check_for_code([{"class_name": x.kind, "config": x.config} for x in graph.listed])
    row, answers = _without_softmax(graph)
    layers: list[Layer] = []
    given = INPUT
    if graph.given != INPUT:
        layers.append(checked_layer("Reshape", {"target_shape": list(graph.given)}))
        given = graph.given
    try:
        for entry in row:
            layer = _layer(entry, len(given))
            layers.append(layer)
            given = plans((layer,), given)[0].output
        architecture = checked_architecture(tuple(layers))
    except RefusedError:
        raise
    except ValueError as error:
        raise RefusedError(f"cannot be used: {error}") from None
    return Foreign(architecture, graph.listed, tuple(row), graph.given, answers)


def _without_softmax(graph: Graph) -> tuple[list[Entry], Answers]:
    """The layers without the softmax at the end, if there is one."""
    row = [entry for entry in graph.row if entry.kind not in _NOTHING_TO_READ]
    if not row:
        raise RefusedError("has no layers that could read anything")
    last = row[-1]
    if last.kind == "Softmax":
        if last.config.get("axis", -1) not in (-1, 1):
            raise RefusedError("has a softmax over something other than its ten answers")
        return row[:-1], Answers.PROBABILITIES
    activation = last.config.get("activation")
    if not isinstance(activation, str) or activation not in _FINAL:
        return row, Answers.LOGITS
    if last.kind == "Activation":
        return row[:-1], _FINAL[activation]
    changed = Entry(last.kind, last.name, {**last.config, "activation": "linear"})
    return [*row[:-1], changed], _FINAL[activation]


def _layer(entry: Entry, dimensions: int) -> Layer:
    """The checked layer; raises ValueError."""
    if entry.kind in NETWORK_CLASSES:
        raise RefusedError(
            "holds a network within a network; only plain rows of layers can be used"
        )
    if entry.kind not in KINDS:
        raise RefusedError(
            f"uses the layer {brief(entry.kind)}, which cannot be imported; "
            "it may come from a newer Keras"
        )
    options = {}
    for name, value in entry.config.items():
        if name in KINDS[entry.kind]:
            options[name] = "linear" if name == "activation" and value is None else value
        elif entry.kind in _NORMALISATIONS and name == "axis":
            _check_axis(value, dimensions)
        elif entry.kind == "LeakyReLU" and name == "alpha":  # Keras 2's word
            options["negative_slope"] = value
        elif name in _FIXED:
            if value not in _FIXED[name]:
                raise ValueError(f"its layer {brief(entry.name)} has {name} {brief(value)}")
        elif name not in _TRAINING_ONLY and not name.endswith(_TRAINING_ENDINGS):
            raise ValueError(
                f"its layer {brief(entry.name)} has the setting {brief(name)}, which this program "
                "does not know; it may come from a newer Keras"
            )
    return checked_layer(entry.kind, options)


def _check_axis(value: object, dimensions: int) -> None:
    axis = value[0] if isinstance(value, list) and len(value) == 1 else value
    if isinstance(axis, bool) or axis not in (-1, dimensions):
        raise ValueError(f"it normalises along the axis {brief(value)}, not along the last one")
