"""What is drawn around other ink: the outline of a face, the frame of a table, a circle."""

from __future__ import annotations

from typing import Final

import numpy as np

from qtdigits.core.page.shapes import Shape

_FEWEST: Final = 2
"""A stroke or a dot in a zero is a part of it; what goes around two shapes is a frame."""
_SIDES: Final = 3
"""A shape is framed where ink of the other lies on so many sides of its middle."""
_LEAST: Final = 0.08
"""Shapes smaller than this share of the outer one are dirt."""
_FILLS: Final = 0.4
"""What is written into a frame is at least so high, as a share of its hole; eyes are lower."""
_MOST_FRAMES: Final = 50


def without_frames(shapes: list[Shape]) -> list[Shape]:
    """The shapes without those that go around others, and without what is small in those.

    Digits in the cells of a table or in a circle stay; of a face nothing does.
    """
    if len(shapes) <= _FEWEST:
        return shapes
    boxes = np.array([(s.left, s.top, s.right, s.bottom) for s in shapes])
    sides = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    dropped: set[int] = set()
    for outer in np.argsort(-sides, kind="stable")[:_MOST_FRAMES].tolist():
        inside = (
            (boxes[:, :2] > boxes[outer, :2]).all(axis=1)
            & (boxes[:, 2:] < boxes[outer, 2:]).all(axis=1)
            & (sides >= _LEAST * sides[outer])
        )
        holes = {at: _hole(shapes[outer], shapes[at]) for at in np.flatnonzero(inside).tolist()}
        framed = {at: hole for at, hole in holes.items() if hole}
        if len(framed) >= _FEWEST:
            small = {at for at, hole in framed.items() if shapes[at].height < _FILLS * hole}
            dropped |= {outer, *small}
    return [shape for at, shape in enumerate(shapes) if at not in dropped]


def _hole(outer: Shape, inner: Shape) -> int:
    """Rows of paper above and below the middle of a shape in another one; 0 if it is not framed."""
    x, y = (inner.left + inner.right) // 2 - outer.left, (inner.top + inner.bottom) // 2 - outer.top
    above, below = np.flatnonzero(outer.mask[:y, x]), np.flatnonzero(outer.mask[y:, x])
    sides = (len(above), len(below), outer.mask[y, :x].any(), outer.mask[y, x:].any())
    if sum(bool(side) for side in sides) < _SIDES:
        return 0
    top = int(above[-1]) + 1 if len(above) else 0
    return (y + int(below[0]) if len(below) else outer.height) - top
