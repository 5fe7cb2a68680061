"""Where a shape of several digits that touch may be cut from top to bottom: along straight slanted
lines, and along winding paths, through little ink.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qtdigits.core.masks import Mask
from qtdigits.core.page.shapes import Shape

_ROWS: Final = 48
"""Cuts are looked for in the shape reduced to about so many rows a line."""
_TURN: Final = 0.15
"""What a step to the side costs a path, beside a pixel of ink at 1."""
_SLANTS: Final = (0.0, 0.2, -0.2, 0.4, -0.4)
"""Columns a row that a straight cut leans to the left as it goes down; most hands lean so."""
_LEAN_COST: Final = 0.01
_APART: Final = 0.08
"""Cuts of one kind stand at least so far apart, in heights of the line."""
_ALIKE: Final = 0.06
"""Two cuts that are less apart than this on average, in heights of the line, are one."""
_LONGEST: Final = 0.5
"""A cut through more ink than this share of the line's height is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A way to cut a shape in two: for each of its rows, the first column to the right of it.

    ink: how much ink the cut runs through, in heights of the line.
    """

    edge: NDArray[np.intp]
    ink: float

    @property
    def place(self) -> float:
        """Where it runs on average, in columns of the shape."""
        return float(self.edge.mean())


def cuts(shape: Shape, height: float) -> list[Cut]:
    """The ways to cut a shape of a line of this height (pixels), from left to right."""
    factor = max(1, round(height / _ROWS))
    small = _reduced(shape.mask, factor)
    unit = height / factor
    if min(small.shape) < 4:
        return []
    found = sorted([*_straight(small, unit), *_winding(small, unit)], key=lambda cut: cut[0])
    kept: list[tuple[float, NDArray[np.intp]]] = []
    for ink, path in found:
        if all(np.abs(path - other).mean() > _ALIKE * unit for _, other in kept):
            kept.append((ink, path))
    made = [Cut(_edge(path, factor, shape), ink / unit) for ink, path in kept]
    return sorted(made, key=lambda cut: cut.place)


def _reduced(mask: Mask, factor: int) -> NDArray[np.float64]:
    """The share of ink in blocks of factor by factor pixels."""
    picture = Image.fromarray(mask.astype(np.uint8) * np.uint8(255))
    return np.asarray(picture.reduce(factor), np.float64) / 255


def _straight(small: NDArray[np.float64], unit: float) -> list[tuple[float, NDArray[np.intp]]]:
    rows, columns = small.shape
    found = []
    down = np.arange(rows)
    for slant in _SLANTS:
        shift = np.rint(slant * (rows / 2 - down)).astype(np.intp)
        lines = np.arange(columns)[:, None] + shift
        inside = (lines >= 0) & (lines < columns)
        ink = (small[down, np.clip(lines, 0, columns - 1)] * inside).sum(axis=1)
        ink = ink + _LEAN_COST * abs(slant) * rows
        for at in _valleys(ink, unit):
            found.append((float(ink[at]), np.clip(lines[at], 0, columns)))
    return found


def _winding(small: NDArray[np.float64], unit: float) -> list[tuple[float, NDArray[np.intp]]]:
    """The best path through the middle of each column, where it is better than beside it."""
    rows = len(small)
    middle = rows // 2
    down, down_from = _sweep(small[: middle + 1])
    up, up_from = _sweep(small[middle:][::-1])
    total = down + up - small[middle]
    found = []
    for start in _valleys(total, unit):
        path = np.empty(rows, np.intp)
        at = start
        for row in range(middle, -1, -1):
            path[row] = at
            at = int(down_from[row][at])
        at = start
        for row in range(middle, rows):
            path[row] = at
            at = int(up_from[rows - 1 - row][at])
        found.append((float(total[start]), path))
    return found


def _sweep(
    levels: NDArray[np.float64],
) -> tuple[NDArray[np.float64], list[NDArray[np.intp]]]:
    """The cheapest way from the first row to each place of the last, and where it came from."""
    places = np.arange(levels.shape[1])
    cost = levels[0].copy()
    origins = [places]
    for row in levels[1:]:
        padded = np.pad(cost, 1, constant_values=np.inf)
        choices = np.stack([padded[1:-1], padded[:-2] + _TURN, padded[2:] + _TURN])
        best = choices.argmin(axis=0)
        cost = choices[best, places] + row
        origins.append(places + np.array([0, -1, 1])[best])
    return cost, origins


def _valleys(ink: NDArray[np.float64], unit: float) -> list[int]:
    """Where the ink is least around, and little enough, away from the ends."""
    apart = max(2, round(_APART * unit))
    found: list[int] = []
    for at in range(apart, len(ink) - apart):
        least = float(ink[at - apart : at + apart + 1].min())
        if ink[at] <= min(least, _LONGEST * unit) and (not found or at - found[-1] >= apart):
            found.append(at)
    return found


def _edge(path: NDArray[np.intp], factor: int, shape: Shape) -> NDArray[np.intp]:
    """A path through the reduced shape in columns of the shape itself, for each of its rows."""
    rows = np.minimum(np.arange(shape.height) // factor, len(path) - 1)
    return np.asarray(path[rows] * factor + factor // 2)
