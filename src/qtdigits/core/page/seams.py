"""Where a shape of several digits that touch may be cut: paths from top to bottom through little
ink.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qtdigits.core.page.shapes import Shape, shape_of
from qtdigits.core.thinning import Mask

_ROWS: Final = 48
"""Cuts are looked for in the shape reduced to about so many rows."""
_TURN: Final = 0.12
"""What a step to the side costs, beside a pixel of ink at 1."""
_APART: Final = 0.12
"""Cuts stand at least so far apart, in heights of the line."""
_LONGEST: Final = 0.42
"""A cut through more ink than this share of the line's height is none."""


def pieces(shape: Shape, height: float) -> list[Shape]:
    """A shape of a line of this height (pixels), cut wherever two digits may touch.

    The pieces come from left to right; the cost of each is the ink between it and the next one, in
    heights of the line. One that cannot be cut comes back alone.
    """
    factor = max(1, round(height / _ROWS))
    small = _reduced(shape.mask, factor)
    rows, columns = small.shape
    unit = height / factor
    if columns < 3 or rows < 3:
        return [shape]
    paths = _Paths(small)
    ink = paths.ink
    valleys = _valleys(ink, max(2, round(_APART * unit)))
    cuts = [at for at in valleys if ink[at] <= _LONGEST * unit]
    most = 3 + round(3 * shape.width / height)
    cuts = sorted(sorted(cuts, key=lambda at: float(ink[at]))[:most])
    found: list[Shape] = []
    start = np.full(shape.height, 0)
    for at in cuts:
        end = _edge(paths.through(at), factor, shape.height)
        piece = _between(shape, start, end, float(ink[at]) / unit)
        if piece is not None:
            found.append(piece)
            start = end
    last = _between(shape, start, np.full(shape.height, shape.width), shape.cost)
    if last is not None:
        found.append(last)
    return found if len(found) > 1 else [shape]


def _reduced(mask: Mask, factor: int) -> NDArray[np.float64]:
    """The share of ink in blocks of factor by factor pixels."""
    picture = Image.fromarray(mask.astype(np.uint8) * np.uint8(255))
    return np.asarray(picture.reduce(factor), np.float64) / 255


class _Paths:
    """The best path from top to bottom through the middle of each column, and the ink on it."""

    def __init__(self, small: NDArray[np.float64]) -> None:
        """small: the share of ink, shape (rows, columns)."""
        self._rows = len(small)
        self._middle = self._rows // 2
        down, self._down_from = _sweep(small[: self._middle + 1])
        up, self._up_from = _sweep(small[self._middle :][::-1])
        self.ink = down + up - small[self._middle]

    def through(self, column: int) -> NDArray[np.intp]:
        """The column of the path in each row."""
        path = np.empty(self._rows, np.intp)
        at = column
        for row in range(self._middle, -1, -1):
            path[row] = at
            at = int(self._down_from[row][at])
        at = int(self._up_from[self._rows - 1 - self._middle][column])
        for row in range(self._middle + 1, self._rows):
            path[row] = at
            at = int(self._up_from[self._rows - 1 - row][at])
        return path


def _sweep(
    levels: NDArray[np.float64],
) -> tuple[NDArray[np.float64], list[NDArray[np.intp]]]:
    """The cheapest way from the first row to each place of the last, and where it came from."""
    columns = levels.shape[1]
    places = np.arange(columns)
    cost = levels[0].copy()
    origins = [places]
    for row in levels[1:]:
        padded = np.pad(cost, 1, constant_values=np.inf)
        choices = np.stack([padded[1:-1], padded[:-2] + _TURN, padded[2:] + _TURN])
        best = choices.argmin(axis=0)
        cost = choices[best, places] + row
        origins.append(places + np.array([0, -1, 1])[best])
    return cost, origins


def _valleys(ink: NDArray[np.float64], apart: int) -> list[int]:
    """Where the ink is least within `apart` columns on either side, away from the ends."""
    found: list[int] = []
    for at in range(apart, len(ink) - apart):
        around = ink[at - apart : at + apart + 1]
        if ink[at] <= around.min() and (not found or at - found[-1] >= apart):
            found.append(at)
    return found


def _edge(path: NDArray[np.intp], factor: int, height: int) -> NDArray[np.intp]:
    """The first column right of a path, for each row of the shape itself."""
    rows = np.minimum(np.arange(height) // factor, len(path) - 1)
    return np.asarray(path[rows] * factor + factor // 2)


def _between(
    shape: Shape, start: NDArray[np.intp], end: NDArray[np.intp], cost: float
) -> Shape | None:
    columns = np.arange(shape.width)
    mask = shape.mask & (columns >= start[:, None]) & (columns < end[:, None])
    return shape_of(mask, shape.left, shape.top, cost) if mask.any() else None
