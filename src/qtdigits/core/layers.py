"""The layers that a network from elsewhere may have, as data: an allow-list with limits.

Names and meanings are those of Keras. What only training needs (dropout, initialisers,
regularisers) is not among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from qtdigits.core.foreign_text import brief
from qtdigits.core.layer_options import (
    Check,
    edges,
    flag,
    number,
    one_of,
    optional,
    pair,
    shape,
    whole,
)

# Only those that Keras 2 and Keras 3 compute alike.
ACTIVATIONS: Final = (
    "linear",
    "relu",
    "relu6",
    "elu",
    "selu",
    "gelu",
    "silu",
    "swish",
    "tanh",
    "sigmoid",
    "softplus",
    "softsign",
    "exponential",
)

_REQUIRED: Final = object()
_Options = dict[str, tuple[Check, Any]]
"""Check and default for each option."""

_SIDE: Final = pair(1, 28)
_ACTIVATION: Final = (one_of(*ACTIVATIONS), "linear")
_FILTERS: Final = (whole(1, 4096), _REQUIRED)
_PADDING: Final = (one_of("valid", "same"), "valid")
_SLOPE: Final = number(-1e3, 1e3)
_CONVOLUTION: Final[_Options] = {
    "kernel_size": (_SIDE, _REQUIRED),
    "strides": (_SIDE, 1),
    "padding": _PADDING,
    "dilation_rate": (_SIDE, 1),
    "activation": _ACTIVATION,
    "use_bias": (flag, True),
}
_POOLING: Final[_Options] = {
    "pool_size": (_SIDE, 2),
    "strides": (optional(_SIDE), None),
    "padding": _PADDING,
}
_NORMALISATION: Final[_Options] = {
    "epsilon": (number(0, 1), 0.001),
    "center": (flag, True),
    "scale": (flag, True),
}

KINDS: Final[dict[str, _Options]] = {
    "Conv2D": {"filters": _FILTERS, **_CONVOLUTION},
    "DepthwiseConv2D": {"depth_multiplier": (whole(1, 64), 1), **_CONVOLUTION},
    "SeparableConv2D": {
        "filters": _FILTERS,
        "depth_multiplier": (whole(1, 64), 1),
        **_CONVOLUTION,
    },
    "Dense": {
        "units": (whole(1, 65_536), _REQUIRED),
        "activation": _ACTIVATION,
        "use_bias": (flag, True),
    },
    "BatchNormalization": _NORMALISATION,
    "LayerNormalization": _NORMALISATION,
    "MaxPooling2D": _POOLING,
    "AveragePooling2D": _POOLING,
    "GlobalAveragePooling2D": {"keepdims": (flag, False)},
    "GlobalMaxPooling2D": {"keepdims": (flag, False)},
    "Flatten": {},
    "Reshape": {"target_shape": (shape(-1, 1_000_000), _REQUIRED)},
    "Permute": {"dims": (shape(1, 4), _REQUIRED)},
    "ZeroPadding2D": {"padding": (edges(28), 1)},
    "Rescaling": {
        "scale": (number(-1e6, 1e6), _REQUIRED),
        "offset": (number(-1e6, 1e6), 0.0),
    },
    "Activation": {"activation": (one_of(*ACTIVATIONS), _REQUIRED)},
    "ReLU": {
        "max_value": (optional(number(0, 1e6)), None),
        "negative_slope": (_SLOPE, 0.0),
        "threshold": (_SLOPE, 0.0),
    },
    "LeakyReLU": {"negative_slope": (_SLOPE, 0.3)},
    "ELU": {"alpha": (_SLOPE, 1.0)},
    "PReLU": {"shared_axes": (optional(shape(1, 3)), None)},
}


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: its kind and all options of that kind, checked."""

    kind: str
    options: dict[str, Any]


def checked_layer(kind: str, options: Mapping[str, object]) -> Layer:
    """A layer of a kind of the allow-list; raises ValueError for what is not on it."""
    if kind not in KINDS:
        raise ValueError(f"the layer {brief(kind)} is not one that can be imported")
    table = KINDS[kind]
    unknown = sorted(set(options) - set(table))
    if unknown:
        raise ValueError(f"a {kind} layer has no setting {brief(unknown[0])} here")
    values = {}
    for name, (check, default) in table.items():
        given = options.get(name, default)
        if given is _REQUIRED:
            raise ValueError(f"a {kind} layer needs the setting {name}")
        try:
            values[name] = check(given)
        except ValueError as error:
            raise ValueError(f"the setting {name} of a {kind} layer {error}") from None
    return Layer(kind, values)
