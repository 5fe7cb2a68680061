"""What a layer makes of a shape, and how much it holds and computes, told before it is built."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from qtdigits.core.layers import Layer

Shape = tuple[int, ...]
"""Without the batch: (rows, columns, channels) or (numbers,)."""


@dataclass(frozen=True, slots=True)
class LayerPlan:
    """A layer's output, the shapes of its weights in Keras' order, its multiplications an image."""

    output: Shape
    weights: tuple[Shape, ...] = ()
    multiplications: int = 0

    @property
    def parameters(self) -> int:
        return sum(math.prod(weight) for weight in self.weights)


def plan_layer(layer: Layer, given: Shape) -> LayerPlan:
    """What the layer does to a shape; raises ValueError where it cannot stand there."""
    return _PLANS[layer.kind](layer, given)


def _picture(layer: Layer, given: Shape) -> tuple[int, int, int]:
    if len(given) != 3:
        raise ValueError(
            f"a {layer.kind} layer needs rows, columns and channels, and gets the shape {given}"
        )
    return given[0], given[1], given[2]


def _window(layer: Layer, rows: int, columns: int, size: list[int]) -> tuple[int, int]:
    """Rows and columns after a window of that size has gone over the picture."""
    strides = layer.options["strides"] or size
    reach = layer.options.get("dilation_rate", [1, 1])
    sides = []
    for side, window, stride, gap in zip((rows, columns), size, strides, reach, strict=True):
        if gap > 1 and stride > 1:
            raise ValueError(f"a {layer.kind} layer has either strides or a dilation rate")
        span = gap * (window - 1) + 1
        if layer.options["padding"] == "same":
            sides.append(-(-side // stride))
        elif span > side:
            raise ValueError(f"a {layer.kind} layer gets a picture smaller than its window")
        else:
            sides.append((side - span) // stride + 1)
    return sides[0], sides[1]


def _convolution(layer: Layer, given: Shape) -> LayerPlan:
    rows, columns, channels = _picture(layer, given)
    size, filters = layer.options["kernel_size"], layer.options["filters"]
    output = (*_window(layer, rows, columns, size), filters)
    kernel = (*size, channels, filters)
    return LayerPlan(
        output, _biased(layer, (kernel,), filters), output[0] * output[1] * math.prod(kernel)
    )


def _depthwise(layer: Layer, given: Shape) -> LayerPlan:
    rows, columns, channels = _picture(layer, given)
    _require_equal_strides(layer)
    size, times = layer.options["kernel_size"], layer.options["depth_multiplier"]
    output = (*_window(layer, rows, columns, size), channels * times)
    kernel = (*size, channels, times)
    return LayerPlan(
        output, _biased(layer, (kernel,), output[2]), output[0] * output[1] * math.prod(kernel)
    )


def _separable(layer: Layer, given: Shape) -> LayerPlan:
    rows, columns, channels = _picture(layer, given)
    _require_equal_strides(layer)
    size, times = layer.options["kernel_size"], layer.options["depth_multiplier"]
    filters = layer.options["filters"]
    output = (*_window(layer, rows, columns, size), filters)
    kernels = ((*size, channels, times), (1, 1, channels * times, filters))
    cost = output[0] * output[1] * sum(math.prod(kernel) for kernel in kernels)
    return LayerPlan(output, _biased(layer, kernels, filters), cost)


def _require_equal_strides(layer: Layer) -> None:
    """TensorFlow's depthwise convolution knows no others."""
    if len(set(layer.options["strides"])) > 1:
        raise ValueError(f"a {layer.kind} layer needs the same stride for rows and columns")


def _dense(layer: Layer, given: Shape) -> LayerPlan:
    units = layer.options["units"]
    kernel = (given[-1], units)
    return LayerPlan(
        (*given[:-1], units), _biased(layer, (kernel,), units), math.prod(given) * units
    )


def _biased(layer: Layer, kernels: tuple[Shape, ...], outputs: int) -> tuple[Shape, ...]:
    return (*kernels, (outputs,)) if layer.options["use_bias"] else kernels


def _batch_normalisation(layer: Layer, given: Shape) -> LayerPlan:
    count = 2 + layer.options["center"] + layer.options["scale"]
    return LayerPlan(given, ((given[-1],),) * count, math.prod(given))


def _layer_normalisation(layer: Layer, given: Shape) -> LayerPlan:
    count = layer.options["center"] + layer.options["scale"]
    return LayerPlan(given, ((given[-1],),) * count, math.prod(given))


def _pooling(layer: Layer, given: Shape) -> LayerPlan:
    rows, columns, channels = _picture(layer, given)
    size = layer.options["pool_size"]
    output = (*_window(layer, rows, columns, size), channels)
    return LayerPlan(output, (), math.prod(output) * math.prod(size))


def _global_pooling(layer: Layer, given: Shape) -> LayerPlan:
    channels = _picture(layer, given)[2]
    return LayerPlan((1, 1, channels) if layer.options["keepdims"] else (channels,))


def _flatten(layer: Layer, given: Shape) -> LayerPlan:
    return LayerPlan((math.prod(given),))


def _reshape(layer: Layer, given: Shape) -> LayerPlan:
    target = tuple(layer.options["target_shape"])
    size = math.prod(given)
    known = math.prod(side for side in target if side != -1)
    if 0 in target or target.count(-1) > 1 or size % known:
        raise ValueError(f"a Reshape layer cannot make {target} of {given}")
    made = tuple(size // known if side == -1 else side for side in target)
    if math.prod(made) != size:
        raise ValueError(f"a Reshape layer cannot make {target} of {given}")
    return LayerPlan(made)


def _permute(layer: Layer, given: Shape) -> LayerPlan:
    dims = layer.options["dims"]
    if sorted(dims) != list(range(1, len(given) + 1)):
        raise ValueError(f"a Permute layer cannot order {given} by {tuple(dims)}")
    return LayerPlan(tuple(given[dim - 1] for dim in dims))


def _zero_padding(layer: Layer, given: Shape) -> LayerPlan:
    rows, columns, channels = _picture(layer, given)
    (top, bottom), (left, right) = layer.options["padding"]
    return LayerPlan((rows + top + bottom, columns + left + right, channels))


def _parametric(layer: Layer, given: Shape) -> LayerPlan:
    shared = layer.options["shared_axes"] or []
    if any(axis > len(given) for axis in shared):
        raise ValueError(f"a PReLU layer cannot share the axes {shared} of {given}")
    alpha = tuple(1 if at in shared else side for at, side in enumerate(given, start=1))
    return LayerPlan(given, (alpha,))


def _same(layer: Layer, given: Shape) -> LayerPlan:
    return LayerPlan(given)


_PLANS: Final[dict[str, Callable[[Layer, Shape], LayerPlan]]] = {
    "Conv2D": _convolution,
    "DepthwiseConv2D": _depthwise,
    "SeparableConv2D": _separable,
    "Dense": _dense,
    "BatchNormalization": _batch_normalisation,
    "LayerNormalization": _layer_normalisation,
    "MaxPooling2D": _pooling,
    "AveragePooling2D": _pooling,
    "GlobalAveragePooling2D": _global_pooling,
    "GlobalMaxPooling2D": _global_pooling,
    "Flatten": _flatten,
    "Reshape": _reshape,
    "Permute": _permute,
    "ZeroPadding2D": _zero_padding,
    "Rescaling": _same,
    "Activation": _same,
    "ReLU": _same,
    "LeakyReLU": _same,
    "ELU": _same,
    "PReLU": _parametric,
}
