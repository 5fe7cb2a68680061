"""The connected shapes of ink in a picture, and what may be said of one without reading it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Bounds
from qtdigits.core.masks import Mask, components

_RIM: Final = 2
"""Pixels around a shape that are cut out with it: the soft rim of its ink."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Some ink of a picture: where its box begins, which pixels of the box it has, how large it is.

    left, top: pixels of the picture. mask: shape (height, width), no empty row or column at the
    rim. area: its pixels.
    """

    left: int
    top: int
    mask: Mask
    area: int

    @property
    def width(self) -> int:
        return int(self.mask.shape[1])

    @property
    def height(self) -> int:
        return int(self.mask.shape[0])

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box, x and y."""
        return self.left + self.width / 2, self.top + self.height / 2

    def bounds(self) -> Bounds:
        """The box, in pixels of the picture."""
        return Bounds(float(self.left), float(self.top), float(self.right), float(self.bottom))


def shape_of(mask: Mask, left: int, top: int) -> Shape:
    """The ink of a mask whose corner lies at (left, top); the mask has at least one pixel."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    cut = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Shape(left + int(columns[0]), top + int(rows[0]), cut, int(np.count_nonzero(cut)))


def connected_shapes(mask: Mask, least_area: int = 1) -> list[Shape]:
    """The shapes of a mask that are connected (8-neighbourhood), in no order."""
    labels, count = components(mask)
    if count == 0:
        return []
    areas = np.bincount(labels.ravel(), minlength=count + 1)
    boxes = _boxes(labels, count)
    shapes = []
    for label in (np.flatnonzero(areas[1:] >= least_area) + 1).tolist():
        left, top, right, bottom = boxes[label].tolist()
        shapes.append(Shape(left, top, labels[top:bottom, left:right] == label, int(areas[label])))
    return shapes


def together(shapes: Sequence[Shape]) -> Shape:
    """Several shapes as one."""
    if len(shapes) == 1:
        return shapes[0]
    left, top = min(s.left for s in shapes), min(s.top for s in shapes)
    right, bottom = max(s.right for s in shapes), max(s.bottom for s in shapes)
    mask = np.zeros((bottom - top, right - left), np.bool_)
    for shape in shapes:
        box = mask[shape.top - top : shape.bottom - top, shape.left - left : shape.right - left]
        box |= shape.mask
    return Shape(left, top, mask, int(np.count_nonzero(mask)))


def cut_out(coverage: NDArray[np.float32], shape: Shape) -> tuple[NDArray[np.float32], Mask]:
    """The part of a picture's coverage around a shape, and the shape's mask in that part."""
    left, top = max(0, shape.left - _RIM), max(0, shape.top - _RIM)
    part = coverage[top : shape.bottom + _RIM, left : shape.right + _RIM]
    mask = np.zeros(part.shape, np.bool_)
    down, right = shape.top - top, shape.left - left
    mask[down : down + shape.height, right : right + shape.width] = shape.mask
    return part, mask


def gap_between(one: Shape, other: Shape) -> int:
    """Pixels of paper between two boxes in the direction of writing; below 0 where they overlap."""
    first, second = sorted((one, other), key=lambda shape: shape.left)
    return second.left - first.right


def shared_height(one: Shape, other: Shape) -> int:
    """How many rows both boxes have."""
    return max(0, min(one.bottom, other.bottom) - max(one.top, other.top))


def _boxes(labels: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Left, top, right and bottom (behind the last pixel) of each label, shape (count + 1, 4)."""
    boxes = np.zeros((count + 1, 4), np.intp)
    rows, columns = np.nonzero(labels)
    found = labels[rows, columns]
    for at, (places, reduce, start) in enumerate(
        (
            (columns, np.minimum, labels.shape[1]),
            (rows, np.minimum, labels.shape[0]),
            (columns + 1, np.maximum, 0),
            (rows + 1, np.maximum, 0),
        )
    ):
        limits = np.full(count + 1, start, np.intp)
        reduce.at(limits, found, places)
        boxes[:, at] = limits
    return boxes
