"""The row of layers that a description puts between input and answer.

Sequential networks of Keras 2 and 3, and functional ones whose layers stand in one row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from qtdigits.core.foreign_text import brief
from qtdigits.core.layer_shapes import Shape
from qtdigits.ml.foreign.refused import RefusedError

_FUNCTIONAL: Final = ("Functional", "Model")
NETWORK_CLASSES: Final = ("Sequential", *_FUNCTIONAL)
_OURS: Final = ("keras", "tf_keras", "tensorflow.keras", "tensorflow.python.keras")
_MOST_ENTRIES: Final = 300
_BRANCHES: Final = "has layers that branch; only networks with all layers in one row can be used"
INPUT_SHAPES: Final[tuple[Shape, ...]] = ((28, 28, 1), (28, 28), (784,))
"""What a network from elsewhere may take; always as a batch of them."""

_SIZE_FREE: Final = (None, None, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One layer as described: class, name, and settings not looked at yet."""

    kind: str
    name: str
    config: dict[str, Any]
    inbound: object = None


@dataclass(frozen=True, slots=True)
class Graph:
    """The layers in the order of the computation, and in that of the file; the input's shape."""

    row: tuple[Entry, ...]
    listed: tuple[Entry, ...]
    given: Shape


def read_graph(description: dict[str, Any]) -> Graph:
    """The layers of a description; raises RefusedError."""
    kind, config = description.get("class_name"), description.get("config")
    if kind == "Sequential":
        layers = config.get("layers") if isinstance(config, dict) else config
        return _sequential(_entries(layers), config)
    if kind in _FUNCTIONAL and isinstance(config, dict):
        return _functional(_entries(config.get("layers")), config)
    raise RefusedError(
        f"is a network of the class {brief(kind)}, which is program code; "
        "only Sequential and Functional networks are data"
    )


def _entries(layers: object) -> tuple[Entry, ...]:
    if not isinstance(layers, list) or not 1 <= len(layers) <= _MOST_ENTRIES:
        raise RefusedError("is damaged: its description has no list of layers")
    entries = tuple(_entry(layer) for layer in layers)
    if len({entry.name for entry in entries}) != len(entries):
        raise RefusedError("is damaged: two of its layers have the same name")
    return entries


def _entry(layer: object) -> Entry:
    if not isinstance(layer, dict) or not isinstance(layer.get("config"), dict):
        raise RefusedError("is damaged: its description holds a layer without settings")
    config, kind = layer["config"], layer.get("class_name")
    name = layer.get("name", config.get("name"))
    if not isinstance(kind, str) or not isinstance(name, str):
        raise RefusedError("is damaged: its description holds a layer without a name")
    module, registered = layer.get("module"), layer.get("registered_name")
    is_ours = module is None or (
        isinstance(module, str) and any(module == x or module.startswith(f"{x}.") for x in _OURS)
    )
    if not is_ours or registered not in (None, kind):
        raise RefusedError(
            f"uses the layer {brief(registered or kind)}, which is program code of its own"
        )
    return Entry(kind, name, config, layer.get("inbound_nodes"))


def _sequential(listed: tuple[Entry, ...], config: object) -> Graph:
    shape = _described_shape(listed[0].config)
    if shape is None and isinstance(config, dict):
        shape = config.get("build_input_shape")
    row = listed[1:] if listed[0].kind == "InputLayer" else listed
    return Graph(row, listed, _input_shape(shape))


def _functional(listed: tuple[Entry, ...], config: dict[str, Any]) -> Graph:
    by_name = {entry.name: entry for entry in listed}
    begin, end = (_only_name(config.get(key)) for key in ("input_layers", "output_layers"))
    if begin not in by_name or by_name[begin].kind != "InputLayer" or end not in by_name:
        raise RefusedError("is damaged: its description has no input or no output")
    backwards: list[Entry] = []
    name = end
    while name != begin and len(backwards) < len(listed):
        backwards.append(by_name[name])
        sources = list(_sources(by_name[name].inbound))
        if len(sources) != 1:
            raise RefusedError(_BRANCHES)
        name = sources[0]
        if name not in by_name:
            raise RefusedError("is damaged: a layer follows one that is not there")
    if len(backwards) != len(listed) - 1:
        raise RefusedError(_BRANCHES)
    shape = _described_shape(by_name[begin].config)
    return Graph(tuple(reversed(backwards)), listed, _input_shape(shape))


def _only_name(value: object) -> str:
    """The layer in [name, 0, 0] or [[name, 0, 0]]; raises RefusedError where there are several."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, list) or len(value) != 3 or not isinstance(value[0], str):
        raise RefusedError("has several inputs or outputs; a network for digits has one of each")
    return value[0]


def _sources(inbound: object) -> Iterator[str]:
    """The layers that one gets its input from: in Keras 2's lists or in Keras 3's tensors.

    A layer used in two places has two inbound nodes, and so two sources.
    """
    waiting = [inbound]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            history = node.get("keras_history")
            if isinstance(history, list) and history and isinstance(history[0], str):
                yield history[0]
            else:
                waiting.extend(node.values())
        elif isinstance(node, list) and len(node) in (3, 4) and isinstance(node[0], str):
            yield node[0]
            waiting.extend(node[1:])
        elif isinstance(node, list):
            waiting.extend(node)


def _described_shape(config: dict[str, Any]) -> object:
    return config.get("batch_shape", config.get("batch_input_shape"))


def _input_shape(batch_shape: object) -> Shape:
    if not isinstance(batch_shape, list) or len(batch_shape) < 2:
        raise RefusedError("does not say what it takes; save it after it was trained")
    shape = tuple(batch_shape[1:])
    if shape == _SIZE_FREE:
        return INPUT_SHAPES[0]
    if shape not in INPUT_SHAPES or any(type(side) is not int for side in shape):
        raise RefusedError(
            f"takes {_dimensions(shape)}; a network for digits takes 28×28 or 784 numbers"
        )
    return shape


def _dimensions(shape: tuple[object, ...]) -> str:
    return "×".join("any" if side is None else brief(side) for side in shape[:6])
