"""The architecture of a network from elsewhere: a row of checked layers, kept on its model card.

It takes digit images (28, 28, 1) in 0..1 and gives ten logits, like the architectures of our own.
Limits: 100 layers, 16 million parameters (so that the file stays below 64 MiB), 4 million numbers
between two layers, 100 million multiplications an image (the network that ships does 8 million).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from qtdigits.core.foreign_text import brief
from qtdigits.core.layer_shapes import LayerPlan, Shape, plan_layer
from qtdigits.core.layers import Layer, checked_layer

IMPORTED: Final = "imported"
"""What a model card calls the architecture of a network from elsewhere."""

INPUT: Final[Shape] = (28, 28, 1)
OUTPUT: Final[Shape] = (10,)
_MOST_LAYERS: Final = 100
MOST_PARAMETERS: Final = 16_000_000
_MOST_NUMBERS: Final = 4_000_000
_MOST_MULTIPLICATIONS: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class Architecture:
    """Layers, the first one next to the input. Make it by checked_architecture or from_data."""

    layers: tuple[Layer, ...]

    @property
    def weight_shapes(self) -> tuple[Shape, ...]:
        """The shapes of all weights, in the order of Keras' get_weights."""
        return tuple(shape for plan in plans(self.layers) for shape in plan.weights)

    @property
    def parameters(self) -> int:
        """How many numbers all weights hold."""
        return sum(math.prod(shape) for shape in self.weight_shapes)

    def to_data(self) -> list[dict[str, Any]]:
        """The layers for JSON."""
        return [{"kind": layer.kind, **layer.options} for layer in self.layers]

    @classmethod
    def from_data(cls, data: object) -> Architecture:
        """What to_data made, checked anew; raises ValueError."""
        if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
            raise ValueError("an architecture must be a list of layers")
        layers = []
        for item in data[: _MOST_LAYERS + 1]:
            options = {key: value for key, value in item.items() if key != "kind"}
            layers.append(checked_layer(str(item.get("kind")), options))
        return checked_architecture(tuple(layers))


def checked_architecture(layers: tuple[Layer, ...]) -> Architecture:
    """The architecture of these layers; raises ValueError unless it is one for digits."""
    output = plans(layers)[-1].output if layers else INPUT
    if output != OUTPUT:
        raise ValueError(f"a network for digits gives 10 numbers, this one the shape {output}")
    return Architecture(layers)


def plans(layers: tuple[Layer, ...], given: Shape = INPUT) -> list[LayerPlan]:
    """What each layer holds and does; raises ValueError when it does not fit or is too large."""
    if len(layers) > _MOST_LAYERS:
        raise ValueError(f"a network for digits has at most {_MOST_LAYERS} layers")
    found: list[LayerPlan] = []
    parameters = multiplications = 0
    for layer in layers:
        plan = plan_layer(layer, given)
        parameters += plan.parameters
        multiplications += plan.multiplications
        given = plan.output
        _check_size(layer, plan, parameters, multiplications)
        found.append(plan)
    return found


def _check_size(layer: Layer, plan: LayerPlan, parameters: int, multiplications: int) -> None:
    if parameters > MOST_PARAMETERS:
        raise ValueError(
            f"it is too large: up to its {layer.kind} layer it holds {parameters:,} numbers "
            f"({size_words(4 * parameters)}), and a network for digits needs no more than "
            f"{MOST_PARAMETERS:,}"
        )
    if math.prod(plan.output) > _MOST_NUMBERS:
        raise ValueError(
            f"it is too large: its {layer.kind} layer gives the shape {plan.output}, more than "
            f"{_MOST_NUMBERS:,} numbers"
        )
    if multiplications > _MOST_MULTIPLICATIONS:
        raise ValueError(
            f"it is too slow: {multiplications:,} multiplications an image up to its "
            f"{layer.kind} layer, and {_MOST_MULTIPLICATIONS:,} are the most"
        )


def size_words(size: float) -> str:
    """A number of bytes for people, such as '540 GB'."""
    for unit in ("kB", "MB", "GB", "TB"):
        size /= 1000
        if size < 1000:
            return f"{size:,.0f} {unit}"
    return f"{size:,.0f} TB"


def layer_words(layers: tuple[Layer, ...]) -> str:
    """The layers that hold weights in few words: 'Conv2D 30, Conv2D 15, Dense 500, Dense 10'."""
    words = []
    for layer in layers:
        size = layer.options.get("filters", layer.options.get("units"))
        if size is not None:
            words.append(f"{layer.kind} {brief(size)}")
    return ", ".join(words)
